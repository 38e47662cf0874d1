"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from orders.domain.cancellation import expire_orders
from orders.domain.cart import forget_old_carts
from orders.domain.fulfilment import complete_deliveries


@shared_task
def expire_due() -> int:
    now = timezone.now()
    forget_old_carts(now)
    return expire_orders(now)


@shared_task
def complete_due() -> int:
    return complete_deliveries(timezone.now())
