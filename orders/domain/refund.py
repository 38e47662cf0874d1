"""Money that an exhibitor gave back, recorded by them or by staff: it takes the sale back out of the journal."""

import datetime as dt
from collections.abc import Mapping
from typing import IO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.pictures import store_private
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.ledger import post_reversals
from orders.domain.locking import lock_order
from orders.domain.promises import end_promise
from orders.domain.shares import Share, paid_lines, require_extra_left, shares_to_return
from orders.domain.standing import left_by_line
from orders.domain.stock import pieces_of, put_back
from orders.domain.vouchers import lock_voucher, return_voucher
from orders.models import Order, OrderLine, Refund, RefundLine
from orders.states import ORDER_TRANSITIONS, OrderState, PaymentState, require_transition

PROOF_FOLDER = "refunds"


def record_refund(
    order: Order,
    *,
    by,
    reason: str,
    key: str,
    lines: Mapping[int, int] | None = None,
    amount: int | None = None,
    extra_amount: int = 0,
    restock: bool = False,
    proof: IO[bytes] | None = None,
    now: dt.datetime | None = None,
) -> Refund:
    """Record a refund, once for each ``key``; mails the buyer, and the exhibitor of what staff did.

    ``lines`` gives the pieces by order line id, ``amount`` rupiah of the goods' price without any piece coming back,
    neither means all that is left. ``extra_amount`` is what is returned of shipping and transfer code; it was never
    turnover. ``restock`` puts the pieces back on sale, ``proof`` is a picture of the transfer. OrderError when more
    would be given back than was paid, PictureError.
    """
    stored = store_private(proof, PROOF_FOLDER) if proof else ""  # slow, and so done before the lock
    with transaction.atomic():
        order = lock_order(order)
        if known := recorded(order, key):
            return known
        require_transition(ORDER_TRANSITIONS, order.state, OrderState.REFUNDED)
        shares = shares_to_return(paid_lines(order), lines, amount)
        require_extra_left(order, extra_amount)
        if not shares and not extra_amount:
            raise OrderError(_("Tidak ada yang dikembalikan."))
        refund = Refund(order=order, key=key, extra_amount=extra_amount, restocked=restock, reason=reason)
        refund.amount = sum(share.amount for share in shares)
        refund.proof, refund.by, refund.at = stored, by, now or timezone.now()
        return store_refund(order, refund, shares)


def recorded(order: Order, key: str) -> Refund | None:
    """The refund that this form has made already. OrderError when it was another order's form."""
    known = Refund.objects.filter(key=key).first()
    if known is not None and known.order_id != order.pk:
        raise OrderError(_("Formulir ini sudah dipakai. Buka kembali halaman pesanan."))
    return known


def store_refund(order: Order, refund: Refund, shares: list[Share]) -> Refund:
    refund.save()
    parts = RefundLine.objects.bulk_create(
        [RefundLine(refund=refund, line=share.line, quantity=share.quantity, amount=share.amount) for share in shares]
    )
    for share in shares:
        OrderLine.objects.filter(pk=share.line.pk).update(
            refunded_quantity=F("refunded_quantity") + share.quantity,
            refunded_amount=F("refunded_amount") + share.amount,
        )
    if refund.restocked:
        put_back(pieces_of((share.line, share.quantity) for share in shares))
    lock_voucher(order)  # a whole refund returns it, and its lock comes before the journal's
    post_reversals(order, refund, parts)
    close_if_whole(order, refund)
    kind = "refunded" if order.state == OrderState.REFUNDED else "refunded_in_part"
    event = log_event(order, kind, at=refund.at, by=refund.by, reason=refund.reason)
    tell_buyer(order, "refunded", event, refund=refund)
    if not order.exhibitor.memberships.filter(user=refund.by).exists():
        tell_exhibitor(order, "refunded", event, refund=refund)
    return refund


def close_if_whole(order: Order, refund: Refund) -> None:
    """With nothing of the goods' money left the order is refunded; nothing more of it is asked for then."""
    if any(left_by_line(order).values()):
        return
    end_promise(order, by=refund.by, now=refund.at, note=refund.reason)
    order.payments.filter(is_open=True).update(is_open=False)
    order.state = OrderState.REFUNDED
    order.save(update_fields=["state"])
    return_voucher(order)
    order.payments.filter(state=PaymentState.CONFIRMED).update(state=PaymentState.REFUNDED)
