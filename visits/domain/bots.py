"""Who is no visitor. The list is short on purpose: what names itself, and the tools that fetch pages.

Programs that pass for a browser are not found by their name; the recap says that bots which name themselves were
left out, and claims no more.
"""

import re
from functools import lru_cache

NAMES = (
    # Crawlers and previews name themselves with one of these. (Cubot makes phones.)
    r"(?<!cu)bot\b", r"bot[/;_-]", r"crawl", r"spider", r"slurp", r"archiver", r"feedfetcher", r"favicon", r"preview",
    r"facebookexternalhit", r"facebookcatalog", r"meta-external", r"whatsapp/", r"telegrambot", r"skypeuri", r"embedly",
    r"mediapartners-google", r"google-inspectiontool", r"googleother", r"apis-google", r"adsbot", r"bingpreview",
    r"bytespider", r"gptbot", r"chatgpt-user", r"claude-web", r"claudebot", r"ccbot", r"perplexity", r"yandex\w*/",
    r"baiduspider", r"duckduck", r"ia_archiver", r"petalbot",
    # Watchers, scanners and checkers.
    r"monitor", r"uptime", r"pingdom", r"statuscake", r"nagios", r"zabbix", r"lighthouse", r"gtmetrix", r"pagespeed",
    r"validator", r"scan(?:ner)?\b", r"nmap", r"masscan", r"zgrab", r"nikto", r"sqlmap", r"censys", r"expanse",
    # Libraries and tools; browsers that nobody looks at.
    r"curl/", r"wget", r"libwww", r"lwp", r"python-", r"python/", r"aiohttp", r"httpx", r"urllib", r"scrapy",
    r"go-http-client", r"java/", r"okhttp", r"apache-httpclient", r"node-fetch", r"axios/", r"undici", r"guzzle",
    r"php/", r"ruby", r"perl", r"postmanruntime", r"insomnia", r"httpie", r"k6/", r"apachebench", r"jmeter",
    r"headless", r"phantomjs", r"puppeteer", r"playwright", r"selenium", r"electron/",
)  # fmt: skip
KNOWN = re.compile("|".join(NAMES))
SHORTEST_BROWSER = 12  # no browser's name is shorter than "Mozilla/5.0 …"


def is_bot(browser: str, method: str = "GET") -> bool:
    """Whether a request is no reader's: no name, a known name, or a method that shows nobody anything."""
    return method != "GET" or len(browser) < SHORTEST_BROWSER or names_itself(browser)


@lru_cache(maxsize=2048)
def names_itself(browser: str) -> bool:
    return KNOWN.search(browser.lower()) is not None


def is_prefetch(meta: dict) -> bool:
    """Whether a browser only fetches in advance what its reader may never open."""
    purposes = (meta.get("HTTP_SEC_PURPOSE", ""), meta.get("HTTP_PURPOSE", ""), meta.get("HTTP_X_MOZ", ""))
    return any("prefetch" in purpose or "preview" in purpose for purpose in purposes)
