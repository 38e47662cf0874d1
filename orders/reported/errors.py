"""Why a report of a sale is refused."""

from orders.domain.errors import OrderError


class ReportError(OrderError):
    """The report can't be kept or decided this way; ``field`` names what is wrong, if one is."""

    def __init__(self, message, field: str = ""):
        self.field = field
        super().__init__(message)


class UnsureError(ReportError):
    """Something about the report looks like a mistake: the exhibitor is asked to look again. ``doubts`` say what."""

    def __init__(self, message, doubts):
        self.doubts = doubts
        super().__init__(message)
