"""Who is recognised at the checkout, by what proof, and what nobody else is told (ADR 0048)."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.urls import reverse

from orders.models import Order
from tests import factories
from tests.orders import shop
from tests.orders.views.test_checkout import URL, fill, hidden, submit, typed

pytestmark = pytest.mark.django_db
HOME = "Jalan Merdeka 1"


@pytest.fixture(autouse=True)
def region(db):
    return factories.make_region()


def page_of(client) -> str:
    fill(client, shop.sold())
    return client.get(URL).content.decode()


def bought(client, **fields) -> Order:
    fill(client, shop.sold())
    submit(client, **fields)
    return Order.objects.latest("pk")


def test_a_device_remembers_whom_it_was_asked_to(client):
    bought(client, remember="on")
    cookie = client.cookies["buyer"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/keranjang/")
    assert cookie["max-age"] == 180 * 86400
    text = page_of(client)
    assert HOME in text
    assert "Diisi dari yang diingat perangkat ini." in text


def test_a_device_that_was_not_asked_remembers_nothing_and_one_that_is_asked_no_more_forgets(client):
    bought(client)
    assert "buyer" not in client.cookies
    assert HOME not in page_of(client)
    bought(client, remember="on")
    bought(client)
    assert client.cookies["buyer"].value == ""
    assert HOME not in page_of(client)


def test_it_forgets_at_a_press(client):
    bought(client, remember="on")
    assert client.post(reverse("orders:forgetting")).url == URL
    assert client.cookies["buyer"].value == ""
    assert HOME not in page_of(client)


def test_another_device_is_told_nothing_whatever_is_typed(client, django_assert_num_queries):
    bought(client, remember="on")
    stranger = Client()
    fill(stranger, shop.sold())
    page = stranger.get(URL)
    asked = hidden(page) | typed(address="", area="", area_code="", name="")
    for url in (URL, reverse("orders:checkout-summary")):
        said = [
            stranger.post(url, {**asked, "phone": phone, "email": email}).content.decode()
            for phone, email in (("0812 3456 7890", "sari@contoh.test"), ("0899 8888 7777", "lain@contoh.test"))
        ]
        assert all(HOME not in text and "Sari Dewi" not in text for text in said)
        known, unknown = (text.replace("0812 3456 7890", "").replace("0899 8888 7777", "") for text in said)
        drop = ("sari@contoh.test", "lain@contoh.test")
        known, unknown = (text.replace(drop[0], "").replace(drop[1], "") for text in (known, unknown))
        assert without_tokens(known) == without_tokens(unknown)


def without_tokens(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("wrong", ["garbage", "e30:1uJtNG:AAAA", ""])
def test_a_cookie_that_is_not_ours_fills_in_nothing(client, wrong):
    client.cookies["buyer"] = wrong
    assert 'name="address"' in page_of(client)


def test_a_cookie_of_another_purpose_or_too_old_fills_in_nothing(client, monkeypatch):
    kept = {"name": "Sari Dewi", "address": HOME}
    client.cookies["buyer"] = signing.dumps(kept, salt="orders.something", compress=True)
    assert HOME not in page_of(client)
    client.cookies["buyer"] = signing.dumps(kept, salt="orders.buyer", compress=True)
    assert HOME in page_of(client)
    later = time.time() + 181 * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert HOME not in page_of(client)


def test_who_is_signed_in_is_recognised_by_what_their_account_ordered(as_user, shopper):
    client = as_user(shopper)
    ready_cart(client)
    submit(client, email=shopper.email.upper())
    ready_cart(client)
    text = client.get(URL).content.decode()
    assert HOME in text
    assert "Sari Dewi" in text


def ready_cart(client) -> None:
    client.post(reverse("orders:cart-add"), {"placement": shop.sold().pk}, HTTP_SEC_FETCH_SITE="same-origin")


def test_what_a_stranger_orders_under_my_address_is_not_filled_in_until_it_is_paid(client, as_user, shopper, owner):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor), email=shopper.email, address="Jalan Orang 9")
    client = as_user(shopper)
    ready_cart(client)
    assert "Jalan Orang 9" not in client.get(URL).content.decode()
    shop.submit_proof(order, file=shop.photo())
    shop.confirm_payment(order, by=owner)
    assert "Jalan Orang 9" in client.get(URL).content.decode()


def test_an_address_that_is_not_verified_recognises_nobody(as_user, shopper, owner):
    shop.paid_order(shop.sold(exhibitor=owner.exhibitor), by=owner, email=shopper.email, address="Jalan Mawar 3")
    EmailAddress.objects.filter(user=shopper).update(verified=False)
    client = as_user(shopper)
    ready_cart(client)
    assert "Jalan Mawar 3" not in client.get(URL).content.decode()


def test_signing_in_does_not_make_a_guests_orders_the_accounts(client, shopper):
    """A guest ordered with my address; I sign in with the cart of that browser."""
    bought(client, email=shopper.email, address="Jalan Orang 9")
    ready_cart(client)
    client.post(reverse("account_login"), {"login": shopper.email, "password": "rahasia-sekali-31"})
    assert client.session.get("_auth_user_id") == str(shopper.pk)
    text = client.get(URL).content.decode()
    assert 'name="address"' in text
    assert "Jalan Orang 9" not in text
