"""What the scheduler calls."""

from celery import shared_task
from django.utils import timezone

from accounts.models import forget_former_addresses
from exhibitors.domain.accounts import apply_due_accounts
from exhibitors.domain.expiry import warn_of_expiry
from exhibitors.domain.uploads import forget_old_uploads


@shared_task
def apply_accounts() -> int:
    now = timezone.now()
    forget_former_addresses(now)
    return apply_due_accounts(now)


@shared_task
def warn_of_ending_certificates() -> int:
    return warn_of_expiry(timezone.now())


@shared_task
def forget_unfinished_uploads() -> int:
    return forget_old_uploads()
