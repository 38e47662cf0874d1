"""The entries that rollups do not hold, beside those of which they hold a part, and statements that read them once.

``REST`` are the visible entries outside the region; ``SEEN`` what the region holds of the transactions that these
touch, and of those found in several of the editions. Of a period transactions on both sides of its beginning are
touched, too, and ``BEFORE`` is what of the touched ones lies before it.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from django.db import connection

from journal.totals.region import Region

COLUMNS = (
    "id, edition_id, phase, channel, category_code, kind, regency_code, destination_code, exhibitor_id, occurred_at, "
    "recorded_at, measure, evidence, nature, on_order, amount, quantity, product_key, transaction_key"
)
EVERY = (
    "(SELECT *, 'rest' AS part FROM REST UNION ALL SELECT *, 'seen' FROM SEEN UNION ALL SELECT *, 'before' FROM BEFORE)"
    " AS EVERY"
)
CANDIDATES = 64  # for the largest transaction, at first
SHARED = """
SELECT transaction_key FROM journal_sharedtransaction
WHERE edition_id = ANY(%(editions)s) AND other_id = ANY(%(editions)s)
"""


def ask(region: Region, selects: dict[str, str], **extra) -> dict[str, list[list]]:
    """Rows of several SELECTs over REST, SEEN, BEFORE and the region, in one statement: each is read once."""
    parts = " UNION ALL ".join(
        f"SELECT '{name}', (SELECT json_agg(answer) FROM ({select}) AS answer)"  # noqa: S608 (constants of these files)
        for name, select in selects.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {_outside(region)} {parts}", region.parameters | {"count": CANDIDATES} | extra)
        return {name: [list(row.values()) for row in _loaded(answer)] for name, answer in cursor.fetchall()}


class Answers:
    """What ``selects`` say of a region: each asked when it is wanted, or several together."""

    def __init__(self, region: Region, selects: Mapping[str, Callable[[Region], str]]):
        self.region = region
        self._selects = selects
        self._found: dict[str, list[list]] = {}

    def of(self, *names: str) -> list[list[list]]:
        self._read(name for name in names if name not in self._found)
        return [self._found[name] for name in names]

    def again(self, name: str, **extra) -> list[list]:
        """With other parameters than usual."""
        return ask(self.region, {name: self._selects[name](self.region)}, **extra)[name]

    def _read(self, names: Iterable[str]) -> None:
        if selects := {name: self._selects[name](self.region) for name in names}:
            self._found |= ask(self.region, selects)


def _outside(region: Region) -> str:
    """Those that a statement does not use are not read."""
    rest = " UNION ALL ".join(f"SELECT {COLUMNS} FROM journal_entry WHERE {part}" for part in region.rest)  # noqa: S608
    touched = ["SELECT DISTINCT transaction_key FROM REST", *region.long]
    if len(region.held) > 1:
        touched.append(SHARED)
    before = _of_touched(region.before) if region.start else "SELECT * FROM SEEN WHERE false"
    return f"""REST AS MATERIALIZED ({rest}),
    TOUCHED AS MATERIALIZED ({" UNION ".join(touched)}),
    SEEN AS MATERIALIZED ({_of_touched(region.inside)}),
    BEFORE AS MATERIALIZED ({before})"""


def _of_touched(condition: str) -> str:
    """OFFSET keeps the database from reading the whole journal where it expects more transactions than there are."""
    return f"""
        SELECT past.* FROM TOUCHED CROSS JOIN LATERAL (
            SELECT {COLUMNS} FROM journal_entry
            WHERE journal_entry.transaction_key = touched.transaction_key AND {condition} OFFSET 0
        ) AS past
    """  # noqa: S608


def _loaded(value) -> list:
    return (json.loads(value) if isinstance(value, str) else value) or []
