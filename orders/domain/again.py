"""Ordering again what an order held."""

import datetime as dt

from expo.errors import DomainError
from orders.domain.cart import add_to_cart
from orders.models import Cart, Order


def order_again(order: Order, cart: Cart, *, now: dt.datetime | None = None) -> list[str]:
    """Put the order's goods into the cart, at today's prices; returns a sentence for each that can't be bought."""
    problems = []
    lines = order.lines.select_related("placement__product", "placement__booth__edition", "placement__booth__exhibitor")
    for line in lines.select_related("variant").order_by("pk"):
        try:
            add_to_cart(cart, line.placement, line.quantity, variant=line.variant, now=now)
        except DomainError as error:
            problems.append(f"{line.display_name}: {error}")
    return problems
