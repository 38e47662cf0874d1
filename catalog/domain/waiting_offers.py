"""Prices for many pieces and sales that wait for the curators: kept in a proposal by keys, as what they would be.

``step-<variant or 0>-<pieces>`` → the price of each; ``sale-<placement>`` → percentage, beginning and end.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.domain.variants import sum_up_steps
from catalog.models import Placement, PriceStep, Product, ProductChange, SaleBy, Variant
from exhibitors.domain.decisions import CurationError
from exhibitors.models.decisions import register_label
from exhibitors.states import CurationState
from expo.formats import number, rupiah, tanggal

Steps = dict[tuple[int, int | None], dict[int, int]]  # product and variant → from so many pieces on → the price of each


@dataclass(frozen=True, slots=True)
class WaitingStep:
    variant: int | None
    minimum_quantity: int
    unit_price: int

    @property
    def key(self) -> str:
        return step_key(self.variant, self.minimum_quantity)


@dataclass(frozen=True, slots=True)
class WaitingSale:
    placement: int
    percent: int
    start: dt.datetime
    end: dt.datetime

    @property
    def key(self) -> str:
        return sale_key(self.placement)

    @property
    def text(self) -> str:
        return told_sale(self.percent, self.start, self.end)


def step_key(variant: int | None, minimum_quantity: int) -> str:
    return f"step-{variant or 0}-{minimum_quantity}"


def sale_key(placement: int) -> str:
    return f"sale-{placement}"


def sale_value(percent: int, start: dt.datetime, end: dt.datetime) -> list:
    return [percent, start.isoformat(), end.isoformat()]


def steps_in(offers: Mapping[str, Any]) -> list[WaitingStep]:
    """Few pieces first."""
    found = []
    for key, price in offers.items():
        kind, owner, *pieces = key.split("-")
        if kind == "step":
            found.append(WaitingStep(int(owner) or None, int(pieces[0]), price))
    return sorted(found, key=lambda step: (step.variant or 0, step.minimum_quantity))


def sales_in(offers: Mapping[str, Any]) -> list[WaitingSale]:
    return [
        WaitingSale(int(key.split("-")[1]), percent, *map(dt.datetime.fromisoformat, moments))
        for key, (percent, *moments) in ((key, value) for key, value in offers.items() if key.startswith("sale-"))
    ]


def waiting_steps(products: Iterable[int]) -> Steps:
    """Those of these products that wait, while the products are on show."""
    found: Steps = {}
    changes = ProductChange.objects.filter(product__in=list(products), product__state=CurationState.APPROVED)
    for product, offers in changes.exclude(offers={}).values_list("product", "offers"):
        for step in steps_in(offers):
            found.setdefault((product, step.variant), {})[step.minimum_quantity] = step.unit_price
    return found


def told_step(pieces: int, price: int | None, variant: Variant | None = None) -> str:
    """A price for many pieces as people read it; "" for none."""
    if price is None:
        return ""
    text = _("mulai %(n)s buah: %(price)s") % {"n": number(pieces), "price": rupiah(price)}
    return f"{variant.name}, {text}" if variant else text


def told_sale(percent: int, start: dt.datetime | None, end: dt.datetime | None) -> str:
    """A sale as people read it; "" for none."""
    if not (percent and start and end):
        return ""
    return _("%(percent)s%%, %(from)s sampai %(until)s") % {
        "percent": percent,
        "from": tanggal(start),
        "until": tanggal(end - dt.timedelta(microseconds=1)),
    }


def told_offers(change: ProductChange) -> dict[str, list]:
    """Key → what counts now and what is wanted, as people read it."""
    product, told = change.product, {}
    steps = {(step.variant_id, step.minimum_quantity): step.unit_price for step in product.steps.all()}
    wanted = steps_in(change.offers)
    variants = Variant.objects.in_bulk([step.variant for step in wanted if step.variant])
    for step in wanted:
        pieces, variant = step.minimum_quantity, variants.get(step.variant or 0)
        now = told_step(pieces, steps.get((step.variant, pieces)), variant)
        told[step.key] = [now, told_step(pieces, step.unit_price, variant)]
    sales = sales_in(change.offers)
    placements = Placement.objects.select_related("booth").in_bulk([sale.placement for sale in sales])
    for sale in sales:
        if placement := placements.get(sale.placement):
            now = told_sale(placement.sale_percent, placement.sale_from, placement.sale_until)
            told[sale.key] = [now, f"{placement.booth.number}: {sale.text}"]
    return told


def label_of_offer(key: str) -> Any:
    return LABELS[key.split("-")[0]]


def apply_offers(product: Product, change: ProductChange) -> None:
    """Let a locked product offer what was approved. Sales that are over by now, or whose booth is left, are forgotten.

    Raises CurationError for a price for many pieces that is no longer below the price of one.
    """
    for step in steps_in(change.offers):
        variant = Variant.objects.filter(pk=step.variant, product=product).first() if step.variant else None
        if step.variant and variant is None:
            continue
        if step.unit_price >= (variant or product).price:
            raise CurationError(
                _("Harga grosir %(step)s tidak di bawah harga satuan. Kembalikan agar pemiliknya memperbaiki.")
                % {"step": rupiah(step.unit_price)}
            )
        PriceStep.objects.update_or_create(
            product=product,
            variant=variant,
            minimum_quantity=step.minimum_quantity,
            defaults={"unit_price": step.unit_price},
        )
    if change.offers:
        sum_up_steps(product)
    standing = Placement.objects.filter(product=product, shown_until=None).exclude(sale_by=SaleBy.EDITION)
    for sale in sales_in(change.offers):
        if sale.end > timezone.now():
            standing.filter(pk=sale.placement).update(
                sale_percent=sale.percent, sale_from=sale.start, sale_until=sale.end, sale_by=SaleBy.EXHIBITOR
            )


LABELS = {"step": gettext_lazy("harga grosir"), "sale": gettext_lazy("potongan harga")}
for _kind, _label in {**LABELS, "variant": gettext_lazy("varian")}.items():
    register_label(_kind, _label)
