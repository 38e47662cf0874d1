"""The printed table of a run."""


def print_table(results: dict) -> None:
    floor = results["floor"]
    print(f"\nFloor: a bare Django view, one query, 24 products: {floor['per_second']:.0f}/s, ", end="")
    print(f"p50 {floor['p50']:.1f} ms, p99 {floor['p99']:.1f} ms (medians of {results['rounds']} rounds)")
    heads = ("page", "per s", "of floor", "p50 ms", "p99 ms", "SQL", "HTML gz", "CSS+JS gz", "failed")
    print(("{:<14}" + "{:>10}" * (len(heads) - 1)).format(*heads))
    for name, row in results["pages"].items():
        print(
            f"{name:<14}{row['per_second']:>10.1f}{row['ratio']:>10.2f}{row['p50']:>10.1f}{row['p99']:>10.1f}"
            f"{row.get('queries', ''):>10}{row.get('html_gzip', ''):>10}{row.get('assets_gzip', ''):>10}"
            f"{row['failures']:>10}"
        )
    print(f"worker memory {results['worker_megabytes']:.0f} MB")
    for name, seconds in results["recap"].items():
        print(f"{name:<40}{seconds * 1000:>10.0f} ms")
