"""The product behind a page cache in its own memory, before anything else runs: the rival of a proxy's cache."""

from bench.settings import *  # noqa: F403

CACHES["pages"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
CACHE_MIDDLEWARE_ALIAS = "pages"
CACHE_MIDDLEWARE_SECONDS = 600
MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
    *MIDDLEWARE,  # noqa: F405
]
