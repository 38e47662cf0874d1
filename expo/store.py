"""The Redis-protocol store, for what Django's cache API cannot say (atomic counters, sketches, sets)."""

from functools import cache

import redis
from django.conf import settings


def redis_client() -> redis.Redis:
    """A client with a pool of its own per process; keys start with `expo:<subject>:`."""
    return _client(settings.REDIS_URL)


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, health_check_interval=30)
