"""After the payment: packed, shipped (or fetched), completed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer
from orders.domain.locking import lock_order
from orders.models import Delivery, Order
from orders.signals import order_completed
from orders.states import ORDER_TRANSITIONS, OrderState, require_transition


@transaction.atomic
def pack_order(order: Order, *, by, now: dt.datetime | None = None) -> Order:
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.PACKED)
    move(order, OrderState.PACKED)
    event = log_event(order, "packed", at=now or timezone.now(), by=by)
    if order.delivery == Delivery.PICKUP:
        tell_buyer(order, "ready", event)
    return order


@transaction.atomic
def ship_order(order: Order, *, by, courier: str, tracking_number: str = "", now: dt.datetime | None = None) -> Order:
    """Handed to a courier. ``tracking_number`` may be missing: a neighbour's delivery has none. Mails the buyer."""
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.SHIPPED)
    if order.delivery == Delivery.PICKUP:
        raise OrderError(_("Pesanan ini diambil di stan, tidak dikirim."))
    order.courier = courier
    order.tracking_number = tracking_number
    order.shipped_at = now or timezone.now()
    move(order, OrderState.SHIPPED, "courier", "tracking_number", "shipped_at")
    event = log_event(order, "shipped", at=order.shipped_at, by=by)
    tell_buyer(order, "shipped", event)
    return order


@transaction.atomic
def complete_order(order: Order, *, by=None, now: dt.datetime | None = None) -> Order:
    """The goods have reached the buyer, who says so (``by`` None) or whose exhibitor does."""
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.COMPLETED)
    if by is None and order.state != OrderState.SHIPPED:
        raise OrderError(_("Pesanan ini belum dikirim."))
    move(order, OrderState.COMPLETED)
    event = log_event(order, "completed", at=now or timezone.now(), by=by)
    order_completed.send(Order, order=order, event=event)
    return order


def move(order: Order, state: OrderState, *changed: str) -> None:
    order.state = state
    order.save(update_fields=["state", *changed])
