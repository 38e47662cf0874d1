"""What tests change: throw-away services, a cheap hasher, plain static files."""

import os
import secrets

from expo.runtime.paths import throwaway_layout
from expo.settings import *  # noqa: F403
from tests.cluster import TEMPLATE

# One set of services per run, named here and started by the conftest of the controlling process;
# parallel workers and child processes inherit the name.
RUN = os.environ.setdefault("EXPO_TEST_RUN", f"{os.getpid()}-{secrets.token_hex(3)}")
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
services = TEST_SERVICES = throwaway_layout(RUN)

SECRET_KEY = "a key of tests alone " * 3
DATABASES["default"]["HOST"] = str(services.sockets)  # noqa: F405
DATABASES["default"]["NAME"] = os.environ.get("EXPO_TEST_DATABASE", "expo")  # noqa: F405
DATABASES["default"]["TEST"] = {"TEMPLATE": TEMPLATE}  # noqa: F405
del DATABASES["default"]["OPTIONS"]["pool"]  # noqa: F405 (a test's connection is its thread's)
REDIS_URL = services.redis_url(2 * WORKER)
CACHES["default"]["LOCATION"] = REDIS_URL  # noqa: F405
QUEUE_URL = services.redis_url(2 * WORKER + 1)
CELERY_BROKER_URL = celery_url(QUEUE_URL)  # noqa: F405
MEDIA_ROOT = services.state / f"media-{WORKER}"
PRIVATE_ROOT = services.state / f"private-{WORKER}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True  # static files without collectstatic
WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DELIVERY = {"backend": "django.core.mail.backends.locmem.EmailBackend"}
if directory := os.environ.get("EXPO_TEST_MAIL"):  # a worker process leaves its mails as files
    DELIVERY = {"backend": "django.core.mail.backends.filebased.EmailBackend", "file_path": directory}

GATEWAY = True
GATEWAY_SANDBOX = True
GATEWAY_KEYS = ["tNbU1mD8rKkzv3yJbZt7xg0Vd0z1o4mWcQ9g2yq0x1A="]
