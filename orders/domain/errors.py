"""What buyers, exhibitors and staff may be told when something can't be done."""

from expo.errors import DomainError


class OrderError(DomainError):
    """The order (or cart) does not allow this; says why and what to do."""


class CartChangedError(OrderError):
    """Prices, stock or fees are no longer what the buyer saw. ``changes`` holds one sentence for each."""

    def __init__(self, message, changes: list[str]):
        super().__init__(message)
        self.changes = changes
