"""Money that an exhibitor gave back, recorded by staff: it takes the sale back out of the journal."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.ledger import post_reversals
from orders.domain.locking import lock_order
from orders.domain.stock import pieces_of, put_back
from orders.models import Order, OrderLine, Refund, RefundLine
from orders.states import ORDER_TRANSITIONS, OrderState, PaymentState, require_transition


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a line that is given back. Rupiah; ``quantity`` 0 gives money back but no goods."""

    line: OrderLine
    quantity: int
    amount: int


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
    now: dt.datetime | None = None,
) -> Refund:
    """Record a refund, once for each ``key``.

    ``lines`` gives the pieces by order line id, ``amount`` rupiah of the goods' price without any piece coming back,
    neither means all that is left. ``extra_amount`` is what is returned of shipping and transfer code; it was never
    turnover. ``restock`` puts the pieces back on sale. When nothing of the goods is left the order is refunded.
    Raises OrderError when more would be given back than was paid. Mails buyer and exhibitor.
    """
    with transaction.atomic():
        order = lock_order(order)
        if known := Refund.objects.filter(key=key).first():
            if known.order_id != order.pk:
                raise OrderError(_("Formulir ini sudah dipakai. Buka kembali halaman pesanan."))
            return known
        require_transition(ORDER_TRANSITIONS, order.state, OrderState.REFUNDED)
        shares = shares_to_return(list(order.lines.select_related("product").order_by("pk")), lines, amount)
        require_extra_left(order, extra_amount)
        if not shares and not extra_amount:
            raise OrderError(_("Tidak ada yang dikembalikan."))
        return store_refund(order, shares, by, reason, key, extra_amount, restock, now or timezone.now())


def shares_to_return(lines: list[OrderLine], pieces: Mapping[int, int] | None, amount: int | None) -> list[Share]:
    if pieces is not None and amount is not None:
        raise ValueError("either pieces or an amount")
    if pieces is not None:
        return by_pieces(lines, pieces)
    if amount is not None:
        return by_amount(lines, amount)
    return [
        Share(line, line.refundable_quantity, line.refundable_amount)
        for line in lines
        if line.refundable_quantity or line.refundable_amount
    ]


def by_pieces(lines: list[OrderLine], pieces: Mapping[int, int]) -> list[Share]:
    if set(pieces) - {line.pk for line in lines}:
        raise OrderError(_("Baris itu bukan bagian dari pesanan ini."))
    shares = []
    for line in lines:
        quantity = pieces.get(line.pk, 0)
        if quantity < 0 or quantity > line.refundable_quantity:
            raise OrderError(
                _("%(name)s: paling banyak %(most)s buah yang dapat dikembalikan.")
                % {"name": line.name, "most": line.refundable_quantity}
            )
        if quantity:
            shares.append(Share(line, quantity, worth_of(line, quantity)))
    return shares


def worth_of(line: OrderLine, quantity: int) -> int:
    """What ``quantity`` more pieces of a line were paid with: its share of any voucher taken off, to the rupiah.

    Piece by piece the shares add up to the line's amount. Money already given back without goods lowers what the last
    pieces are still worth.
    """
    before = line.refunded_quantity
    worth = line.amount * (before + quantity) // line.quantity - line.amount * before // line.quantity
    return min(worth, line.refundable_amount)


def by_amount(lines: list[OrderLine], amount: int) -> list[Share]:
    """Money without goods, taken from the lines in their order."""
    left = sum(line.refundable_amount for line in lines)
    if amount <= 0 or amount > left:
        raise OrderError(_("Paling banyak %(most)s yang dapat dikembalikan.") % {"most": rupiah(left)})
    shares = []
    for line in lines:
        part = min(amount, line.refundable_amount)
        if part:
            shares.append(Share(line, 0, part))
            amount -= part
    return shares


def require_extra_left(order: Order, extra: int) -> None:
    returned = sum(order.refunds.values_list("extra_amount", flat=True))
    left = order.shipping_fee + order.unique_code - returned
    if extra < 0 or extra > left:
        raise OrderError(
            _("Ongkos kirim dan kode unik yang dapat dikembalikan paling banyak %(most)s.") % {"most": rupiah(left)}
        )


def store_refund(
    order: Order, shares: list[Share], by, reason: str, key: str, extra: int, restock: bool, now: dt.datetime
) -> Refund:
    refund = Refund.objects.create(
        order=order,
        key=key,
        amount=sum(share.amount for share in shares),
        extra_amount=extra,
        restocked=restock,
        reason=reason,
        by=by,
        at=now,
    )
    parts = RefundLine.objects.bulk_create(
        [RefundLine(refund=refund, line=share.line, quantity=share.quantity, amount=share.amount) for share in shares]
    )
    for share in shares:
        OrderLine.objects.filter(pk=share.line.pk).update(
            refunded_quantity=F("refunded_quantity") + share.quantity,
            refunded_amount=F("refunded_amount") + share.amount,
        )
    if restock:
        put_back(pieces_of((share.line, share.quantity) for share in shares))
    post_reversals(order, refund, parts)
    close_if_whole(order)
    event = log_event(
        order, "refunded" if order.state == OrderState.REFUNDED else "refunded_in_part", at=now, by=by, reason=reason
    )
    tell_buyer(order, "refunded", event, refund=refund)
    tell_exhibitor(order, "refunded", event, refund=refund)
    return refund


def close_if_whole(order: Order) -> None:
    if order.lines.filter(refunded_amount__lt=F("unit_price") * F("quantity") - F("discount")).exists():
        return
    order.state = OrderState.REFUNDED
    order.save(update_fields=["state"])
    order.payments.filter(state=PaymentState.CONFIRMED).update(state=PaymentState.REFUNDED)
