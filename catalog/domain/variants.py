"""Keeping a product's price, range and stock the sum of its variants."""

from django.db import transaction
from django.db.models import Max, Min, Sum

from catalog.models import Product, Variant
from exhibitors.domain.decisions import locked


@transaction.atomic
def sum_up_variants(product: Product) -> Product:
    """Write into the product what its active variants say: lowest and highest price, stock of all together.

    Locks the product. Call it after every change of its variants; who sells pieces takes them from both rows. A
    product whose last variant is gone keeps its price and stock as its own.
    """
    product = locked(product)
    found = Variant.objects.filter(product=product, is_active=True).aggregate(
        low=Min("price"), high=Max("price"), pieces=Sum("stock")
    )
    product.has_variants = found["low"] is not None
    product.price_top = None
    if product.has_variants:
        product.price = found["low"]
        product.price_top = found["high"] if found["high"] > found["low"] else None
        product.stock = found["pieces"]
    product.save(update_fields=["has_variants", "price", "price_top", "stock", "updated_at"])
    return product


@transaction.atomic
def sum_up_steps(product: Product) -> Product:
    """Write into the product whether it has price steps, so that lists need not ask."""
    product = locked(product)
    product.has_steps = product.steps.exists()
    product.save(update_fields=["has_steps", "updated_at"])
    return product
