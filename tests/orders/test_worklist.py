"""In which queue an order stands, what is due first, and what its card offers."""

import datetime as dt

import pytest
from django.utils import timezone

from orders.domain.balances import ask_balance
from orders.domain.fulfilment import pack_order, ship_order
from orders.domain.payment import claim_payment, confirm_payment, reject_proof
from orders.domain.requests import accept_request, request_cancellation
from orders.due import until_due, with_due
from orders.models import Order
from orders.worklist import QUEUES, action_of, queue_of, waiting_in
from tests.orders import shop

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=75_000, stock=90)


def make_one_of_each(placement, owner) -> dict[str, str]:
    """An order in each queue that waits for the exhibitor: number → queue."""
    claimed = claim_payment(shop.placed_order(placement))
    proof = shop.order_with_proof(placement)
    to_pack = shop.paid_order(placement, by=owner)
    packed = pack_order(shop.paid_order(placement, by=owner), by=owner)
    asked, stopped = shop.paid_order(placement, by=owner), shop.paid_order(placement, by=owner)
    request_cancellation(asked, reason="Salah ukuran")
    request_cancellation(stopped, reason="Salah ukuran")
    accept_request(stopped, by=owner)
    return {
        claimed.code: "konfirmasi",
        proof.code: "konfirmasi",
        to_pack.code: "kemas",
        packed.code: "kirim",
        asked.code: "batal",
        stopped.code: "kembalikan",
    }


def mine(owner):
    return Order.objects.filter(exhibitor=owner.exhibitor)


def test_each_order_that_waits_stands_in_one_queue_and_says_what_next(owner, placement):
    expected = make_one_of_each(placement, owner)
    shop.placed_order(placement)  # waits for its buyer
    ship_order(shop.paid_order(placement, by=owner), by=owner, courier="JNE")
    todo = QUEUES["tugas"].pick(mine(owner)).prefetch_related("payments", "cancellation_requests")
    found = {order.code: queue_of(order, timezone.now()) for order in todo}
    assert {code: queue.name for code, queue in found.items()} == expected
    assert all(action_of(order, found[order.code]) for order in todo)
    for name in set(expected.values()):
        picked = set(QUEUES[name].pick(mine(owner)).values_list("code", flat=True))
        assert picked == {code for code, queue in expected.items() if queue == name}


def test_orders_that_wait_for_others_ask_nothing(owner, placement):
    unpaid = shop.placed_order(placement)
    refused = reject_proof(shop.order_with_proof(placement), by=owner, reason="Buram")
    shipped = ship_order(shop.paid_order(placement, by=owner), by=owner, courier="JNE")
    for order in (unpaid, refused, shipped):
        assert queue_of(Order.objects.get(pk=order.pk), timezone.now()) is None


def test_deposits_and_balances_have_queues_of_their_own(owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.paid_order(shop.sold(exhibitor=owner.exhibitor, **goods), by=owner)
    assert queue_of(order, timezone.now()).name == "buat"
    (row,) = with_due(QUEUES["buat"].pick(mine(owner)))
    assert row.due == order.paid_at + dt.timedelta(days=7)
    ask_balance(order, by=owner)
    (row,) = with_due(QUEUES["lunas"].pick(mine(owner)))
    assert row.due == row.expires_at
    assert queue_of(row, timezone.now()) is None
    assert not mine(owner).waiting().exists()
    late = row.expires_at + HOUR
    assert queue_of(row, late).name == "lunas"
    assert mine(owner).waiting(late).get() == order


def test_what_is_due_first_comes_first_across_queues(owner, placement):
    now = timezone.now()
    to_pack = confirm_payment(shop.order_with_proof(placement), by=owner, now=now)
    long_paid = confirm_payment(shop.order_with_proof(placement), by=owner, now=now - 60 * HOUR)
    claimed = claim_payment(shop.placed_order(placement), now=now - HOUR)
    orders = with_due(QUEUES["tugas"].pick(mine(owner))).order_by("due")
    assert [order.code for order in orders] == [long_paid.code, claimed.code, to_pack.code]
    waits = waiting_in(owner.exhibitor, now)
    assert waits["kemas"].count == 2
    assert waits["kemas"].first_due == long_paid.paid_at + 48 * HOUR
    assert waits["kirim"].first_due is None


@pytest.mark.parametrize(
    ("hours", "said"), [(-50, "lewat 2 hari"), (-3, "lewat 3 jam"), (0.5, "30 menit lagi"), (47, "47 jam lagi")]
)
def test_time_is_told_as_people_tell_it(hours, said):
    now = timezone.now()
    assert until_due(now + hours * HOUR, now) == said
