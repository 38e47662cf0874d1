import pytest

from expo.models import OutgoingMail
from orders.domain.errors import OrderError
from orders.domain.fulfilment import complete_order, pack_order, ship_order
from orders.domain.offers import Wishes
from orders.domain.payment import confirm_payment
from orders.models import Delivery
from orders.states import ORDER_TRANSITIONS, PAYMENT_TRANSITIONS, OrderState, PaymentState, TransitionError
from tests.orders import shop

pytestmark = pytest.mark.django_db


def test_from_paid_to_completed(owner):
    order = shop.paid_order(by=owner)
    pack_order(order, by=owner)
    ship_order(order, by=owner, courier="JNE", tracking_number="JT123")
    order = complete_order(order)
    assert order.state == OrderState.COMPLETED
    assert (order.courier, order.tracking_number) == ("JNE", "JT123")
    assert "JT123" in OutgoingMail.objects.get(key__contains="shipped").body
    kinds = list(order.events.values_list("kind", flat=True))
    assert kinds == ["placed", "proof_submitted", "paid", "packed", "shipped", "received"]


@pytest.mark.parametrize(
    "verb",
    [
        lambda order, by: pack_order(order, by=by),
        lambda order, by: ship_order(order, by=by, courier="JNE"),
        lambda order, by: complete_order(order, by=by),
    ],
)
def test_nothing_of_it_before_the_payment(owner, verb):
    with pytest.raises(TransitionError):
        verb(shop.placed_order(), owner)


def test_buyer_cannot_receive_what_was_not_sent(owner):
    with pytest.raises(OrderError, match="belum dikirim"):
        complete_order(shop.paid_order(by=owner))


def test_pickup_is_made_ready_and_never_shipped(owner):
    placement = shop.sold(edition=shop.hybrid_edition())
    wishes = Wishes(deliveries={placement.booth_id: Delivery.PICKUP})
    order = confirm_payment(shop.placed_order(placement, wishes=wishes), by=owner)
    pack_order(order, by=owner)
    assert OutgoingMail.objects.filter(subject=f"Pesanan {order.code} siap diambil").exists()
    with pytest.raises(OrderError, match="diambil di stan"):
        ship_order(order, by=owner, courier="JNE")
    assert complete_order(order, by=owner).state == OrderState.COMPLETED


def test_every_state_has_its_successors():
    assert set(ORDER_TRANSITIONS) == set(OrderState)
    assert set(PAYMENT_TRANSITIONS) == set(PaymentState)
