"""Two things at once, on a real PostgreSQL: exactly one of them happens."""

import datetime as dt

import pytest
from django.utils import timezone

from expo.errors import DomainError
from orders.domain.balances import ask_balance
from orders.domain.fulfilment import complete_deliveries, complete_order, ship_order
from orders.domain.payment import confirm_payment
from orders.domain.requests import request_cancellation
from orders.models import CancellationRequest, Order
from orders.states import OrderState
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)


def test_received_and_counted_as_received_at_once(owner):
    order = shop.paid_order(by=owner)
    ship_order(order, by=owner, courier="JNE")
    late = timezone.now() + dt.timedelta(days=15)
    shop.at_once(
        lambda: complete_order(order),
        lambda: complete_deliveries(late),
        lambda: complete_order(order),
        lambda: complete_deliveries(late),
    )
    complete_deliveries(late)
    assert Order.objects.get(pk=order.pk).state == OrderState.COMPLETED
    assert order.events.filter(kind__startswith="received").count() == 1


def test_parcel_counts_as_received_only_after_its_days(owner):
    order = shop.paid_order(by=owner)
    ship_order(order, by=owner, courier="JNE")
    assert complete_deliveries(timezone.now() + dt.timedelta(days=13)) == 0
    assert complete_deliveries(timezone.now() + dt.timedelta(days=15)) == 1
    assert complete_deliveries(timezone.now() + dt.timedelta(days=15)) == 0


def test_order_is_sent_or_wanted_back_never_both(owner):
    for _round in range(3):
        order = shop.paid_order(by=owner)
        results = shop.at_once(
            lambda order=order: ship_order(order, by=owner, courier="JNE"),
            lambda order=order: request_cancellation(order, reason="Batal."),
            lambda order=order: request_cancellation(order, reason="Batal."),
        )
        assert sum(isinstance(result, DomainError) for result in results) == 2
        shipped = Order.objects.get(pk=order.pk).state == OrderState.SHIPPED
        assert shipped != CancellationRequest.objects.filter(order=order).exists()


def test_balance_asked_by_two_clicks_is_one(owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    confirm_payment(order, by=owner, evidence=shop.photo())
    shop.at_once(*[lambda: ask_balance(order, by=owner)] * 4)
    assert order.payments.count() == 2
    assert order.payments.filter(is_current=True).count() == 1
