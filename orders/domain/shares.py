"""Which part of each line a refund gives back: by pieces, by an amount of money, or all that is left."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.errors import OrderError
from orders.domain.promises import deposit_of
from orders.domain.standing import left_by_line
from orders.models import Order, OrderLine, Purpose


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a line that is given back. Rupiah; ``quantity`` 0 gives money back but no goods."""

    line: OrderLine
    quantity: int
    amount: int


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
