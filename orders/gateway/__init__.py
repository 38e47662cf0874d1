"""Payment gateways: one interface, and an adapter for Midtrans Snap.

The domain (``orders/domain/gateway.py``) knows only this interface: ``start`` a payment page, ask its ``status``,
``cancel`` it, and ``read_notification``. Money goes to the exhibitor's own merchant account.
"""

from typing import Protocol

from orders.gateway.errors import GatewayDuplicateError, GatewayError, GatewayRefusedError, UntrustedError
from orders.gateway.reports import Outcome, Report, Request, Started


class Gateway(Protocol):
    def start(self, request: Request) -> Started:
        """A payment page for this request. GatewayDuplicateError when its reference was used before."""

    def status(self, reference: str) -> Report | None:
        """What the gateway says of a reference now; None when nobody has begun to pay it."""

    def cancel(self, reference: str) -> None:
        """Stop a payment that was not made; one that is unknown or over is no error."""

    def read_notification(self, body: bytes) -> Report:
        """What a notification says, once its signature is right. UntrustedError otherwise."""


__all__ = [
    "Gateway",
    "GatewayDuplicateError",
    "GatewayError",
    "GatewayRefusedError",
    "Outcome",
    "Report",
    "Request",
    "Started",
    "UntrustedError",
]
