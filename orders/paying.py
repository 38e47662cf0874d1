"""What the buyer is shown to pay with: one panel for each way of paying, and the ways to change to."""

import datetime as dt
import io
from dataclasses import dataclass, field

import segno
from django.conf import settings

from orders.domain.methods import MethodOption, methods_for
from orders.models import Method, Order, Payment, QrisState
from orders.models.gateway import LIVE
from orders.qris import read_qris
from orders.states import OrderState, PaymentState

REPORTED = frozenset({Method.TRANSFER, Method.QRIS})
"""Ways of which the site does not learn by itself whether the buyer has paid."""


@dataclass(frozen=True, slots=True)
class PaymentPanel:
    """``template`` shows how to pay; ``others`` are the ways that the buyer may change to."""

    template: str
    needs_proof: bool
    can_claim: bool
    is_claimed: bool
    embeds_amount: bool = False
    merchant: str = ""
    is_stopped: bool = False
    page_url: str = ""
    is_rehearsal: bool = False
    others: list[MethodOption] = field(default_factory=list)


def panel_for(order: Order, payment: Payment, now: dt.datetime, *, with_others: bool = True) -> PaymentPanel:
    """How the order's current payment is made. ``with_others`` costs two or three queries."""
    pending = order.state == OrderState.PLACED and payment.state == PaymentState.PENDING
    changeable = pending and payment.claimed_at is None
    shown = read_qris(payment.qris_text) if payment.qris_text else None
    return PaymentPanel(
        template=f"orders/parts/pay_{payment.method}.html",
        needs_proof=payment.method in REPORTED,
        can_claim=changeable and payment.method in REPORTED,
        is_claimed=payment.claimed_at is not None,
        embeds_amount=bool(shown and shown.amount),
        merchant=shown.merchant_name if shown else "",
        is_stopped=payment.qris is not None and payment.qris.state == QrisState.BLOCKED,
        page_url=page_of(payment, now) if pending and payment.method == Method.GATEWAY else "",
        is_rehearsal=settings.GATEWAY_SANDBOX,
        others=other_methods(order, payment, now) if changeable and with_others else [],
    )


def page_of(payment: Payment, now: dt.datetime) -> str:
    """The gateway's page for this payment, once it was made."""
    live = payment.charges.filter(outcome__in=LIVE, amount=payment.amount).first()
    return live.page_url if live else ""


def other_methods(order: Order, payment: Payment, now: dt.datetime) -> list[MethodOption]:
    due = payment.amount - payment.unique_code
    options = methods_for(order.exhibitor, order.booth, due, order.delivery, now)
    return [option for option in options if option.method != payment.method and option.is_possible]


def qr_picture(text: str, kind: str) -> bytes:
    """The code as an image, ``kind`` "svg" for the page or "png" to keep; black on white in any colour scheme."""
    file = io.BytesIO()
    code = segno.make(text, error="m", boost_error=False)
    if kind == "svg":
        code.save(file, kind="svg", scale=1, border=4, omitsize=True, light="#fff", xmldecl=False, svgns=True)
    else:
        code.save(file, kind="png", scale=10, border=4)
    return file.getvalue()
