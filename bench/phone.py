"""``python -m bench.phone http://localhost:8000 [path …]``: a cheap phone on a slow network opens a running site.

Chromium as its own developer tools throttle it, the processor four times slower, nothing in its cache. Figures for the
record, not limits of a test: a busy machine measures itself.
"""

import argparse
import json
import statistics
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
    parser.add_argument("site")
    parser.add_argument("paths", nargs="*", default=["/", "/cari/"])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for path in options.paths:
            for network in NETWORKS:
                rounds = [visit(browser, options.site + path, network) for _ in range(options.rounds)]
                middle = {name: round(statistics.median(row[name] for row in rounds), 3) for name in rounds[0]}
                print(json.dumps({"page": path, "network": network.name, **middle}), flush=True)
        browser.close()


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
