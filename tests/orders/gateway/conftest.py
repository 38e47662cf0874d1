import pytest
import urllib3

from orders.gateway import http
from tests.orders.gateway.midtrans_server import MidtransServer


@pytest.fixture
def midtrans(settings, monkeypatch):
    """The local Midtrans, reached by the settings, with short patience."""
    server = MidtransServer()
    urls = {"page_url": server.url, "api_url": server.url}
    settings.MIDTRANS = {"production": urls, "sandbox": urls}
    settings.GATEWAY_OVER_HTTP = True
    pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=0.8))
    monkeypatch.setattr(http, "pool", lambda: pool)
    yield server
    server.close()
