"""Sessions lie in the database; the store holds a copy of each, so that most requests need not ask for it.

While the store is away people stay signed in and can sign in and out: what it does not answer the database does. A copy
is kept for minutes alone: should the store go away while somebody signs out, and come back as it was, the copy that
nobody could take away has lapsed by then, or soon will have.
"""

import logging

from django.contrib.sessions.backends import cached_db
from redis import RedisError

logger = logging.getLogger(__name__)
COPY_SECONDS = 300


class Copies:
    """The cache as far as sessions use it. What fails is logged and taken for not there."""

    def __init__(self, cache):
        self.cache = cache

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str):
        try:
            return self.cache.get(key)
        except (RedisError, OSError) as error:
            self.tell("read", error)
            return None

    def set(self, key: str, value, timeout: float) -> None:
        try:
            self.cache.set(key, value, min(timeout, COPY_SECONDS))
        except (RedisError, OSError) as error:
            self.tell("written", error)

    def delete(self, key: str) -> None:
        try:
            self.cache.delete(key)
        except (RedisError, OSError) as error:
            self.tell("deleted", error)

    def tell(self, what: str, error: Exception) -> None:
        logger.warning("a copy of a session was not %s, the database serves: %s", what, error)


class SessionStore(cached_db.SessionStore):
    def __init__(self, session_key=None):
        super().__init__(session_key)
        self._cache = Copies(self._cache)
