"""Rows of lists as templates need them: plain values, texts made, addresses known. Nothing here queries."""

import datetime as dt
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.addresses import booth_url, product_url
from catalog.pricing import lowered, percent_at
from exhibitors.models import Kind
from expo.formats import rupiah
from expo.templatetags.pictures import FIRST, LAZY, LIST_WIDTHS, small

CARD_SIZES = "(min-width: 60rem) 17rem, (min-width: 40rem) 30vw, calc(50vw - 1.375rem)"
THUMB_SIZES = "(min-width: 40rem) 6rem, 30vw"
FIRST_ROWS = 4  # cards: two rows of a phone, one of a wide screen
NEW_FOR = dt.timedelta(days=14)
COVER = ("cover__folder", "cover__plain", "cover__widths", "cover__width", "cover__height", "cover__ground")
PRODUCT_FIELDS = (
    "pk", "slug", "name", "name_en", "price", "price_top", "has_steps", "stock", "made_to_order", "minimum_quantity",
    "rating_count", "rating_sum", "approved_at", *COVER,
)  # fmt: skip
PLACE_FIELDS = (
    "pk", "product_id", "booth_id", "booth__number", "booth__exhibitor__name", "booth__exhibitor__regency__name",
    "booth__edition__slug", "booth__edition__sales_open", "booth__edition__opens_at", "booth__edition__closes_at",
    "booth__edition__mall_closes_at", "sale_percent", "sale_from", "sale_until",
)  # fmt: skip
BOOTH_FIELDS = (
    "pk", "slug", "number", "edition__slug", "exhibitor__name", "exhibitor__kind", "exhibitor__regency__name",
)  # fmt: skip


def product_card(
    row: dict[str, Any], place: dict[str, Any] | None, now: dt.datetime, *, from_booth=False, when: str = LAZY
) -> dict:
    """``row``: PRODUCT_FIELDS; ``place``: PLACE_FIELDS, or None when it stands nowhere; ``when``: of ``when_of``.

    ``from_booth``: shown inside a booth, whose name need not be repeated and whose edition the link keeps."""
    percent = percent_at(place["sale_percent"], place["sale_from"], place["sale_until"], now) if place else 0
    return {
        "url": product_url(row["slug"], place["booth__edition__slug"] if place and from_booth else ""),
        "name": in_language(row, "name"),
        "price": rupiah(lowered(row["price"], percent)),
        "was": rupiah(row["price"]) if percent else "",
        "is_range": bool(row["price_top"]),
        "stars": (row["rating_sum"], row["rating_count"]),
        "photo": photo(row, "cover__", CARD_SIZES, when=when),
        "number": "" if from_booth or not place else place["booth__number"],
        "place": "" if from_booth or not place else _place_of(place),
        "badges": _badges(row, percent, now),
    }


def booth_card(row: dict[str, Any], photos: Iterable[str] = ()) -> dict:
    """``row``: BOOTH_FIELDS."""
    return {
        "pk": row["pk"],
        "url": booth_url(row["edition__slug"], row["slug"]),
        "number": row["number"],
        "name": row["exhibitor__name"],
        "place": place_text(Kind(row["exhibitor__kind"]).of_one, row["exhibitor__regency__name"]),
        "photos": list(photos),
    }


def photo(row: dict[str, Any], prefix: str, sizes: str, *, when: str = LAZY, among: range = LIST_WIDTHS) -> str:
    """The element of a picture whose columns are in ``row`` under ``prefix``; blank without one.

    Beside its name a photo has nothing to add for those who do not see it: hence no alternative text."""
    if not row[f"{prefix}folder"]:
        return ""
    return small(
        row[f"{prefix}folder"],
        row[f"{prefix}plain"],
        _widths(row[f"{prefix}widths"]),
        row[f"{prefix}width"],
        row[f"{prefix}height"],
        row[f"{prefix}ground"],
        sizes,
        "",
        when,
        among,
    )


def _widths(kept: Any) -> tuple[int, ...]:
    return _read(kept) if isinstance(kept, str) else tuple(kept)


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[int, ...]:
    """Most pictures have the same widths."""
    return tuple(json.loads(text))


def when_of(place_in_list: int) -> str:
    """When the photo of a card is fetched: the first at once, those of the first rows soon, others when near."""
    return FIRST if place_in_list == 0 else "" if place_in_list < FIRST_ROWS else LAZY


def in_language(row: dict[str, Any], field: str) -> str:
    english = row[f"{field}_en"] if get_language() == "en" else ""
    return english or row[field]


def _place_of(place: dict[str, Any]) -> str:
    return place_text(place["booth__exhibitor__name"], place["booth__exhibitor__regency__name"])


def place_text(first, regency: str | None) -> str:
    return f"{first} · {short_regency(regency)}" if regency else str(first)


def short_regency(name: str) -> str:
    return name.replace("Kabupaten ", "Kab. ")


def _badges(row: dict[str, Any], percent: int, now: dt.datetime) -> list[tuple[str, str]]:
    """At most two, as pairs of kind and text: what is taken off, and the one thing to know besides."""
    if not row["made_to_order"] and row["stock"] < row["minimum_quantity"]:
        return [("", _("Habis"))]
    badges = [("sale", f"−{percent}%")] if percent else []
    if row["made_to_order"]:
        badges.append(("board", _("Dibuat setelah dipesan")))
    elif row["approved_at"] and now - row["approved_at"] < NEW_FOR:
        badges.append(("highlight", _("Baru")))
    elif row["has_steps"]:
        badges.append(("board", _("Grosir")))
    return badges
