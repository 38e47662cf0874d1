"""The verbs of ``assortment.py`` and ``offers.py`` for the variants and price steps of many products at once.

What is live is written together, and so is what waits for the curators (``bulk_proposals.py``). Called inside a
transaction that holds the products' locks (``catalog/domain/import_running.py``).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from catalog.domain.bulk import write_columns
from catalog.domain.bulk_proposals import TEXTS, VariantProposals
from catalog.domain.free_prices import free_percent, is_free
from catalog.domain.variants import sum_up_many, sum_up_steps_of_many
from catalog.models import PriceStep, Product, Variant
from exhibitors.states import CurationState

BATCH = 500
WRITTEN = ("name", "name_en", "sku", "price", "stock", "picture_id")


@dataclass
class WantedVariant:
    """What a variant shall say; ``pk`` None: it is new. ``sells`` None: as it is. ``made``: the row, once written."""

    values: Mapping[str, Any]
    pk: int | None = None
    sells: bool | None = None
    product: Product | None = None
    made: Variant | None = field(default=None, init=False)
    outcome: str = field(default="saved", init=False)


@dataclass(frozen=True)
class WantedSteps:
    """All price steps of a product, or of one variant of it."""

    product: Product
    variant: int | None
    steps: Sequence[Sequence[int]]


def write_variants(wanted: Sequence[WantedVariant], *, by) -> None:
    """Add and change variants; each ``outcome`` says how it went, "saved" or "proposed"."""
    if not wanted:
        return
    there = Variant.objects.select_for_update(of=("self",)).select_related("change")
    found = {one.pk: one for one in there.filter(pk__in=[one.pk for one in wanted if one.pk]).order_by("pk")}
    for one in wanted:
        one.made = found.get(one.pk)
    proposals = VariantProposals({one.product.pk for one in wanted if is_shown(one)}, by=by)
    waiting = [
        *_add([one for one in wanted if one.made is None], proposals),
        *_change([one for one in wanted if one.pk and one.values], proposals),
        *_sell([one for one in wanted if one.sells is not None], proposals),
    ]
    proposals.save()
    for one in waiting:
        if proposals.is_proposed(one.product):
            one.outcome = "proposed"
    sum_up_many({one.product.pk for one in wanted})


def is_shown(wanted: WantedVariant) -> bool:
    return wanted.product.state == CurationState.APPROVED


def _add(wanted: Sequence[WantedVariant], proposals: VariantProposals) -> list[WantedVariant]:
    """On a product on show a new one waits for the curators: returns those."""
    products = {one.product.pk for one in wanted}
    counts = Variant.objects.filter(product__in=products).values_list("product").annotate(n=Count("pk")).order_by()
    places = Counter(dict(counts))
    for one in wanted:
        is_live = not is_shown(one)
        place = places[one.product.pk]
        one.made = Variant(product=one.product, position=place, is_active=is_live, is_approved=is_live, **one.values)
        places[one.product.pk] += 1
    Variant.objects.bulk_create([one.made for one in wanted], batch_size=BATCH)
    waiting = [one for one in wanted if is_shown(one)]
    for one in waiting:
        proposals.want(one.made, one.product, sells=True)
    return waiting


def _change(wanted: Sequence[WantedVariant], proposals: VariantProposals) -> list[WantedVariant]:
    """Write what counts at once; returns those of which the rest is wanted."""
    percents = {pk: free_percent(pk) for pk in {one.product.exhibitor_id for one in wanted}}
    waiting = []
    for one in wanted:
        live, asked = _divided(one, percents[one.product.exhibitor_id])
        for name, value in live.items():
            setattr(one.made, name, value)
        said = proposals.says(one.made)
        now = {name: getattr(said, name) for name in TEXTS} | {"price": getattr(said, "price", None)}
        if said is one.made:
            now["price"] = None
        if any(now[name] != value for name, value in asked.items()):
            proposals.want(one.made, one.product, **asked)
            waiting.append(one)
    write_columns(Variant, WRITTEN, [one.made for one in wanted])
    return waiting


def _divided(wanted: WantedVariant, percent: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What counts at once, and what is for the curators, as ``change_variant`` divides it."""
    values = dict(wanted.values)
    if not is_shown(wanted):
        return values, {}
    asked = {name: values.pop(name) for name in TEXTS if name in values}
    if "price" in values:
        waits = wanted.made.is_approved and not is_free(wanted.made, values["price"], percent)
        asked["price"] = values.pop("price") if waits else None
    return values, asked


def _sell(wanted: Sequence[WantedVariant], proposals: VariantProposals) -> list[WantedVariant]:
    """Take off sale and put on sale; returns those that no curator has seen, which wait for them first."""
    waiting = [one for one in wanted if one.sells and is_shown(one) and not one.made.is_approved]
    for one in wanted:
        if not one.sells:
            proposals.take_off(one.made)
    for one in waiting:
        proposals.want(one.made, one.product, sells=True)
    Variant.objects.filter(pk__in=[one.made.pk for one in wanted if not one.sells]).update(is_active=False)
    at_once = [one.made.pk for one in wanted if one.sells and one not in waiting]
    Variant.objects.filter(pk__in=at_once).update(is_active=True)
    return waiting


def write_steps(wanted: Sequence[WantedSteps]) -> None:
    """Let these be the price steps; they were compared with the price before."""
    named = {(one.product.pk, one.variant) for one in wanted}
    there = PriceStep.objects.filter(product__in={one.product.pk for one in wanted})
    old = [pk for pk, *goods in there.values_list("pk", "product", "variant") if tuple(goods) in named]
    PriceStep.objects.filter(pk__in=old).delete()
    rows = [
        PriceStep(product=one.product, variant_id=one.variant, minimum_quantity=amount, unit_price=price)
        for one in wanted
        for amount, price in one.steps
    ]
    PriceStep.objects.bulk_create(rows, batch_size=BATCH)
    sum_up_steps_of_many({one.product.pk for one in wanted})
