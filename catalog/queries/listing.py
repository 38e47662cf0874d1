"""Lists of products: search, categories and what is new. A page of any list costs two queries."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value, When

from catalog.cards import PLACE_FIELDS, PRODUCT_FIELDS, product_card, when_of
from catalog.criteria import PAGE, Criteria
from catalog.models import Placement, Product
from catalog.moments import precedence
from catalog.selling import curated, placed_at
from expo.prepared import IDS, MOMENT, Among, Prepared, number_slot, text_slot

ORDERS = {
    "terbaru": ("-approved_at", "-id"),
    "termurah": ("price", "id"),
    "termahal": ("-price", "-id"),
    "relevan": ("-in_name", "-in_stock", "-approved_at", "-id"),
}

POOL = 6  # times as many of the newest are looked through for different exhibitors


def prefixes(words: list[str], weights: str = "") -> str:
    """All words, each as the beginning of a word: what ``to_tsquery`` reads."""
    return " & ".join(f"{word}:*{weights}" for word in words)


def text_query(query: str) -> SearchQuery:
    """``query`` in stems of both languages."""
    indonesian = SearchQuery(query, config="indonesian", search_type="raw")
    return indonesian | SearchQuery(query, config="english", search_type="raw")


# Each filter with the slot for its value.
FILTERS: dict[str, tuple[Q, Any]] = {
    "words": (Q(search=text_query(text_slot("words"))), text_slot("words")),
    "category": (
        Q(category__slug=text_slot("category")) | Q(category__parent__slug=text_slot("category")),
        text_slot("category"),
    ),
    "regency": (Q(exhibitor__regency=text_slot("regency")), text_slot("regency")),
    "low": (Q(price__gte=number_slot(1)), number_slot(1)),
    "high": (Q(price__lte=number_slot(2)), number_slot(2)),
}
STANDING_FIELDS = (*(f"product__{field}" for field in PRODUCT_FIELDS), *PLACE_FIELDS)


def shown_products(now: dt.datetime) -> QuerySet[Product]:
    standing = Placement.objects.filter(placed_at(now), product=OuterRef("pk"))
    return Product.objects.filter(curated(), Exists(standing))


def product_page(criteria: Criteria, now: dt.datetime, words: list[str]) -> tuple[list[dict], bool]:
    """Rows of one page, and whether there is another."""
    values = {
        "now": now,
        "words": prefixes(words),
        "name_words": prefixes(words, "AB"),
        "category": criteria.category,
        "regency": criteria.regency,
        "low": criteria.low,
        "high": criteria.high,
    }
    asked = tuple(name for name in FILTERS if values[name] not in ("", None))
    rows = _page_query(criteria.order, asked).dicts(
        PRODUCT_FIELDS, limit=PAGE + 1, offset=(criteria.page - 1) * PAGE, **values
    )
    return rows[:PAGE], len(rows) > PAGE


@cache
def _page_query(order: str, asked: tuple[str, ...]) -> Prepared:
    """The query of one shape of list: its order and which filters it has."""
    products = shown_products(MOMENT)
    slots: dict[str, Any] = {"now": MOMENT}
    for name in asked:
        condition, slots[name] = FILTERS[name]
        products = products.filter(condition)
    if order == "relevan":
        ready = Q(made_to_order=True) | Q(stock__gte=F("minimum_quantity"))
        in_name = Q(search=text_query(text_slot("name_words"))) if "words" in asked else Q(pk__isnull=False)
        products = products.annotate(
            in_name=ExpressionWrapper(in_name, output_field=BooleanField()),
            in_stock=Case(When(ready, then=Value(True)), default=Value(False)),
        )
        if "words" in asked:
            slots["name_words"] = text_slot("name_words")
    return Prepared(products.order_by(*ORDERS[order]).values_list(*PRODUCT_FIELDS), **slots)


def newest_products(now: dt.datetime, count: int) -> list[dict]:
    """The newest products with their places, as cards, in one query; of each exhibitor one before a second."""
    rows = _newest_query(POOL * count).dicts(STANDING_FIELDS, now=now)
    firsts, seconds, seen = [], [], set()
    for row in best_places(rows, now).values():
        exhibitor = row["booth__exhibitor__name"]
        (seconds if exhibitor in seen else firsts).append(row)
        seen.add(exhibitor)
    return [product_card(own(row), row, now) for row in (firsts + seconds)[:count]]


@cache
def _newest_query(count: int) -> Prepared:
    newest = shown_products(MOMENT).filter(cover__isnull=False).order_by(*ORDERS["terbaru"]).values("pk")[:count]
    placements = Placement.objects.filter(placed_at(MOMENT), Among(F("product"), ArraySubquery(newest)))
    return Prepared(
        placements.order_by("-product__approved_at", "-product_id").values_list(*STANDING_FIELDS), now=MOMENT
    )


def booth_rows(booth: int, now: dt.datetime, *, limit: int, offset: int) -> list[dict]:
    """What stands in a booth, the newest first."""
    return _booth_query().dicts(STANDING_FIELDS, booth=booth, now=now, limit=limit, offset=offset)


@cache
def _booth_query() -> Prepared:
    placements = Placement.objects.shown_at(MOMENT).filter(booth=number_slot(3))
    ordered = placements.order_by("-product__approved_at", "-product_id")
    return Prepared(ordered.values_list(*STANDING_FIELDS), now=MOMENT, booth=number_slot(3))


def cards(rows: list[dict], now: dt.datetime) -> list[dict]:
    """Cards of product rows, each with the booth of the edition that leads."""
    placements = _places_query().dicts(PLACE_FIELDS, ids=[row["pk"] for row in rows], now=now) if rows else []
    places = best_places(placements, now)
    return [product_card(row, places.get(row["pk"]), now, when=when_of(number)) for number, row in enumerate(rows)]


@cache
def _places_query() -> Prepared:
    placements = Placement.objects.filter(placed_at(MOMENT), Among(F("product"))).order_by()
    return Prepared(placements.values_list(*PLACE_FIELDS), now=MOMENT, ids=IDS)


def best_places(placements: Iterable[dict], now: dt.datetime) -> dict[int, dict]:
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


def own(row: dict) -> dict:
    return {field: row[f"product__{field}"] for field in PRODUCT_FIELDS}
