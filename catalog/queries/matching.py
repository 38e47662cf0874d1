"""Which products match a list's criteria: conditions with slots, shared by the page of results and by its counts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import BigIntegerField, BooleanField, Exists, F, Lookup, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone

from catalog.criteria import STOCKED, TO_ORDER, Criteria
from catalog.models import Placement, Product
from catalog.queries.choices import Choices
from catalog.queries.prices import price_now, top_price_now
from catalog.search.terms import Terms
from catalog.selling import curated, placed_at
from exhibitors.models import Certificate
from expo.prepared import MOMENT, Among, number_slot, text_slot

DAY = dt.date(1, 1, 2)
READY = Q(made_to_order=False, stock__gte=F("minimum_quantity"))
AVAILABLE = READY | Q(made_to_order=True)


def ids_slot(index: int) -> list[int]:
    """A list of ids, told from others by ``index``."""
    return [-(2**61) - index]


class AmongTexts(Lookup):
    """``filter(AmongTexts(F("regency"), text_slot("codes")))``: one slot for any number of texts without commas."""

    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY(string_to_array({right}, ','))", [*left_params, *right_params]


def among_ids(field: str, index: int) -> Among:
    return Among(F(field), Value(ids_slot(index), output_field=ArrayField(BigIntegerField())))


def words_in(slot: str) -> Q:
    return Q(search=SearchQuery(text_slot(slot), config="simple", search_type="raw"))


def held_certificates() -> QuerySet[Certificate]:
    return Certificate.objects.valid_on(DAY)


def _has_certificate() -> Q:
    of_product = Q(product__isnull=True) | Q(product=OuterRef("pk"))
    held = held_certificates().filter(of_product, exhibitor=OuterRef("exhibitor"))
    return Q(Exists(held.filter(AmongTexts(F("kind"), text_slot("certificates")))))


IN_CONTEXT = AmongTexts(F("exhibitor__regency"), text_slot("near_regencies"))
TEXTS: dict[str, Q] = {
    "": Q(),
    "text": words_in("all_words"),
    "context": words_in("all_words")
    | (words_in("rest") & (Q(IN_CONTEXT) | Q(among_ids("exhibitor", 1)) | Q(among_ids("category", 2)))),
    "category": words_in("all_words") | Q(among_ids("category", 2)),
}
# The slots of each shape of text, and of each filter.
TEXT_SLOTS: dict[str, dict[str, Any]] = {
    "": {},
    "text": {"all_words": text_slot("all_words")},
    "context": {
        "all_words": text_slot("all_words"), "rest": text_slot("rest"),
        "near_regencies": text_slot("near_regencies"), "near_exhibitors": ids_slot(1), "near_categories": ids_slot(2),
    },
    "category": {"all_words": text_slot("all_words"), "near_categories": ids_slot(2)},
}  # fmt: skip
CONDITIONS: dict[str, tuple[str, Q, dict[str, Any]]] = {  # name: (the filter it is part of, condition, its slots)
    "category": ("category", Q(among_ids("category", 3)), {"category": ids_slot(3)}),
    "regencies": (
        "regencies",
        Q(AmongTexts(F("exhibitor__regency"), text_slot("regencies"))),
        {"regencies": text_slot("regencies")},
    ),
    # Of what costs from … to …, some is within reach.
    "low": ("price", Q(GreaterThanOrEqual(top_price_now(), number_slot(1))), {"low": number_slot(1)}),
    "high": ("price", Q(LessThanOrEqual(price_now(), number_slot(2))), {"high": number_slot(2)}),
    STOCKED: ("supply", READY, {}),
    TO_ORDER: ("supply", Q(made_to_order=True), {}),
    "certificates": (
        "certificates",
        _has_certificate(),
        {"certificates": text_slot("certificates"), "day": DAY},
    ),
    "wholesale": ("wholesale", Q(has_steps=True), {}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """The shape of a list's query and the values for its slots."""

    text: str
    asked: tuple[str, ...]
    values: dict[str, Any]
    is_one_word: bool = False

    def chosen(self, slots: dict[str, Any]) -> dict[str, Any]:
        return {name: self.values[name] for name in slots}


def match_of(criteria: Criteria, terms: Terms, options: Choices, now: dt.datetime) -> Match:
    asked = {
        "category": criteria.category, "regencies": criteria.regencies, "low": criteria.low is not None,
        "high": criteria.high is not None, STOCKED: criteria.supply == STOCKED, TO_ORDER: criteria.supply == TO_ORDER,
        "certificates": criteria.certificates, "wholesale": criteria.wholesale,
    }  # fmt: skip
    values = {
        "now": now,
        "day": timezone.localdate(now),
        "all_words": terms.all_words,
        "all_in_name": terms.all_in_name,
        "any_in_name": terms.any_in_name,
        "rest": terms.rest,
        "near_regencies": _list(terms.regencies),
        "near_exhibitors": list(terms.exhibitors),
        "near_categories": list(terms.categories),
        "category": options.within(criteria.category),
        "regencies": _list(criteria.regencies),
        "low": criteria.low,
        "high": criteria.high,
        "certificates": _list(criteria.certificates),
    }
    shape = tuple(name for name in CONDITIONS if asked[name])
    return Match(terms.shape, shape, values, is_one_word=terms.all_in_name == terms.any_in_name)


def matching(text: str) -> tuple[QuerySet[Product], dict[str, Any]]:
    """Products on show that match a text of this shape, and the slots."""
    return shown_products(MOMENT).filter(TEXTS[text]), {"now": MOMENT, **TEXT_SLOTS[text]}


def shown_products(now: dt.datetime) -> QuerySet[Product]:
    standing = Placement.objects.filter(placed_at(now), product=OuterRef("pk"))
    return Product.objects.filter(curated(), Exists(standing))


def _list(texts) -> str:
    return ",".join(text.replace(",", "") for text in texts)
