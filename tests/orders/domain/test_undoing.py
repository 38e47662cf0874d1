import datetime as dt

import pytest
from django.db.models import Sum
from django.utils import timezone

from catalog.models import Product
from journal.models import Entry, Nature
from orders.domain.cancellation import expire_orders
from orders.domain.errors import OrderError
from orders.domain.fulfilment import pack_order, ship_order
from orders.domain.payment import confirm_payment, settle
from orders.domain.undoing import confirm_late, undo_confirmation
from orders.models import Order, Payment
from orders.states import OrderState, PaymentState, TransitionError
from tests.orders import shop

pytestmark = pytest.mark.django_db


def total(order) -> int:
    return Entry.objects.filter(transaction_key=order.code).aggregate(total=Sum("amount"))["total"] or 0


def fresh(order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_an_undone_confirmation_leaves_nothing_in_the_figures_and_the_order_waits_again(owner):
    order = shop.paid_order(by=owner)
    undo_confirmation(order, by=owner, reason="Salah baris")

    order = fresh(order)
    assert (order.state, order.paid_at, order.payment.state) == (
        OrderState.PLACED,
        None,
        PaymentState.PROOF_SUBMITTED,
    )
    assert total(order) == 0
    assert list(Entry.objects.order_by("pk").values_list("nature", flat=True)) == [
        Nature.SALE,
        Nature.CORRECTION,
    ]
    assert "undone_buyer" in str(list(mails(order)))


def mails(order):
    from expo.models import OutgoingMail

    return OutgoingMail.objects.filter(body__contains=order.token).values_list("key", flat=True)


def test_what_was_undone_can_be_confirmed_and_undone_again(owner):
    order = shop.paid_order(by=owner)
    for _round in range(2):
        undo_confirmation(order, by=owner, reason="Keliru")
        assert total(order) == 0
        confirm_payment(order, by=owner)
        assert total(order) == order.goods_total
    assert fresh(order).payment.undone == 2


def test_a_packed_order_can_be_undone_a_shipped_one_not(owner):
    order = pack_order(shop.paid_order(by=owner), by=owner)
    undo_confirmation(order, by=owner, reason="Keliru")
    confirm_payment(order, by=owner)
    ship_order(order, by=owner, courier="JNE")
    with pytest.raises(TransitionError):
        undo_confirmation(order, by=owner, reason="Keliru")
    assert total(order) == order.goods_total


def test_an_order_that_was_never_confirmed_cannot_be_undone(owner):
    order = shop.order_with_proof()
    with pytest.raises(TransitionError):
        undo_confirmation(order, by=owner, reason="Keliru")


def test_the_buyer_gets_a_day_after_an_undoing(owner):
    order = shop.placed_order()
    later = timezone.now() + dt.timedelta(hours=30)
    settle(order, by=owner, now=later)
    undo_confirmation(order, by=owner, reason="Keliru", now=later)
    assert fresh(order).expires_at == later + dt.timedelta(hours=24)


def test_a_code_that_went_to_another_order_stays_theirs(owner):
    placement = shop.sold()
    order = shop.paid_order(placement, by=owner)
    other = shop.placed_order(placement).payment
    Payment.objects.filter(pk=other.pk).update(unique_code=order.unique_code)
    undo_confirmation(order, by=owner, reason="Keliru")
    assert not fresh(order).payment.is_open
    confirm_payment(order, by=owner)
    assert total(order) == order.goods_total


def test_a_late_payment_revives_its_order_and_takes_the_goods_again(owner):
    placement = shop.sold(stock=3)
    order = shop.placed_order(placement, quantity=2)
    expire_orders(order.expires_at)
    assert Product.objects.get().stock == 3

    confirm_late(order, by=owner, grade="A")

    order = fresh(order)
    assert (order.state, order.expired_at, order.payment.evidence) == (OrderState.PAID, None, "A")
    assert Product.objects.get().stock == 1
    assert total(order) == order.goods_total


def test_a_late_payment_for_goods_that_are_gone_is_to_be_returned(owner):
    placement = shop.sold(stock=2)
    order = shop.placed_order(placement, quantity=2)
    expire_orders(order.expires_at)
    shop.placed_order(placement)
    with pytest.raises(OrderError, match="Kembalikan"):
        confirm_late(order, by=owner)
    assert fresh(order).state == OrderState.EXPIRED
    assert Product.objects.get().stock == 1


@pytest.mark.django_db(transaction=True)
def test_two_ways_of_confirming_at_once_are_one_confirmation(owner):
    order = shop.placed_order()
    now = timezone.now()
    results = shop.at_once(
        lambda: confirm_payment(order, by=owner),
        lambda: settle(order, by=owner, grade="A", now=now),
        lambda: settle(order, by=owner, grade="B", now=now),
    )
    assert sum(isinstance(result, TransitionError) for result in results) == 2
    assert total(order) == order.goods_total


@pytest.mark.django_db(transaction=True)
def test_the_last_pieces_are_not_taken_twice_by_late_payments(owner):
    placement = shop.sold(stock=1)
    orders = []
    for _number in range(3):
        order = shop.placed_order(placement)
        expire_orders(order.expires_at)
        orders.append(order)
    results = shop.at_once(*[lambda order=order: confirm_late(order, by=owner) for order in orders])
    assert sum(isinstance(result, OrderError) for result in results) == 2
    assert Product.objects.get().stock == 0
