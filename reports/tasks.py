"""Thin wrappers for the queue."""

from celery import shared_task

from reports import schedule


@shared_task
def issue_due() -> int:
    """Beat's tick: seal and send the recaps that are due."""
    return len(schedule.issue_due())
