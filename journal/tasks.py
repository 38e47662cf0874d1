"""Thin wrappers for the queue."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from expo.errors import DomainError
from journal.rollups import build, check

logger = logging.getLogger(__name__)


@shared_task
def roll_up() -> int:
    """Beat's tick: close the days that are over and roll them up."""
    try:
        return build.roll_up(timezone.now())
    except DomainError as error:
        logger.warning("rollups wait: %s", error)
        return 0


@shared_task
def check_rollups() -> int:
    """Beat's tick: go on with the check that is due, if there is one."""
    try:
        return check.check_due(timezone.now(), at=settings.ROLLUP_CHECK_TIME)
    except DomainError as error:
        logger.warning("the check of rollups waits: %s", error)
        return 0
