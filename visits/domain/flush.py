"""Live counts from the store into the database, each exactly once however often this is killed.

Sketches of booths need no such care: merging one twice changes nothing. They are read where they lie, and dropped
when nobody has come since.

A bucket is first taken: one atomic step renames it to a batch with a token of its own. The batch and its token are
written in one transaction, then the batch is dropped. A batch that is found again (killed before it was dropped) is
written only if its token is not there yet. One under a salt that is destroyed is never written: it can only come from
an older store that was put back.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from expo.models import Edition
from expo.store import redis_client
from visits.domain.live import booth_sketch, dirty_key, prefix, script
from visits.domain.store import Bucket, DestroyedSaltError, add_bucket
from visits.models import FlushedBatch

logger = logging.getLogger(__name__)
# KEYS: dirty, taken, counters, sketch, counters of the batch, sketch of the batch. ARGV: bucket, batch
TAKE = """
redis.call('SREM', KEYS[1], ARGV[1])
if redis.call('EXISTS', KEYS[3]) == 0 then
    return 0
end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('RENAME', KEYS[3], KEYS[5])
if redis.call('EXISTS', KEYS[4]) == 1 then
    redis.call('RENAME', KEYS[4], KEYS[6])
end
return 1
"""
# KEYS: sketch. ARGV: as it was written to the database
DROP_UNCHANGED = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    return redis.call('DEL', KEYS[1])
end
return 0
"""
KEEP_TOKENS = dt.timedelta(days=7)


def flush_visits(editions: Iterable[int] | None = None) -> int:
    """Move what was counted so far, of these editions or of all. Returns the number of batches written.

    Safe to run at the same time in several places: when it returns, what was counted before is in the database,
    whichever of them wrote it."""
    written = 0
    for edition_id in Edition.objects.values_list("pk", flat=True) if editions is None else editions:
        take_buckets(edition_id)
        for batch in names(f"{prefix(edition_id)}taken"):
            written += write_batch(edition_id, batch)
    if written:
        FlushedBatch.objects.filter(at__lt=timezone.now() - KEEP_TOKENS).delete()
    return written


def take_buckets(edition_id: int) -> None:
    base = prefix(edition_id)
    for bucket in names(dirty_key(edition_id)):
        batch = f"{uuid.uuid4().hex}:{bucket}"
        keys = [dirty_key(edition_id), f"{base}taken"]
        keys += [f"{base}count:{bucket}", f"{base}sketch:{bucket}"]
        keys += [f"{base}batch-count:{batch}", f"{base}batch-sketch:{batch}"]
        script(TAKE)(keys=keys, args=[bucket, batch])


def write_batch(edition_id: int, batch: str) -> bool:
    """Write one taken batch and drop it. False if it had been written before, or comes too late to be."""
    base = prefix(edition_id)
    token, _, bucket = batch.partition(":")
    counts = redis_client().hgetall(f"{base}batch-count:{batch}")
    if not counts:
        drop_batch(base, batch)
        return False
    read = read_bucket(edition_id, bucket, counts, base, batch)
    new = refused = False
    try:
        new = record_batch(token, read)
    except DestroyedSaltError as error:
        logger.error("Visits that come too late were not counted (%s): %s", error, read.counts)
        refused = True
    if new or refused:
        drop_sketches(edition_id, bucket, read.booth_sketches)
    drop_batch(base, batch)
    return new


def drop_sketches(edition_id: int, bucket: str, written: dict[int, bytes]) -> None:
    drop = script(DROP_UNCHANGED)
    for booth, sketch in written.items():
        drop(keys=[booth_sketch(edition_id, bucket, booth)], args=[sketch])


def drop_batch(base: str, batch: str) -> None:
    drop = redis_client().pipeline(transaction=True)
    drop.delete(f"{base}batch-count:{batch}", f"{base}batch-sketch:{batch}")
    drop.srem(f"{base}taken", batch)
    drop.execute()


def read_bucket(edition_id: int, bucket: str, counts: dict, base: str, batch: str) -> Bucket:
    period, _, seconds = bucket.rpartition("@")
    numbers = {name.decode(): int(number) for name, number in counts.items()}
    seen = sorted(taken(numbers, "seen:"))
    keys = [booth_sketch(edition_id, bucket, booth) for booth in seen]
    sketches: list = redis_client().mget(keys) if keys else []
    return Bucket(
        edition_id=edition_id,
        period=period,
        hour=dt.datetime.fromtimestamp(int(seconds), dt.UTC),
        sketch=redis_client().get(f"{base}batch-sketch:{batch}") or b"",  # type: ignore[arg-type]
        booths=taken(numbers, "booth:"),
        booth_sketches={booth: sketch for booth, sketch in zip(seen, sketches, strict=True) if sketch},
        stages=taken(numbers, "stage:"),
        **numbers,
    )


def names(key: str) -> list[str]:
    """The members of a set, in order."""
    return sorted(member.decode() for member in redis_client().smembers(key))  # type: ignore[union-attr]


def taken(numbers: dict[str, int], kind: str) -> dict[int, int]:
    """The counters of one kind by their number; they are taken out of ``numbers``."""
    found = [name for name in numbers if name.startswith(kind)]
    return {int(name.removeprefix(kind)): numbers.pop(name) for name in found}


def record_batch(token: str, bucket: Bucket) -> bool:
    try:
        with transaction.atomic():
            FlushedBatch.objects.create(token=token)
            add_bucket(bucket)
    except IntegrityError:
        if FlushedBatch.objects.filter(token=token).exists():
            return False
        raise
    return True
