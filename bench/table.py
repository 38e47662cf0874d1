"""The printed table of a run."""

from bench.proxied import FILE, KEPT, MEMORY


def print_table(results: dict) -> None:
    floor = results["floor"]
    print(f"\nFloor: a bare Django view, one query, 24 products: {floor['per_second']:.0f}/s, ", end="")
    print(f"p50 {floor['p50']:.1f} ms, p99 {floor['p99']:.1f} ms (medians of {results['rounds']} rounds)")
    print(f"Processor time of a request: web server {floor['web_cpu']:.1f} ms, database {floor['database_cpu']:.1f} ms")
    heads = ("page", "per s", "of floor", "web ms", "db ms", "of floor", "p50 ms", "p99 ms", "SQL", "HTML gz",
             "CSS+JS gz", "failed")  # fmt: skip
    print(("{:<14}" + "{:>10}" * (len(heads) - 1)).format(*heads))
    for name, row in results["pages"].items():
        print(
            f"{name:<14}{row['per_second']:>10.1f}{row['ratio']:>10.2f}{row['web_cpu']:>10.1f}{row['database_cpu']:>10.1f}"
            f"{row['cpu_ratio']:>10.2f}{row['p50']:>10.1f}{row['p99']:>10.1f}{row.get('queries', ''):>10}"
            f"{row.get('html_gzip', ''):>10}{row.get('assets_gzip', ''):>10}{row['failures']:>10}"
        )
    print("(the second 'of floor' compares processor time of web server and database together)")
    print_memory(results["worker_megabytes"])
    if "proxy" in results:
        print_proxy(results["proxy"])
    print_imports(results.get("importing", {}))
    for name, seconds in results["recap"].items():
        print(f"{name:<40}{seconds * 1000:>10.0f} ms")


def print_memory(worker: dict) -> None:
    print(f"\nA web worker: {worker['resident']:.0f} MB resident, {worker['share']:.0f} MB with what it shares divided")
    print(f"(PSS); the server with its parent process, divided by its workers: {worker['each']:.0f} MB each")


def print_imports(rows: dict) -> None:
    """Each half of an import of 10,000 rows; the most memory is that of the whole measurement so far."""
    for name, row in rows.items():
        print(
            f"import, {name:<32}{row['seconds']:>6.1f} s, {row['processor']:>5.1f} s of processor, "
            f"{row['megabytes']:>4.0f} MB, {row['queries']} queries"
        )


def print_proxy(rows: dict | None) -> None:
    if rows is None:
        print("\nThe proxy was not measured: nginx is not installed (Debian: apt-get install nginx-light).")
        return
    print(f"\nThe {rows['page']} for anonymous visitors, {rows['bytes']} bytes compressed:")
    print(f"{'':<32}{'per s':>10}{'CPU µs':>10}")
    for name in (KEPT, FILE, MEMORY):
        print(f"{name:<32}{rows[name]['per_second']:>10.0f}{rows[name]['cpu']:>10.0f}")
    for other in (FILE, MEMORY):
        faster = rows[KEPT]["per_second"] / rows[other]["per_second"]
        cheaper = rows[other]["cpu"] / rows[KEPT]["cpu"]
        print(f"of the {other}: {faster:.2f} by rate, {cheaper:.2f} by processor time")
    print()
