"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from orders.domain.cancellation import expire_orders


@shared_task
def expire_due() -> int:
    return expire_orders(timezone.now())
