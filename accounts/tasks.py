"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from accounts.sign_in_links import forget_old_links
from accounts.watch import tell_of_silence


@shared_task
def forget_sign_in_links() -> int:
    return forget_old_links(timezone.now())


@shared_task
def watch_workers() -> int:
    return tell_of_silence(timezone.now())
