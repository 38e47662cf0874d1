"""Tasks of the ground floor."""

from celery import shared_task

from expo import delivery, derivatives, leftovers


@shared_task
def deliver_mail(pk: int) -> None:
    delivery.deliver(pk)


@shared_task
def deliver_pending_mail() -> None:
    delivery.deliver_pending()


@shared_task
def derive_picture(pk: int) -> None:
    derivatives.derive(pk)


@shared_task
def derive_pending_pictures() -> None:
    """One message for each, so that mail and orders go in between."""
    for pk in derivatives.pending():
        derive_picture.delay(pk)


@shared_task
def delete_unused_pictures() -> None:
    leftovers.delete_unused_pictures()
