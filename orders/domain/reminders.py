"""One reminder to a buyer whose time to pay runs out."""

import datetime as dt

from django.db import transaction

from orders.domain.history import log_event, tell_buyer
from orders.domain.locking import lock_order, payment_of
from orders.models import Order, Payment
from orders.states import OrderState, PaymentState

BEFORE = dt.timedelta(hours=4)
NOT_WITHIN = dt.timedelta(hours=1)
BATCH = 200


def remind_of_payment(now: dt.datetime) -> int:
    """Mail those with at most four hours left of whom nothing was heard; returns how many. Once for each payment."""
    due = (
        Order.objects.filter(
            state=OrderState.PLACED,
            expires_at__gt=now,
            expires_at__lte=now + BEFORE,
            placed_at__lte=now - NOT_WITHIN,
            payments__is_current=True,
            payments__state__in=[PaymentState.PENDING, PaymentState.REJECTED],
            payments__claimed_at__isnull=True,
            payments__reminded_at__isnull=True,
        )
        .exclude(buyer_email="")
        .order_by("expires_at")
        .values_list("pk", flat=True)[:BATCH]
    )
    return sum(remind(pk, now) for pk in list(due))


@transaction.atomic
def remind(pk: int, now: dt.datetime) -> bool:
    order = lock_order(Order(pk=pk))
    payment = payment_of(order)
    waits = payment.state in (PaymentState.PENDING, PaymentState.REJECTED) and payment.claimed_at is None
    if order.state != OrderState.PLACED or not waits:
        return False
    # Whoever sets the moment sends the mail; a second worker finds it set.
    if not Payment.objects.filter(pk=payment.pk, reminded_at=None).update(reminded_at=now):
        return False
    event = log_event(order, "reminded", at=now)
    tell_buyer(order, "reminder", event, payment=payment)
    return True
