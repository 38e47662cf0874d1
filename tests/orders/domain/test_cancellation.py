import datetime as dt

import pytest
from django.utils import timezone

from expo.models import OutgoingMail
from orders.domain.cancellation import cancel_order, expire_orders
from orders.domain.errors import OrderError
from orders.domain.payment import confirm_payment, reject_proof, submit_proof
from orders.models import Order, Proof
from orders.queries import order_counts
from orders.states import OrderState, PaymentState, TransitionError
from orders.tasks import expire_due
from tests import factories
from tests.factories import wib
from tests.orders import shop

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(hours=24)


def old_order(placement=None, **fields):
    return shop.placed_order(placement, now=timezone.now() - DAY, **fields)


def fresh(order) -> Order:
    return Order.objects.prefetch_related("payments").get(pk=order.pk)


def test_unpaid_order_expires_with_its_deadline():
    placement = shop.sold(stock=3, exhibitor=factories.make_exhibitor(email="e@contoh.test"))
    order = shop.placed_order(placement, quantity=2)
    assert expire_orders(order.expires_at - dt.timedelta(microseconds=1)) == 0
    assert expire_orders(order.expires_at) == 1
    order = fresh(order)
    assert (order.state, order.expired_at) == (OrderState.EXPIRED, order.expires_at)
    placement.product.refresh_from_db()
    assert placement.product.stock == 3
    assert not order.payment.is_open
    assert set(OutgoingMail.objects.filter(key__contains="expired").values_list("to", flat=True)) == {
        "sari@contoh.test",
        "e@contoh.test",
    }


def test_expiring_twice_returns_stock_once():
    placement = shop.sold(stock=3)
    old_order(placement)
    assert expire_due() == 1
    assert expire_due() == 0
    placement.product.refresh_from_db()
    assert placement.product.stock == 3


def test_made_to_order_returns_no_stock():
    placement = shop.sold(stock=0, made_to_order=True)
    old_order(placement)
    assert expire_due() == 1
    placement.product.refresh_from_db()
    assert placement.product.stock == 0


def test_order_with_a_proof_never_expires(owner):
    order = old_order()
    submit_proof(order, file=shop.photo())
    assert expire_due() == 0
    reject_proof(order, by=owner, reason="Buram")
    assert expire_due() == 0
    assert fresh(order).state == OrderState.PLACED


def test_paid_order_never_expires(owner):
    order = old_order()
    confirm_payment(order, by=owner)
    assert expire_due() == 0


def test_proof_of_an_expired_order_is_refused():
    order = old_order()
    expire_due()
    with pytest.raises(TransitionError):
        submit_proof(order, file=shop.photo())
    assert not Proof.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_expiry_and_upload_at_once_have_one_winner(attempt):
    placement = shop.sold(stock=1)
    order = old_order(placement)
    expired, uploaded = shop.at_once(expire_due, lambda: submit_proof(order, file=shop.photo()))
    order = fresh(order)
    placement.product.refresh_from_db()
    if isinstance(uploaded, Proof):
        assert expired == 0
        assert (order.state, placement.product.stock) == (OrderState.PLACED, 0)
        assert order.payment.state == PaymentState.PROOF_SUBMITTED
    else:
        assert isinstance(uploaded, TransitionError)
        assert expired == 1
        assert (order.state, placement.product.stock) == (OrderState.EXPIRED, 1)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_expire_each_order_once():
    placement = shop.sold(stock=20)
    for _ in range(6):
        old_order(placement)
    results = shop.at_once(expire_due, expire_due, expire_due)
    assert sum(results) == 6
    placement.product.refresh_from_db()
    assert placement.product.stock == 20


def test_buyer_cancels_while_unpaid():
    placement = shop.sold(stock=3)
    order = cancel_order(shop.placed_order(placement))
    assert order.state == OrderState.CANCELLED
    assert order.cancelled_at
    assert order.events.last().kind == "cancelled_by_buyer"
    placement.product.refresh_from_db()
    assert placement.product.stock == 3
    with pytest.raises(TransitionError):
        cancel_order(order)


def test_exhibitor_cancels_with_a_reason_that_the_buyer_reads(owner):
    order = cancel_order(shop.placed_order(), by=owner, reason="Ternyata habis")
    assert "Ternyata habis" in OutgoingMail.objects.get(key__contains="cancelled_buyer").body
    assert order.events.last().by == owner


def test_order_whose_proof_waits_is_not_cancelled(owner):
    order = shop.order_with_proof()
    for by in (None, owner):
        with pytest.raises(OrderError, match="sedang diperiksa"):
            cancel_order(order, by=by)
    reject_proof(order, by=owner, reason="Buram")
    assert cancel_order(order, by=owner, reason="Habis").state == OrderState.CANCELLED


def test_paid_order_is_not_cancelled(owner):
    order = shop.paid_order(by=owner)
    with pytest.raises(TransitionError):
        cancel_order(order)


def test_released_code_can_be_given_again(monkeypatch):
    monkeypatch.setattr("orders.domain.codes.CODES", range(7, 8))
    placement = shop.sold()
    order = shop.placed_order(placement)
    with pytest.raises(OrderError):
        shop.placed_order(placement)
    cancel_order(order)
    assert shop.placed_order(placement).unique_code == 7


def test_counts_are_as_of_the_cutoff():
    edition = factories.make_edition()
    booth = factories.make_booth(edition=edition)
    placement = factories.make_placement(booth=booth, product=factories.make_product(exhibitor=booth.exhibitor))
    midnight = wib(2020, 11, 19)
    moment = dt.timedelta(microseconds=1)
    for placed_at in (midnight - moment, midnight):
        shop.placed_order(placement, now=placed_at - DAY)
        shop.placed_order(placement, now=placed_at)
        cancel_order(shop.placed_order(placement, now=placed_at - DAY), now=placed_at)
    expire_orders(midnight - moment)
    expire_orders(midnight)
    assert order_counts([edition.pk], midnight) == {"placed": 5, "expired": 1, "cancelled": 1}
    assert order_counts([edition.pk], midnight + moment) == {"placed": 6, "expired": 2, "cancelled": 2}
    assert order_counts([], midnight) == {"placed": 0, "expired": 0, "cancelled": 0}
