"""Many people at one till, through the real pages, each with a connection of their own to a real PostgreSQL."""

import secrets
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from expo.models import OutgoingMail
from orders.models import Checkout, Order, Payment
from tests import factories
from tests.orders import shop
from tests.orders.views.test_checkout import URL, fill, hidden, typed

pytestmark = pytest.mark.django_db(transaction=True)


def person(number: int) -> dict[str, str]:
    return {
        "phone": f"0812 3456 {number:04}",
        "email": f"pembeli{number}@contoh.test",
        "address": f"Jalan Mawar {number}",
    }


def test_sixty_four_buyers_for_ten_pieces_make_ten_orders():
    factories.make_region()
    placement = shop.sold(name="Tas anyam", stock=10)
    clients = [Client() for _number in range(64)]
    for client in clients:
        fill(client, placement)
    page = hidden(clients[0].get(URL))  # all of them are shown the same, under a key of their own
    forms = [page | typed(key=secrets.token_urlsafe(32), **person(number)) for number in range(64)]
    answers = shop.at_once(*[partial(client.post, URL, form) for client, form in zip(clients, forms, strict=True)])

    bought = [answer.url for answer in answers if answer.status_code == 302]
    refused = [answer.content.decode() for answer in answers if answer.status_code == 409]
    assert (len(set(bought)), len(refused)) == (10, 54)
    assert all("Stok habis" in text for text in refused)
    placement.product.refresh_from_db()
    assert placement.product.stock == 0
    assert Order.objects.count() == len(set(Payment.objects.values_list("unique_code", flat=True))) == 10
    assert OutgoingMail.objects.filter(key__startswith="checkout:").count() == 10


def test_one_form_sent_twenty_times_at_once_is_one_purchase():
    factories.make_region()
    placements = [shop.sold(stock=10), shop.sold(stock=10)]
    client = Client()
    fill(client, *placements)
    form = hidden(client.get(URL)) | typed()
    answers = shop.at_once(*[partial(client.post, URL, form)] * 20)

    page = reverse("orders:purchase", args=[Checkout.objects.get().token])
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, page)] * 20
    assert Order.objects.count() == Payment.objects.count() == 2
    for placement in placements:
        placement.product.refresh_from_db()
        assert placement.product.stock == 9
    assert OutgoingMail.objects.filter(key__startswith="checkout:").count() == 1
