"""Who else knows where the book ends, so that its end is missed when it is cut off.

The mark of the last line is written with it: that such a line is there no more is told of, and noted for good as soon
as another is written (``lines.py:cut_off``). The mark can be written by hand, too. So the store, which is no part of
the database, remembers the longest book that it has seen. It is known by its first line: another database has another.
What a store has forgotten, a published head knows (``heads.py``).
"""

import logging
from collections.abc import Iterator
from typing import Any

from redis import RedisError

from expo.store import redis_client
from reports.book.lines import CUT, HEAD, Difference, content_of, head
from reports.models import BookLine, BookMark

logger = logging.getLogger(__name__)
# Only ever raised: [position, hash] of the longest book.
RAISE = """
local had = redis.call('HGET', KEYS[1], 'position')
if not had or tonumber(had) < tonumber(ARGV[1]) then
    redis.call('HSET', KEYS[1], 'position', ARGV[1], 'sha256', ARGV[2])
end
"""


def key() -> str | None:
    """None while the book is empty."""
    first = BookLine.objects.order_by("position").values_list("sha256", flat=True).first()
    return f"expo:book:{first}" if first else None


def remember() -> None:
    """Have the store know the last line. A store that is away learns of it with the next tick."""
    last, name = head(), key()
    if last is None or name is None:
        return
    try:
        redis_client().eval(RAISE, 1, name, last.position, last.sha256)
    except RedisError:
        logger.warning("the store could not be told where the book of seals ends: line %s", last.position)


def heads_gone() -> Iterator[Difference]:
    """Lines that were the last once, and are there no more."""
    mark = BookMark.objects.filter(name=HEAD).first()
    if mark is None and BookLine.objects.exists():
        yield "book of seals", "the mark of its last line is gone"
    if mark and not _is_there(mark.upto, mark.sha256):
        yield f"book of seals, line {mark.upto}", "the line that was written last is gone"
    for line in BookLine.objects.filter(kind=CUT).order_by("position"):
        yield f"book of seals, line {content_of(line)['position']}", "the end of the book that was there before"
    if (known := remembered()) and not _is_there(*known):
        yield f"book of seals, line {known[0]}", f"what the store remembers of the book ({key()})"


def _is_there(position: int, sha256: str) -> bool:
    return BookLine.objects.filter(position=position, sha256=sha256).exists()


def remembered() -> tuple[int, str] | None:
    """None where there is no book, or the store has forgotten it, or is away."""
    name = key()
    try:
        known: Any = redis_client().hgetall(name) if name else {}
    except RedisError:
        return None
    return (int(known[b"position"]), known[b"sha256"].decode()) if known else None
