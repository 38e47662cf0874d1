"""Reserving and returning stock, of products and their variants.

Product rows are locked once, in id order, before anything is checked; that lock covers their variants, whose pieces
the product's own stock sums up (see ``catalog/domain/variants.py``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from catalog.models import Product, Variant
from expo.prepared import Among, Prepared, number_slot
from orders.domain.errors import OrderError
from orders.models import Cart, CartLine, OrderLine

Goods = tuple[int, int | None]
"""Product and variant, by their ids."""

MOVE_VARIANTS = """
UPDATE catalog_variant SET stock = stock + given.pieces
FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, pieces) WHERE catalog_variant.id = given.id
"""
# Of a product with variants the sum is made anew: a variant that is off sale takes its pieces back silently.
MOVE_PRODUCTS = """
UPDATE catalog_product SET stock = CASE WHEN has_variants
    THEN (SELECT coalesce(sum(stock), 0) FROM catalog_variant WHERE product_id = given.id AND is_active)
    ELSE catalog_product.stock + given.pieces END
FROM (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, pieces)) given WHERE catalog_product.id = given.id
"""


def lock_products(product_ids: Iterable[int]) -> dict[int, Product]:
    """Lock these products to the end of the transaction, in id order, so that two buyers can't deadlock."""
    rows = Product.objects.select_for_update().filter(pk__in=set(product_ids)).order_by("pk").defer("search")
    return {product.pk: product for product in rows}


def lock_products_in(cart: Cart) -> None:
    """The same for everything in a cart."""
    _lock_query().rows(cart=cart.pk)


@cache
def _lock_query() -> Prepared:
    held = ArraySubquery(CartLine.objects.filter(cart=number_slot(1)).values("placement__product_id"))
    products = Product.objects.select_for_update().filter(Among(F("pk"), held)).order_by("pk")
    return Prepared(products.values_list("pk"), cart=number_slot(1))


def take_stock(pieces: Mapping[Goods, int]) -> None:
    """Take pieces of locked products. The columns can't fall below zero: the last guard against overselling."""
    move({goods: -count for goods, count in pieces.items()})


def return_stock(lines: Iterable[OrderLine]) -> None:
    """Give back what unpaid (or returned) lines reserved."""
    put_back(pieces_of((line, line.quantity) for line in lines))


def retake_stock(lines: Iterable[OrderLine]) -> None:
    """Reserve once more what was returned. OrderError names what is no longer there."""
    taken = [line for line in lines if line.takes_stock]
    products = lock_products(line.product_id for line in taken)
    variants = Variant.objects.in_bulk([line.variant_id for line in taken if line.variant_id])
    pieces = pieces_of((line, line.quantity) for line in taken)
    for line in taken:
        product = products[line.product_id]
        stock = variants[line.variant_id].stock if line.variant_id else 0 if product.has_variants else product.stock
        if stock < pieces[line.product_id, line.variant_id]:
            raise OrderError(_("%(name)s sudah terjual habis. Kembalikan uang pembelinya.") % {"name": line.name})
    take_stock(pieces)


def pieces_of(lines: Iterable[tuple[OrderLine, int]]) -> Counter[Goods]:
    """How many pieces of which goods these parts of lines took from the stock."""
    pieces: Counter[Goods] = Counter()
    for line, quantity in lines:
        if line.takes_stock and quantity:
            pieces[line.product_id, line.variant_id] += quantity
    return pieces


def put_back(pieces: Mapping[Goods, int]) -> None:
    """Return pieces to their variants and products, which are locked for it."""
    lock_products(product_id for product_id, _variant_id in pieces)
    move(pieces)


def move(pieces: Mapping[Goods, int]) -> None:
    """Add these pieces (negative: take them) to variants first, then to their locked products."""
    products: dict[int, int] = {}
    variants: dict[int, int] = {}
    for (product_id, variant_id), count in pieces.items():
        products[product_id] = products.get(product_id, 0) + count
        if variant_id is not None:
            variants[variant_id] = variants.get(variant_id, 0) + count
    with connection.cursor() as cursor:
        if variants:
            cursor.execute(MOVE_VARIANTS, [list(variants), list(variants.values())])
        if products:
            cursor.execute(MOVE_PRODUCTS, [list(products), list(products.values())])
