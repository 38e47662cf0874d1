"""Invoices and receipts, and the list of somebody's own orders."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from pypdf import PdfReader

from orders.domain.payment import confirm_payment
from orders.models import Order
from tests.cast import person
from tests.orders import shop

pytestmark = pytest.mark.django_db


def words(response) -> str:
    assert response.headers["Content-Type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    return " ".join(text.split())


def test_invoice_becomes_a_receipt(owner, client):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, name="Tas pandan", price=75_000), quantity=2)
    invoice = words(client.get(reverse("orders:receipt", args=[order.token])))
    assert "Faktur" in invoice
    assert "BELUM DIBAYAR" in invoice
    assert order.payment.account_number in invoice
    confirm_payment(order, by=owner, evidence=shop.photo())
    receipt = words(client.get("/en" + reverse("orders:receipt", args=[order.token])))
    assert "Receipt" in receipt
    assert "Tas pandan" in receipt
    assert "one hundred and fifty thousand" in receipt.lower() or "one hundred fifty thousand" in receipt.lower()
    assert owner.exhibitor.name in receipt


def test_deposits_receipt_says_what_is_left(owner, client):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    confirm_payment(order, by=owner, evidence=shop.photo())
    receipt = words(client.get(reverse("orders:receipt", args=[order.token])))
    assert "UANG MUKA DIBAYAR" in receipt
    assert "Rp600.000" in receipt


def test_paper_belongs_to_its_order(owner, outsider, client, as_user):
    order = shop.paid_order(by=owner)
    assert client.get(reverse("orders:receipt", args=["x" * 43])).status_code == 404
    address = reverse("orders:inbox-receipt", args=[order.code])
    assert as_user(outsider).get(address).status_code == 404
    ended = shop.placed_order()
    Order.objects.filter(pk=ended.pk).update(state="cancelled", cancelled_at=ended.placed_at)
    assert client.get(reverse("orders:receipt", args=[ended.token])).status_code == 404


def test_orders_appear_only_for_verified_addresses(as_user, client):
    mine = shop.placed_order(email="Sari@Contoh.test")
    others = shop.placed_order(email="lain@contoh.test")
    nameless = shop.placed_order(email="")
    address = reverse("orders:mine")
    assert client.get(address).status_code == 302
    sari = person("Sari")
    EmailAddress.objects.create(user=sari, email="lain@contoh.test", verified=False)  # typed, not proved
    page = as_user(sari).get(address)
    text = page.content.decode()
    assert mine.code in text
    assert others.code not in text
    assert nameless.code not in text
    assert "lain@contoh.test" not in text
    assert f'href="{reverse("account_email")}"' in text
    assert f'action="{reverse("account_logout")}"' in text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_list_of_orders_has_pages_and_costs_the_same(as_user, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("orders.views.mine.PER_PAGE", 2)
    placement = shop.sold(stock=50)
    orders = [shop.placed_order(placement, email="sari@contoh.test") for _number in range(3)]
    client = as_user(person("Sari"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("orders:mine"))
    assert [order.code in page.content.decode() for order in orders] == [False, True, True]
    older = client.get(reverse("orders:mine"), {"sebelum": page.context["listed"].next_key})
    assert orders[0].code in older.content.decode()
