"""What lists can be narrowed to, and the edition whose visitors browse them."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import CharField, DateTimeField, Value
from django.db.models.functions import Cast

from catalog.models import Category
from catalog.moments import precedence
from exhibitors.states import CurationState
from expo.models import Edition, Region


@dataclass(slots=True)
class Choice:
    key: str
    name: str
    name_en: str
    parent: str | None


@dataclass(slots=True)
class Choices:
    categories: list[Choice] = field(default_factory=list)
    regencies: list[Choice] = field(default_factory=list)
    edition: str = ""


KEY = "catalog:choices"
FRESH_SECONDS = 60


def choices(now: dt.datetime) -> Choices:
    """Categories in their order, regencies that have an exhibitor by name, the leading edition's slug.

    They change a few times a day and stand on every list: the store remembers them for a minute."""
    return cache.get_or_set(KEY, lambda: _choices(now), FRESH_SECONDS)


def _choices(now: dt.datetime) -> Choices:
    nothing = Cast(Value(None), DateTimeField())
    blank = Value("", output_field=CharField())
    categories = Category.objects.order_by().values_list(
        Value("category"), "slug", "name", "name_en", "parent__slug", "position", nothing, nothing, nothing, nothing
    )
    peopled = Region.objects.filter(exhibitor__state=CurationState.APPROVED).order_by().distinct()
    regencies = peopled.values_list(
        Value("regency"), "code", "name", blank, blank, Value(0), nothing, nothing, nothing, nothing
    )
    editions = Edition.objects.order_by().values_list(
        Value("edition"), "slug", "name", "name_en", blank, Value(0), "opens_at", "closes_at", "sales_open",
        "mall_closes_at",
    )  # fmt: skip
    found = Choices()
    best = None
    for kind, key, name, name_en, parent, _position, *moments in sorted(
        editions.union(categories, regencies, all=True), key=lambda row: (row[5], row[2])
    ):
        if kind == "category":
            found.categories.append(Choice(key, name, name_en, parent))
        elif kind == "regency":
            found.regencies.append(Choice(key, name, name_en, parent))
        elif best is None or precedence(*moments, now) > best:
            best, found.edition = precedence(*moments, now), key
    return found
