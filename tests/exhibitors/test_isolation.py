"""Every address of the dashboard, walked by everyone who has no business there: a new view can't be forgotten.

An address with a parameter is walked with the key of a thing that exists, so that what is refused is refused for whose
it is: a parameter that ``belongings`` does not know fails here.
"""

import pytest
from django.urls import get_resolver

from exhibitors.checks import routes
from tests.exhibitors.belongings import EVERYBODYS, PARAMETER, filled, keys_of_one_of_everything, rows_of


def key_word(route: str) -> str:
    """The word before the last parameter of a route."""
    *_, last = PARAMETER.finditer(route)
    return route[: last.start()].rstrip("/").rpartition("/")[2]


ROUTES = sorted(
    {route: view for route, view in routes(get_resolver().url_patterns) if route.startswith("dasbor/")}.items()
)
OF_OTHERS = [(route, view) for route, view in ROUTES if view.access.startswith("exhibitor")]
WITH_KEYS = [route for route, _view in OF_OTHERS if PARAMETER.search(route) and key_word(route) not in EVERYBODYS]
REFUSED = (403, 404, 405)

pytestmark = pytest.mark.django_db


def hostile(keys: dict) -> dict:
    """A body that fits many forms and names the owner's things wherever a form could take a key."""
    return {name: str(key) for name, key in keys.items()} | {
        "name": "Curian", "reason": "Curian", "text": "Curian", "answer": "Curian", "email": "curi@contoh.test",
        "price": "1", "stock": "0", "quantity": "1", "amount": "1", "bank_name": "Curian",
        "bank_account_number": "999999", "bank_account_holder": "Curian", "row": "1", "on": "1", "key": "x",
        "product": str(keys["produk"]), "order": str(keys["pesanan"]), "pk": str(keys["produk"]),
    }  # fmt: skip


@pytest.fixture
def keys(owner):
    return keys_of_one_of_everything(owner)


def test_the_walk_knows_the_tabs():
    assert {"dasbor/", "dasbor/produk/", "dasbor/permintaan/<int:pk>/", "dasbor/profil/rekening/"} <= dict(
        ROUTES
    ).keys()


def test_the_owner_reaches_all_of_it(as_user, owner, keys):
    """Otherwise the refusals below would say nothing."""
    client = as_user(owner)
    for route, _view in OF_OTHERS:
        assert client.get(filled(route, keys)).status_code in (200, 302, 405), route


def test_strangers_are_asked_to_sign_in(client, keys):
    for route, _view in ROUTES:
        path = filled(route, keys)
        answers = [answer for answer in (client.get(path), client.post(path)) if answer.status_code != 405]
        assert answers, route
        assert all(a.status_code == 302 and a.url.startswith("/akun/login/") for a in answers), route


@pytest.mark.parametrize("role", ["shopper", "official", "curator", "operator", "finance"])
def test_people_without_an_exhibitor_read_and_write_nothing(as_user, request, owner, keys, role):
    client = as_user(request.getfixturevalue(role))
    before = rows_of(owner.exhibitor)
    for route, _view in OF_OTHERS:
        path = filled(route, keys)
        read, written = client.get(path), client.post(path, hostile(keys))
        assert read.status_code in REFUSED or (read.status_code == 302 and read.url == "/daftar/"), route
        assert written.status_code in REFUSED, route
    assert rows_of(owner.exhibitor) == before


def test_things_of_others_do_not_exist_for_outsiders(as_user, outsider, owner, keys):
    client = as_user(outsider)
    before = rows_of(owner.exhibitor)
    for route in WITH_KEYS:
        path = filled(route, keys)
        assert client.get(path).status_code in (404, 405), route
        assert client.post(path, hostile(keys)).status_code in (404, 405), route
    assert rows_of(owner.exhibitor) == before


def test_a_thing_of_others_does_not_hang_on_one_of_ones_own(as_user, outsider, owner, keys):
    """/produk/<mine>/varian/<yours>/ and the like."""
    own = keys_of_one_of_everything(outsider)
    client = as_user(outsider)
    before = rows_of(owner.exhibitor)
    for route in WITH_KEYS:
        if len(PARAMETER.findall(route)) < 2:
            continue
        path = filled(route, own | {key_word(route): keys[key_word(route)]})
        assert client.get(path).status_code in (404, 405), route
        assert client.post(path, hostile(keys)).status_code in (404, 405), route
    assert rows_of(owner.exhibitor) == before


def test_a_body_that_names_things_of_others_changes_nothing_of_theirs(as_user, outsider, owner, keys):
    client = as_user(outsider)
    before = rows_of(owner.exhibitor)
    for route, _view in OF_OTHERS:
        if route not in WITH_KEYS:
            client.post(filled(route, keys), hostile(keys))
    assert rows_of(owner.exhibitor) == before


def test_helpers_do_not_do_what_owners_do(as_user, helper, keys):
    client = as_user(helper)
    before = rows_of(helper.exhibitor)
    for route, view in OF_OTHERS:
        path = filled(route, keys)
        if view.access == "exhibitor_owner":
            assert client.get(path).status_code in (403, 405), route
            assert client.post(path, hostile(keys)).status_code == 403, route
        else:
            assert client.get(path).status_code in (200, 302, 405), route
    assert rows_of(helper.exhibitor) == before
