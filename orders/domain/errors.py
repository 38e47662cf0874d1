"""What buyers, exhibitors and staff may be told when something can't be done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from expo.errors import DomainError

if TYPE_CHECKING:
    from orders.domain.content import CartContent
    from orders.domain.offers import Offer


class OrderError(DomainError):
    """The order (or cart) does not allow this; says why and what to do."""


class CartChangedError(OrderError):
    """Prices, stock or fees are no longer what the buyer saw. ``changes`` holds one sentence for each.

    ``content`` and ``offers`` are what was found instead, to be shown: read behind the locks, a moment ago."""

    def __init__(self, message, changes: list[str], content: "CartContent", offers: "Sequence[Offer]"):
        super().__init__(message)
        self.changes = changes
        self.content = content
        self.offers = offers
