"""Rows of rollups beside what they should be: which of them differ, and how."""

import json

from django.db.models import Model

from journal.models import (
    CellDay,
    CellSum,
    GroupDay,
    GroupSum,
    LongTransaction,
    PeakDay,
    PeakSum,
    ProductDay,
    ProductSum,
    SharedTransaction,
)
from journal.models.rollups import CheckpointSum
from journal.rollups.writing import columns_of

MOST_KEPT = 200  # differing rows of one day; all of them are counted
# What names a row within its edition and recorded day, or checkpoint.
KEYS = {
    GroupSum: ("measure", "evidence", "nature", "on_order"),
    CellSum: ("dimension", "key"),
    ProductSum: ("product_key",),
    PeakSum: ("place",),
    GroupDay: ("occurred_day", "measure", "evidence", "nature", "on_order"),
    CellDay: ("occurred_day", "dimension", "key"),
    ProductDay: ("occurred_day", "product_key"),
    PeakDay: ("occurred_day", "place"),
    LongTransaction: ("transaction_key",),
    SharedTransaction: ("other_id", "transaction_key"),
}


def differing(cursor, model: type[Model], select: str, where: dict) -> list[dict]:
    """What differs between the rows of a day, or of a checkpoint, and what ``select`` makes of it."""
    cursor.execute(_comparison(model, select), where)
    return [
        {
            "table": model._meta.db_table.removeprefix("journal_"),
            "key": " · ".join(str(part) for part in _loaded(key))[:250],
            "stored": _loaded(stored),
            "counted": _loaded(counted),
        }
        for key, stored, counted in cursor.fetchall()
    ]


def _comparison(model: type[Model], select: str) -> str:
    """Key, row as stored and row as counted, where these are not the same."""
    keys = KEYS[model]
    span = "before = %(before)s" if issubclass(model, CheckpointSum) else "recorded_day = %(day)s"
    numbers = [name for name in columns_of(model) if name not in (*keys, "edition_id", "recorded_day", "before")]
    columns = ", ".join((*keys, *numbers))

    def row(side: str) -> str:
        parts = ", ".join(f"'{name}', {side}.{name}" for name in numbers or keys)
        return f"CASE WHEN {side}.{keys[0]} IS NOT NULL THEN json_build_object({parts}) END"

    def values(side: str) -> str:
        return "ROW(" + ", ".join(f"{side}.{name}" for name in numbers or keys) + ")"

    return f"""
    SELECT json_build_array({", ".join(keys)}), {row("stored")}, {row("counted")}
    FROM (
        SELECT {columns} FROM {model._meta.db_table} WHERE edition_id = %(edition)s AND {span}
    ) AS stored
    FULL JOIN (SELECT {columns} FROM ({select}) AS made) AS counted USING ({", ".join(keys)})
    WHERE {values("stored")} IS DISTINCT FROM {values("counted")}
        OR stored.{keys[0]} IS NULL OR counted.{keys[0]} IS NULL
    ORDER BY {", ".join(keys)}
    """  # noqa: S608 (names of our own models alone)


def _loaded(value):
    return json.loads(value) if isinstance(value, str) else value
