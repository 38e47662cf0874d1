import pytest
import urllib3

from orders.gateway import http
from tests.orders.gateway.midtrans_server import MidtransServer


@pytest.fixture
def midtrans(settings, monkeypatch):
    """The local Midtrans, reached by the settings; patience is short only where it says nothing."""
    server = MidtransServer()
    urls = {"page_url": server.url, "api_url": server.url}
    settings.MIDTRANS = {"production": urls, "sandbox": urls}
    settings.GATEWAY_OVER_HTTP = True
    hasty, patient = (urllib3.PoolManager(timeout=seconds) for seconds in (0.4, 30))
    monkeypatch.setattr(http, "pool", lambda: hasty if server.fail[:1] == ["silence"] else patient)
    yield server
    server.close()
