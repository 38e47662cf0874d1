"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from accounts.sign_in_links import forget_old_links


@shared_task
def forget_sign_in_links() -> int:
    return forget_old_links(timezone.now())
