"""HTTP to a gateway: bounded in time and size, never following a redirect, retrying only what may be repeated."""

import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.gateway.errors import GatewayError

TIMEOUT = urllib3.Timeout(connect=4, read=12)
MOST_BYTES = 1_000_000
BUSY = (429, 500, 502, 503, 504)
READ = urllib3.Retry(
    total=2,
    connect=2,
    read=2,
    status=2,
    redirect=0,
    status_forcelist=BUSY,
    allowed_methods={"GET"},
    backoff_factor=0.2,
    raise_on_status=False,
)
# A payment that was asked for twice could be two: only a connection that never came about is tried again.
WRITE = urllib3.Retry(total=1, connect=1, read=0, status=0, redirect=0, other=0, backoff_factor=0.2)
UNREACHABLE = _("Midtrans tidak dapat dihubungi sekarang. Coba lagi sebentar lagi, atau bayar dengan cara lain.")


@cache
def pool() -> urllib3.PoolManager:
    return urllib3.PoolManager(num_pools=4, maxsize=4, timeout=TIMEOUT, cert_reqs="CERT_REQUIRED")


def call(method: str, url: str, *, headers: dict[str, str], body: Any = None) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of the answer. GatewayError when there is none that makes sense."""
    require_https(url)
    data = None if body is None else json.dumps(body).encode()
    try:
        answer = pool().request(
            method,
            url,
            headers=headers,
            body=data,
            retries=READ if method == "GET" else WRITE,
            redirect=False,
            preload_content=False,
        )
        try:
            content = answer.read(MOST_BYTES + 1, decode_content=True)
        finally:
            answer.release_conn()
    except urllib3.exceptions.HTTPError as error:
        raise GatewayError(UNREACHABLE) from error
    if len(content) > MOST_BYTES or answer.status in BUSY or 300 <= answer.status < 400:
        raise GatewayError(UNREACHABLE)
    return answer.status, json_object(content)


def require_https(url: str) -> None:
    """Addresses come from the settings, never from people; outside of tests they are https."""
    if urlsplit(url).scheme != "https" and not settings.GATEWAY_OVER_HTTP:
        raise GatewayError(UNREACHABLE)


def json_object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise GatewayError(UNREACHABLE) from error
    if not isinstance(value, dict):
        raise GatewayError(UNREACHABLE)
    return value
