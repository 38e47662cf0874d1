"""The tick that renews the words in use."""

from celery import shared_task

from catalog.search import vocabulary


@shared_task(name="catalog.tasks.renew_vocabulary")
def renew_vocabulary() -> None:
    vocabulary.renew_if_due()
