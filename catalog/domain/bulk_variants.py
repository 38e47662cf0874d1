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
from catalog.domain.bulk_proposals import TEXTS, GoodsProposals
from catalog.domain.free_prices import free_percent, is_free, is_free_step, log_prices, told_price
from catalog.domain.offers import fitting
from catalog.domain.variants import sum_up_many, sum_up_steps_of_many
from catalog.domain.waiting_offers import step_key, told_step
from catalog.models import PriceStep, Product, Variant
from exhibitors.states import CurationState

BATCH = 500
WRITTEN = ("name", "name_en", "sku", "price", "stock", "picture_id")
STEP = ("minimum_quantity", "unit_price")
StepsOfGoods = dict[tuple[int, int | None], dict[int, int]]


@dataclass
class WantedVariant:
    """What a variant shall say; ``pk`` None: it is new. ``sells`` None: as it is. ``made``: the row, once written."""

    values: Mapping[str, Any]
    pk: int | None = None
    sells: bool | None = None
    product: Product | None = None
    made: Variant | None = field(default=None, init=False)
    outcome: str = field(default="saved", init=False)


@dataclass
class WantedSteps:
    """All price steps of a product, or of one variant of it; ``outcome`` as of a variant."""

    product: Product
    variant: int | None
    steps: Sequence[Sequence[int]]
    outcome: str = field(default="saved", init=False)

    @property
    def goods(self) -> tuple[int, int | None]:
        return self.product.pk, self.variant


def write_variants(wanted: Sequence[WantedVariant], *, by) -> None:
    """Add and change variants; each ``outcome`` says how it went, "saved" or "proposed"."""
    if not wanted:
        return
    there = Variant.objects.select_for_update(of=("self",)).select_related("change")
    found = {one.pk: one for one in there.filter(pk__in=[one.pk for one in wanted if one.pk]).order_by("pk")}
    for one in wanted:
        one.made = found.get(one.pk)
    proposals = GoodsProposals({one.product.pk for one in wanted if is_shown(one)}, by=by)
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


def _add(wanted: Sequence[WantedVariant], proposals: GoodsProposals) -> list[WantedVariant]:
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


def _change(wanted: Sequence[WantedVariant], proposals: GoodsProposals) -> list[WantedVariant]:
    """Write what counts at once; returns those of which the rest is wanted."""
    percents = percents_of(wanted)
    waiting, priced = [], []
    for one in wanted:
        live, asked = _divided(one, percents[one.product.exhibitor_id])
        if live.get("price", one.made.price) != one.made.price:
            priced.append((one.product, told_price(one.made, one.made.price, live["price"])))
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
    log_prices(priced, by=proposals.by)
    return waiting


def percents_of(wanted: Sequence[WantedVariant] | Sequence[WantedSteps]) -> dict[int, int]:
    """How far prices move freely, by exhibitor."""
    return {pk: free_percent(pk) for pk in {one.product.exhibitor_id for one in wanted}}


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


def _sell(wanted: Sequence[WantedVariant], proposals: GoodsProposals) -> list[WantedVariant]:
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


def write_steps(wanted: Sequence[WantedSteps], *, by) -> None:
    """Let these be the price steps; they were compared with the price before. On a product on show those that go far
    wait for the curators, and what they would replace stays until then; each ``outcome`` says so."""
    if not wanted:
        return
    products = {one.product.pk for one in wanted}
    rows = PriceStep.objects.filter(product__in=products).values_list("pk", "product", "variant", *STEP)
    named = {one.goods for one in wanted}
    there: dict[tuple[int, int | None], dict[int, int]] = {goods: {} for goods in named}
    old = [pk for pk, *goods, _pieces, _price in rows if tuple(goods) in named]
    for _pk, product, variant, pieces, price in rows:
        if (product, variant) in there:
            there[product, variant][pieces] = price
    PriceStep.objects.filter(pk__in=old).delete()
    live = _divide_steps(wanted, there, by=by)
    steps = [
        PriceStep(product_id=product, variant_id=variant, minimum_quantity=pieces, unit_price=price)
        for (product, variant), found in live.items()
        for pieces, price in found.items()
    ]
    PriceStep.objects.bulk_create(steps, batch_size=BATCH)
    sum_up_steps_of_many(products)


def _divide_steps(wanted: Sequence[WantedSteps], there: StepsOfGoods, *, by) -> StepsOfGoods:
    """What counts at once, after telling the log of it and the curators of the rest."""
    percents, live, moves = percents_of(wanted), {}, []
    variants = Variant.objects.in_bulk([one.variant for one in wanted if one.variant])
    proposals = GoodsProposals({one.product.pk for one in wanted}, by=by)
    prices = dict(Product.objects.filter(pk__in={one.product.pk for one in wanted}).values_list("pk", "price"))
    for one in wanted:
        now, asked = there[one.goods], dict(one.steps)
        variant, far = variants.get(one.variant or 0), {}
        one.product.price = prices[one.product.pk]
        if one.product.state == CurationState.APPROVED:
            percent = percents[one.product.exhibitor_id]
            far = {
                pieces: price
                for pieces, price in asked.items()
                if now.get(pieces) != price and not is_free_step(variant or one.product, price, percent)
            }
            waited = {step.key: None for step in proposals.steps_of(one.product) if step.variant == one.variant}
            proposals.offer(one.product, waited | {step_key(one.variant, pieces): far[pieces] for pieces in far})
            one.outcome = "proposed" if far else "saved"
        kept = {pieces: now.get(pieces) if pieces in far else price for pieces, price in asked.items()}
        live[one.goods] = fitting({pieces: price for pieces, price in kept.items() if price is not None})
        moves.append((one.product, _told_steps(one.variant, variant, now, live[one.goods])))
    proposals.save()
    log_prices(moves, by=by)
    return live


def _told_steps(owner: int | None, variant: Variant | None, before: dict, after: dict) -> dict[str, list]:
    return {
        step_key(owner, pieces): [told_step(pieces, one.get(pieces), variant) for one in (before, after)]
        for pieces in sorted({*before, *after})
        if before.get(pieces) != after.get(pieces)
    }
