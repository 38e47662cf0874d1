"""Goods that a buyer brings back to the stand: money and pieces go back, the journal gets a reversal."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.formats import WIB
from orders.cashdesk import ledger
from orders.cashdesk.errors import DeskError
from orders.domain.stock import Goods, put_back
from orders.models import StandLine, StandReturn, StandReturnLine, StandSale, Way


@transaction.atomic
def take_goods_back(
    sale: StandSale,
    *,
    key: uuid.UUID,
    pieces: Mapping[int, int] | None,
    way: str,
    reason: str,
    restock: bool,
    by,
    now: dt.datetime | None = None,
) -> StandReturn:
    """Record what came back and what was paid for it, once for each ``key``.

    ``pieces`` by id of the sale's lines; None means all that the buyer still has. ``way``: how the money was given
    back; cash is missing in the drawer of today. ``restock`` puts the pieces on sale again, as far as they had come
    out of the stock. The turnover falls in the edition and phase of the sale, now. DeskError when it can't be so.
    """
    now = now or timezone.now()
    sale = StandSale.objects.select_for_update(of=("self",)).select_related("exhibitor").get(pk=sale.pk)
    if known := recorded(sale, key):
        return known
    require_returnable(sale)
    lines = list(sale.lines.all())
    counts = wanted(lines, pieces)
    require_told(reason, way)
    back = StandReturn.objects.create(
        sale=sale,
        key=key,
        way=way,
        amount=amount_of(lines, counts),
        reason=reason.strip()[:250],
        restocked=restock,
        by=by,
        at=now,
        day=now.astimezone(WIB).date(),
    )
    store_lines(back, lines, counts)
    ledger.post_return(back, [(line, counts[line.pk]) for line in lines if counts[line.pk]])
    return back


def recorded(sale: StandSale, key: uuid.UUID) -> StandReturn | None:
    known = StandReturn.objects.filter(key=key).first()
    if known is not None and known.sale_id != sale.pk:
        raise DeskError(_("Formulir ini sudah dipakai. Buka kembali halaman penjualan."))
    return known


def may_be_returned(sale: StandSale) -> bool:
    """For pages, with the lines at hand; ``take_goods_back`` asks again under the lock."""
    return sale.voided_at is None and any(line.left and line.unit_price for line in sale.lines.all())


def require_returnable(sale: StandSale) -> None:
    if sale.voided_at:
        raise DeskError(_("Penjualan ini sudah dibatalkan."))
    if not sale.lines.filter(returned__lt=F("quantity")).exists():
        raise DeskError(_("Semua barang dari penjualan ini sudah dikembalikan."))


def require_told(reason: str, way: str) -> None:
    if not reason.strip():
        raise DeskError(_("Tulis mengapa barangnya dikembalikan."))
    if way not in Way.values:
        raise DeskError(_("Pilih bagaimana uangnya dikembalikan."))


def wanted(lines: list[StandLine], pieces: Mapping[int, int] | None) -> Counter[int]:
    """Pieces by line. DeskError when there are none, or more than the buyer has."""
    if pieces is None:
        return Counter({line.pk: line.left for line in lines if line.left})
    counts = Counter({line.pk: pieces.get(line.pk, 0) for line in lines})
    for line in lines:
        if not 0 <= counts[line.pk] <= line.left:
            said = {"name": line.label, "left": line.left}
            raise DeskError(_("%(name)s: paling banyak %(left)s yang dapat dikembalikan.") % said)
    if not +counts:
        raise DeskError(_("Isi dahulu berapa barang yang dikembalikan."))
    return +counts


def amount_of(lines: list[StandLine], counts: Counter[int]) -> int:
    amount = sum(line.unit_price * counts[line.pk] for line in lines)
    if not amount:
        raise DeskError(_("Barang ini tidak berharga, tidak ada uang yang kembali."))
    return amount


def store_lines(back: StandReturn, lines: list[StandLine], counts: Counter[int]) -> None:
    """Write down the pieces, and put on the shelf what had been taken from it."""
    before = dict(
        StandReturnLine.objects.filter(back__sale=back.sale)
        .order_by()
        .values_list("line")
        .annotate(pieces=Sum("restocked"))
    )
    shelf: Counter[Goods] = Counter()
    parts = []
    for line in lines:
        if not counts[line.pk]:
            continue
        restocked = min(counts[line.pk], line.taken - before.get(line.pk, 0)) if back.restocked else 0
        parts.append(StandReturnLine(back=back, line=line, quantity=counts[line.pk], restocked=restocked))
        StandLine.objects.filter(pk=line.pk).update(returned=F("returned") + counts[line.pk])
        if restocked and line.product_id is not None:
            shelf[line.product_id, line.variant_id] += restocked
    StandReturnLine.objects.bulk_create(parts)
    if shelf:
        put_back(shelf)
