"""The words of an order's way: the reader's language, the reader's person, and what really comes next."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from expo.models import OutgoingMail
from orders.domain.destinations import change_method
from orders.domain.fulfilment import pack_order
from orders.domain.offers import Wishes
from orders.domain.payment import claim_payment, reject_proof
from orders.domain.pickup import pickup_code
from orders.domain.quotes import offer_fee
from orders.domain.requests import accept_request, request_cancellation
from orders.journey import journey_of
from orders.models import Order, OrderEvent
from orders.timeline import time_left, timeline
from tests import factories
from tests.orders import shop
from tests.orders.ways import give_qris

pytestmark = pytest.mark.django_db


def labels(order, **how):
    order = Order.objects.get(pk=order.pk)
    return [step.label for step in timeline(order, request=journey_of(order, timezone.now()).request, **how)]


def reasons(order):
    return [step.reason for step in timeline(Order.objects.get(pk=order.pk)) if step.reason]


def test_fee_and_way_to_pay_are_told_in_the_readers_language(owner):
    quoted = shop.placed_order(shop.sold(exhibitor=factories.make_exhibitor(shipping_fee=None)))
    offer_fee(quoted, by=owner, fee=350_000)
    give_qris(owner.exhibitor, by=owner)
    changed = shop.placed_order(shop.sold(exhibitor=owner.exhibitor))
    change_method(changed, "qris")
    OrderEvent.objects.create(order=changed, kind="method_changed", reason="Transfer bank", at=timezone.now())
    assert (reasons(quoted), reasons(changed)) == (["Rp350.000"], ["QRIS", "Transfer bank"])
    with translation.override("en"):
        assert reasons(quoted) == ["Rp350,000"]


def test_the_buyers_page_speaks_to_the_buyer():
    order = shop.placed_order()
    claim_payment(order)
    assert "Pembeli menyatakan sudah membayar" in labels(order)
    assert "Anda menyatakan sudah membayar" in labels(order, for_buyer=True)


def test_nothing_is_announced_as_sent_while_a_cancellation_is_asked_or_agreed(owner, client):
    order = shop.paid_order(by=owner)
    request_cancellation(order, reason="Salah ukuran.")
    assert labels(order)[-1] == "Jawaban penjual"
    accept_request(order, by=owner)
    assert labels(order)[-1] == "Dana dikembalikan"
    assert "Dikemas" not in labels(order)
    assert "Menunggu pengembalian dana" in client.get(order.get_absolute_url()).content.decode()


def test_a_reason_does_not_bring_a_second_full_stop(owner, client):
    order = shop.order_with_proof()
    reject_proof(order, by=owner, reason="Kurang Rp2.500.")
    assert "Alasan penjual: Kurang Rp2.500. Barang" in client.get(order.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("hours", "said"), [(23, "23 jam 0 menit"), (47, "47 jam 0 menit"), (48, "2 hari 0 jam"), (167, "6 hari 23 jam")]
)
def test_days_are_told_as_days(hours, said):
    now = timezone.now()
    assert time_left(now + dt.timedelta(hours=hours), now) == said


def test_the_mail_of_a_pick_up_tells_the_code_that_the_stand_asks_for(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition())
    order = shop.order_with_proof(placement, wishes=Wishes(deliveries={placement.booth_id: "pickup"}))
    shop.confirm_payment(order, by=owner)
    pack_order(order, by=owner)
    assert pickup_code(order) in OutgoingMail.objects.get(key__startswith="order:ready_buyer").body
