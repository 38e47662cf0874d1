"""Live counts from the store into the database, each exactly once, however often this is killed and however old a store
is that comes back.

Counters of a bucket only grow. The database keeps how far each was added, in the transaction that added it, so what is
new is the difference, whoever asks and however often. A bucket carries the name of its beginning: one that begins anew
(an emptied store, a late visitor) is counted from nothing. One that holds *less* than was added comes from a store that
went back: what it holds has been added, it gets a new name, and from then on differences count again (docs/adr/0202).

Sketches need no such care: merging one twice changes nothing.

A bucket under a salt that is destroyed is never added: it can only come from an older store that was put back.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from expo.models import Edition
from expo.store import redis_client
from visits.domain.live import booth_sketch, counters_key, dirty_key, script, sketch_key
from visits.domain.store import Bucket, DestroyedSaltError, add_bucket
from visits.models import FlushedBucket

logger = logging.getLogger(__name__)
# KEYS: counters, dirty buckets. ARGV: bucket, name of a beginning for one that has none
READ = """
if redis.call('EXISTS', KEYS[1]) == 0 then
    redis.call('SREM', KEYS[2], ARGV[1])
    return {}
end
redis.call('HSETNX', KEYS[1], 'began', ARGV[2])
return redis.call('HGETALL', KEYS[1])
"""
# KEYS: counters. ARGV: name of its beginning, new one
RENAME = """
if redis.call('HGET', KEYS[1], 'began') == ARGV[1] then
    return redis.call('HSET', KEYS[1], 'began', ARGV[2])
end
return 0
"""
# KEYS: counters, dirty buckets, sketches. ARGV: bucket, name of its beginning, hits that were added
DROP = """
if redis.call('HGET', KEYS[1], 'began') ~= ARGV[2] or (redis.call('HGET', KEYS[1], 'hits') or '0') ~= ARGV[3] then
    return 0
end
redis.call('SREM', KEYS[2], ARGV[1])
table.remove(KEYS, 2)
redis.call('DEL', unpack(KEYS))
return 1
"""
# An hour after its end nobody is counted in it any more, whatever the clocks of our servers say.
OVER = dt.timedelta(hours=2)


class Held(dict[str, int]):
    """The counters that the store holds of a bucket, and the name of its beginning."""

    def __init__(self, edition_id: int, bucket: str, began: str, counters: Iterable[tuple[str, int]]):
        super().__init__(counters)
        self.edition_id, self.bucket, self.began = edition_id, bucket, began

    @property
    def period(self) -> str:
        return self.bucket.rpartition("@")[0]

    @property
    def hour(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(int(self.bucket.rpartition("@")[2]), dt.UTC)

    @property
    def is_over(self) -> bool:
        return self.hour + OVER < timezone.now()

    def since(self, added: dict[str, int]) -> dict[str, int]:
        """What came since, by counter."""
        return {name: number - added.get(name, 0) for name, number in self.items() if number > added.get(name, 0)}

    def is_behind(self, added: dict[str, int]) -> bool:
        return any(self.get(name, 0) < number for name, number in added.items())


def flush_visits(editions: Iterable[int] | None = None) -> int:
    """Add what was counted so far, of these editions or of all. Returns the number of buckets that brought something.

    Safe to run at the same time in several places: when it returns, what was counted before is in the database,
    whichever of them wrote it."""
    written = 0
    for edition_id in Edition.objects.values_list("pk", flat=True) if editions is None else editions:
        for bucket in names(dirty_key(edition_id)):
            written += flush_bucket(edition_id, bucket)
    return written


def flush_bucket(edition_id: int, bucket: str) -> bool:
    """Add what is new of a bucket, and drop it from the store once its hour is over. Whether anything was new."""
    held = read(edition_id, bucket)
    if held is None:
        return False
    known = FlushedBucket.objects.filter(edition=edition_id, bucket=bucket, began=held.began).first()
    is_new = known is None or known.counters != held
    try:
        added = add(held) if is_new else held
    except DestroyedSaltError as error:
        logger.error("Visits that come too late were not counted (%s): %s", error, dict(held))
        drop(held)
        return False
    if added is None:
        return False
    if added.is_over and drop(added):
        # All of it is added: whatever comes back under this name was counted.
        FlushedBucket.objects.filter(edition=edition_id, bucket=bucket, began=held.began).update(counters=None)
    return is_new


def add(seen: Held) -> Held | None:
    """Add what is new of a bucket since it was last added, and keep how far that was. None if nothing could be.

    DestroyedSaltError: nothing is added."""
    with transaction.atomic():
        place = {"edition_id": seen.edition_id, "bucket": seen.bucket, "began": seen.began}
        FlushedBucket.objects.bulk_create([FlushedBucket(**place)], ignore_conflicts=True)
        row = FlushedBucket.objects.select_for_update().get(**place)
        # Only now: another worker has added what it read, and what is read later is never less.
        held = read(seen.edition_id, seen.bucket)
        if held is None or held.began != seen.began:
            return None
        anew = ""
        if row.counters is None or held.is_behind(row.counters):
            anew = secrets.token_hex(8)
            FlushedBucket.objects.create(**{**place, "began": anew}, counters=dict(held))
            logger.warning("The store went back: %s of edition %s was counted before", seen.bucket, seen.edition_id)
        else:
            if new := held.since(row.counters):
                add_bucket(new_of(held, new))
            row.counters = dict(held)
            row.save(update_fields=["counters", "at"])
    if anew:
        script(RENAME)(keys=[counters_key(held.edition_id, held.bucket)], args=[held.began, anew])
        return None
    return held


def new_of(held: Held, new: dict[str, int]) -> Bucket:
    """What came ``new`` to a bucket, with the sketches of those who came."""
    new.pop("hits", None)
    seen = sorted(taken(new, "seen:"))
    keys = [booth_sketch(held.edition_id, held.bucket, booth) for booth in seen]
    sketches: list = redis_client().mget(keys) if keys else []
    whole = redis_client().get(sketch_key(held.edition_id, held.bucket)) if "page_views" in new else None
    return Bucket(
        edition_id=held.edition_id,
        period=held.period,
        hour=held.hour,
        sketch=whole or b"",  # type: ignore[arg-type]
        booths=taken(new, "booth:"),
        booth_sketches={booth: sketch for booth, sketch in zip(seen, sketches, strict=True) if sketch},
        stages=taken(new, "stage:"),
        **new,
    )


def read(edition_id: int, bucket: str) -> Held | None:
    """A bucket as the store holds it now; None if it does not."""
    keys = [counters_key(edition_id, bucket), dirty_key(edition_id)]
    found = script(READ)(keys=keys, args=[bucket, secrets.token_hex(8)])
    counters = dict(zip((name.decode() for name in found[::2]), found[1::2], strict=True))
    if not counters:
        return None
    began = counters.pop("began").decode()
    return Held(edition_id, bucket, began, ((name, int(number)) for name, number in counters.items()))


def drop(held: Held) -> bool:
    """Forget a bucket unless somebody was counted meanwhile."""
    edition_id, bucket = held.edition_id, held.bucket
    keys = [counters_key(edition_id, bucket), dirty_key(edition_id), sketch_key(edition_id, bucket)]
    keys += [booth_sketch(edition_id, bucket, booth) for booth in taken(dict(held), "seen:")]
    return bool(script(DROP)(keys=keys, args=[bucket, held.began, held.get("hits", 0)]))


def names(key: str) -> list[str]:
    """The members of a set, in order."""
    return sorted(member.decode() for member in redis_client().smembers(key))  # type: ignore[union-attr]


def taken(numbers: dict[str, int], kind: str) -> dict[int, int]:
    """The counters of one kind by their number; they are taken out of ``numbers``."""
    found = [name for name in numbers if name.startswith(kind)]
    return {int(name.removeprefix(kind)): numbers.pop(name) for name in found}
