"""Reserving and returning stock. Product rows are locked once, in id order, before anything is checked."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.models import Product
from orders.domain.errors import OrderError
from orders.models import OrderLine


def lock_products(product_ids: Iterable[int]) -> dict[int, Product]:
    """Lock these products to the end of the transaction, in id order, so that two buyers can't deadlock."""
    rows = Product.objects.select_for_update().filter(pk__in=set(product_ids)).order_by("pk").defer("search")
    return {product.pk: product for product in rows}


def take_stock(pieces: Counter[int]) -> None:
    """Take pieces of locked products. The column can't fall below zero: the last guard against overselling."""
    for product_id in sorted(pieces):
        Product.objects.filter(pk=product_id).update(stock=F("stock") - pieces[product_id])


def return_stock(lines: Iterable[OrderLine]) -> None:
    """Give back what unpaid (or returned) lines reserved."""
    pieces: Counter[int] = Counter()
    for line in lines:
        if line.takes_stock:
            pieces[line.product_id] += line.quantity
    put_back(pieces)


def retake_stock(lines: Iterable[OrderLine]) -> None:
    """Reserve once more what was returned. OrderError names what is no longer there."""
    taken = [line for line in lines if line.takes_stock]
    products = lock_products(line.product_id for line in taken)
    pieces: Counter[int] = Counter()
    for line in taken:
        pieces[line.product_id] += line.quantity
        if products[line.product_id].stock < pieces[line.product_id]:
            raise OrderError(_("%(name)s sudah terjual habis. Kembalikan uang pembelinya.") % {"name": line.name})
    take_stock(pieces)


def put_back(pieces: Counter[int]) -> None:
    lock_products(pieces)
    for product_id in sorted(pieces):
        Product.objects.filter(pk=product_id).update(stock=F("stock") + pieces[product_id])
