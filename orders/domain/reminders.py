"""Reminders of payments: one to a buyer whose time runs out, one to the exhibitor whose buyer let a balance pass."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.locking import lock_order, payment_of
from orders.domain.payment import is_asked
from orders.models import Order, OrderEvent, Payment, Purpose
from orders.states import OrderState, PaymentState

BEFORE = dt.timedelta(hours=4)
BALANCE_BEFORE = dt.timedelta(hours=24)
"""A balance has days, not hours; its buyer is reminded a day before the last."""
NOT_WITHIN = dt.timedelta(hours=1)
UNPAID = [PaymentState.PENDING, PaymentState.REJECTED]
BATCH = 200


def remind_of_payment(now: dt.datetime) -> int:
    """Mail those of whom nothing was heard and whose time is nearly over; returns how many. Once for each payment."""
    unpaid = {
        "payments__is_current": True,
        "payments__state__in": UNPAID,
        "payments__claimed_at__isnull": True,
        "payments__reminded_at__isnull": True,
    }
    orders = Order.objects.filter(expires_at__gt=now, **unpaid).exclude(buyer_email="").order_by("expires_at")
    placed = orders.filter(state=OrderState.PLACED, expires_at__lte=now + BEFORE, placed_at__lte=now - NOT_WITHIN)
    finished = orders.filter(
        state=OrderState.PAID, expires_at__lte=now + BALANCE_BEFORE, payments__purpose=Purpose.BALANCE
    )
    due = [*placed.values_list("pk", flat=True)[:BATCH], *finished.values_list("pk", flat=True)[:BATCH]]
    return sum(remind(pk, now) for pk in due)


@transaction.atomic
def remind(pk: int, now: dt.datetime) -> bool:
    order = lock_order(Order(pk=pk))
    payment = payment_of(order)
    if payment.state not in UNPAID or payment.claimed_at is not None or not is_asked(order, payment):
        return False
    # Whoever sets the moment sends the mail; a second worker finds it set.
    if not Payment.objects.filter(pk=payment.pk, reminded_at=None).update(reminded_at=now):
        return False
    event = log_event(order, "reminded", at=now)
    template = "balance_reminder" if payment.purpose == Purpose.BALANCE else "reminder"
    tell_buyer(order, template, event, payment=payment)
    return True


def tell_of_overdue_balances(now: dt.datetime) -> int:
    """Ask exhibitors to decide about balances whose time is over; returns how many. Once for each deadline."""
    told = OrderEvent.objects.filter(order=OuterRef("pk"), kind="balance_overdue", at__gte=OuterRef("expires_at"))
    late = Order.objects.balance_overdue(now).exclude(Exists(told)).order_by("expires_at")
    return sum(tell_of_overdue_balance(pk, now) for pk in list(late.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def tell_of_overdue_balance(pk: int, now: dt.datetime) -> bool:
    order = lock_order(Order(pk=pk))
    told = order.events.filter(kind="balance_overdue", at__gte=order.expires_at)
    if told.exists() or not Order.objects.balance_overdue(now).filter(pk=pk).exists():
        return False
    event = log_event(order, "balance_overdue", at=now)
    tell_exhibitor(order, "balance_overdue", event, payment=payment_of(order))
    return True
