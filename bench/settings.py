"""The product's settings over services of their own, so that measuring touches nobody's data."""

from ipaddress import ip_network

from expo.runtime.paths import Layout, short_directory
from expo.settings import *  # noqa: F403

_own = checkout_layout(BASE_DIR)  # noqa: F405
SERVICES = Layout(state=_own.state / "bench", sockets=short_directory(f"{_own.sockets.name}-bench"))
DATABASES["default"]["HOST"] = str(SERVICES.sockets)  # noqa: F405
REDIS_URL = SERVICES.redis_url(0)
CACHES["default"]["LOCATION"] = REDIS_URL  # noqa: F405
CELERY_BROKER_URL = f"redis+socket://{SERVICES.valkey_socket}?virtual_host=1"
MEDIA_ROOT = SERVICES.state / "media"
PRIVATE_ROOT = SERVICES.state / "private"
STATIC_ROOT = SERVICES.state / "static"
SITE_URL = "http://127.0.0.1"
TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]  # every buyer of the bench comes from an address of its own
