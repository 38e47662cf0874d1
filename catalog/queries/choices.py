"""What lists can be narrowed to, and the edition whose visitors browse them."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import CharField, DateTimeField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import get_language

from catalog.models import Category
from catalog.moments import precedence
from exhibitors.states import CurationState
from expo.memo import remembered
from expo.models import Edition, Region


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    name: str
    name_en: str
    parent: str | None
    pk: int = 0

    @property
    def label(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


@dataclass(slots=True)
class Choices:
    categories: list[Choice] = field(default_factory=list)
    regencies: list[Choice] = field(default_factory=list)
    edition: str = ""

    def category(self, key: str) -> Choice | None:
        return next((choice for choice in self.categories if choice.key == key), None)

    def children(self, key: str | None) -> list[Choice]:
        """The categories directly below ``key``; below None the roots."""
        return [choice for choice in self.categories if choice.parent == key]

    def path(self, key: str) -> list[Choice]:
        """From the root down to ``key`` itself."""
        found: list[Choice] = []
        choice = self.category(key)
        while choice and choice not in found:
            found.insert(0, choice)
            choice = self.category(choice.parent) if choice.parent else None
        return found

    def within(self, key: str) -> list[int]:
        """Ids of a category and everything below it."""
        choice = self.category(key)
        found = [choice] if choice else []
        for choice in found:
            found += [child for child in self.children(choice.key) if child not in found]
        return [choice.pk for choice in found]


KEY = "catalog:choices:2"
FRESH_SECONDS = 60
HERE_SECONDS = 10


def choices() -> Choices:
    """Categories in their order, regencies that have an exhibitor by name, the leading edition's slug.

    They change a few times a day and stand on every list: the store remembers them for a minute, and a process that
    has just asked for ten seconds more."""
    return _kept_choices()


@remembered(HERE_SECONDS)
def _kept_choices() -> Choices:
    return cache.get_or_set(KEY, lambda: _choices(timezone.now()), FRESH_SECONDS)


def _choices(now: dt.datetime) -> Choices:
    nothing = Cast(Value(None), DateTimeField())
    blank = Value("", output_field=CharField())
    categories = Category.objects.order_by().values_list(
        Value("category"), "slug", "name", "name_en", "parent__slug", "position", "pk", nothing, nothing, nothing,
        nothing,
    )  # fmt: skip
    peopled = Region.objects.filter(exhibitor__state=CurationState.APPROVED).order_by().distinct()
    regencies = peopled.values_list(
        Value("regency"), "code", "name", blank, blank, Value(0), Value(0), nothing, nothing, nothing, nothing
    )
    editions = Edition.objects.order_by().values_list(
        Value("edition"), "slug", "name", "name_en", blank, Value(0), "pk", "opens_at", "closes_at",
        "sales_open", "mall_closes_at",
    )  # fmt: skip
    found = Choices()
    best = None
    for kind, key, name, name_en, parent, _position, pk, *moments in sorted(
        editions.union(categories, regencies, all=True), key=lambda row: (row[5], row[2])
    ):
        if kind == "category":
            found.categories.append(Choice(key, name, name_en, parent, pk))
        elif kind == "regency":
            found.regencies.append(Choice(key, name, name_en, parent))
        elif best is None or precedence(*moments, now) > best:
            best, found.edition = precedence(*moments, now), key
    return found
