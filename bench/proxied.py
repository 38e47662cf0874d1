"""A public page from the proxy's cache, beside a static file of the same bytes and a page cache in the application."""

import statistics
from collections.abc import Callable
from dataclasses import asdict

from bench.cpu import cpu_seconds
from bench.load import Request, Sample, measure, send, stream
from bench.pages import Page
from bench.proxy import cached, find_nginx, proxy
from bench.rules import check_rules
from bench.servers import Server, gunicorn

KEPT, FILE, MEMORY = "page from the proxy's cache", "static file from the proxy", "page cache in the application"


def cached_pages(product: Server, page: Page, *, seconds: float, rounds: int) -> dict | None:
    """Medians by name, measured in turn; None without nginx. ``cpu``: microseconds of the server per request."""
    program = find_nginx()
    if program is None:
        return None
    check_rules(program)
    with gunicorn("bench.cached_settings") as application, proxy(program, product) as front:
        request, body = cached(front, page.path)
        (front.files / "page.html").write_bytes(body)
        runs = {
            KEPT: (front, lambda: stream(front.port, request, seconds=seconds)),
            FILE: (front, lambda: stream(front.port, Request("/page.html"), seconds=seconds)),
            MEMORY: (application, lambda: measure(_page(application, page), seconds=seconds)),
        }
        rows = {name: [] for name in runs}
        for _ in range(rounds):
            for name, (server, run) in runs.items():
                rows[name].append(_measured(server, run))
    return {
        name: {key: statistics.median(row[key] for row in rows[name]) for key in ("per_second", "cpu")} for name in rows
    } | {"page": page.name, "bytes": len(body)}


def _page(server: Server, page: Page) -> Callable[[], bool]:
    return lambda: send(server.port, Request(page.path)).status == 200


def _measured(server: Server, run: Callable[[], Sample]) -> dict:
    before = cpu_seconds(server.pid)
    sample = run()
    return asdict(sample) | {"cpu": (cpu_seconds(server.pid) - before) * 1_000_000 / sample.count}
