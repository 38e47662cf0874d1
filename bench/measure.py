"""One run: every page in turn with the floor beside it, then checkout, the proxy, and the recap."""

import gzip
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.buying import Buyer, InProcessBuyer, count_queries, restock
from bench.cpu import cpu_seconds
from bench.importing import measure_imports
from bench.load import Request, measure, send
from bench.pages import Page, pages
from bench.proxied import cached_pages
from bench.servers import Server, gunicorn


def measure_all(*, seconds: float, rounds: int, only: str | None) -> dict:
    with gunicorn("bench.floor_settings") as floor, gunicorn("bench.settings") as product:
        run = Run(floor, product, seconds, rounds)
        rows = {page.name: run.page(page) for page in pages() if not only or only in page.name}
        if not only or only in "add to cart":
            rows["add to cart"] = run.buying(Buyer.add)
        if not only or only in "checkout":
            rows["checkout"] = run.buying(Buyer.buy)
        results = {"rounds": rounds, "seconds": seconds, "floor": run.floor_row(), "pages": rows}
        results["worker_megabytes"] = product.worker_megabytes()
        if not only or only in "proxy":
            results["proxy"] = cached_pages(product, pages()[0], seconds=seconds, rounds=rounds)
    if not only or only in "importing":
        results["importing"] = {name: asdict(cost) for name, cost in measure_imports().items()}
    return results | {"recap": recap_seconds()}


class Run:
    def __init__(self, floor: Server, product: Server, seconds: float, rounds: int):
        self.floor, self.product, self.seconds, self.rounds = floor, product, seconds, rounds
        self.database = int((settings.SERVICES.postgres_data / "postmaster.pid").read_text().split()[0])
        self.floor_rows: list[dict] = []

    def compare(self, visit: Callable[[], bool]) -> dict:
        """Measure ``visit`` and the floor in turn; the ratios are the medians of the rounds' ratios."""
        for _ in range(12):
            visit()
        rows, floors = [], []
        for _ in range(self.rounds):
            floors.append(self.measure(self.floor, self.visit_floor, self.seconds / 2))
            rows.append(self.measure(self.product, visit, self.seconds))
        self.floor_rows += floors
        pairs = list(zip(rows, floors, strict=True))
        return summary(rows) | {
            "ratio": statistics.median(row["per_second"] / floor["per_second"] for row, floor in pairs),
            "cpu_ratio": statistics.median(total_cpu(floor) / total_cpu(row) for row, floor in pairs),
        }

    def measure(self, server: Server, visit: Callable[[], bool], seconds: float) -> dict:
        """One sample with the processor time of a visit, in milliseconds: the server's and the database's."""
        before = cpu_seconds(server.pid), cpu_seconds(self.database)
        sample = measure(visit, seconds=seconds)
        after = cpu_seconds(server.pid), cpu_seconds(self.database)
        web, database = ((end - start) * 1000 / sample.count for start, end in zip(before, after, strict=True))
        return asdict(sample) | {"web_cpu": web, "database_cpu": database}

    def visit_floor(self) -> bool:
        return send(self.floor.port, Request("/")).status == 200

    def page(self, page: Page) -> dict:
        row = self.compare(lambda: send(self.product.port, Request(page.path)).status == 200)
        return row | weigh(page) | {"path": page.path, "queries": page_queries(page)}

    def buying(self, visit) -> dict:
        restock()
        return self.compare(lambda: visit(Buyer(self.product.port))) | {"queries": count_queries(visit, InProcessBuyer)}

    def floor_row(self) -> dict:
        return summary(self.floor_rows)


def total_cpu(row: dict) -> float:
    return row["web_cpu"] + row["database_cpu"]


def summary(rows: list[dict]) -> dict:
    keys = ("per_second", "p50", "p99", "web_cpu", "database_cpu")
    row = {key: statistics.median(row[key] for row in rows) for key in keys}
    return row | {"failures": sum(row["failures"] for row in rows)}


def page_queries(page: Page) -> int:
    client = Client(headers={"host": "127.0.0.1"})
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page.path).status_code == 200, page
    return len(captured)


def weigh(page: Page) -> dict:
    """Compressed bytes of a page's HTML, and of the style sheets and scripts that it links."""
    html = Client(headers={"host": "127.0.0.1"}).get(page.path).content
    links = re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', html)
    files = [Path(settings.STATIC_ROOT, link.decode().removeprefix("/static/")) for link in dict.fromkeys(links)]
    return {
        "html_gzip": len(gzip.compress(html, 6)),
        "assets_gzip": sum(len(gzip.compress(file.read_bytes(), 6)) for file in files),
    }


def recap_seconds() -> dict[str, float]:
    """Medians of five: computing and rendering the recap of the largest demonstration edition."""
    from bench.recap import steps

    seconds = {}
    for name, step in steps():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            step()
            times.append(time.perf_counter() - start)
        seconds[name] = statistics.median(times)
    return seconds
