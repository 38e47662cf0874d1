"""The bench's settings over a copy of its database that a sitting of curation may change, signed in without TLS."""

from bench.settings import *  # noqa: F403

SOURCE = DATABASES["default"]["NAME"]  # noqa: F405
DATABASES["default"]["NAME"] = "expo_sitting"  # noqa: F405
REDIS_URL = SERVICES.redis_url(2)  # noqa: F405
CACHES["default"]["LOCATION"] = REDIS_URL  # noqa: F405
CELERY_BROKER_URL = f"redis+socket://{SERVICES.valkey_socket}?virtual_host=2"  # noqa: F405
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECOND_FACTOR_REQUIRED = False
ALLOWED_HOSTS = ["*"]
