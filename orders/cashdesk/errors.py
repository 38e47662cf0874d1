"""Why the cash desk refuses something; the device shows the sentence beside the sale that it keeps."""

from orders.domain.errors import OrderError


class DeskError(OrderError):
    """The sale (void, sign-off) can't be recorded as it is."""


class DifferentSaleError(DeskError):
    """Another sale was recorded under this key before."""
