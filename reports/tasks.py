"""Thin wrappers for the queue."""

from celery import shared_task

from reports import newsroom, schedule


@shared_task
def issue_due() -> int:
    """Beat's tick: seal and send the recaps that are due."""
    return len(schedule.issue_due())


@shared_task
def delete_old_checks() -> int:
    return newsroom.delete_old_checks()
