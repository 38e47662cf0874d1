"""What the scheduler calls."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from orders.domain.cancellation import expire_orders
from orders.domain.cart import forget_old_carts
from orders.domain.fulfilment import complete_deliveries
from orders.domain.reminders import remind_of_payment, tell_of_overdue_balances


@shared_task
def expire_due() -> int:
    now = timezone.now()
    forget_old_carts(now)
    return expire_orders(now)


@shared_task
def complete_due() -> int:
    return complete_deliveries(timezone.now())


@shared_task
def remind_unpaid() -> int:
    now = timezone.now()
    return remind_of_payment(now) + tell_of_overdue_balances(now)


@shared_task
def ask_gateway() -> int:
    from orders.domain.gateway import ask_missing

    return ask_missing(timezone.now()) if settings.GATEWAY else 0


@shared_task
def cancel_charges(payment_pk: int) -> None:
    from orders.domain.gateway import cancel_charges as cancel

    cancel(payment_pk, timezone.now())
