"""The ticks that move live counts into the database and destroy salts that nobody needs any more."""

from celery import shared_task

from visits.domain import flush, salts


@shared_task(name="visits.tasks.flush_visits")
def flush_visits() -> None:
    flush.flush_visits()


@shared_task(name="visits.tasks.destroy_overdue_salts")
def destroy_overdue_salts() -> None:
    flush.flush_visits()  # what still lies in the store was counted under them
    salts.destroy_overdue_salts()
