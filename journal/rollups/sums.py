"""What a checkpoint holds, as the checkpoint before it and the days since then say it: one SELECT for each table.

Rows of days are made to be added up (journal/rollups/days.py), so their sums are sums of these, too. The largest
transactions are no sum: they are found among those that the checkpoint before named and those that the days name, and
taken as they stand. %(since)s is the checkpoint before, or the first of all days; %(start)s the first moment after.
"""

import datetime as dt

from journal.models import CellSum, GroupSum, PeakSum, ProductSum
from journal.models.rollups import LAST_PLACE, PLACES
from journal.rollups.days import TURNOVER
from journal.totals.region import midnight
from journal.totals.sizes import SIZE

# Named so few, a checkpoint would soon name nobody: the largest are looked for among all entries, once.
FEWEST_NAMED = 8


def parts(kind: str, columns: str, *, of_days: str = "", of_sums: str = "") -> str:
    return f"""(
        SELECT {columns}{of_sums} FROM journal_{kind}sum WHERE edition_id = %(edition)s AND before = %(since)s
        UNION ALL
        SELECT {columns}{of_days} FROM journal_{kind}day
        WHERE edition_id = %(edition)s AND recorded_day >= %(since)s AND recorded_day < %(before)s
    ) AS parts"""  # noqa: S608 (constants of this file alone, here and below)


OF = "%(edition)s::bigint AS edition_id, %(before)s::date AS before"
GROUPS = f"""
SELECT {OF}, measure, evidence, nature, on_order, sum(amount)::bigint AS amount, sum(quantity)::bigint AS quantity,
    sum(entries)::bigint AS entries
FROM {parts("group", "measure, evidence, nature, on_order, amount, quantity, entries")}
GROUP BY measure, evidence, nature, on_order
"""  # noqa: S608
NUMBERS = "realised, committed, units, transactions"
CELLS = f"""
SELECT {OF}, dimension, key, {", ".join(f"sum({name})::bigint AS {name}" for name in NUMBERS.split(", "))},
    max(last_at) AS last_at,
    (array_agg(last_id ORDER BY last_at DESC, last_id DESC) FILTER (WHERE last_id IS NOT NULL))[1] AS last_id
FROM {parts("cell", f"dimension, key, {NUMBERS}, last_at, last_id")}
GROUP BY dimension, key
"""  # noqa: S608
PRODUCTS = f"""
SELECT {OF}, product_key, sum(units)::bigint AS units
FROM {parts("product", "product_key, units")} GROUP BY product_key HAVING sum(units) <> 0
"""  # noqa: S608

BEHIND = "EXISTS (SELECT FROM FLOOR WHERE {0} < floor.peak OR ({0} = floor.peak AND {1} > floor.transaction_key))"
# FLOOR: whoever was not named, by the checkpoint before or by a day, comes after it. So of those that stand before it
# nobody is missing; of those behind it somebody may be.
ENDS = {"of_days": f", place = {PLACES} AS ends", "of_sums": f", place = {LAST_PLACE} AS ends"}
STANDING = f"""
WITH NAMED AS MATERIALIZED (
    SELECT * FROM {parts("peak", "transaction_key, peak", **ENDS)}
), FLOOR AS MATERIALIZED (
    SELECT transaction_key, peak FROM NAMED WHERE ends ORDER BY peak DESC, transaction_key LIMIT 1
), STANDING AS MATERIALIZED (
    SELECT tried.transaction_key, total.amount
    FROM (
        SELECT transaction_key FROM NAMED WHERE NOT {BEHIND.format("named.peak", "named.transaction_key")}
        GROUP BY transaction_key
    ) AS tried CROSS JOIN LATERAL (
        SELECT {SIZE} AS amount FROM journal_entry
        WHERE journal_entry.transaction_key = tried.transaction_key AND edition_id = %(edition)s
            AND recorded_at < %(start)s AND {TURNOVER} OFFSET 0
    ) AS total
    WHERE total.amount > 0 AND NOT {BEHIND.format("total.amount", "tried.transaction_key")}
)
"""  # noqa: S608
ALL_STANDING = f"""
WITH FLOOR AS (SELECT '' AS transaction_key, 0::bigint AS peak WHERE false), STANDING AS MATERIALIZED (
    SELECT transaction_key, {SIZE} AS amount FROM journal_entry
    WHERE edition_id = %(edition)s AND recorded_at < %(start)s AND {TURNOVER}
    GROUP BY transaction_key HAVING {SIZE} > 0 ORDER BY 2 DESC, 1 LIMIT {LAST_PLACE}
)
"""  # noqa: S608
PLACED = f"""
, PLACED AS (
    SELECT row_number() OVER (ORDER BY amount DESC, transaction_key) AS place, transaction_key, amount FROM STANDING
), LIST AS (
    SELECT place, transaction_key, amount AS peak FROM PLACED WHERE place <= {LAST_PLACE}
    UNION ALL
    SELECT {LAST_PLACE}, transaction_key, peak FROM FLOOR
    WHERE NOT EXISTS (SELECT FROM PLACED WHERE place = {LAST_PLACE})
)
SELECT {OF}, place::smallint AS place, transaction_key, peak FROM LIST
"""  # noqa: S608
ENOUGH = f"""
{STANDING} SELECT NOT EXISTS (SELECT FROM FLOOR) OR (SELECT count(*) FROM STANDING) >= {FEWEST_NAMED}
"""  # noqa: S608

SUMS = {GroupSum: GROUPS, CellSum: CELLS, ProductSum: PRODUCTS}
MODELS = (*SUMS, PeakSum)


def selects(cursor, where: dict) -> dict:
    """What each table holds of the checkpoint: from the named ones, where these are enough, or from all entries."""
    cursor.execute(ENOUGH, where)
    return {**SUMS, PeakSum: (STANDING if cursor.fetchone()[0] else ALL_STANDING) + PLACED}


def span(edition: int, since: dt.date | None, before: dt.date) -> dict:
    return {"edition": edition, "since": since or dt.date.min, "before": before, "start": midnight(before)}
