"""No key of an address in any log: the web server's, Django's, the proxy's."""

import logging

import pytest
from django.urls import reverse
from gunicorn.config import Config

from expo.gunicorn_logs import DiscreetLogger
from expo.logs import hide, key_prefixes
from expo.runtime.paths import CHECKOUT

KEY = "Zk3" * 12


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", ["accounts:sign-in-link", "exhibitors:invitation", "exhibitors:account-confirmation"])
def test_keys_are_hidden(name, language):
    address = language + reverse(name, args=[KEY])
    assert hide(f'"GET {address}?a=1 HTTP/1.1" 200') == f'"GET {address.replace(KEY, "***")}?a=1 HTTP/1.1" 200'


def test_parts_of_an_order_and_resets_are_hidden_and_the_rest_stays():
    assert hide(f"/pesanan/{KEY}/bukti/") == "/pesanan/***/bukti/"
    assert hide(f"/akun/password/reset/key/1a-{KEY}/") == "/akun/password/reset/key/***/"
    for kept in ("/produk/kopi-arabika-temanggung-premium-250-gram/", "/dasbor/pesanan/UVO-1234/", "/akun/login/code/"):
        assert hide(kept) == kept


def test_the_web_server_hides_them(capfd):
    logger = DiscreetLogger(Config())
    logger.cfg.set("accesslog", "-")
    logger.setup(logger.cfg)
    logger.access_log.info(
        '%(r)s "%(f)s"', {"r": f"GET /akun/masuk/{KEY}/ HTTP/1.1", "f": f"https://a/akun/masuk/{KEY}/"}
    )
    logger.error("Error handling request %s", f"/pesanan/{KEY}/")
    told = "".join(capfd.readouterr())
    assert told.count("/***/") == 3
    assert KEY not in told


def test_django_hides_them():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", f"/pesanan/{KEY}/"), None
    )
    for handler in logging.getLogger("django").handlers:
        handler.handle(record)
    assert record.getMessage() == "Not Found: /pesanan/***/"


def test_the_proxy_knows_every_key():
    rules = (CHECKOUT / "deploy" / "nginx.conf").read_text()
    (words,) = [line for line in rules.splitlines() if "key_before" in line and "map" not in line]
    asked = words.partition("(?:")[2].partition(")")[0].split("|")
    assert sorted(asked) == [prefix.rstrip("/") for prefix in key_prefixes()]
    assert rules.count("access_log /var/log/nginx/access.log discreet;") == rules.count("server {")
