"""Products where they stand: what is new, what is in a booth, and the places of any list's rows."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from catalog.cards import PLACE_FIELDS, PRODUCT_FIELDS, product_card, when_of
from catalog.models import Placement
from catalog.moments import precedence
from catalog.queries.matching import shown_products
from catalog.selling import placed_at
from expo.prepared import IDS, MOMENT, Among, Prepared, number_slot

POOL = 6  # times as many of the newest are looked through for different exhibitors
STANDING_FIELDS = (*(f"product__{field}" for field in PRODUCT_FIELDS), *PLACE_FIELDS)


def newest_products(now: dt.datetime, count: int) -> list[dict]:
    """The newest products with their places, as cards, in one query; of each exhibitor one before a second."""
    rows = _newest_query(count).dicts(STANDING_FIELDS, now=now)
    firsts, seconds, seen = [], [], set()
    for row in best_places(rows, now).values():
        exhibitor = row["booth__exhibitor__name"]
        (seconds if exhibitor in seen else firsts).append(row)
        seen.add(exhibitor)
    return [product_card(own(row), row, now) for row in (firsts + seconds)[:count]]


@cache
def _newest_query(count: int) -> Prepared:
    """The choice is made before anything is joined to it: among many of the newest, the first of each exhibitor."""
    newest = shown_products(MOMENT).filter(cover__isnull=False).order_by("-approved_at", "-id")
    sql, params = newest.values_list("id", "exhibitor_id", "approved_at")[: POOL * count].query.sql_with_params()
    turn = "row_number() OVER (PARTITION BY exhibitor ORDER BY approved DESC, id DESC)"
    chosen = RawSQL(  # noqa: S611 (our own words around the ORM's)
        f"ARRAY(SELECT id FROM (SELECT *, {turn} AS turn FROM ({sql}) newest(id, exhibitor, approved)) turns"  # noqa: S608
        f" ORDER BY turn > 1, approved DESC, id DESC LIMIT {count})",
        params,
    )
    placements = Placement.objects.filter(placed_at(MOMENT), Among(F("product"), chosen))
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


def beside(placement: Placement, now: dt.datetime, count: int) -> tuple[list[dict], list[dict]]:
    """Cards of what else stands in the booth, and of what other exhibitors have of the same kind; one query."""
    product, booth = placement.product, placement.booth
    rows = _beside_query(2 * count).dicts(
        STANDING_FIELDS, booth=booth.pk, category=product.category_id, exhibitor=product.exhibitor_id, now=now
    )
    others = [row for row in rows if row["product_id"] != product.pk]
    here = [row for row in others if row["booth_id"] == booth.pk][:count]
    elsewhere = list(best_places([row for row in others if row["booth_id"] != booth.pk], now).values())[:count]
    return (
        [product_card(own(row), row, now, from_booth=True) for row in here],
        [product_card(own(row), row, now) for row in elsewhere],
    )


@cache
def _beside_query(count: int) -> Prepared:
    """The newest of a booth and of a category, each from its end of an index."""
    shown = Placement.objects.shown_at(MOMENT)
    in_booth = shown.filter(booth=number_slot(3))
    alike = shown.filter(product__category=number_slot(4)).exclude(product__exhibitor=number_slot(5))
    newest = [
        ArraySubquery(found.order_by("-product__approved_at", "-product_id").values("pk")[:count])
        for found in (in_booth, alike)
    ]
    both = Placement.objects.filter(Q(Among(F("pk"), newest[0])) | Q(Among(F("pk"), newest[1])))
    return Prepared(
        both.order_by("-product__approved_at", "-product_id").values_list(*STANDING_FIELDS),
        now=MOMENT, booth=number_slot(3), category=number_slot(4), exhibitor=number_slot(5),
    )  # fmt: skip


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
