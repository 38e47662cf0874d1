"""What a piece costs: steps for many pieces and sales of a booth."""

import datetime as dt

import pytest

from catalog.models import Placement, PriceStep, Product, Variant
from catalog.pricing import lowered, sale_percent, unit_price

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
PRODUCT = Product(pk=1, price=20_000)
RED = Variant(pk=7, product=PRODUCT, price=25_000)
STEPS = [
    PriceStep(product=PRODUCT, minimum_quantity=10, unit_price=18_000),
    PriceStep(product=PRODUCT, minimum_quantity=50, unit_price=15_000),
]


@pytest.mark.parametrize(("quantity", "price"), [(1, 20_000), (9, 20_000), (10, 18_000), (49, 18_000), (50, 15_000)])
def test_unit_price_follows_the_step_that_is_reached(quantity, price):
    found = unit_price(PRODUCT, quantity, steps=STEPS)
    assert (found.unit, found.list_unit) == (price, 20_000)


def test_a_variant_has_its_own_price_and_its_steps_come_first():
    own = PriceStep(product=PRODUCT, variant=RED, minimum_quantity=20, unit_price=22_000)
    assert unit_price(PRODUCT, 1, variant=RED).unit == 25_000
    assert unit_price(PRODUCT, 10, variant=RED, steps=STEPS).unit == 18_000
    assert unit_price(PRODUCT, 10, variant=RED, steps=[*STEPS, own]).unit == 25_000
    assert unit_price(PRODUCT, 20, variant=RED, steps=[*STEPS, own]).unit == 22_000


def test_the_lower_of_sale_and_step_counts_never_both():
    assert unit_price(PRODUCT, 10, steps=STEPS, percent=5).unit == 18_000
    assert unit_price(PRODUCT, 10, steps=STEPS, percent=20).unit == 16_000


def test_a_step_above_the_price_does_not_raise_it():
    dear = PriceStep(product=PRODUCT, minimum_quantity=2, unit_price=30_000)
    found = unit_price(PRODUCT, 5, steps=[dear])
    assert (found.unit, found.is_lowered) == (20_000, False)


@pytest.mark.parametrize(("price", "percent", "after"), [(999, 10, 899), (1, 90, 1), (1_000, 0, 1_000)])
def test_lowered_prices_are_whole_and_never_rounded_up(price, percent, after):
    assert lowered(price, percent) == after


@pytest.mark.parametrize(("offset", "percent"), [(-HOUR, 0), (0 * HOUR, 25), (HOUR, 25), (2 * HOUR, 0)])
def test_a_sale_is_half_open(offset, percent):
    placement = Placement(sale_percent=25, sale_from=NOON, sale_until=NOON + 2 * HOUR)
    assert sale_percent(placement, NOON + offset) == percent
    assert sale_percent(Placement(), NOON) == 0
