"""Who has what open at the curation desk: remembered in the store for a while, so that colleagues are led past it.

A courtesy, no lock. Of several who take in the same moment one gets it; without the store nobody is led past anything.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.core.cache import cache
from django.db.models import QuerySet
from redis import RedisError

OPEN_FOR = 180  # seconds


def take(key: str, who: int, seconds: int = OPEN_FOR) -> int | None:
    """Open ``key`` for ``who`` unless somebody has it (one's own is renewed); who has it now."""
    try:
        if cache.add(key, who, seconds):
            return who
        holder = cache.get(key)
        if holder == who:
            cache.touch(key, seconds)
    except RedisError:
        return who
    return holder


def taken_in_order(keys: Mapping[int, str], who: int, seconds: int = OPEN_FOR) -> Iterator[int]:
    """Those of ``keys`` that no colleague has open, each taken when it is asked for, and only then."""
    try:
        opened = cache.get_many(keys.values())
    except RedisError:
        opened = {}
    for pk, key in keys.items():
        if opened.get(key) in (None, who) and take(key, who, seconds) == who:
            yield pk


def portions(rows: QuerySet, size: int) -> Iterator[list]:
    """A long queue piece by piece, each asked for when the one before led nowhere."""
    start = 0
    while portion := list(rows[start : start + size]):
        yield portion
        if len(portion) < size:
            return
        start += size


def give_back(keys: str | Iterable[str], who: int) -> None:
    """What a colleague has open stays open there."""
    keys = [keys] if isinstance(keys, str) else list(keys)
    try:
        cache.delete_many([key for key, holder in cache.get_many(keys).items() if holder == who])
    except RedisError:
        pass  # it lapses
