"""How many products each choice of a filter would show, every filter counted under the others. One query for all."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.core.cache import cache
from django.db.models import BooleanField, ExpressionWrapper, Q

from catalog.criteria import FILTERS, STOCKED, TO_ORDER
from catalog.queries.matching import CONDITIONS, DAY, READY, Match, held_certificates, matching
from catalog.queries.prices import price_now, top_price_now
from expo.memo import remembered
from expo.prepared import Prepared

FRESH_SECONDS = 60
HERE_SECONDS = 10
# Upper ends of price ranges in rupiah; above the last there is one more.
PRICE_STEPS = (25_000, 50_000, 100_000, 250_000, 1_000_000)
COLUMNS = ("product", "exhibitor", "category", "regency", "price", "top", "made", "ready", "steps")
# How a product is told apart by each filter.
KINDS = {
    "category": "category",
    "regencies": "coalesce(regency, '')",
    "price": f"width_bucket(price, ARRAY{list(PRICE_STEPS)}::bigint[])",
    "dearest": f"width_bucket(top, ARRAY{list(PRICE_STEPS)}::bigint[])",
    "supply": f"CASE WHEN made THEN '{TO_ORDER}' WHEN ready THEN '{STOCKED}' ELSE '' END",
    "wholesale": "CASE WHEN steps THEN '1' ELSE '' END",
    "certificates": "''",
}


@dataclass(frozen=True, slots=True)
class Facets:
    """``counts[filter][choice]``: products under all other filters. ``without[filter]``: all of them together."""

    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


def facets_of(match: Match) -> Facets:
    """Remembered for a minute: turning pages or sorting asks for the same counts again. The same object for ten
    seconds: what is made of it need not be made again."""
    known = sorted((name, str(value)) for name, value in match.values.items() if name not in ("now", "day"))
    return _kept_facets(_Counted(repr((match.text, match.asked, known)), match))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A question to be remembered by its words; ``match`` brings what it takes to answer it."""

    words: str
    match: Match = field(compare=False)


@remembered(HERE_SECONDS, most=200)
def _kept_facets(counted: _Counted) -> Facets:
    digest = hashlib.sha256(counted.words.encode()).hexdigest()[:32]
    return cache.get_or_set(f"catalog:facets:{digest}", lambda: count_facets(counted.match), FRESH_SECONDS)


def count_facets(match: Match) -> Facets:
    query = _facets_query(match.text, match.asked)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    without: dict[str, int] = defaultdict(int)
    for name, choice, number in query.rows(**match.values):
        if name == "held":
            counts["certificates"][choice] = number
        elif name == "in range":  # one product may be in several
            counts["price"][choice] = number
        else:
            without[name] += number
            if name not in ("certificates", "price"):
                counts[name][choice] = number
    return Facets(without.pop("total", 0), dict(counts), dict(without))


class Counting(Prepared):
    """Counts over the rows of another prepared query. Products of one kind in every respect are put together first:
    there are some hundred kinds of them, however many products there are."""

    def __init__(self, matched: Prepared, filters: list[str]):
        held = Prepared(held_certificates().order_by().values_list("exhibitor_id", "product_id", "kind"), day=DAY)
        flags = [f"by_{name}" for name in filters]
        kinds = [f"{expression} AS {name}" for name, expression in KINDS.items()]
        self.names = [*matched.names, *held.names]
        self.sql = f"""
        WITH matched({", ".join([*COLUMNS, *flags])}) AS MATERIALIZED ({matched.sql}),
        held(exhibitor, product, kind) AS MATERIALIZED ({held.sql}),
        of_all AS MATERIALIZED (SELECT DISTINCT exhibitor, kind FROM held WHERE product IS NULL),
        of_one AS (
          SELECT product, kind FROM held WHERE product IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM of_all WHERE of_all.exhibitor = held.exhibitor AND of_all.kind = held.kind)
        ),
        kinds AS MATERIALIZED (
          SELECT {", ".join([*kinds, *flags])}, count(*) AS number FROM matched
          GROUP BY {", ".join(str(place) for place in range(1, len(kinds) + len(flags) + 1))}
        )
        {" UNION ALL ".join(_counts(filters))}
        """  # noqa: S608


def _counts(filters: list[str]) -> list[str]:
    def under_others(name: str) -> str:
        return " AND ".join(f"by_{other}" for other in filters if other != name) or "true"

    groups = [
        f"SELECT '{name}', {name}::text, sum(number)::bigint FROM kinds WHERE {under_others(name)} GROUP BY 2"  # noqa: S608
        for name in FILTERS
    ]
    return [
        f"SELECT 'total', '', coalesce(sum(number), 0)::bigint FROM kinds WHERE {under_others('')}",  # noqa: S608
        *groups,
        f"""
        SELECT 'in range', range::text, sum(number)::bigint FROM kinds, generate_series(kinds.price, dearest) AS range
        WHERE {under_others("price")} GROUP BY 2
        """,  # noqa: S608
        # Certificates of a business cover all it has: its products are counted once, not for each.
        f"""
        SELECT 'held', kind, sum(number)::bigint FROM (
          SELECT kind, number FROM of_all JOIN (
            SELECT exhibitor, count(*) AS number FROM matched WHERE {under_others("certificates")} GROUP BY 1
          ) goods USING (exhibitor)
          UNION ALL
          SELECT kind, count(DISTINCT product) FROM of_one JOIN matched USING (product)
          WHERE {under_others("certificates")} GROUP BY 1
        ) held_by GROUP BY 2
        """,  # noqa: S608
    ]


@lru_cache(maxsize=512)
def _facets_query(text: str, asked: tuple[str, ...]) -> Counting:
    return Counting(_base(text, asked), list(dict.fromkeys(CONDITIONS[name][0] for name in asked)))


def _base(text: str, asked: tuple[str, ...]) -> Prepared:
    """Every product of the text, with what each filter in use says about it."""
    products, slots = matching(text)
    conditions: dict[str, Q] = {}
    for name in asked:
        flag, condition, own = CONDITIONS[name]
        conditions[flag] = conditions[flag] & condition if flag in conditions else condition
        slots |= own
    flags = {f"by_{flag}": ExpressionWrapper(said, output_field=BooleanField()) for flag, said in conditions.items()}
    ready = ExpressionWrapper(READY, output_field=BooleanField())
    rows = products.order_by().annotate(
        ready=ready, lowest=price_now(), highest=top_price_now(), **flags
    ).values_list(
        "pk", "exhibitor_id", "category_id", "exhibitor__regency_id", "lowest", "highest", "made_to_order", "ready",
        "has_steps", *flags,
    )  # fmt: skip
    return Prepared(rows, **slots)


def price_range(bucket: str) -> tuple[int | None, int | None]:
    """Lowest and highest price of a bucket of ``counts["price"]``, both included."""
    index = int(bucket)
    low = PRICE_STEPS[index - 1] if index else None
    high = PRICE_STEPS[index] - 1 if index < len(PRICE_STEPS) else None
    return low, high
