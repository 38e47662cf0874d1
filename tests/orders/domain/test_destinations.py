import datetime as dt

import pytest
from django.utils import timezone

from orders.domain.destinations import change_method, start_payment
from orders.domain.errors import OrderError
from orders.domain.offers import Wishes
from orders.domain.payment import submit_proof
from orders.models import Delivery, Method, Payment
from orders.qris import read_qris
from orders.states import TransitionError
from tests.orders import shop
from tests.orders.qris.codes import NMID, static_code
from tests.orders.ways import give_qris, give_settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    placement = shop.sold(edition=shop.hybrid_edition())
    give_qris(placement.booth.exhibitor)
    give_settings(placement.booth.exhibitor, takes_cash=True, cash_hours=5)
    return placement


def placed(placement, method="", *, delivery=Delivery.PICKUP, **fields):
    wishes = Wishes(deliveries={placement.booth.pk: delivery}, methods={placement.booth.pk: method})
    return shop.placed_order(placement, wishes=wishes, **fields)


def test_an_order_is_paid_by_transfer_unless_the_buyer_chose_otherwise(placement):
    payment = placed(placement).payment
    assert (payment.method, payment.qris, payment.qris_text) == (Method.TRANSFER, None, "")
    assert payment.account_number == placement.booth.exhibitor.bank_account_number


def test_qris_freezes_the_code_and_gets_a_unique_code_of_its_own(placement):
    order = placed(placement, Method.QRIS)
    payment = order.payment
    assert (payment.method, payment.account_key, payment.account_number) == (Method.QRIS, f"qris:{NMID}", "")
    assert 1 <= payment.unique_code <= 999
    assert payment.amount == order.total == order.goods_total + payment.unique_code
    assert payment.qris_text == static_code()


def test_the_amount_is_embedded_where_the_exhibitor_enabled_it(placement):
    give_settings(placement.booth.exhibitor, embeds_amount=True)
    payment = placed(placement, Method.QRIS).payment
    assert read_qris(payment.qris_text).amount == payment.amount


def test_cash_has_no_code_and_its_own_deadline(placement):
    now = timezone.now()
    order = placed(placement, Method.CASH, now=now)
    assert (order.payment.method, order.payment.unique_code, order.total) == (Method.CASH, 0, order.goods_total)
    assert order.expires_at == now + dt.timedelta(hours=5)


def test_cash_is_held_no_longer_than_the_stand_stands(placement):
    now = placement.booth.edition.closes_at - dt.timedelta(hours=2)
    assert placed(placement, Method.CASH, now=now).expires_at == placement.booth.edition.closes_at


def test_what_is_not_possible_is_refused_and_nothing_is_ordered(placement):
    with pytest.raises(OrderError, match="diambil"):
        placed(placement, Method.CASH, delivery=Delivery.SHIP)
    with pytest.raises(OrderError, match="tidak menerima"):
        placed(placement, Method.GATEWAY)
    assert not Payment.objects.exists()


def test_the_buyer_changes_the_way_and_the_amount_follows(placement):
    order = placed(placement)
    before = order.payment
    payment = change_method(order, Method.QRIS)
    order.refresh_from_db()
    assert (payment.pk, payment.method) == (before.pk, Method.QRIS)
    assert payment.amount == order.total == order.goods_total + payment.unique_code
    assert (payment.account_number, payment.bank_name) == ("", "")
    back = change_method(order, Method.TRANSFER)
    assert (back.qris, back.qris_text, back.account_number) == (None, "", before.account_number)
    assert [event.kind for event in order.events.all()] == ["placed", "method_changed", "method_changed"]


def test_a_change_prolongs_nothing(placement):
    now = timezone.now()
    order = placed(placement, now=now)
    later = now + dt.timedelta(hours=3)
    change_method(order, Method.CASH, now=later)
    order.refresh_from_db()
    assert order.expires_at == now + dt.timedelta(hours=5)
    change_method(order, Method.TRANSFER, now=later)
    order.refresh_from_db()
    assert order.expires_at == now + dt.timedelta(hours=24)
    with pytest.raises(OrderError, match="Waktunya"):
        change_method(order, Method.CASH, now=now + dt.timedelta(hours=6))


def test_a_payment_under_way_is_not_changed(placement):
    order = placed(placement)
    submit_proof(order, file=shop.photo())
    with pytest.raises(OrderError, match="sudah menyatakan"):
        change_method(order, Method.QRIS)


def test_an_order_that_is_over_is_not_changed(placement):
    from orders.domain.cancellation import cancel_order

    order = placed(placement)
    cancel_order(order)
    with pytest.raises(TransitionError):
        change_method(order, Method.QRIS)


def test_a_payment_is_started_later(placement):
    order = placed(placement)
    order.payments.all().delete()
    payment = start_payment(order, Method.QRIS, total=70_000, purpose="deposit")
    order.refresh_from_db()
    assert order.payment == payment
    assert (payment.purpose, payment.amount) == ("deposit", 70_000 + payment.unique_code)
    balance = start_payment(order, Method.TRANSFER, total=80_000, purpose="balance")
    order = type(order).objects.get(pk=order.pk)
    assert order.payment == balance
    assert order.payments.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_changes_at_once_get_different_codes():
    placement = shop.sold(edition=shop.hybrid_edition(), stock=30)
    give_qris(placement.booth.exhibitor)
    orders = [shop.placed_order(placement) for _number in range(6)]
    results = shop.at_once(*[lambda order=order: change_method(order, Method.QRIS) for order in orders])
    codes = [payment.unique_code for payment in results]
    assert len(set(codes)) == 6
