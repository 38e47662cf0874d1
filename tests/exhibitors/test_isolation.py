"""Every address of the dashboard, walked by everyone who has no business there: a new view can't be forgotten.

An address with a parameter is walked with the key of a thing that exists, so that what is refused is refused for whose
it is: a parameter that ``belongings`` does not know fails here.
"""

import pytest
from django.db import transaction

from exhibitors.models import AccountChange, Exhibitor, Invitation, Membership
from orders.models import DepositTerms, GatewayAccount, PaymentSettings, QrisCode
from tests.exhibitors.belongings import PARAMETER, filled, rows_of
from tests.exhibitors.routes import DASHBOARD, EVERY, OF_OTHERS, WITH_KEYS, key_word
from tests.exhibitors.world import WITHOUT_EXHIBITOR, made_world

REFUSED = (403, 404, 405)
# Beside views of the dashboard, but for people without an exhibitor (yet) or with a secret link.
OF_EVERYBODY = {
    "exhibitors.views_registration.register",
    "exhibitors.views_people.invitation",
    "exhibitors.views_accounts.account_confirmation",
    "orders.views.ways.qris_confirmation",
    "orders.views.fees.answer",
    "orders.views.papers.receipt",
}

pytestmark = pytest.mark.django_db


def hostile(keys: dict) -> dict:
    """A body that fits many forms and names the owner's things wherever a form could take a key."""
    return {name: str(key) for name, key in keys.items()} | {
        "name": "Curian", "reason": "Curian", "text": "Curian", "answer": "Curian", "email": "curi@contoh.test",
        "price": "1", "stock": "0", "quantity": "1", "amount": "1", "bank_name": "Curian",
        "bank_account_number": "999999", "bank_account_holder": "Curian", "row": "1", "on": "1", "key": "x",
        "product": str(keys["produk"]), "order": str(keys["pesanan"]), "pk": str(keys["produk"]),
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), made_world() as world:
        yield world


@pytest.fixture
def owner(world):
    return world.owner


@pytest.fixture
def outsider(world):
    return world.outsider


@pytest.fixture
def keys(world):
    return world.keys


def test_the_walk_knows_the_tabs():
    assert {"dasbor/", "dasbor/produk/", "dasbor/permintaan/<int:pk>/", "dasbor/profil/rekening/"} <= dict(
        DASHBOARD
    ).keys()


def test_no_view_of_the_dashboard_lies_elsewhere():
    """What is an exhibitor's, and whatever shares a module with it, is under dasbor/: none escapes the walk."""
    modules = {view.__module__ for _route, view in EVERY if getattr(view, "access", "").startswith("exhibitor")}
    assert {"exhibitors.views", "orders.views.inbox", "catalog.dashboard.views", "reports.views_own"} <= modules
    elsewhere = {
        f"{view.__module__}.{view.__name__}"
        for route, view in EVERY
        if not route.startswith("dasbor/")
        and (getattr(view, "access", "").startswith("exhibitor") or view.__module__ in modules)
    }
    assert elsewhere == OF_EVERYBODY


def test_the_owner_reaches_all_of_it(as_user, owner, keys):
    """Otherwise the refusals below would say nothing."""
    client = as_user(owner)
    for route, _view in OF_OTHERS:
        assert client.get(filled(route, keys)).status_code in (200, 302, 405), route


def test_strangers_are_asked_to_sign_in(client, keys):
    for route, _view in DASHBOARD:
        path = filled(route, keys)
        answers = [answer for answer in (client.get(path), client.post(path)) if answer.status_code != 405]
        assert answers, route
        assert all(a.status_code == 302 and a.url.startswith("/akun/login/") for a in answers), route


@pytest.mark.parametrize("role", WITHOUT_EXHIBITOR)
def test_people_without_an_exhibitor_read_and_write_nothing(as_user, world, owner, keys, role):
    client = as_user(world.others[role])
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


def test_a_thing_of_others_does_not_hang_on_one_of_ones_own(as_user, world, outsider, owner, keys):
    """/produk/<mine>/varian/<yours>/ and the like."""
    own = world.theirs
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


def test_helpers_do_not_do_what_owners_do(as_user, world, keys):
    """They are asked to write everywhere: what is the owner's alone is refused, and no other view changes it."""
    client = as_user(world.helper)
    before, reserved = rows_of(world.exhibitor), owners_alone(world.exhibitor)
    for route, view in OF_OTHERS:
        path = filled(route, keys)
        if view.access == "exhibitor_owner":
            assert client.get(path).status_code in (403, 405), route
            assert client.post(path, hostile(keys)).status_code == 403, route
        else:
            assert client.get(path).status_code in (200, 302, 405), route
    assert rows_of(world.exhibitor) == before
    for route, view in OF_OTHERS:
        if view.access == "exhibitor":
            with transaction.atomic():
                assert client.post(filled(route, keys), hostile(keys)).status_code < 500, route
                if route != LEAVING:
                    assert owners_alone(world.exhibitor) == reserved, route
                transaction.set_rollback(True)


LEAVING = "dasbor/pengelola/keluar/"  # which everybody may, for themselves
MONEY = ("bank_name", "bank_account_number", "bank_account_holder", "state", "slug")


def owners_alone(exhibitor) -> list:
    """People, accounts and ways to be paid: what only an owner may change."""
    tables = (Membership, Invitation, AccountChange, GatewayAccount, QrisCode, PaymentSettings, DepositTerms)
    rows = [list(table.objects.filter(exhibitor=exhibitor).order_by("pk").values()) for table in tables]
    return [Exhibitor.objects.values(*MONEY).get(pk=exhibitor.pk), *rows]
