"""A task whose worker is killed at the worst moment. Only the workers of test_crashes load it."""

import os
import signal

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from expo.delivery import claim
from expo.models import OutgoingMail
from orders.domain.cancellation import expire_orders


@shared_task
def expire_and_die() -> None:
    """Expire what is due; after the commit one mail is claimed, no other is sent on its way, and then: kill -9.

    Delivered again, it finds nothing to expire and its worker lives.
    """
    with transaction.atomic():
        transaction.on_commit(lambda: expired and die())  # before the hooks of the mails
        expired = expire_orders(timezone.now())


def die() -> None:
    claim(OutgoingMail.objects.filter(key__contains="expired_buyer").earliest("pk").pk)
    for process in (os.getppid(), os.getpid()):  # the worker, and this process of its pool
        os.kill(process, signal.SIGKILL)
