"""Prices for many pieces, and sales of a booth: on a product on show, what goes far waits (ADR 0180)."""

import datetime as dt
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.bulk_proposals import GoodsProposals
from catalog.domain.free_prices import free_percent, is_free_sale, is_free_step, log_prices
from catalog.domain.products import ProductError, editable
from catalog.domain.variants import sum_up_steps
from catalog.domain.waiting_offers import (
    sale_key,
    sale_value,
    step_key,
    told_sale,
    told_step,
    waiting_steps,
)
from catalog.models import Placement, PriceStep, Product, SaleBy, Variant
from exhibitors.domain.decisions import locked
from exhibitors.states import CurationState
from expo.formats import rupiah

MOST_STEPS = 12
LONGEST_SALE = dt.timedelta(days=92)
MOST_PERCENT = 90


@transaction.atomic
def add_step(product: Product, *, by, minimum_quantity: int, unit_price: int, variant: Variant | None = None) -> str:
    """From so many pieces on each costs ``unit_price``: less than one alone, and less than with fewer pieces.

    Returns "saved", or "proposed" when it lies too far below what was approved to count at once.
    """
    product = editable(product)
    _check_step(product, variant, minimum_quantity, unit_price)
    key = step_key(variant.pk if variant else None, minimum_quantity)
    is_shown = product.state == CurationState.APPROVED
    if is_shown and not is_free_step(variant or product, unit_price, free_percent(product.exhibitor_id)):
        return _propose(product, key, unit_price, by=by)
    PriceStep.objects.create(product=product, variant=variant, minimum_quantity=minimum_quantity, unit_price=unit_price)
    sum_up_steps(product)
    log_prices([(product, {key: ["", told_step(minimum_quantity, unit_price, variant)]})], by=by)
    return "saved"


def _check_step(product: Product, variant: Variant | None, minimum_quantity: int, unit_price: int) -> None:
    """Against what counts and what waits. Raises ProductError."""
    owner = variant.pk if variant else None
    rows = PriceStep.objects.filter(product=product, variant=variant).values_list("minimum_quantity", "unit_price")
    steps = dict(rows) | waiting_steps([product.pk]).get((product.pk, owner), {})
    if len(steps) >= MOST_STEPS:
        raise ProductError(_("Paling banyak %(most)s harga grosir.") % {"most": MOST_STEPS})
    if minimum_quantity < 2:
        raise ProductError(_("Harga grosir mulai dari 2 buah."))
    if minimum_quantity in steps:
        raise ProductError(_("Jumlah ini sudah punya harga grosir."))
    above = [price for pieces, price in steps.items() if pieces < minimum_quantity]
    below = [price for pieces, price in steps.items() if pieces > minimum_quantity]
    ceiling = min([variant.price if variant else product.price, *above])
    if unit_price >= ceiling:
        raise ProductError(_("Harga grosir harus di bawah %(price)s.") % {"price": rupiah(ceiling)})
    if below and unit_price <= max(below):
        raise ProductError(
            _("Harga untuk jumlah yang lebih besar harus lebih murah: di atas %(price)s.")
            % {"price": rupiah(max(below))}
        )


@transaction.atomic
def remove_step(step: PriceStep, *, by) -> None:
    product = editable(step.product)
    PriceStep.objects.filter(pk=step.pk).delete()
    sum_up_steps(product)
    key, told = step_key(step.variant_id, step.minimum_quantity), told_step(step.minimum_quantity, step.unit_price)
    log_prices([(product, {key: [told, ""]})], by=by)


@transaction.atomic
def start_sale(
    placement: Placement,
    *,
    percent: int,
    start: dt.datetime,
    end: dt.datetime,
    by,
    side: SaleBy = SaleBy.EXHIBITOR,
    now: dt.datetime | None = None,
) -> str:
    """Take ``percent`` off what stands in this booth while ``start ≤ t < end``. The organiser's sale comes first.

    Returns "saved", or "proposed" when an exhibitor wants more than the edition lets go at once. The price itself stays
    as it is, so the end of the sale restores it.
    """
    now = now or timezone.now()
    product, placement = _own_sale(placement, side)
    _check_sale(percent, start, end, now)
    if side == SaleBy.EXHIBITOR and not is_free_sale(placement, percent):
        if product.state != CurationState.APPROVED:
            raise ProductError(_("Potongan sebesar ini baru dapat diusulkan setelah produknya tayang."))
        return _propose(product, sale_key(placement.pk), sale_value(percent, start, end), by=by)
    _write_sale(product, placement, percent, start, end, side, by=by)
    if side == SaleBy.EXHIBITOR:
        take_back(product, sale_key(placement.pk), by=by)
    return "saved"


def _check_sale(percent: int, start: dt.datetime, end: dt.datetime, now: dt.datetime) -> None:
    if not 1 <= percent <= MOST_PERCENT:
        raise ProductError(_("Potongan harga antara 1% dan 90%."))
    if end <= start:
        raise ProductError(_("Waktu selesai harus setelah waktu mulai."))
    if end <= now:
        raise ProductError(_("Waktu selesai sudah lewat."))
    if end - start > LONGEST_SALE:
        raise ProductError(_("Potongan harga paling lama tiga bulan; setelah itu ubah harganya."))


@transaction.atomic
def end_sale(placement: Placement, *, by, side: SaleBy = SaleBy.EXHIBITOR) -> Placement:
    """The full price from now on."""
    product, placement = _own_sale(placement, side)
    return _write_sale(product, placement, 0, None, None, "", by=by)


@transaction.atomic
def take_back(product: Product, key: str, *, by) -> bool:
    """What waits under this key waits no more; False when nothing did."""
    product = locked(product)
    proposals = GoodsProposals([product.pk], by=by)
    change = proposals.changes.get(product.pk)
    if change is None or key not in change.offers:
        return False
    proposals.offer(product, {key: None})
    proposals.save()
    return True


def fitting(steps: dict[int, int]) -> dict[int, int]:
    """Without those that would cost as much as fewer pieces, or more."""
    found = dict(sorted(steps.items()))
    while wrong := next((more for fewer, more in pairwise(found) if found[more] >= found[fewer]), None):
        del found[wrong]
    return found


def _propose(product: Product, key: str, value, *, by) -> str:
    proposals = GoodsProposals([product.pk], by=by)
    proposals.offer(product, {key: value})
    proposals.save()
    return "proposed"


def _write_sale(product: Product, placement: Placement, percent: int, start, end, side: str, *, by) -> Placement:
    before = told_sale(placement.sale_percent, placement.sale_from, placement.sale_until)
    placement.sale_percent, placement.sale_from, placement.sale_until, placement.sale_by = percent, start, end, side
    placement.save(update_fields=["sale_percent", "sale_from", "sale_until", "sale_by"])
    log_prices([(product, {sale_key(placement.pk): [before, told_sale(percent, start, end)]})], by=by)
    return placement


def _own_sale(placement: Placement, side: SaleBy) -> tuple[Product, Placement]:
    """Product and placement, locked in this order as buyers do, if this side may change its sale."""
    product = locked(placement.product)
    placement = locked(placement)
    if side == SaleBy.EXHIBITOR and placement.sale_by == SaleBy.EDITION:
        raise ProductError(_("Potongan ini diberikan penyelenggara; hubungi panitia untuk mengubahnya."))
    return product, placement
