"""Thin wrappers for the queue."""

from celery import shared_task

from reports import checks, newsroom, schedule


@shared_task
def issue_due() -> int:
    """Beat's tick: seal and send the recaps that are due."""
    return len(schedule.issue_due())


@shared_task
def check_seals() -> int:
    """Beat's tick: walk the chain once a day; how many recaps differ."""
    check = checks.check_when_due()
    return len(check.findings) if check else 0


@shared_task
def delete_old_checks() -> int:
    return newsroom.delete_old_checks()
