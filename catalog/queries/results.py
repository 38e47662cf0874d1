"""A page of a list of products. Pages begin where the one before ended, by the sort key of its last product, so that
nothing is shown twice or left out when products come and go, and the tenth page costs no more than the first."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, BooleanField, Case, F, Func, IntegerField, Q, Value, When

from catalog.cards import PRODUCT_FIELDS
from catalog.criteria import PAGE, Criteria
from catalog.models import Product
from catalog.queries.matching import AVAILABLE, CONDITIONS, Match, matching, shown_products, words_in
from catalog.queries.prices import on_sale, price_now
from exhibitors.states import CurationState
from expo.prepared import MOMENT, Among, Prepared, number_slot, text_slot

EDGE = dt.datetime(1, 1, 3, tzinfo=dt.UTC)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
# Sort keys; all parts of one go the same way: down, or up for the lowest price first.
KEYS = {
    "relevan": ("rank", "approved_at", "pk"),
    "terbaru": ("approved_at", "pk"),
    "termurah": ("price_now", "pk"),
    "termahal": ("price_now", "pk"),
}
RISING = {"termurah"}
FIELDS = (*PRODUCT_FIELDS, "rank", "price_now")
POOL = 4
MOST_COMMON = 1000
BEST = 7  # the rank of what meets every condition of _rank
SLOT_OF = {"rank": number_slot(11), "approved_at": EDGE, "price_now": number_slot(12), "pk": number_slot(13)}


@dataclass(frozen=True, slots=True)
class Results:
    """Rows of FIELDS, and where the neighbouring pages begin: () where there is none."""

    rows: list[dict]
    after: tuple[int, ...] = ()
    before: tuple[int, ...] = ()


class Beyond(Func):
    """``(a, b) < (x, y)``: what comes after a place in the order of ``a, b``."""

    output_field = BooleanField()

    def __init__(self, sign: str, *sides: Any, **extra):
        super().__init__(*sides, **extra)
        self.sign = sign

    def as_sql(self, compiler, connection, **_context):
        parts = [compiler.compile(side) for side in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:]))
        return f"({left}) {self.sign} ({right})", [param for _sql, params in parts for param in params]


def results_page(criteria: Criteria, match: Match) -> Results:
    """One query."""
    order, size = criteria.order, PAGE * criteria.pages
    backwards = bool(criteria.before and not criteria.after)
    place = criteria.before if backwards else criteria.after
    values = {**match.values, **_place_values(order, place)}
    direction = "back" if backwards else "on" if place else ""
    if order == "relevan" and match.text and not backwards and place[:1] in ((), (BEST,)):
        found = _relevant(match, direction, size + 1, values)
    elif KEYS[order][0] == "price_now":
        found = _by_price(order, match.text, match.asked, direction, size + 1).dicts(FIELDS, **values)
    else:
        found = _page_query(order, match.text, match.asked, direction, match.is_one_word).dicts(
            FIELDS, limit=size + 1, **values
        )
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (backwards or more)
    has_previous = bool(rows) and (more if backwards else bool(place))
    return Results(
        rows,
        after=place_of(rows[-1], order) if has_next else (),
        before=place_of(rows[0], order) if has_previous else (),
    )


def place_of(row: dict, order: str) -> tuple[int, ...]:
    """The sort key of a row, as numbers."""
    return tuple((row[key] - EPOCH) // MICROSECOND if key == "approved_at" else row[key] for key in KEYS[order])


@lru_cache(maxsize=512)
def _page_query(
    order: str, text: str, asked: tuple[str, ...], direction: str, is_one_word: bool, lowered: bool | None = None
) -> Prepared:
    """The query of one shape of list: its order, text and filters, and whether it goes on or back from a place.

    ``lowered``: only what is on sale, or only what is not, with its price of now."""
    products, slots = matching(text)
    if lowered is not None:
        products = products.filter(Q(pk__in=on_sale()) if lowered else ~Q(pk__in=on_sale()))
    for name in asked:
        _filter, condition, own = CONDITIONS[name]
        products = products.filter(condition)
        slots |= own
    in_name = _in_name(text, is_one_word)
    rank = _rank(in_name) if order == "relevan" else Value(0, output_field=IntegerField())
    if order == "relevan":
        slots |= {name: text_slot(name) for name in in_name}
    price = Value(0, output_field=BigIntegerField()) if lowered is None else price_now() if lowered else F("price")
    products = products.annotate(rank=rank, price_now=price)
    keys, rising = KEYS[order], order in RISING
    forwards = direction != "back"
    if direction:
        sides = [F(key) for key in keys] + [Value(SLOT_OF[key]) for key in keys]
        products = products.filter(Beyond(">" if rising == forwards else "<", *sides))
        slots |= {f"edge_{key}": SLOT_OF[key] for key in keys}
    ordered = products.order_by(*(key if rising == forwards else f"-{key}" for key in keys))
    return Prepared(ordered.values_list(*FIELDS), **slots)


_common: dict[tuple, bool] = {}
"""Words (with filters) of which this process has lately seen that the best alone fill a page."""


def _relevant(match: Match, direction: str, limit: int, values: dict[str, Any]) -> list[dict]:
    """One query; two when what was common is so no longer.

    Whether a word is common the database has to find out anew each time, and planning that takes it ten times as long
    as answering. Where the best were enough before, the newest are asked first: one plan does for all words."""
    words = values["all_in_name"], match.asked, limit
    if words in _common:
        found = _newest_query(match.asked, direction, limit).dicts(FIELDS, limit=limit, **values)
        if len(found) == limit:
            return found
        _common.pop(words, None)
    found = _best_first(match.text, match.asked, direction, match.is_one_word, limit).dicts(FIELDS, **values)
    if len(found) == limit and found[-1]["rank"] == BEST:
        if len(_common) >= MOST_COMMON:
            _common.clear()
        _common[words] = True
    return found


class _ByPrice(Prepared):
    """What is not on sale, read from the index of prices, merged with the few products that are."""

    def __init__(self, regular: Prepared, lowered: Prepared, limit: int, sign: str):
        columns = ", ".join(f"c{index}" for index in range(len(FIELDS)))
        keys = ", ".join(f"c{FIELDS.index(key)} {sign}" for key in ("price_now", "pk"))
        self.names = [*regular.names, *lowered.names]
        self.sql = (
            f"SELECT * FROM (({regular.sql} LIMIT {limit}) UNION ALL ({lowered.sql} LIMIT {limit})) "  # noqa: S608
            f"found({columns}) ORDER BY {keys} LIMIT {limit}"
        )


@lru_cache(maxsize=512)
def _by_price(order: str, text: str, asked: tuple[str, ...], direction: str, limit: int) -> _ByPrice:
    parts = [_page_query(order, text, asked, direction, False, lowered) for lowered in (False, True)]
    return _ByPrice(*parts, limit, "ASC" if (order in RISING) == (direction != "back") else "DESC")


class _BestFirst(Prepared):
    """A page of the best if they fill it, else of everything that was found, ranked; in one query.

    Ranking reads all that was found. Common words find a lot, but then the best alone fill the page, and those are
    read from the newest on until there are enough: the database does not begin with the other half."""

    def __init__(self, best: Prepared, found: Prepared, limit: int):
        columns = ", ".join(f"c{index}" for index in range(len(FIELDS)))
        keys = ", ".join(f"c{FIELDS.index(key)} DESC" for key in KEYS["relevan"])
        self.names = [*best.names, *found.names]
        self.sql = (
            f"WITH best({columns}) AS MATERIALIZED ({best.sql} LIMIT {limit}), "  # noqa: S608
            f"enough(said) AS MATERIALIZED (SELECT count(*) = {limit} FROM best) "
            f"SELECT * FROM best WHERE (SELECT said FROM enough) UNION ALL "
            f"SELECT * FROM ({found.sql} LIMIT {limit}) found({columns}) WHERE NOT (SELECT said FROM enough) "
            f"ORDER BY {keys}"
        )


@lru_cache(maxsize=512)
def _best_first(text: str, asked: tuple[str, ...], direction: str, is_one_word: bool, limit: int) -> _BestFirst:
    found = _page_query("relevan", text, asked, direction, is_one_word)
    return _BestFirst(_best_query(asked, direction), found, limit)


@lru_cache(maxsize=512)
def _newest_query(asked: tuple[str, ...], direction: str, limit: int) -> Prepared:
    """The best among the newest, four for each that is wanted."""
    newest = Product.objects.filter(state=CurationState.APPROVED).order_by(*(f"-{key}" for key in KEYS["terbaru"]))
    if direction:
        newest = newest.filter(_beyond(KEYS["terbaru"]))
    return _best_query(asked, direction, Q(Among(F("pk"), ArraySubquery(newest.values("pk")[: POOL * limit]))))


def _beyond(keys: tuple[str, ...]) -> Beyond:
    return Beyond("<", *map(F, keys), *(Value(SLOT_OF[key]) for key in keys))


def _best_query(asked: tuple[str, ...], direction: str, among: Q | None = None) -> Prepared:
    """What has all words in its name and can be had, the newest first."""
    products = shown_products(MOMENT).filter(words_in("all_in_name"), AVAILABLE, among or Q())
    slots: dict[str, Any] = {"now": MOMENT, "all_in_name": text_slot("all_in_name")}
    for name in asked:
        _filter, condition, own = CONDITIONS[name]
        products = products.filter(condition)
        slots |= own
    keys = KEYS["terbaru"]
    if direction:
        products = products.filter(_beyond(keys))
        slots |= {f"edge_{key}": SLOT_OF[key] for key in keys}
    ranked = products.annotate(
        rank=Value(BEST, output_field=IntegerField()), price_now=Value(0, output_field=BigIntegerField())
    )
    return Prepared(ranked.order_by(*(f"-{key}" for key in keys)).values_list(*FIELDS), **slots)


def _in_name(text: str, is_one_word: bool) -> dict[str, int]:
    """Which words in the name give how many points; of one word all and any are the same, and asked once."""
    return {} if not text else {"all_in_name": 6} if is_one_word else {"all_in_name": 4, "any_in_name": 2}


def _rank(in_name: dict[str, int]) -> Any:
    """Words in the name before words in the description, then what can be had before what is sold out."""
    total: Any = _step(AVAILABLE, 1)
    for slot, points in in_name.items():
        total = total + _step(words_in(slot), points)
    return total


def _step(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _place_values(order: str, place: tuple[int, ...]) -> dict[str, Any]:
    values = dict(zip((f"edge_{key}" for key in KEYS[order]), place, strict=False))
    if "edge_approved_at" in values:
        values["edge_approved_at"] = _moment(values["edge_approved_at"])
    return values


def _moment(microseconds: int) -> dt.datetime:
    try:
        return EPOCH + MICROSECOND * microseconds
    except OverflowError:
        return dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
