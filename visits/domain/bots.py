"""Who is no visitor: what names itself as a program, by the patterns of isbot (the package ``is-bot``).

How those compare with other lists, on samples that are not theirs: docs/visits.md. Programs that pass for a browser are
not found by their name; the recap says that bots which name themselves were left out, and claims no more.
"""

from functools import cache, lru_cache

SHORTEST_BROWSER = 12  # no browser's name is shorter than "Mozilla/5.0 …"
LONGEST_BROWSER = 1000  # what goes beyond is there to keep us busy


def is_bot(browser: str, method: str = "GET") -> bool:
    """Whether a request is no reader's: no name, a known name, or a method that shows nobody anything."""
    return method != "GET" or len(browser) < SHORTEST_BROWSER or names_itself(browser)


@lru_cache(maxsize=4096)
def names_itself(browser: str) -> bool:
    return patterns().is_bot(browser[:LONGEST_BROWSER])


@cache
def patterns():
    """Loaded when the first visit is counted: most commands never are asked for one."""
    from is_bot import Bots

    return Bots()


def is_prefetch(meta: dict) -> bool:
    """Whether a browser only fetches in advance what its reader may never open."""
    purposes = (meta.get("HTTP_SEC_PURPOSE", ""), meta.get("HTTP_PURPOSE", ""), meta.get("HTTP_X_MOZ", ""))
    return any("prefetch" in purpose or "preview" in purpose for purpose in purposes)
