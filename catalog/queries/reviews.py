"""Reviews of a product as its page lists them, newest first; one query for a page of them."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Window
from django.db.models.functions import JSONObject

from catalog.models import MOST_STARS, Product, Review, ReviewPhoto
from expo.models import Picture
from expo.prepared import MOMENT, Prepared, number_slot

FIRST = 4  # on the product's page
PAGE = 12
PICTURE_FIELDS = [field.attname for field in Picture._meta.concrete_fields if field.name != "created_at"]
FIELDS = (
    "pk", "author", "variant_label", "language", "rating", "body", "written_at", "edited_at", "answer", "answered_at",
    "pictures",
)  # fmt: skip
COUNTS = tuple(f"of_{rating}" for rating in range(1, MOST_STARS + 1))


@dataclass(frozen=True)
class ReviewPage:
    """``counts``: how many reviews gave 1 to 5 stars, on the first page only. ``after``: key of the next page."""

    reviews: list[dict]
    after: str
    counts: list[int]


def first_reviews(product: Product, limit: int = FIRST) -> ReviewPage:
    rows = _first_query().dicts((*FIELDS, *COUNTS), product=product.pk, limit=limit + 1)
    counts = [rows[0][name] for name in COUNTS] if rows else []
    return _page(rows, limit, counts)


def later_reviews(product: Product, key: str) -> ReviewPage | None:
    """The page after ``key``; None for what is no key."""
    try:
        seconds, pk = key.split("-")
        before = dt.datetime.fromtimestamp(int(seconds) / 1_000_000, tz=dt.UTC)
        number = int(pk)
    except (ValueError, OverflowError, OSError):
        return None
    if not 0 < number < 2**62:
        return None
    rows = _later_query().dicts(FIELDS, product=product.pk, before=before, pk=number, limit=PAGE + 1)
    return _page(rows, PAGE, [])


def _page(rows: list[dict], limit: int, counts: list[int]) -> ReviewPage:
    shown = rows[:limit]
    for row in shown:
        row["pictures"] = [_picture(values) for values in row["pictures"]]
    return ReviewPage(shown, _key(shown[-1]) if len(rows) > limit else "", counts)


def _key(row: dict) -> str:
    moment = row["written_at"] - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return f"{moment // dt.timedelta(microseconds=1)}-{row['pk']}"


def _picture(values) -> Picture:
    return Picture(**(json.loads(values) if isinstance(values, str) else values))


def _reviews() -> QuerySet:
    photos = ReviewPhoto.objects.filter(review=OuterRef("pk")).order_by("position", "pk")
    pictures = photos.values(json=JSONObject(**{name: f"picture__{name}" for name in PICTURE_FIELDS}))
    shown = Review.objects.shown().filter(product=number_slot(1)).order_by("-written_at", "-pk")
    return shown.annotate(pictures=ArraySubquery(pictures))


@cache
def _first_query() -> Prepared:
    counts = {f"of_{rating}": Window(Count("pk", filter=Q(rating=rating))) for rating in range(1, MOST_STARS + 1)}
    return Prepared(_reviews().annotate(**counts).values_list(*FIELDS, *COUNTS), product=number_slot(1))


@cache
def _later_query() -> Prepared:
    earlier = Q(written_at__lt=MOMENT) | Q(written_at=MOMENT, pk__lt=number_slot(2))
    return Prepared(
        _reviews().filter(earlier).values_list(*FIELDS), product=number_slot(1), before=MOMENT, pk=number_slot(2)
    )
