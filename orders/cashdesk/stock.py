"""Stock that the stand shares with the web shop: what is there is taken, what is not becomes a conflict."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Variant
from orders.cashdesk.errors import DeskError
from orders.domain.stock import Goods, lock_products, put_back, take_stock
from orders.models import OrderLine, StandLine
from orders.states import OrderState

RESERVED = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED)
"""Orders whose pieces have left the stock but not the stand."""


def take_pieces(lines: Sequence[StandLine]) -> None:
    """Write into each unsaved line how many of its pieces come out of the stock, and take them.

    Under the same locks as a checkout. The goods have left the stand already: what the stock lacks is noted as
    ``short`` and refuses nothing; the stock never falls below zero.
    """
    products = lock_products(line.product_id for line in lines if line.product_id)
    variants = Variant.objects.in_bulk([line.variant_id for line in lines if line.variant_id])
    left: dict[Goods, int] = {}
    taken: Counter[Goods] = Counter()
    for line in lines:
        if line.product_id is None or products[line.product_id].made_to_order:
            continue
        goods = (line.product_id, line.variant_id)
        stock = variants[line.variant_id].stock if line.variant_id else products[line.product_id].stock
        there = left.get(goods, stock)
        line.taken = min(line.quantity, there)
        line.short = line.quantity - line.taken
        left[goods] = there - line.taken
        taken[goods] += line.taken
    if pieces := +taken:
        take_stock(pieces)


def give_back(lines: Iterable[StandLine]) -> None:
    """The pieces of a voided sale stand on the shelf again."""
    pieces: Counter[Goods] = Counter()
    for line in lines:
        if line.product_id is not None and line.taken:
            pieces[line.product_id, line.variant_id] += line.taken
    if pieces:
        put_back(pieces)


def conflicts_of(exhibitor):
    """Lines whose pieces were sold twice, or never counted, and that wait for a decision; newest first."""
    return (
        StandLine.objects.conflicts()
        .filter(sale__exhibitor=exhibitor, sale__voided_at__isnull=True)
        .select_related("sale", "product", "variant")
        .order_by("-sale__occurred_at", "-pk")
    )


def rivals_of(lines: Iterable[StandLine]) -> dict[Goods, list[OrderLine]]:
    """Web orders that wait for the same goods: the pieces may be missing for one of these. One query."""
    goods = {(line.product_id, line.variant_id) for line in lines}
    found = (
        OrderLine.objects.filter(product_id__in={product for product, _variant in goods}, order__state__in=RESERVED)
        .select_related("order")
        .order_by("-order__placed_at", "-pk")
    )
    rivals: dict[Goods, list[OrderLine]] = {}
    for line in found:
        rivals.setdefault((line.product_id, line.variant_id), []).append(line)
    return rivals


@transaction.atomic
def settle_conflict(line: StandLine, *, by, settlement: str, now: dt.datetime | None = None) -> StandLine:
    """The owner says what became of the missing pieces. DeskError without words, or when it was said before."""
    now = now or timezone.now()
    settlement = settlement.strip()[:250]
    if not settlement:
        raise DeskError(_("Tulis bagaimana selisih stok ini diselesaikan."))
    line = StandLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if not line.short or line.settled_at:
        raise DeskError(_("Selisih stok ini sudah diselesaikan."))
    line.settled_at, line.settled_by, line.settlement = now, by, settlement
    line.save(update_fields=["settled_at", "settled_by", "settlement"])
    return line
