"""Rate limits shared by all processes: a sliding window per scope and key, in the store."""

import hashlib
import hmac
import ipaddress
import math
import uuid

from django.conf import settings
from django.utils.translation import ngettext

from expo.errors import DomainError
from expo.store import redis_client

# One script is one atomic step: two requests can't both take the last place. The store's clock
# counts, so that web servers need not agree on the time. A refused attempt takes no place.
WINDOW = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local span = tonumber(ARGV[2]) * 1000
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now - span)
if redis.call('ZSCORE', KEYS[1], ARGV[3]) then
    return 0
end
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
    redis.call('ZADD', KEYS[1], now, ARGV[3])
    redis.call('PEXPIRE', KEYS[1], span)
    return 0
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.max(1, tonumber(first[2]) + span - now)
"""


class RateExceededError(DomainError):
    """Too many attempts; `retry_after` is in seconds."""

    def __init__(self, retry_after: int):
        self.retry_after = retry_after
        minutes = math.ceil(retry_after / 60)
        super().__init__(
            ngettext(
                "Terlalu banyak percobaan. Silakan coba lagi dalam %(minutes)s menit.",
                "Terlalu banyak percobaan. Silakan coba lagi dalam %(minutes)s menit.",
                minutes,
            )
            % {"minutes": minutes}
        )


def check_rate(scope: str, key: str, limit: int, seconds: int, *, attempt: str = "") -> None:
    """Count one attempt of `key` (an address, an e-mail) in `scope`; RateExceededError when over `limit`.

    At most `limit` attempts pass in any `seconds`. What is tried may be named: the same `attempt` counts once. Key and
    attempt are stored as keyed hashes.
    """
    name = f"expo:limit:{scope}:{_keyed(_client(key))}"
    wait = redis_client().eval(WINDOW, 1, name, limit, seconds, _keyed(attempt) if attempt else uuid.uuid4().hex)
    if wait:
        raise RateExceededError(math.ceil(wait / 1000))


def _client(key: str) -> str:
    """One household has a whole /64 of IPv6 addresses: they count as one."""
    try:
        address = ipaddress.IPv6Address(str(key))
    except ValueError:
        return key
    return str(address.ipv4_mapped or f"{int(address) >> 64:x}::/64")


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), str(text).encode(), hashlib.sha256).hexdigest()[:32]
