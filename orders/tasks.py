"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from orders.domain.cancellation import expire_orders
from orders.domain.cart import forget_old_carts


@shared_task
def expire_due() -> int:
    now = timezone.now()
    forget_old_carts(now)
    return expire_orders(now)
