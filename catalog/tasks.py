"""Tasks of the catalogue: the words in use, and imports of products."""

from celery import shared_task
from django.utils import timezone

from catalog.domain import imports
from catalog.readiness import standing
from catalog.search import vocabulary


@shared_task(name="catalog.tasks.renew_vocabulary")
def renew_vocabulary() -> None:
    vocabulary.renew_if_due()


@shared_task
def work_on_import(pk: int) -> None:
    imports.work(pk)


@shared_task
def continue_imports() -> None:
    """One message for each, so that mail and orders go in between."""
    for pk in imports.waiting_imports():
        work_on_import.delay(pk)


@shared_task
def delete_old_imports() -> None:
    imports.delete_old_imports()


@shared_task
def renew_market_standings() -> int:
    return standing.renew_standings(timezone.now())
