"""After the payment: packed, shipped (or fetched), completed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.balances import require_settled
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.locking import lock_order, payment_of
from orders.domain.pickup import pickup_code
from orders.domain.requests import require_no_request
from orders.models import Delivery, Order
from orders.signals import order_completed
from orders.states import ORDER_TRANSITIONS, OrderState, require_transition

BATCH = 500


@transaction.atomic
def pack_order(order: Order, *, by, now: dt.datetime | None = None) -> Order:
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.PACKED)
    require_sendable(order)
    move(order, OrderState.PACKED)
    event = log_event(order, "packed", at=now or timezone.now(), by=by)
    if order.delivery == Delivery.PICKUP:
        tell_buyer(order, "ready", event, pickup_code=pickup_code(order))
    return order


@transaction.atomic
def ship_order(order: Order, *, by, courier: str, tracking_number: str = "", now: dt.datetime | None = None) -> Order:
    """Handed to a courier. ``tracking_number`` may be missing: a neighbour's delivery has none. Mails the buyer."""
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.SHIPPED)
    require_sendable(order)
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
def complete_order(order: Order, *, by=None, reason: str = "", now: dt.datetime | None = None) -> Order:
    """The goods have reached the buyer, who says so (``by`` None) or whose exhibitor does."""
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.COMPLETED)
    if by is None and order.state != OrderState.SHIPPED:
        raise OrderError(_("Pesanan ini belum dikirim."))
    require_sendable(order)
    return finish(order, "completed" if by else "received", by=by, now=now or timezone.now(), reason=reason)


def complete_deliveries(now: dt.datetime) -> int:
    """Parcels on their way for RECEIVED_AFTER_DAYS count as received; returns how many. One transaction each."""
    limit = now - dt.timedelta(days=settings.RECEIVED_AFTER_DAYS)
    due = Order.objects.filter(state=OrderState.SHIPPED, shipped_at__lte=limit).order_by("shipped_at")
    return sum(complete_delivery(pk, now) for pk in list(due.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def complete_delivery(pk: int, now: dt.datetime) -> bool:
    """Complete one parcel, unless its buyer (or another scheduler) has it in hand just now."""
    order = (
        Order.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("exhibitor", "booth__edition")
        .filter(pk=pk, state=OrderState.SHIPPED)
        .first()
    )
    if order is None:
        return False
    finish(order, "received_automatically", by=None, now=now)
    return True


def finish(order: Order, kind: str, *, by, now: dt.datetime, reason: str = "") -> Order:
    move(order, OrderState.COMPLETED)
    event = log_event(order, kind, at=now, by=by, reason=reason)
    tell_buyer(order, "completed", event, automatic=kind == "received_automatically")
    if kind == "received":
        tell_exhibitor(order, "received", event)
    order_completed.send(Order, order=order, event=event)
    return order


def require_sendable(order: Order) -> None:
    """Everything is paid, and nobody wants the order cancelled."""
    require_settled(order, payment_of(order))
    require_no_request(order)


def move(order: Order, state: OrderState, *changed: str) -> None:
    order.state = state
    order.save(update_fields=["state", *changed])
