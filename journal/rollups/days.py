"""What the rollups of one recorded day hold, as the entries say it: one SELECT for each table.

Each is a function of the entries recorded up to the end of the day, and adds nothing to any other day: later entries
change nothing in it. Where a number of distinct things is not a sum, the day holds what it changes in that number,
by occurred day: so the rows before any two days add up to it (ADR 0142).
"""

from journal.models import CellDay, GroupDay, LongTransaction, PeakDay, ProductDay
from journal.models.rollups import PLACES
from journal.totals.dimensions import DIMENSIONS, LABELS
from journal.totals.sizes import PAID, PROMISED

WIB_DAY = "(occurred_at AT TIME ZONE 'Asia/Jakarta')::date"
TURNOVER = "evidence <> 'D' AND measure IN ('realised', 'committed')"
SOLD = "evidence <> 'D' AND measure = 'realised' AND nature = 'sale'"

# The day's entries, and their days of occurring. %(start)s and %(end)s are its first moment and the next day's.
DAY = f"""
DAY AS MATERIALIZED (
    SELECT *, {WIB_DAY} AS occurred_day FROM journal_entry
    WHERE edition_id = %(edition)s AND recorded_at >= %(start)s AND recorded_at < %(end)s
)
"""  # noqa: S608 (constants of this file alone, here and below)


def history(touched: str, condition: str, until: str) -> str:
    """The entries of this edition's transactions in ``touched`` that were recorded before ``until``."""
    return f"""(
        SELECT entry.*, {WIB_DAY} AS occurred_day
        FROM (SELECT DISTINCT transaction_key FROM DAY WHERE {touched}) AS touched CROSS JOIN LATERAL (
            SELECT * FROM journal_entry
            WHERE journal_entry.transaction_key = touched.transaction_key AND edition_id = %(edition)s
                AND recorded_at < {until} AND {condition} OFFSET 0
        ) AS entry
    )"""  # noqa: S608


GROUPS = f"""
WITH {DAY}
SELECT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, occurred_day,
    measure, evidence, nature, on_order, sum(amount)::bigint AS amount, sum(quantity)::bigint AS quantity,
    count(*) AS entries
FROM DAY GROUP BY occurred_day, measure, evidence, nature, on_order
"""  # noqa: S608

SHAPE = ", ".join(f"{column} AS {name}" for name, column in DIMENSIONS.items())
# Of a row of GROUPING SETS with one dimension in each: which it is, and its value. None of them: all transactions.
WHICH = " ".join(f"WHEN GROUPING({name}) = 0 THEN '{name}'" for name in DIMENSIONS)
DIMENSION = f"CASE {WHICH} ELSE 'measure' END"
KEY = f"coalesce({', '.join(DIMENSIONS)}, 'realised')"
NAMED = ", ".join(f"'{name}'" for name in LABELS)


def each_with(column: str) -> str:
    return ", ".join(f"({name}, {column})" for name in DIMENSIONS)


# FIRSTS: what is sold for the first time in a row of a table, or earlier than was known. A transaction is counted on
# the day of occurring that comes first; where an earlier one becomes known, the later one is taken back.
# PROMISES: promises that became open or settled, by the occurred day from which on they are.
CELLS = f"""
WITH {DAY}, SHAPED AS MATERIALIZED (
    SELECT {SHAPE}, occurred_day, transaction_key, evidence, measure, nature, amount, quantity, id, recorded_at,
        row_number() OVER (ORDER BY recorded_at, id) AS place
    FROM DAY
), SUMS AS (
    SELECT occurred_day, {DIMENSION} AS dimension, {KEY} AS key,
        coalesce(sum(amount) FILTER (WHERE measure = 'realised'), 0) AS realised,
        coalesce(sum(amount) FILTER (WHERE measure = 'committed'), 0) AS committed,
        coalesce(sum(quantity) FILTER (WHERE measure = 'realised'), 0) AS units, max(place) AS place
    FROM SHAPED WHERE {TURNOVER} GROUP BY GROUPING SETS ({each_with("occurred_day")})
), SALES AS (
    SELECT {", ".join(DIMENSIONS)}, transaction_key, occurred_day AS fresh, NULL::date AS known FROM SHAPED WHERE {SOLD}
    UNION ALL
    SELECT {SHAPE}, transaction_key, NULL, occurred_day FROM {history(SOLD, SOLD, "%(start)s")} AS past
), FIRSTS AS (
    SELECT {DIMENSION} AS dimension, {KEY} AS key, min(fresh) AS occurred_day, min(known) AS known
    FROM SALES GROUP BY GROUPING SETS ({each_with("transaction_key")}, (transaction_key))
    HAVING min(fresh) < coalesce(min(known), 'infinity'::date)
), COUNTS AS (
    SELECT dimension, key, occurred_day, known, count(*) AS number FROM FIRSTS GROUP BY 1, 2, 3, 4
), POINTS AS (
    SELECT measure, transaction_key, occurred_day, sum(amount) AS amount,
        coalesce(sum(amount) FILTER (WHERE recorded_at < %(start)s), 0) AS known
    FROM {history("evidence <> 'D' AND measure <> 'realised'", "evidence <> 'D' AND measure <> 'realised'", "%(end)s")}
        AS promised
    GROUP BY measure, transaction_key, occurred_day
), CHANGES AS (
    SELECT measure, transaction_key, occurred_day,
        (sum(amount) OVER running <> 0)::int - (sum(known) OVER running <> 0)::int AS change
    FROM POINTS WINDOW running AS (PARTITION BY measure, transaction_key ORDER BY occurred_day)
), PROMISES AS (
    SELECT measure, occurred_day, change - lag(change, 1, 0) OVER (
        PARTITION BY measure, transaction_key ORDER BY occurred_day
    ) AS number FROM CHANGES
), PARTS (occurred_day, dimension, key, realised, committed, units, transactions, place) AS (
    SELECT occurred_day, dimension, key, realised, committed, units, 0, CASE WHEN dimension IN ({NAMED}) THEN place END
    FROM SUMS
    UNION ALL SELECT occurred_day, dimension, key, 0, 0, 0, number, NULL FROM COUNTS
    UNION ALL SELECT known, dimension, key, 0, 0, 0, -number, NULL FROM COUNTS WHERE known IS NOT NULL
    UNION ALL SELECT occurred_day, 'measure', measure, 0, 0, 0, sum(number), NULL FROM PROMISES GROUP BY 1, 3
    UNION ALL SELECT DISTINCT occurred_day, 'present', exhibitor_id::text, 0, 0, 0, 0, NULL::bigint FROM DAY
), CELLS AS (
    SELECT occurred_day, dimension, key, sum(realised)::bigint AS realised, sum(committed)::bigint AS committed,
        sum(units)::bigint AS units, sum(transactions)::bigint AS transactions, max(place) AS place
    FROM PARTS GROUP BY occurred_day, dimension, key
)
SELECT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, cells.occurred_day, dimension, cells.key,
    realised, committed, units, transactions, named.recorded_at AS last_at, named.id AS last_id
FROM CELLS LEFT JOIN SHAPED AS named USING (place)
"""  # noqa: S608

PRODUCTS = f"""
WITH {DAY}
SELECT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, occurred_day, product_key,
    sum(quantity)::bigint AS units
FROM DAY WHERE measure = 'realised' AND evidence <> 'D' AND product_key <> ''
GROUP BY occurred_day, product_key HAVING sum(quantity) <> 0
"""  # noqa: S608

PEAKS = f"""
WITH {DAY}, POINTS AS (
    SELECT transaction_key, occurred_day, {PAID} AS paid, {PROMISED} AS promised
    FROM {history(TURNOVER, TURNOVER, "%(end)s")} AS past GROUP BY transaction_key, occurred_day
), RUNNING AS (
    SELECT transaction_key, occurred_day,
        sum(paid) OVER so_far + greatest(sum(promised) OVER so_far, 0) AS amount
    FROM POINTS WINDOW so_far AS (PARTITION BY transaction_key ORDER BY occurred_day)
), TOPS AS (
    SELECT transaction_key, min(occurred_day) AS occurred_day, max(amount)::bigint AS peak
    FROM RUNNING GROUP BY transaction_key HAVING max(amount) > 0
), PLACED AS (
    SELECT *, row_number() OVER (PARTITION BY occurred_day ORDER BY peak DESC, transaction_key) AS place FROM TOPS
)
SELECT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, occurred_day, place::smallint AS place,
    transaction_key, peak
FROM PLACED WHERE place <= {PLACES}
"""  # noqa: S608

KNOWN = "evidence <> 'D'"
LONG = f"""
WITH {DAY}
SELECT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, transaction_key,
    min(occurred_day) AS first_day, max(occurred_day) AS last_day
FROM {history(KNOWN, KNOWN, "%(end)s")} AS past
GROUP BY transaction_key HAVING min(occurred_day) < max(occurred_day)
"""  # noqa: S608


def _shared(condition: str = "") -> str:
    return f"""
    WITH {DAY}
    SELECT DISTINCT %(edition)s::bigint AS edition_id, %(day)s::date AS recorded_day, other.edition_id AS other_id,
        transaction_key
    FROM (SELECT DISTINCT transaction_key FROM DAY) AS own CROSS JOIN LATERAL (
        SELECT edition_id FROM journal_entry
        WHERE journal_entry.transaction_key = own.transaction_key AND edition_id <> %(edition)s {condition} OFFSET 0
    ) AS other
    """  # noqa: S608


# Whatever was recorded when: of two editions the one that is rolled up last finds the other.
SHARED = _shared()
# What the one that was made or compared at the moment ``seen`` has found: all that was rolled up of the other by then.
SHARED_BY_THEN = _shared(
    """AND EXISTS (
        SELECT FROM journal_closedday
        WHERE journal_closedday.edition_id = journal_entry.edition_id
            AND journal_closedday.day = (recorded_at AT TIME ZONE 'Asia/Jakarta')::date AND built_at < %(seen)s
    )"""
)

SELECTS = {GroupDay: GROUPS, CellDay: CELLS, ProductDay: PRODUCTS, PeakDay: PEAKS, LongTransaction: LONG}
