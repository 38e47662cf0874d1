"""Recording a stand sale exactly once, and taking a mistaken one back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Category, Variant
from exhibitors.models import Exhibitor
from expo.formats import WIB
from orders.cashdesk import ledger
from orders.cashdesk.clock import moment_of
from orders.cashdesk.content import NewSale, SoldLine, require_sense
from orders.cashdesk.discards import refuse_discarded
from orders.cashdesk.errors import DeskError, DifferentSaleError
from orders.cashdesk.goods import sellable
from orders.cashdesk.locking import lock_key
from orders.cashdesk.place import refusal_to_sell, require_booth
from orders.cashdesk.stock import give_back, take_pieces
from orders.models import StandLine, StandSale


@dataclass(frozen=True, slots=True)
class Recorded:
    """``is_new`` is False when the same sale had been sent before."""

    sale: StandSale
    is_new: bool


def record_sale(exhibitor: Exhibitor, new: NewSale, *, by, now: dt.datetime | None = None) -> Recorded:
    """Record what was sold at the stand: stock, journal (a claim, D), receipt. Once for each key, however often sent.

    DifferentSaleError when the key stands for another sale already, DeskError when it can't be recorded.
    """
    now = now or timezone.now()
    require_sense(new)
    if known := recorded(exhibitor, new):
        return known
    with transaction.atomic():
        lock_key(exhibitor, new.key)
        # Whoever held the key before has recorded this sale by now, or thrown it away.
        return recorded(exhibitor, new) or Recorded(store(exhibitor, new, by=by, now=now), is_new=True)


def recorded(exhibitor: Exhibitor, new: NewSale) -> Recorded | None:
    sale = StandSale.objects.filter(exhibitor=exhibitor, key=new.key).first()
    if sale is None:
        return None
    if sale.fingerprint != new.fingerprint:
        raise DifferentSaleError(
            _("%(number)s sudah tercatat dengan isi yang lain. Penjualan ini belum tercatat.") % {"number": sale.number}
        )
    return Recorded(sale, is_new=False)


def store(exhibitor: Exhibitor, new: NewSale, *, by, now: dt.datetime) -> StandSale:
    if refusal := refusal_to_sell(exhibitor):
        raise DeskError(refusal)
    refuse_discarded(exhibitor, new.key)
    moment = moment_of(new.sold_at, new.sent_at, now)
    booth = require_booth(exhibitor, moment.occurred_at)
    lines = frozen_lines(exhibitor, new.lines)
    sale = StandSale.objects.create(
        exhibitor=exhibitor,
        key=new.key,
        fingerprint=new.fingerprint,
        edition=booth.edition,
        booth=booth,
        way=new.way,
        amount=new.amount,
        given=new.given,
        sold_by=by,
        device_at=new.sold_at,
        sent_at=new.sent_at,
        received_at=now,
        occurred_at=moment.occurred_at,
        is_doubtful=moment.is_doubtful,
        day=moment.occurred_at.astimezone(WIB).date(),
    )
    for line in lines:
        line.sale = sale
    take_pieces(lines)
    StandLine.objects.bulk_create(lines)
    ledger.post_sale(sale, lines)
    return sale


def frozen_lines(exhibitor: Exhibitor, lines: tuple[SoldLine, ...]) -> list[StandLine]:
    """The lines with today's names and categories. DeskError for goods that aren't this exhibitor's."""
    ids = {line.product for line in lines if line.product is not None}
    own = sellable(exhibitor).filter(pk__in=ids)
    products = {product.pk: product for product in own.select_related("category").defer("search")}
    variants = Variant.objects.filter(product__in=products).in_bulk()
    free = Category.objects.in_bulk({line.category for line in lines if line.product is None}, field_name="slug")
    return [frozen_line(line, products, variants, free) for line in lines]


def frozen_line(line: SoldLine, products, variants, categories) -> StandLine:
    if line.product is None:
        return free_line(line, categories)
    product, variant = products.get(line.product), variants.get(line.variant)
    if product is None:
        raise DeskError(_("Ada barang yang bukan milik stan ini atau tidak boleh dijual."))
    if (variant.product_id if variant else None) != (product.pk if product.has_variants else None):
        raise DeskError(_("Pilih varian %(name)s.") % {"name": product.name})
    return StandLine(
        product=product,
        variant=variant,
        name=product.name,
        variant_label=variant.name if variant else "",
        category_code=product.category.slug,
        category_label=product.category.name,
        list_price=variant.price if variant else product.price,
        unit_price=line.unit_price,
        quantity=line.quantity,
    )


def free_line(line: SoldLine, categories) -> StandLine:
    category = categories.get(line.category)
    if category is None:
        raise DeskError(_("Pilih kategori untuk jumlah bebas."))
    return StandLine(
        name=line.name or category.name,
        category_code=category.slug,
        category_label=category.name,
        unit_price=line.unit_price,
        quantity=line.quantity,
    )


def may_be_voided(sale: StandSale, now: dt.datetime) -> bool:
    """Until its day is signed off; on the day itself also afterwards. Not once something of it was brought back."""
    if sale.voided_at is not None or any(line.returned for line in sale.lines.all()):
        return False
    return sale.sign_off_id is None or sale.day == now.astimezone(WIB).date()


@transaction.atomic
def void_sale(sale: StandSale, *, by, reason: str, now: dt.datetime | None = None) -> StandSale:
    """The sale was typed by mistake: the goods are on the shelf again, the journal gets a correction.

    DeskError without a reason, or when it is too late. What a buyer brings back is no mistake: ``returns.py``.
    """
    now = now or timezone.now()
    reason = reason.strip()[:250]
    if not reason:
        raise DeskError(_("Tulis alasan pembatalan."))
    sale = StandSale.objects.select_for_update(of=("self",)).get(pk=sale.pk)
    if sale.voided_at:
        raise DeskError(_("Penjualan ini sudah dibatalkan."))
    if sale.returns.exists():
        raise DeskError(_("Sebagian barangnya sudah dikembalikan. Catat sisanya juga sebagai barang kembali."))
    if not may_be_voided(sale, now):
        raise DeskError(_("Hari ini sudah ditutup kasnya. Penjualan ini tidak dapat dibatalkan lagi."))
    sale.voided_at, sale.voided_by, sale.void_reason = now, by, reason
    sale.save(update_fields=["voided_at", "voided_by", "void_reason"])
    give_back(sale.lines.all())
    ledger.take_back(sale, by=by, now=now, note=reason)
    return sale
