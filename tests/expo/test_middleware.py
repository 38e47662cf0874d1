from ipaddress import ip_network
from unittest.mock import patch

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from expo.middleware import AdminPolicyMiddleware, NullByteMiddleware, PathLanguageMiddleware, client_address


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "id"), ("/en/", "en"), ("/en", "en"), ("/en/cari/", "en"), ("/energi/", "id"), ("/produk/en/", "id")],
)
def test_language_comes_from_the_path_alone(path, language):
    request = RequestFactory().get(path, HTTP_ACCEPT_LANGUAGE="en", HTTP_COOKIE="django_language=en")
    response = PathLanguageMiddleware(lambda _: HttpResponse(translation.get_language()))(request)
    assert response.content.decode() == request.LANGUAGE_CODE == language
    assert response["Content-Language"] == language
    assert not response.has_header("Vary")


def test_language_is_put_back():
    with translation.override("id"):
        PathLanguageMiddleware(lambda _: HttpResponse())(RequestFactory().get("/en/"))
        assert translation.get_language() == "id"


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.1.1.1, 203.0.113.9, 10.0.0.6", "203.0.113.9"),
        ("10.0.0.5", "bogus", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("10.0.0.5", "2001:db8::1", "2001:db8::1"),
    ],
)
def test_client_address_believes_only_proxies(settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert client_address({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}) == expected


def test_health_answers_without_host_or_https(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/healthz/", HTTP_HOST="10.1.2.3")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_health_names_what_failed(client, db):
    with patch("expo.middleware.probe_store", side_effect=ConnectionError):
        response = client.get("/healthz/")
    assert (response.status_code, response.content) == (503, b"failed: store\n")


def directives(response):
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts if part}


def test_policy_allows_nothing_inline(client, db):
    policy = directives(client.get("/akun/login/"))
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in str(policy)


def test_admin_alone_may_eval(client, db):
    for path in ("/admin/login/", "/en/admin/login/"):
        policy = directives(client.get(path))
        assert policy["script-src"] == ["'self'", "'unsafe-eval'"]
        assert policy["style-src-attr"] == ["'unsafe-inline'"]
        assert policy["style-src"] == ["'self'"]


def test_admin_policy_is_not_for_lookalikes():
    response = AdminPolicyMiddleware(lambda _: HttpResponse())(RequestFactory().get("/administrasi/"))
    assert not hasattr(response, "_csp_update")


@pytest.mark.parametrize("path", ["/laporan/", "/daftar/", "/akun/masuk/", "/nowhere/"])
def test_nobody_keeps_a_page_that_does_not_say_so(as_user, official, path):
    response = as_user(official).get(path)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en//example.org/", "/en///example.org/x", "//example.org/"])
def test_the_language_switch_never_leads_to_another_site(client, path):
    page = client.get(path).content.decode()
    assert 'href="//' not in page


@pytest.mark.parametrize("query", ["q=a%00b", "q=a%0%000b", "%00q=ab"])
def test_queries_lose_their_null_bytes(query):
    request = RequestFactory().get("/cari/", QUERY_STRING=query)
    NullByteMiddleware(lambda request: HttpResponse())(request)
    assert request.GET["q"] == "ab"
