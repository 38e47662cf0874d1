"""How far the price of what is on show may move without asking: measured from the price that was approved.

One rule for every way a price changes: the forms of a product and its variants, the table of prices, imports, prices
for many pieces and sales (ADR 0180). What goes further waits as a proposal, what counts at once is in the log.
"""

from collections.abc import Iterable

from django.db.models import Min
from django.utils import timezone

from catalog.models import Placement, Product, Variant
from exhibitors.domain.decisions import log_many
from exhibitors.states import PRICED, CurationState
from expo.formats import rupiah
from expo.models import Edition

Told = dict[str, list]  # what changed → what it said and says now, as people read it


def free_percent(exhibitor_id: int) -> int:
    """The strictest limit of the editions in which the exhibitor stands and that are not over; else the usual one."""
    editions = Edition.objects.not_over_at(timezone.now()).filter(booths__exhibitor=exhibitor_id)
    found = editions.aggregate(percent=Min("free_price_percent"))["percent"]
    return Edition._meta.get_field("free_price_percent").default if found is None else found


def is_free(goods: Product | Variant, price: int, percent: int) -> bool:
    """Whether ``price`` may count at once. Many small steps are measured from where curators last looked."""
    reference = reference_of(goods)
    return abs(price - reference) * 100 <= reference * percent


def is_free_step(goods: Product | Variant, unit_price: int, percent: int) -> bool:
    """Whether a price for many pieces may count at once: as far below as the price itself may go, never above it."""
    return unit_price < goods.price and is_free(goods, unit_price, percent)


def is_free_sale(placement: Placement, percent: int) -> bool:
    """Whether a booth may take off so much at once. A sale ends by itself, so its limit is an own and wider one."""
    return percent <= placement.booth.edition.free_sale_percent


def reference_of(goods: Product | Variant) -> int:
    return goods.approved_price or goods.price


def told_price(goods: Product | Variant, before: int, after: int) -> Told:
    """A price as the log tells it; of a variant with its name."""
    if isinstance(goods, Variant):
        return {f"variant-{goods.pk}": [f"{goods.name}: {rupiah(price)}" for price in (before, after)]}
    return {"price": [rupiah(before), rupiah(after)]}


def log_prices(moves: Iterable[tuple[Product, Told]], *, by) -> None:
    """A line for each product on show whose prices changed at once: who, when, before and after."""
    lines = [
        (product, PRICED, PRICED, told) for product, told in moves if told and product.state == CurationState.APPROVED
    ]
    log_many(lines, by=by)
