"""What one exhibitor sold: sums of its own entries by the rules of a recap, equal to its row there to the rupiah.

One query, whatever the scope. Mere claims (D) are set apart, as in a recap.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.db import connection

BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
SUMS = """
WITH OWN AS (
    SELECT
        to_char(occurred_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD') AS day, channel, product_key AS product,
        product_label, amount, quantity, recorded_at, id,
        measure = 'realised' AND evidence <> 'D' AS paid,
        measure = 'committed' AND evidence <> 'D' AS promised,
        measure = 'realised' AND evidence = 'D' AS claimed,
        CASE WHEN measure = 'realised' AND evidence <> 'D' AND nature = 'sale' THEN transaction_key END AS sold
    FROM journal_entry
    WHERE exhibitor_id = %(exhibitor)s AND measure IN ('realised', 'committed')
        AND (%(editions)s::bigint[] IS NULL OR edition_id = ANY(%(editions)s))
        AND occurred_at >= %(start)s AND occurred_at < %(end)s
)
SELECT GROUPING(day, channel, product), day, channel, product,
    coalesce((array_agg(product_label ORDER BY recorded_at DESC, id DESC))[1], ''),
    coalesce(sum(amount) FILTER (WHERE paid), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE promised), 0)::bigint,
    coalesce(sum(amount) FILTER (WHERE claimed), 0)::bigint,
    coalesce(sum(quantity) FILTER (WHERE paid), 0)::bigint,
    count(DISTINCT sold)
FROM OWN GROUP BY GROUPING SETS ((day), (channel), (product), ())
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Entries that occurred from ``start`` until before ``end``, of these editions or (None) of all."""

    exhibitor: int
    end: dt.datetime
    start: dt.datetime = BEGINNING
    editions: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Rupiah paid, promised and claimed (D); units and transactions of what was paid."""

    realised: int = 0
    committed: int = 0
    claimed: int = 0
    units: int = 0
    transactions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSums:
    """By WIB day, by channel and by product key ("": not known), with the labels that were frozen last."""

    total: Sums = Sums()
    days: dict[dt.date, Sums] = field(default_factory=dict)
    channels: dict[str, Sums] = field(default_factory=dict)
    products: dict[str, Sums] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def own_sums(scope: Scope) -> OwnSums:
    """Everything at once, by one query."""
    found, total = OwnSums(), Sums()
    # GROUPING sets a bit for each column that is NOT in the set; the first column has the highest bit.
    for mask, day, channel, product, label, *numbers in _rows(scope):
        sums = Sums(**dict(zip(("realised", "committed", "claimed", "units", "transactions"), numbers, strict=True)))
        match mask:
            case 0b011:
                found.days[dt.date.fromisoformat(day)] = sums
            case 0b101:
                found.channels[channel] = sums
            case 0b110:
                found.products[product] = sums
                found.labels[product] = label
            case _:
                total = sums
    return replace(found, total=total)


def _rows(scope: Scope) -> list[tuple]:
    parameters = {
        "exhibitor": scope.exhibitor,
        "editions": None if scope.editions is None else list(scope.editions),
        "start": scope.start,
        "end": scope.end,
    }
    with connection.cursor() as cursor:
        cursor.execute(SUMS, parameters)
        return cursor.fetchall()
