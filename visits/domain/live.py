"""Live traffic into the store: one atomic script a hit, no write to the database.

Per edition, period of salt and hour (or part of one) there is a bucket of counters and a sketch. All keys of an edition
share a hash tag, so that a cluster keeps them together. Keys that name a visitor's hash live for 30 minutes, those that
name an address's hash for the hour that they count.
"""

import datetime as dt
import secrets
from functools import cache

from expo.store import redis_client
from visits.domain import counting
from visits.domain.counting import SESSION, address_hash, full_hour, visitor_hash
from visits.domain.places import Place

VIEW, BOT, STAFF = "view", "bots", "staff"

HOUR = 3600
KEEP_SKETCHES = 7 * 24 * HOUR  # of booths; they go with their bucket long before
# KEYS: dirty buckets, counters, sketch, visitor seen, visits begun by the address; and at a booth: visitor seen there,
# its sketch
# ARGV: bucket, kind, visitor, seconds of a session, most visits of an address, seconds of an hour, slot of the stage
# that was shown (or ''), name of the bucket's beginning if this is it; and at a booth: booth, seconds to keep its
# sketch
COUNT = """
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('HSETNX', KEYS[2], 'began', ARGV[8])
redis.call('HINCRBY', KEYS[2], 'hits', 1)
if ARGV[2] ~= 'view' then
    redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
    return 0
end
if redis.call('EXISTS', KEYS[4]) == 0 then
    local begun = redis.call('INCR', KEYS[5])
    if begun == 1 then
        redis.call('EXPIRE', KEYS[5], ARGV[6])
    end
    if begun > tonumber(ARGV[5]) then
        redis.call('HINCRBY', KEYS[2], 'bots', 1)
        return 0
    end
end
redis.call('HINCRBY', KEYS[2], 'page_views', 1)
redis.call('PFADD', KEYS[3], ARGV[3])
if ARGV[7] ~= '' then
    redis.call('HINCRBY', KEYS[2], 'stage:' .. ARGV[7], 1)
end
local function fresh(key)
    local seen = redis.call('EXISTS', key)
    redis.call('SET', key, 1, 'EX', ARGV[4])
    return seen == 0
end
if fresh(KEYS[4]) then
    redis.call('HINCRBY', KEYS[2], 'visits', 1)
end
if KEYS[6] then
    redis.call('PFADD', KEYS[7], ARGV[3])
    redis.call('EXPIRE', KEYS[7], ARGV[10])
    redis.call('HINCRBY', KEYS[2], 'seen:' .. ARGV[9], 1)
    if fresh(KEYS[6]) then
        redis.call('HINCRBY', KEYS[2], 'booth_visits', 1)
        redis.call('HINCRBY', KEYS[2], 'booth:' .. ARGV[9], 1)
    end
end
return 1
"""


def prefix(edition_id: int) -> str:
    return f"expo:visits:{{{edition_id}}}:"


def booth_sketch(edition_id: int, bucket: str, booth_id: int) -> str:
    """Who was at a booth in the hour of a bucket: the key of its sketch."""
    return f"{prefix(edition_id)}sketch:{bucket}:{booth_id}"


def counters_key(edition_id: int, bucket: str) -> str:
    """Of everything that was counted in a bucket since it began; they only grow (``flush.py``)."""
    return f"{prefix(edition_id)}count:{bucket}"


def sketch_key(edition_id: int, bucket: str) -> str:
    return f"{prefix(edition_id)}sketch:{bucket}"


def dirty_key(edition_id: int) -> str:
    """The buckets that are there."""
    return prefix(edition_id) + "dirty"


@cache
def script(text: str):
    return redis_client().register_script(text)


def count_hit(
    place: Place,
    moment: dt.datetime,
    kind: str,
    address: str,
    browser: str,
    booth_id: int | None,
    slot: int | None = None,
) -> bool:
    """Count one request for a page. False if the edition is not open at ``moment``.

    ``slot``: of the lobby's stage as the page showed it, which may be older than ``moment`` when a cache gave it."""
    if not place.moments.contains(moment):
        return False
    edition_id = place.moments.edition_id
    period, secret = place.salt(place.moments.period_at(moment))
    bucket = f"{period}@{int(place.moments.part_at(moment).timestamp())}"
    hour = f"{period}@{int(full_hour(moment).timestamp())}"
    base = prefix(edition_id)
    visitor = visitor_hash(secret, address, browser) if kind == VIEW else ""
    origin = f"{base}address:{hour}:{address_hash(secret, address) if kind == VIEW else ''}"
    keys = [dirty_key(edition_id), counters_key(edition_id, bucket), sketch_key(edition_id, bucket)]
    keys += [f"{base}seen:{visitor}", origin]
    arguments = [bucket, kind, visitor, int(SESSION.total_seconds()), counting.MOST_OF_AN_ADDRESS, HOUR]
    arguments += ["" if slot is None else slot, secrets.token_hex(8)]
    if booth_id is not None:
        keys += [f"{base}seen:{visitor}:{booth_id}", booth_sketch(edition_id, bucket, booth_id)]
        arguments += [booth_id, KEEP_SKETCHES]
    script(COUNT)(keys=keys, args=arguments)
    return True
