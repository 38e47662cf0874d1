"""Totals straight from the entries: the database adds up, nothing here walks over entries.

Each question reads one relation, ``FACTS``: the entries visible at the cut-offs. What it costs grows with them.
"""

from collections.abc import Iterable, Iterator

from django.db import connection

from journal.models import Measure
from journal.totals.dimensions import DIMENSIONS, LABELS
from journal.totals.sizes import SIZE
from journal.totals.values import STEPS, AsOf, Cell, Group, Largest, Steps

FACTS = """
FACTS AS (
    SELECT * FROM journal_entry
    WHERE edition_id = ANY(%(editions)s) AND occurred_at >= %(since)s
        AND occurred_at < %(occurred)s AND recorded_at < %(recorded)s
), COUNTED AS (
    SELECT * FROM FACTS WHERE evidence <> 'D'
)
"""


def groups(asof: AsOf) -> list[Group]:
    """Sums by measure, evidence, nature and kind of payment, grade D included."""
    sql = f"""
    WITH {FACTS}
    SELECT measure, evidence, nature, on_order, sum(amount)::bigint, sum(quantity)::bigint, count(*)
    FROM FACTS GROUP BY measure, evidence, nature, on_order ORDER BY 1, 2, 3, 4
    """  # noqa: S608 (constants of this file alone, here and below)
    names = ("measure", "evidence", "nature", "on_order", "amount", "quantity", "entries")
    return [Group(**dict(zip(names, row, strict=True))) for row in _rows(sql, asof)]


def tables(asof: AsOf) -> dict[str, list[Cell]]:
    """Every table at once. Realised transactions are those with a sale: a refund alone makes none."""
    columns = ", ".join(f"{column} AS {name}" for name, column in DIMENSIONS.items())
    names = ", ".join(DIMENSIONS)
    sets = ", ".join(f"({name})" for name in DIMENSIONS)
    sql = f"""
    WITH {FACTS}, SHAPED AS (
        SELECT {columns}, amount, quantity, measure = 'realised' AS paid,
            CASE WHEN measure = 'realised' AND nature = 'sale' THEN transaction_key END AS sold
        FROM COUNTED WHERE measure IN ('realised', 'committed')
    )
    SELECT GROUPING({names}), {names},
        coalesce(sum(amount) FILTER (WHERE paid), 0)::bigint,
        coalesce(sum(amount) FILTER (WHERE NOT paid), 0)::bigint,
        coalesce(sum(quantity) FILTER (WHERE paid), 0)::bigint,
        count(DISTINCT sold)
    FROM SHAPED GROUP BY GROUPING SETS ({sets})
    """  # noqa: S608
    by_table: dict[str, list[Cell]] = {name: [] for name in DIMENSIONS}
    for name, key, (realised, committed, units, transactions) in cells_of(_rows(sql, asof)):
        cell = Cell(key=key, realised=realised, committed=committed, units=units, transactions=transactions)
        by_table[name].append(cell)
    return by_table


def cells_of(rows: Iterable[tuple]) -> Iterator[tuple[str, str, list[int]]]:
    """Table, key and numbers of the rows of GROUPING SETS over every dimension."""
    order = list(DIMENSIONS)
    for mask, *values in rows:
        # GROUPING sets a bit for each column that is NOT in the set; the first column has the highest bit.
        at = next(place for place in range(len(order)) if not mask >> (len(order) - 1 - place) & 1)
        yield order[at], values[at], values[len(order) :]


def labels(asof: AsOf) -> dict[str, dict[str, str]]:
    """For each table with names: code → the label that was frozen last, as known at the cut-offs."""
    parts = " UNION ALL ".join(
        f"(SELECT DISTINCT ON ({code}) '{name}', {code}, {label} FROM COUNTED "  # noqa: S608
        f"WHERE measure IN ('realised', 'committed') ORDER BY {code}, recorded_at DESC, id DESC)"
        for name, (code, label) in LABELS.items()
    )
    found: dict[str, dict[str, str]] = {name: {} for name in LABELS}
    for name, code, label in _rows(f"WITH {FACTS} {parts}", asof):
        found[name][code] = label
    return found


def transactions(asof: AsOf) -> dict[str, int]:
    """Transactions by measure: realised ones with a sale; promises that are not paid or taken back yet."""
    sql = f"""
    WITH {FACTS}, PER_TRANSACTION AS (
        SELECT measure, sum(amount) AS amount, bool_or(nature = 'sale') AS sold
        FROM COUNTED GROUP BY measure, transaction_key
    )
    SELECT measure, count(*) FROM PER_TRANSACTION
    WHERE CASE WHEN measure = 'realised' THEN sold ELSE amount <> 0 END GROUP BY measure
    """  # noqa: S608
    return dict.fromkeys(Measure.values, 0) | dict(_rows(sql, asof))


def largest_transaction(asof: AsOf, size: str = SIZE) -> Largest | None:
    """The largest transaction (``sizes.py``), if any is above zero."""
    sql = f"""
    WITH {FACTS}, TOP AS (
        SELECT transaction_key, {size} AS amount FROM COUNTED
        WHERE measure IN ('realised', 'committed')
        GROUP BY transaction_key ORDER BY 2 DESC, 1 LIMIT 1
    )
    SELECT transaction_key, top.amount, exhibitor_label, destination_label
    FROM TOP JOIN COUNTED USING (transaction_key)
    WHERE top.amount > 0 AND measure IN ('realised', 'committed')
    ORDER BY recorded_at DESC, id DESC LIMIT 1
    """  # noqa: S608
    for key, amount, exhibitor, destination in _rows(sql, asof):
        return Largest(transaction_key=key, amount=amount, exhibitor=exhibitor, destination=destination)
    return None


def products_sold(asof: AsOf) -> int:
    """Distinct products of which, net of refunds, at least one unit was paid. Unnamed products are not counted."""
    sql = f"""
    WITH {FACTS}
    SELECT count(*) FROM (
        SELECT product_key FROM COUNTED WHERE measure = 'realised' AND product_key <> ''
        GROUP BY product_key HAVING sum(quantity) > 0
    ) AS sold
    """  # noqa: S608
    ((count,),) = _rows(sql, asof)
    return count


def steps(now: AsOf, before: AsOf) -> Steps:
    """The entries that ``now`` counts and ``before`` did not, by what they do to the turnover."""
    sql = f"""
    WITH {FACTS}, ADDED AS (
        SELECT amount, CASE
            WHEN nature = 'sale' AND occurred_at >= %(before_occurred)s THEN 'new_sales'
            WHEN nature = 'sale' THEN 'late_entries'
            WHEN nature = 'refund' THEN 'refunds'
            ELSE 'corrections' END AS step
        FROM COUNTED WHERE measure = 'realised' AND nature IN ('sale', 'refund', 'correction')
            AND NOT (occurred_at < %(before_occurred)s AND recorded_at < %(before_recorded)s)
    )
    SELECT step, sum(amount)::bigint, count(*) FROM ADDED GROUP BY step
    """  # noqa: S608
    extra = {"before_occurred": before.occurred, "before_recorded": before.recorded}
    return steps_of({step: (amount, entries) for step, amount, entries in _rows(sql, now, **extra)})


def steps_of(found: dict[str, tuple[int, int]]) -> Steps:
    """From rupiah and entries by step, those without any left out."""
    amounts = {step: found.get(step, (0, 0))[0] for step in STEPS}
    return Steps(
        **(amounts | {"refunds": -amounts["refunds"]}), entries={step: found.get(step, (0, 0))[1] for step in STEPS}
    )


def exhibitors(asof: AsOf) -> set[int]:
    """Of whom the journal tells, grade D included."""
    return {pk for (pk,) in _rows(f"WITH {FACTS} SELECT DISTINCT exhibitor_id FROM FACTS", asof)}  # noqa: S608


def _rows(sql: str, asof: AsOf, **extra) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**asof.parameters, **extra})
        return cursor.fetchall()
