"""Who has what open at the curation desk: remembered in the store for a while, so that colleagues are led past it.

A courtesy, no lock. Of several who take in the same moment one gets it; without the store nobody is led past anything.
"""

from collections.abc import Iterator, Mapping

from django.core.cache import cache
from redis import RedisError

OPEN_FOR = 180  # seconds


def take(key: str, who: int) -> int | None:
    """Open ``key`` for ``who`` unless somebody has it (one's own is renewed); who has it now."""
    try:
        if cache.add(key, who, OPEN_FOR):
            return who
        holder = cache.get(key)
        if holder == who:
            cache.touch(key, OPEN_FOR)
    except RedisError:
        return who
    return holder


def taken_in_order(keys: Mapping[int, str], who: int) -> Iterator[int]:
    """Those of ``keys`` that no colleague has open, each taken when it is asked for, and only then."""
    try:
        opened = cache.get_many(keys.values())
    except RedisError:
        opened = {}
    for pk, key in keys.items():
        if opened.get(key) in (None, who) and take(key, who) == who:
            yield pk


def give_back(key: str, who: int) -> None:
    """What a colleague has open stays open there."""
    try:
        if cache.get(key) == who:
            cache.delete(key)
    except RedisError:
        pass  # it lapses
