"""Tasks of the ground floor."""

from celery import shared_task

from expo import delivery


@shared_task
def deliver_mail(pk: int) -> None:
    delivery.deliver(pk)


@shared_task
def deliver_pending_mail() -> None:
    delivery.deliver_pending()
