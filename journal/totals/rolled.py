"""The same questions, asked of rollups and of the few entries that they do not hold (``outside.py``).

Sums are those of the rollups plus those of REST. A number of distinct transactions is the rollups' plus what REST and
the company of other editions change in it: how many there are in REST and SEEN together, less how many there are in
SEEN, edition by edition.

Of a period the rollups' number is what is reached at its end less what was reached at its beginning. So of the touched
ones the rollups counted how many there are in BEFORE and SEEN, less how many there are in BEFORE.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial

from journal.models import Measure
from journal.models.rollups import LAST_PLACE, PLACES
from journal.totals.dimensions import DIMENSIONS, LABELS
from journal.totals.entries import cells_of
from journal.totals.outside import CANDIDATES, EVERY, Answers
from journal.totals.region import Region
from journal.totals.sizes import NETTED, SIZE
from journal.totals.values import Cell, Group, Largest

TURNOVER = "evidence <> 'D' AND measure IN ('realised', 'committed')"
VISIBLE = (
    "edition_id = ANY(%(editions)s) AND occurred_at >= %(since)s AND occurred_at < %(occurred)s "
    f"AND recorded_at < %(recorded)s AND {TURNOVER}"
)


def groups(answers: Answers) -> list[Group]:
    columns = ("measure", "evidence", "nature", "on_order", "amount", "quantity", "entries")
    return [Group(**dict(zip(columns, row, strict=True))) for row in answers.of("groups")[0]]


def _groups(region: Region) -> str:
    names = "measure, evidence, nature, on_order"
    return f"""
    WITH PARTS AS (
        SELECT {names}, amount, quantity, entries FROM {region.rows("group", f"{names}, amount, quantity, entries")}
        UNION ALL SELECT {names}, amount, quantity, 1 FROM REST
    )
    SELECT {names}, sum(amount)::bigint AS amount, sum(quantity)::bigint AS quantity, sum(entries)::bigint AS entries
    FROM PARTS GROUP BY {names} ORDER BY 1, 2, 3, 4
    """  # noqa: S608 (constants of these files alone, here and below)


def tables(answers: Answers) -> dict[str, list[Cell]]:
    rolled, rest = answers.of("cells", "rest_cells")
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for table, key, *numbers in rolled:
        sums[table, key] = numbers
    for table, key, numbers in cells_of(map(tuple, rest)):
        sums[table, key] = [had + more for had, more in zip(sums[table, key], numbers, strict=True)]
    by_table: dict[str, list[Cell]] = {name: [] for name in DIMENSIONS}
    for (table, key), (realised, committed, units, transactions) in sorted(sums.items()):
        cell = Cell(key=key, realised=realised, committed=committed, units=units, transactions=transactions)
        by_table[table].append(cell)
    return by_table


def _cells(region: Region) -> str:
    numbers = ("realised", "committed", "units", "transactions")
    return f"""
    SELECT dimension, key, {", ".join(f"sum({name})::bigint AS {name}" for name in numbers)}
    FROM {region.rows("cell", f"dimension, key, {', '.join(numbers)}")}
    WHERE dimension NOT IN ('measure', 'present') GROUP BY dimension, key
    """  # noqa: S608


def _rest_cells(region: Region) -> str:
    columns = ", ".join(f"{column} AS {name}" for name, column in DIMENSIONS.items())
    names = ", ".join(DIMENSIONS)
    sets = ", ".join(f"({name})" for name in DIMENSIONS)
    return f"""
    WITH SHAPED AS (
        SELECT {columns}, amount, quantity, part, measure = 'realised' AS paid,
            CASE WHEN sold AND part <> 'before' THEN transaction_key END AS sold,
            CASE WHEN sold AND part <> 'rest' THEN edition_id || ' ' || transaction_key END AS known,
            CASE WHEN sold AND part = 'before' THEN edition_id || ' ' || transaction_key END AS past
        FROM {EVERY} CROSS JOIN LATERAL (SELECT measure = 'realised' AND nature = 'sale' AS sold) AS sold
        WHERE {TURNOVER}
    )
    SELECT GROUPING({names}) AS dimension, {names},
        coalesce(sum(amount) FILTER (WHERE part = 'rest' AND paid), 0)::bigint AS realised,
        coalesce(sum(amount) FILTER (WHERE part = 'rest' AND NOT paid), 0)::bigint AS committed,
        coalesce(sum(quantity) FILTER (WHERE part = 'rest' AND paid), 0)::bigint AS units,
        count(DISTINCT sold) - count(DISTINCT known) + count(DISTINCT past) AS transactions
    FROM SHAPED GROUP BY GROUPING SETS ({sets}) HAVING bool_or(part <> 'before')
    """  # noqa: S608


def labels(answers: Answers) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in LABELS}
    for name, code, text in answers.of("labels")[0]:
        found[name][code] = text
    return found


def _labels(region: Region) -> str:
    fresh = " UNION ALL ".join(
        f"SELECT '{name}', {code}, recorded_at, id FROM REST WHERE {TURNOVER}"  # noqa: S608
        for name, (code, _label) in LABELS.items()
    )
    label = " ".join(f"WHEN '{name}' THEN {label}" for name, (_code, label) in LABELS.items())
    return f"""
    WITH NAMED AS MATERIALIZED (
        SELECT dimension, key, last_at, last_id FROM {region.rows("cell", "dimension, key, last_at, last_id")}
        WHERE last_id IS NOT NULL
        UNION ALL {fresh}
    ), NEWEST AS (
        SELECT dimension, key, max(last_at) AS last_at FROM NAMED GROUP BY dimension, key
    ), LAST AS (
        SELECT dimension, key, max(last_id) AS last_id FROM NAMED JOIN NEWEST USING (dimension, key, last_at)
        GROUP BY dimension, key
    )
    SELECT dimension, key, CASE dimension {label} END AS label
    FROM LAST JOIN journal_entry ON journal_entry.id = last_id
    """  # noqa: S608


def transactions(answers: Answers) -> dict[str, int]:
    """As the entries say it: realised transactions have a sale, promises are not paid or taken back yet."""
    return dict.fromkeys(Measure.values, 0) | dict(answers.of("transactions")[0])


def _transactions(region: Region) -> str:
    number = "(CASE WHEN measure = 'realised' THEN sold ELSE amount <> 0 END)::int"
    standing = "SELECT measure, sum(amount) AS amount, bool_or(nature = 'sale') AS sold"
    return f"""
    WITH TOGETHER AS (
        {standing} FROM {EVERY} WHERE part <> 'before' AND evidence <> 'D' GROUP BY measure, transaction_key
    ), APART AS (
        {standing} FROM {EVERY} WHERE part <> 'rest' AND evidence <> 'D' GROUP BY measure, transaction_key, edition_id
    ), PAST AS (
        {standing} FROM BEFORE WHERE evidence <> 'D' GROUP BY measure, transaction_key, edition_id
    ), PARTS (measure, number) AS (
        SELECT measure, {number} FROM TOGETHER
        UNION ALL SELECT measure, -{number} FROM APART
        UNION ALL SELECT measure, {number} FROM PAST
        UNION ALL SELECT key, transactions FROM {region.rows("cell", "dimension, key, transactions")}
        WHERE dimension = 'measure'
    )
    SELECT measure, sum(number)::bigint AS number FROM PARTS GROUP BY measure
    """  # noqa: S608


def products_sold(answers: Answers) -> int:
    (((count,),),) = answers.of("products")
    return count


def _products(region: Region) -> str:
    return f"""
    WITH PARTS AS (
        SELECT product_key, units FROM {region.rows("product", "product_key, units")}
        UNION ALL
        SELECT product_key, quantity FROM REST
        WHERE measure = 'realised' AND evidence <> 'D' AND product_key <> ''
    )
    SELECT count(*) AS sold FROM (SELECT FROM PARTS GROUP BY product_key HAVING sum(units) > 0) AS sold
    """  # noqa: S608


def exhibitors(answers: Answers) -> set[int]:
    return {pk for (pk,) in answers.of("exhibitors")[0]}


def _exhibitors(region: Region) -> str:
    return f"""
    SELECT DISTINCT key::bigint AS pk FROM {region.rows("cell", "dimension, key")} WHERE dimension = 'present'
    UNION SELECT exhibitor_id FROM REST
    """  # noqa: S608


def largest_transaction(answers: Answers, name: str = "best") -> tuple[bool, Largest | None]:
    """Whether rollups can say which it is, and which it is.

    Those that REST touches are added up. Of all others none comes to more than its peak on the day that touched it
    last: they are tried from the highest peak down, until what was found cannot be beaten by any that is left. Netted
    it comes to no more than that either.
    """
    count, (found,) = CANDIDATES, answers.of(name)
    while True:
        if not found:
            return True, None
        ((key, amount, exhibitor, destination, tried, passed, listed),) = found
        if passed or tried < count:
            break
        count *= 8
        found = answers.again(name, count=count)
    if not listed:
        return False, None
    if key is None or amount <= 0:
        return True, None
    return True, Largest(transaction_key=key, amount=amount, exhibitor=exhibitor, destination=destination)


def _best(region: Region, size: str = SIZE) -> str:
    named = region.rows(
        "peak",
        "transaction_key, peak",
        of_days=f", place = {PLACES} AS ends",
        of_sums=f", place = {LAST_PLACE} AS ends",
    )
    might_beat = "(peak > best.amount OR (peak = best.amount AND {0}.transaction_key < best.transaction_key))"
    return f"""
    WITH NAMED AS MATERIALIZED (
        SELECT * FROM {named}
    ), CANDIDATES AS (
        SELECT transaction_key, max(peak) AS peak FROM NAMED
        GROUP BY transaction_key ORDER BY 2 DESC, 1 LIMIT %(count)s
    ), TRIED AS (
        SELECT transaction_key, {size} AS amount
        FROM {EVERY} WHERE part <> 'before' AND {TURNOVER} GROUP BY transaction_key
        UNION
        SELECT candidates.transaction_key, total.amount FROM CANDIDATES CROSS JOIN LATERAL (
            SELECT {size} AS amount FROM journal_entry
            WHERE transaction_key = candidates.transaction_key AND {VISIBLE} HAVING count(*) > 0
        ) AS total
    ), BEST AS (
        SELECT transaction_key, amount FROM TRIED ORDER BY amount DESC, transaction_key LIMIT 1
    )
    SELECT best.transaction_key, best.amount, named.exhibitor_label, named.destination_label,
        (SELECT count(*) FROM CANDIDATES) AS tried,
        NOT EXISTS (
            SELECT FROM (SELECT * FROM CANDIDATES ORDER BY peak, transaction_key DESC LIMIT 1) AS worst
            WHERE {might_beat.format("worst")}
        ) AS passed,
        NOT EXISTS (
            SELECT FROM NAMED AS lowest WHERE ends AND {might_beat.format("lowest")}
        ) AS listed
    FROM BEST CROSS JOIN LATERAL (
        SELECT exhibitor_label, destination_label FROM journal_entry
        WHERE transaction_key = best.transaction_key AND {VISIBLE} ORDER BY recorded_at DESC, id DESC LIMIT 1
    ) AS named
    """  # noqa: S608


SELECTS: Mapping[str, Callable[[Region], str]] = {
    "groups": _groups,
    "cells": _cells,
    "rest_cells": _rest_cells,
    "labels": _labels,
    "transactions": _transactions,
    "products": _products,
    "exhibitors": _exhibitors,
    "best": _best,
    "best_netted": partial(_best, size=NETTED),
}
OF_A_RECAP = tuple(name for name in SELECTS if name != "best_netted")
