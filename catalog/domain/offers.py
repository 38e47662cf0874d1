"""Prices for many pieces, and sales of a booth."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.products import ProductError, editable
from catalog.domain.variants import sum_up_steps
from catalog.models import Placement, PriceStep, Product, SaleBy, Variant
from exhibitors.domain.decisions import locked
from expo.formats import rupiah

MOST_STEPS = 12
LONGEST_SALE = dt.timedelta(days=92)
MOST_PERCENT = 90


@transaction.atomic
def add_step(product: Product, *, minimum_quantity: int, unit_price: int, variant: Variant | None = None) -> PriceStep:
    """From so many pieces on each costs ``unit_price``: less than one alone, and less than with fewer pieces."""
    product = editable(product)
    steps = list(PriceStep.objects.filter(product=product, variant=variant))
    if len(steps) >= MOST_STEPS:
        raise ProductError(_("Paling banyak %(most)s harga grosir.") % {"most": MOST_STEPS})
    if minimum_quantity < 2:
        raise ProductError(_("Harga grosir mulai dari 2 buah."))
    if any(step.minimum_quantity == minimum_quantity for step in steps):
        raise ProductError(_("Jumlah ini sudah punya harga grosir."))
    above = [step.unit_price for step in steps if step.minimum_quantity < minimum_quantity]
    below = [step.unit_price for step in steps if step.minimum_quantity > minimum_quantity]
    ceiling = min([variant.price if variant else product.price, *above])
    if unit_price >= ceiling:
        raise ProductError(_("Harga grosir harus di bawah %(price)s.") % {"price": rupiah(ceiling)})
    if below and unit_price <= max(below):
        raise ProductError(
            _("Harga untuk jumlah yang lebih besar harus lebih murah: di atas %(price)s.")
            % {"price": rupiah(max(below))}
        )
    step = PriceStep.objects.create(
        product=product, variant=variant, minimum_quantity=minimum_quantity, unit_price=unit_price
    )
    sum_up_steps(product)
    return step


@transaction.atomic
def remove_step(step: PriceStep) -> None:
    product = editable(step.product)
    PriceStep.objects.filter(pk=step.pk).delete()
    sum_up_steps(product)


@transaction.atomic
def start_sale(
    placement: Placement,
    *,
    percent: int,
    start: dt.datetime,
    end: dt.datetime,
    by: SaleBy = SaleBy.EXHIBITOR,
    now: dt.datetime | None = None,
) -> Placement:
    """Take ``percent`` off what stands in this booth while ``start ≤ t < end``. The organiser's sale comes first."""
    now = now or timezone.now()
    placement = _own_sale(placement, by)
    if not 1 <= percent <= MOST_PERCENT:
        raise ProductError(_("Potongan harga antara 1% dan 90%."))
    if end <= start:
        raise ProductError(_("Waktu selesai harus setelah waktu mulai."))
    if end <= now:
        raise ProductError(_("Waktu selesai sudah lewat."))
    if end - start > LONGEST_SALE:
        raise ProductError(_("Potongan harga paling lama tiga bulan; setelah itu ubah harganya."))
    placement.sale_percent, placement.sale_from, placement.sale_until, placement.sale_by = percent, start, end, by
    placement.save(update_fields=["sale_percent", "sale_from", "sale_until", "sale_by"])
    return placement


@transaction.atomic
def end_sale(placement: Placement, *, by: SaleBy = SaleBy.EXHIBITOR) -> Placement:
    """The full price from now on."""
    placement = _own_sale(placement, by)
    placement.sale_percent, placement.sale_from, placement.sale_until, placement.sale_by = 0, None, None, ""
    placement.save(update_fields=["sale_percent", "sale_from", "sale_until", "sale_by"])
    return placement


def _own_sale(placement: Placement, by: SaleBy) -> Placement:
    """The placement, locked after its product as buyers do, if this side may change its sale."""
    locked(placement.product)
    placement = locked(placement)
    if by == SaleBy.EXHIBITOR and placement.sale_by == SaleBy.EDITION:
        raise ProductError(_("Potongan ini diberikan penyelenggara; hubungi panitia untuk mengubahnya."))
    return placement
