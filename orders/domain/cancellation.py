"""Ends of unpaid orders: cancelled by buyer or exhibitor, or expired. Stock and transfer code go back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.locking import lock_order, payment_if_any
from orders.domain.stock import return_stock
from orders.domain.vouchers import return_voucher
from orders.models import Order, Payment
from orders.states import OrderState, PaymentState, TransitionError

BATCH = 500


@transaction.atomic
def cancel_order(order: Order, *, by=None, reason: str = "", now: dt.datetime | None = None) -> Order:
    """End an unpaid order. ``by`` None is the buyer. A proof that nobody has looked at yet must be judged first."""
    now = now or timezone.now()
    order = lock_order(order)
    if order.state != OrderState.PLACED:
        raise TransitionError(order.state, OrderState.CANCELLED)
    payment = payment_if_any(order)
    if payment and payment.state == PaymentState.PROOF_SUBMITTED:
        raise OrderError(_("Bukti transfer sedang diperiksa. Pesanan baru dapat dibatalkan setelah bukti itu ditolak."))
    order.state = OrderState.CANCELLED
    order.cancelled_at = now
    order.save(update_fields=["state", "cancelled_at"])
    release(order, payment)
    event = log_event(order, "cancelled" if by else "cancelled_by_buyer", at=now, by=by, reason=reason)
    tell_buyer(order, "cancelled", event)
    if by is None:
        tell_exhibitor(order, "cancelled", event)
    return order


def expire_orders(now: dt.datetime) -> int:
    """Expire what is unpaid past its deadline; returns how many. Each order is a transaction of its own."""
    due = Order.objects.due(now).order_by("expires_at").values_list("pk", flat=True)[:BATCH]
    return sum(expire_order(pk, now) for pk in list(due))


@transaction.atomic
def expire_order(pk: int, now: dt.datetime) -> bool:
    """Expire one order unless a proof arrived, or somebody else is at it just now."""
    # The lock is skipped when it is taken: an upload in progress wins, a second scheduler does nothing twice.
    order = (
        Order.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("exhibitor")
        .filter(pk=pk, state=OrderState.PLACED, expires_at__lte=now)
        .first()
    )
    if order is None:
        return False
    payment = payment_if_any(order)
    if payment and payment.proof_at is not None:
        return False
    order.state = OrderState.EXPIRED
    order.expired_at = now
    order.save(update_fields=["state", "expired_at"])
    release(order, payment)
    event = log_event(order, "expired", at=now)
    tell_buyer(order, "expired", event)
    tell_exhibitor(order, "expired", event)
    return True


def release(order: Order, payment: Payment | None) -> None:
    """Give back what the order held: its pieces, its voucher and its transfer code."""
    return_stock(order.lines.all())
    return_voucher(order)
    if payment:
        payment.is_open = False
        payment.save(update_fields=["is_open"])
