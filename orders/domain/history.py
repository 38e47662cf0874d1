"""The history of an order and the mails that tell of it: written with the change, never apart from it."""

import datetime as dt

from django.utils.translation import override

from expo.delivery import UNDELIVERED
from expo.mail import queue_mail
from expo.mail_layout import Board
from expo.models import OutgoingMail
from orders.models import Order, OrderEvent

EXHIBITOR_LANGUAGE = "id"


def log_event(order: Order, kind: str, *, at: dt.datetime, by=None, reason: str = "") -> OrderEvent:
    return OrderEvent.objects.create(order=order, kind=kind, by=by, reason=reason, at=at)


def tell_buyer(order: Order, template: str, event: OrderEvent, **context) -> None:
    if order.buyer_email:
        queue_order_mail(order, f"{template}_buyer", order.buyer_email, order.language, event, context)


def tell_exhibitor(order: Order, template: str, event: OrderEvent, **context) -> None:
    if order.exhibitor.email:
        queue_order_mail(order, f"{template}_exhibitor", order.exhibitor.email, EXHIBITOR_LANGUAGE, event, context)


def queue_order_mail(order: Order, template: str, to: str, language: str, event: OrderEvent, context: dict) -> None:
    queue_mail(
        to=to,
        template=f"orders/mail/{template}",
        context={"order": order, "reason": event.reason, **context},
        language=language,
        key=f"order:{template}:{event.pk}",
        board=board_of(order, language),
    )


def board_of(order: Order, language: str) -> Board:
    """The signboard over the order's booth."""
    with override(language):
        return Board(order.booth.number, order.exhibitor.name, order.booth.edition.display_name)


def undelivered_mail(order: Order) -> bool:
    """Whether a mail about this order could not be delivered to its buyer: then they must be told otherwise."""
    if not order.buyer_email:
        return False
    about = [f":{pk}" for pk in order.events.values_list("pk", flat=True)]
    failed = OutgoingMail.objects.filter(to=order.buyer_email, state__in=UNDELIVERED, key__startswith="order:")
    return any(key.endswith(tuple(about)) for key in failed.values_list("key", flat=True)[:200])
