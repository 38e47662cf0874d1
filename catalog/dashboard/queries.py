"""Lists of an exhibitor's own products."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from catalog.models import Product
from catalog.states import ProductState

PAGE = 30
EMPTY = "empty"


@dataclass(frozen=True)
class ProductPage:
    """One page, newest first; ``after`` is the key of the next one, "" at the end."""

    products: list[Product]
    status: str
    text: str
    after: str
    is_first: bool


def product_page(exhibitor, parameters, *, states=None) -> ProductPage:
    """The page that the address asks for: ``status``, ``q`` (part of the name) and ``sesudah`` (keyset).

    ``states``: no products in others."""
    status, text = parameters.get("status", ""), parameters.get("q", "").strip()[:80]
    found = Product.objects.filter(exhibitor=exhibitor).select_related("cover", "change")
    if states is not None:
        found = found.filter(state__in=states)
    if status == EMPTY:
        found = found.filter(state=ProductState.APPROVED, stock=0, made_to_order=False)
    elif status in ProductState.values:
        found = found.filter(state=status)
    else:
        status, found = "", found.exclude(state=ProductState.ARCHIVED)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(sku__iexact=text))
    rows = list(_after(found, parameters.get("sesudah", "")).order_by("-pk")[: PAGE + 1])
    after = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return ProductPage(rows[:PAGE], status, text, after, not parameters.get("sesudah"))


def _after(products: QuerySet, key: str) -> QuerySet:
    return products.filter(pk__lt=int(key)) if key.isdecimal() and len(key) < 19 else products
