"""The Redis-protocol store, for what Django's cache API cannot say (atomic counters, sketches, sets)."""

from functools import cache

import redis
from django.conf import settings
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

SECONDS = 5  # that an answer may take


def redis_client() -> redis.Redis:
    """A client with a pool of its own per process; keys start with `expo:<subject>:`."""
    return _client(settings.REDIS_URL)


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=SECONDS, health_check_interval=30)


class _KeptClient(RedisCacheClient):
    """Django makes a client for every question, which takes longer than the store's answer. A client holds no
    connection of its own, so threads and forked processes may share it; its pool sees to them."""

    def get_client(self, key=None, *, write=False):
        return _of_pool(self._get_connection_pool(write))


@cache
def _of_pool(pool: redis.ConnectionPool) -> redis.Redis:
    return redis.Redis(connection_pool=pool)


class Cache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _KeptClient
        # A store that does not answer must not hold a page for good.
        self._options = {"socket_timeout": SECONDS} | self._options
