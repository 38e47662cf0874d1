"""Keeping a product's price, range and stock the sum of its variants."""

from collections.abc import Collection

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.models import PriceStep, Product
from exhibitors.domain.decisions import locked

SUM_UP = """
UPDATE catalog_product SET has_variants = low IS NOT NULL, price = COALESCE(low, price),
  price_top = CASE WHEN high > low THEN high END, stock = COALESCE(pieces, stock), updated_at = %s
FROM (
  SELECT given.id, min(variant.price) low, max(variant.price) high, sum(variant.stock) pieces
  FROM unnest(%s::bigint[]) AS given(id)
  LEFT JOIN catalog_variant variant ON variant.product_id = given.id AND variant.is_active GROUP BY given.id
) AS summed WHERE catalog_product.id = summed.id
"""
SUMMED = ("has_variants", "price", "price_top", "stock", "updated_at")


@transaction.atomic
def sum_up_variants(product: Product) -> Product:
    """Write into the product what its active variants say: lowest and highest price, stock of all together.

    Locks the product. Call it after every change of its variants; who sells pieces takes them from both rows. A
    product whose last variant is gone keeps its price and stock as its own.
    """
    product = locked(product)
    sum_up_many([product.pk])
    product.refresh_from_db(fields=SUMMED)
    return product


def sum_up_many(ids: Collection[int]) -> None:
    """The same for many products that are locked."""
    with connection.cursor() as cursor:
        cursor.execute(SUM_UP, [timezone.now(), sorted(ids)])


@transaction.atomic
def sum_up_steps(product: Product) -> Product:
    """Write into the product whether it has price steps, so that lists need not ask."""
    product = locked(product)
    sum_up_steps_of_many([product.pk])
    product.refresh_from_db(fields=["has_steps", "updated_at"])
    return product


def sum_up_steps_of_many(ids: Collection[int]) -> None:
    """The same for many products that are locked."""
    has_steps = Exists(PriceStep.objects.filter(product=OuterRef("pk")))
    Product.objects.filter(pk__in=ids).update(has_steps=has_steps, updated_at=timezone.now())
