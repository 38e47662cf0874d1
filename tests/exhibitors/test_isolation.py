"""Every address of the dashboard, walked by everyone who has no business there: a new view can't be forgotten."""

import re

import pytest
from django.urls import get_resolver

from exhibitors.checks import routes
from exhibitors.models import Exhibitor

SAMPLE = {"int": "1", "slug": "x", "str": "x", "code": "X1", "order_code": "X1"}


def dashboard_paths() -> list[str]:
    found = [route for route, _view in routes(get_resolver().url_patterns) if route.startswith("dasbor/")]
    return sorted(re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLE.get(m[1] or "str", "X1"), route) for route in found)


def test_the_walk_knows_the_tabs():
    assert {"dasbor/", "dasbor/produk/", "dasbor/permintaan/1/", "dasbor/profil/rekening/"} <= set(dashboard_paths())


@pytest.mark.parametrize("path", dashboard_paths())
def test_strangers_are_asked_to_sign_in(client, db, path):
    responses = [client.get(f"/{path}"), client.post(f"/{path}")]
    allowed = [response for response in responses if response.status_code != 405]
    assert allowed
    assert all(response.status_code == 302 and response.url.startswith("/akun/login/") for response in allowed)


@pytest.mark.parametrize("role", ["shopper", "official", "curator"])
def test_people_without_an_exhibitor_read_and_write_nothing(as_user, request, owner, role):
    client = as_user(request.getfixturevalue(role))
    before = list(Exhibitor.objects.values())
    for path in dashboard_paths():
        read, written = client.get(f"/{path}"), client.post(f"/{path}", {"name": "Curian"})
        assert read.status_code in (302, 404, 405), path
        assert read.status_code != 302 or read.url == "/daftar/", path
        assert written.status_code in (403, 404, 405), path
    assert list(Exhibitor.objects.values()) == before


@pytest.mark.parametrize("path", [path for path in dashboard_paths() if re.search(r"/(1|X1)/", path)])
def test_things_of_others_do_not_exist_for_outsiders(as_user, outsider, path):
    client = as_user(outsider)
    assert client.get(f"/{path}").status_code in (404, 405)
    assert client.post(f"/{path}", {"name": "Curian"}).status_code in (404, 405)
