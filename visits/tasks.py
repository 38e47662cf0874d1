"""The tick that moves live counts into the database."""

from celery import shared_task

from visits.domain import flush


@shared_task(name="visits.tasks.flush_visits")
def flush_visits() -> None:
    flush.flush_visits()
