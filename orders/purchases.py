"""All orders of one checkout, as its page shows them: three queries, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db.models import F

from expo.prepared import IDS, Among, PreparedObjects, text_slot
from orders.models import Order, OrderLine, Payment


def orders_of_purchase(token: str) -> list[Order]:
    """In the order of the cart, each with exhibitor, booth, place, payments and lines; none for an unknown token."""
    orders = _orders_query().objects(token=token)
    ids = [order.pk for order in orders]
    payments = _by_order(_payments_query().objects(ids=ids)) if ids else {}
    lines = _by_order(_lines_query().objects(ids=ids)) if ids else {}
    for order in orders:
        found = payments.get(order.pk, [])
        for payment in found:
            payment.order = order
        vars(order)["_prefetched_objects_cache"] = {
            "payments": _at_hand(order.payments, found),
            "lines": _at_hand(order.lines, lines.get(order.pk, [])),
        }
    return orders


def _at_hand(related, rows: list):
    """What ``prefetch_related`` leaves behind."""
    found = related.all()
    found._result_cache = rows
    found._prefetch_done = True
    return found


def _by_order(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in rows:
        found[row.order_id].append(row)
    return found


@cache
def _orders_query() -> PreparedObjects:
    orders = Order.objects.filter(checkout__token=text_slot("token")).order_by("pk")
    related = (
        "exhibitor", "booth", "booth__edition", "checkout", "destination", "destination__parent", "edition",
    )  # fmt: skip
    return PreparedObjects(orders, *related, token=text_slot("token"))


@cache
def _payments_query() -> PreparedObjects:
    return PreparedObjects(Payment.objects.filter(Among(F("order"))).order_by("pk"), "qris", ids=IDS)


@cache
def _lines_query() -> PreparedObjects:
    return PreparedObjects(OrderLine.objects.filter(Among(F("order"))).order_by("pk"), ids=IDS)
