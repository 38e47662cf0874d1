"""The one rule of what a piece costs, in rupiah.

A price step for many pieces and a sale of the booth do not add up: the buyer pays the lower of the two.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import Placement, PriceStep, Product, Variant


@dataclass(frozen=True, slots=True)
class Price:
    """``unit``: what each piece costs. ``list_unit``: what it costs without sale and steps, to be struck through."""

    unit: int
    list_unit: int

    @property
    def is_lowered(self) -> bool:
        return self.unit < self.list_unit


def sale_percent(placement: Placement, moment: dt.datetime) -> int:
    """The percentage that this booth takes off at ``moment``; 0 outside ``sale_from ≤ t < sale_until``."""
    return percent_at(placement.sale_percent, placement.sale_from, placement.sale_until, moment)


def percent_at(percent: int, since: dt.datetime | None, until: dt.datetime | None, moment: dt.datetime) -> int:
    """The same from the placement's values, for rows of lists."""
    return percent if percent and since and until and since <= moment < until else 0


def lowered(price: int, percent: int) -> int:
    """``price`` with ``percent`` taken off: whole rupiah, never rounded up, at least one."""
    return max(1, price * (100 - percent) // 100)


def unit_price(
    product: Product,
    quantity: int,
    *,
    variant: Variant | None = None,
    steps: Iterable[PriceStep] = (),
    percent: int = 0,
) -> Price:
    """What one of ``quantity`` pieces costs.

    ``steps``: all price steps of the product; those of the variant come before those of the product. ``percent``:
    from ``sale_percent``.
    """
    full = variant.price if variant else product.price
    candidates = [full, lowered(full, percent)]
    if step := step_for(list(steps), quantity, variant):
        candidates.append(step.unit_price)
    return Price(unit=min(candidates), list_unit=full)


def step_for(steps: list[PriceStep], quantity: int, variant: Variant | None) -> PriceStep | None:
    """The step that ``quantity`` pieces reach."""
    own = [step for step in steps if variant and step.variant_id == variant.pk]
    general = [step for step in steps if step.variant_id is None]
    reached = [step for step in own or general if step.minimum_quantity <= quantity]
    return max(reached, key=lambda step: step.minimum_quantity, default=None)
