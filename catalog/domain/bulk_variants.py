"""The verbs of ``assortment.py`` and ``offers.py`` for the variants and price steps of many products at once.

What is live is written together. What waits for the curators goes through the single verbs, one by one: it is rare, and
theirs are the rules. Called inside a transaction that holds the products' locks (``catalog/domain/import_running.py``).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from catalog.domain.assortment import LIVE, add_variant, change_variant, put_on_sale, take_off_sale
from catalog.domain.bulk import write_columns
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
    there = Variant.objects.select_for_update(of=("self",)).select_related("product", "change")
    found = {one.pk: one for one in there.filter(pk__in=[one.pk for one in wanted if one.pk]).order_by("pk")}
    for one in wanted:
        one.made = found.get(one.pk)
    _add([one for one in wanted if one.made is None], by=by)
    _change([one for one in wanted if one.pk and one.values], by=by)
    for one in wanted:
        if one.sells is not None:
            verb = put_on_sale if one.sells else take_off_sale
            one.outcome = max(one.outcome, verb(one.made, by=by), key=("saved", "proposed").index)
    sum_up_many({one.product.pk for one in wanted})


def _add(wanted: Sequence[WantedVariant], *, by) -> None:
    """On a product on show a new one waits for the curators."""
    shown = [one for one in wanted if one.product.state == CurationState.APPROVED]
    for one in shown:
        one.outcome = add_variant(one.product, by=by, **one.values)
        one.made = Variant.objects.get(product=one.product, name=one.values["name"])
    fresh = [one for one in wanted if one.product.state != CurationState.APPROVED]
    products = {one.product.pk for one in fresh}
    counts = Variant.objects.filter(product__in=products).values_list("product").annotate(n=Count("pk")).order_by()
    places = Counter(dict(counts))
    for one in fresh:
        one.made = Variant(product=one.product, position=places[one.product.pk], **one.values)
        places[one.product.pk] += 1
    Variant.objects.bulk_create([one.made for one in fresh], batch_size=BATCH)


def _change(wanted: Sequence[WantedVariant], *, by) -> None:
    percents: dict[int, int] = {}
    live = []
    for one in wanted:
        exhibitor = one.product.exhibitor_id
        if exhibitor not in percents:
            percents[exhibitor] = free_percent(exhibitor)
        if _is_live(one, percents[exhibitor]):
            for name, value in one.values.items():
                setattr(one.made, name, value)
            live.append(one.made)
        else:
            one.outcome = change_variant(one.made, by=by, **_as_fields(one.values))
    write_columns(Variant, WRITTEN, live)


def _is_live(wanted: WantedVariant, percent: int) -> bool:
    """Nothing of it is for the curators, nor does anything wait that it would take back."""
    variant, values = wanted.made, wanted.values
    if wanted.product.state != CurationState.APPROVED:
        return True
    if not values.keys() <= set(LIVE) or getattr(variant, "change", None) is not None:
        return False
    return "price" not in values or not variant.is_approved or is_free(variant, values["price"], percent)


def _as_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    from expo.models import Picture

    fields = dict(values)
    if "picture_id" in fields:
        fields["picture"] = Picture.objects.get(pk=fields.pop("picture_id"))
    return fields


def write_steps(wanted: Sequence[WantedSteps]) -> None:
    """Let these be the price steps; they were compared with the price before."""
    rows = []
    for one in wanted:
        PriceStep.objects.filter(product=one.product, variant=one.variant).delete()
        rows += [
            PriceStep(product=one.product, variant_id=one.variant, minimum_quantity=amount, unit_price=price)
            for amount, price in one.steps
        ]
    PriceStep.objects.bulk_create(rows, batch_size=BATCH)
    sum_up_steps_of_many({one.product.pk for one in wanted})
