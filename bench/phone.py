"""``python -m bench.phone [http://localhost:8000 [path …]]``: a cheap phone on a slow network opens a site.

Without an address it is the bench's own demonstration, as production serves it: gunicorn behind nginx with the rules of
deploy/nginx.conf, compressed; all but TLS and HTTP/2. Chromium as its own developer tools throttle it, the processor
four times slower, nothing in its cache. Figures for the record, not limits of a test: a busy machine measures itself.
"""

import argparse
import contextlib
import json
import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from expo.runtime.browser import find_chromium

CPU_SLOWDOWN = 4


@dataclass(frozen=True)
class Network:
    """As the developer tools have them: bytes a second and milliseconds for each request."""

    name: str
    download: float
    upload: float
    latency: float


NETWORKS = (
    Network("slow 3G", 500_000 / 8 * 0.8, 500_000 / 8 * 0.8, 400 * 5),
    Network("fast 3G", 1_600_000 / 8 * 0.9, 750_000 / 8 * 0.9, 150 * 3.75),
)
# What the visitor waits for: something to read, the largest photo or text, and how much has moved meanwhile.
WATCH = """
window.seen = { largest: 0, shift: 0 };
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.largest = entry.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.shift += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""
READ = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const files = performance.getEntriesByType("resource");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return { usable: page.domContentLoadedEventEnd, readable: paint ? paint.startTime : 0, largest: seen.largest,
    shift: seen.shift, html: page.transferSize, files: files.reduce((sum, file) => sum + file.transferSize, 0),
    requests: files.length + 1 };
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.phone", description=__doc__)
    parser.add_argument("site", nargs="?")
    parser.add_argument("paths", nargs="*", default=["/", "/cari/"])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        site, paths = (options.site, options.paths) if options.site else stack.enter_context(demonstration())
        browser = stack.enter_context(chromium())
        for path in paths:
            for network in NETWORKS:
                rounds = [visit(browser, site + path, network) for _ in range(options.rounds)]
                middle = {name: round(statistics.median(row[name] for row in rounds), 3) for name in rounds[0]}
                print(json.dumps({"page": path, "network": network.name, **middle}), flush=True)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextlib.contextmanager
def demonstration() -> Iterator[tuple[str, list[str]]]:
    """The bench's data behind the proxy, for as long as the block lasts; the site and the pages that are measured."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from django.conf import settings

    from bench.__main__ import prepare
    from bench.proxy import find_nginx, proxy
    from bench.servers import gunicorn
    from expo.runtime.services import borrowed

    program = find_nginx()
    if program is None:
        raise SystemExit("nginx is not installed (Debian: apt-get install nginx-light).")
    with borrowed(settings.SERVICES):
        prepare()
        from bench.pages import pages

        paths = [page.path for page in pages()]
        with gunicorn("bench.settings") as product, proxy(program, product) as front:
            yield f"http://127.0.0.1:{front.port}", paths


def visit(browser: Browser, address: str, network: Network) -> dict[str, float]:
    """Milliseconds until the page can be read and used (its scripts have run), bytes sent, and what shifted."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.latency,
            "downloadThroughput": network.download,
            "uploadThroughput": network.upload,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_timeout(1500)
    found = page.evaluate(READ)
    context.close()
    return found


if __name__ == "__main__":
    main()
