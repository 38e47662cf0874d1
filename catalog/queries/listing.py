"""Lists of products: search, categories and what is new. A page of any list costs two queries."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value, When

from catalog.cards import PLACE_FIELDS, PRODUCT_FIELDS, product_card
from catalog.criteria import PAGE, Criteria
from catalog.models import Placement, Product
from catalog.moments import precedence
from catalog.selling import curated, placed_at

ORDERS = {
    "terbaru": ("-approved_at", "-id"),
    "termurah": ("price", "id"),
    "termahal": ("-price", "-id"),
    "relevan": ("-in_name", "-in_stock", "-approved_at", "-id"),
}


def shown_products(now: dt.datetime) -> QuerySet[Product]:
    standing = Placement.objects.filter(placed_at(now), product=OuterRef("pk"))
    return Product.objects.filter(curated(), Exists(standing))


def product_page(criteria: Criteria, now: dt.datetime, words: list[str]) -> tuple[list[dict], bool]:
    """Rows of one page, and whether there is another."""
    products = _filtered(shown_products(now), criteria)
    order = criteria.order
    if words:
        products = products.filter(search=text_query(words))
    if order == "relevan":
        products = products.annotate(in_name=_in_name(words), in_stock=_in_stock())
    start = (criteria.page - 1) * PAGE
    rows = list(products.order_by(*ORDERS[order]).values(*PRODUCT_FIELDS)[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def newest_products(now: dt.datetime, count: int) -> list[dict]:
    """The newest products with their places, as cards, in one query."""
    newest = shown_products(now).filter(cover__isnull=False).order_by(*ORDERS["terbaru"]).values("pk")[:count]
    fields = [f"product__{field}" for field in PRODUCT_FIELDS]
    placements = Placement.objects.shown_at(now).filter(product__in=newest)
    rows = list(placements.order_by("-product__approved_at", "-product_id").values(*fields, *PLACE_FIELDS))
    places = _best_places(rows, now)
    return [product_card(_own(row), row, now) for row in places.values()]


def cards(rows: list[dict], now: dt.datetime) -> list[dict]:
    """Cards of product rows, each with the booth of the edition that leads."""
    ids = [row["pk"] for row in rows]
    placements = Placement.objects.filter(placed_at(now), product__in=ids).order_by().values(*PLACE_FIELDS)
    places = _best_places(placements, now)
    return [product_card(row, places.get(row["pk"]), now) for row in rows]


def text_query(words: list[str], weights: str = "") -> SearchQuery:
    """All words, each as the beginning of a word, in stems of both languages."""
    query = " & ".join(f"{word}:*{weights}" for word in words)
    indonesian = SearchQuery(query, config="indonesian", search_type="raw")
    return indonesian | SearchQuery(query, config="english", search_type="raw")


def _filtered(products: QuerySet[Product], criteria: Criteria) -> QuerySet[Product]:
    if criteria.category:
        slug = criteria.category
        products = products.filter(Q(category__slug=slug) | Q(category__parent__slug=slug))
    if criteria.regency:
        products = products.filter(exhibitor__regency=criteria.regency)
    if criteria.low is not None:
        products = products.filter(price__gte=criteria.low)
    if criteria.high is not None:
        products = products.filter(price__lte=criteria.high)
    return products


def _in_name(words: list[str]):
    if not words:
        return Value(True)
    return ExpressionWrapper(Q(search=text_query(words, "AB")), output_field=BooleanField())


def _in_stock():
    ready = Q(made_to_order=True) | Q(stock__gte=F("minimum_quantity"))
    return Case(When(ready, then=Value(True)), default=Value(False))


def _best_places(placements: Iterable[dict], now: dt.datetime) -> dict[int, dict]:
    best: dict[int, tuple] = {}
    for row in placements:
        edition = "booth__edition__"
        rank = precedence(
            row[f"{edition}opens_at"], row[f"{edition}closes_at"], row[f"{edition}sales_open"],
            row[f"{edition}mall_closes_at"], now,
        )  # fmt: skip
        if row["product_id"] not in best or rank > best[row["product_id"]][0]:
            best[row["product_id"]] = (rank, row)
    return {product: row for product, (_rank, row) in best.items()}


def _own(row: dict) -> dict:
    return {field: row[f"product__{field}"] for field in PRODUCT_FIELDS}
