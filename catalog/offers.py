"""What the page of a product offers: each variant with its price and stock, prices for many pieces, the sale."""

import datetime as dt
from dataclasses import dataclass

from catalog.models import Variant
from catalog.pricing import Price, sale_percent, unit_price
from catalog.queries.product import ProductPage
from catalog.selling import has_enough


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose. ``price`` is for the smallest purchase; ``photo``: its place in the gallery, 0 for none."""

    variant: Variant | None
    price: Price
    stock: int | None  # None: made after it is ordered
    is_sold_out: bool
    photo: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    minimum_quantity: int
    unit_price: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Prices for many pieces: of the product, or of the variants that have some of their own."""

    variant: Variant | None
    rows: list[Step]


@dataclass(frozen=True, slots=True)
class Offers:
    choices: list[Offer]
    steps: list[Steps]
    percent: int  # what the booth takes off now
    until: dt.datetime | None  # when that ends

    @property
    def lowest(self) -> int:
        return min(offer.price.unit for offer in self.choices)

    @property
    def highest(self) -> int:
        return max(offer.price.unit for offer in self.choices)

    @property
    def listed(self) -> tuple[int, int]:
        """Lowest and highest price without the sale."""
        prices = [offer.price.list_unit for offer in self.choices]
        return min(prices), max(prices)

    @property
    def is_lowered(self) -> bool:
        return any(offer.price.is_lowered for offer in self.choices)

    @property
    def chosen(self) -> Offer:
        """What is chosen until the visitor chooses: the first that can be had."""
        return next((offer for offer in self.choices if not offer.is_sold_out), self.choices[0])


def offers_of(page: ProductPage, now: dt.datetime) -> Offers:
    percent = sale_percent(page.placement, now) if page.placement else 0
    variants: list[Variant | None] = [*page.variants] or [None]
    return Offers(
        choices=[_offer(page, variant, percent) for variant in variants],
        steps=_steps(page, percent),
        percent=percent,
        until=page.placement.sale_until if page.placement and percent else None,
    )


def _offer(page: ProductPage, variant: Variant | None, percent: int) -> Offer:
    product = page.product
    stock = variant.stock if variant else product.stock
    pictures = [picture.pk for picture in page.photos]
    return Offer(
        variant=variant,
        price=unit_price(product, product.minimum_quantity, variant=variant, steps=page.steps, percent=percent),
        stock=None if product.made_to_order else stock,
        is_sold_out=not has_enough(product, stock),
        photo=pictures.index(variant.picture_id) + 1 if variant and variant.picture_id in pictures else 0,
    )


def _steps(page: ProductPage, percent: int) -> list[Steps]:
    """Tables without what no longer saves anything during a sale."""
    owners = {step.variant_id for step in page.steps}
    own = [variant for variant in page.variants if variant.pk in owners]
    tables = [Steps(variant, _rows(page, variant.pk, variant, percent)) for variant in own]
    if None in owners:
        others = [variant for variant in page.variants if variant.pk not in owners]
        # For all without prices of their own: what saves nothing on the cheapest may save on the dearest.
        dearest = max(others, key=lambda variant: variant.price, default=None)
        tables.insert(0, Steps(None, _rows(page, None, dearest, percent)))
    return [table for table in tables if table.rows]


def _rows(page: ProductPage, owner: int | None, variant: Variant | None, percent: int) -> list[Step]:
    rows: list[Step] = []

    def price_of(quantity: int) -> int:
        return unit_price(page.product, quantity, variant=variant, steps=page.steps, percent=percent).unit

    reached = price_of(1)
    for amount in sorted(step.minimum_quantity for step in page.steps if step.variant_id == owner):
        price = price_of(amount)
        if price < reached:
            rows.append(Step(amount, price))
            reached = price
    return rows
