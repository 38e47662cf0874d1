"""Money that an exhibitor gave back, recorded by them or by staff: it takes the sale back out of the journal."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.formats import rupiah
from expo.pictures import store_private
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.ledger import post_reversals
from orders.domain.locking import lock_order
from orders.domain.promises import deposit_of, end_promise
from orders.domain.standing import left_by_line
from orders.domain.stock import pieces_of, put_back
from orders.domain.vouchers import return_voucher
from orders.models import Order, OrderLine, Purpose, Refund, RefundLine
from orders.states import ORDER_TRANSITIONS, OrderState, PaymentState, require_transition

PROOF_FOLDER = "refunds"


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
    proof: IO[bytes] | None = None,
    now: dt.datetime | None = None,
) -> Refund:
    """Record a refund, once for each ``key``.

    ``lines`` gives the pieces by order line id, ``amount`` rupiah of the goods' price without any piece coming back,
    neither means all that is left. ``extra_amount`` is what is returned of shipping and transfer code; it was never
    turnover. ``restock`` puts the pieces back on sale, ``proof`` is a picture of the transfer. When nothing of the
    goods' money is left the order is refunded; of a deposit's order nothing more is asked for then. Raises OrderError
    when more would be given back than was paid, PictureError. Mails the buyer, and the exhibitor of what staff did.
    """
    stored = store_private(proof, PROOF_FOLDER) if proof else ""  # slow, and so done before the lock
    with transaction.atomic():
        order = lock_order(order)
        if known := Refund.objects.filter(key=key).first():
            if known.order_id != order.pk:
                raise OrderError(_("Formulir ini sudah dipakai. Buka kembali halaman pesanan."))
            return known
        require_transition(ORDER_TRANSITIONS, order.state, OrderState.REFUNDED)
        shares = shares_to_return(paid_lines(order), lines, amount)
        require_extra_left(order, extra_amount)
        if not shares and not extra_amount:
            raise OrderError(_("Tidak ada yang dikembalikan."))
        refund = Refund(
            order=order,
            key=key,
            amount=sum(share.amount for share in shares),
            extra_amount=extra_amount,
            restocked=restock,
            reason=reason,
            proof=stored,
            by=by,
            at=now or timezone.now(),
        )
        return store_refund(order, refund, shares)


def paid_lines(order: Order) -> list[OrderLine]:
    """The order's lines, each with ``paid_left``: the rupiah that were paid for it and not yet given back.

    That is what stands in the journal. Of an order of which only the deposit is paid, it is the deposit's part.
    """
    lines, left = list(order.lines.select_related("product").order_by("pk")), left_by_line(order)
    for line in lines:
        line.paid_left = min(left.get(line.pk, 0), line.refundable_amount)
    return lines


def shares_to_return(lines: list[OrderLine], pieces: Mapping[int, int] | None, amount: int | None) -> list[Share]:
    if pieces is not None and amount is not None:
        raise ValueError("either pieces or an amount")
    if pieces is not None:
        return by_pieces(lines, pieces)
    if amount is not None:
        return by_amount(lines, amount)
    return [
        Share(line, line.refundable_quantity, line.paid_left)
        for line in lines
        if line.refundable_quantity or line.paid_left
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
    return min(worth, line.paid_left)


def by_amount(lines: list[OrderLine], amount: int) -> list[Share]:
    """Money without goods, taken from the lines in their order."""
    left = sum(line.paid_left for line in lines)
    if amount <= 0 or amount > left:
        raise OrderError(_("Paling banyak %(most)s yang dapat dikembalikan.") % {"most": rupiah(left)})
    shares = []
    for line in lines:
        part = min(amount, line.paid_left)
        if part:
            shares.append(Share(line, 0, part))
            amount -= part
    return shares


def require_extra_left(order: Order, extra: int) -> None:
    left = extra_left(order)
    if extra < 0 or extra > left:
        raise OrderError(
            _("Ongkos kirim dan kode unik yang dapat dikembalikan paling banyak %(most)s.") % {"most": rupiah(left)}
        )


def extra_left(order: Order) -> int:
    """What was paid beside the goods (shipping and unique codes) and not given back, in rupiah."""
    paid = order.payments.filter(confirmed_at__isnull=False)
    goods = order.goods_total if paid.exclude(purpose=Purpose.DEPOSIT).exists() else deposit_of(order)
    returned = sum(order.refunds.values_list("extra_amount", flat=True))
    return sum(paid.values_list("amount", flat=True)) - goods - returned


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
    post_reversals(order, refund, parts)
    close_if_whole(order, refund)
    kind = "refunded" if order.state == OrderState.REFUNDED else "refunded_in_part"
    event = log_event(order, kind, at=refund.at, by=refund.by, reason=refund.reason)
    tell_buyer(order, "refunded", event, refund=refund)
    if not order.exhibitor.memberships.filter(user=refund.by).exists():
        tell_exhibitor(order, "refunded", event, refund=refund)
    return refund


def close_if_whole(order: Order, refund: Refund) -> None:
    if any(left_by_line(order).values()):
        return
    end_promise(order, by=refund.by, now=refund.at, note=refund.reason)
    order.payments.filter(is_open=True).update(is_open=False)
    order.state = OrderState.REFUNDED
    order.save(update_fields=["state"])
    return_voucher(order)
    order.payments.filter(state=PaymentState.CONFIRMED).update(state=PaymentState.REFUNDED)
