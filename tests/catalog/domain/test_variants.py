"""A product's price, range and stock sum up its variants."""

import pytest

from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import PriceStep, Variant
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def figures(product):
    product.refresh_from_db()
    return product.has_variants, product.price, product.price_top, product.stock


def test_a_product_sums_up_its_active_variants():
    product = make_product(price=9_000, stock=4)
    small = Variant.objects.create(product=product, name="Kecil", price=10_000, stock=3)
    Variant.objects.create(product=product, name="Besar", price=15_000, stock=2)
    Variant.objects.create(product=product, name="Lama", price=1_000, stock=9, is_active=False)
    sum_up_variants(product)
    assert figures(product) == (True, 10_000, 15_000, 5)
    Variant.objects.exclude(pk=small.pk).update(is_active=False)
    sum_up_variants(product)
    assert figures(product) == (True, 10_000, None, 3)


def test_without_variants_price_and_stock_are_its_own():
    product = make_product(price=9_000, stock=4)
    sum_up_variants(product)
    assert figures(product) == (False, 9_000, None, 4)


def test_a_product_knows_whether_it_has_steps():
    product = make_product()
    PriceStep.objects.create(product=product, minimum_quantity=10, unit_price=1_000)
    assert sum_up_steps(product).has_steps
    product.steps.all().delete()
    assert not sum_up_steps(product).has_steps
