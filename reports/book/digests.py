"""Hashes of many rows, each as ``journal/fingerprints.py`` reads it. Columns are part of what is noted, so that one
that is added later changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from journal.fingerprints import row_sql

ROWS_OF_A_BLOCK = 10_000
MOST = 2**63 - 1  # of a key


def columns_of(model: type[Model]) -> list[str]:
    return sorted(field.column for field in model._meta.concrete_fields if field.column)


def next_key(model: type[Model], after: int, count: int, *, upto: int = MOST) -> int | None:
    """The key of the last of the next ``count`` rows, none above ``upto``. None where there are none."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(id) FROM (SELECT id FROM {table} WHERE id > %s AND id <= %s ORDER BY id LIMIT %s) AS next",  # noqa: S608
            [after, upto, count],
        )
        return cursor.fetchone()[0]


def digest(model: type[Model], columns: Sequence[str], where: str, values: Mapping[str, Any]) -> tuple[int, str]:
    """Number and hash of the rows that ``where`` (SQL of our own) picks. In blocks, so that millions are no burden."""
    sql = f"""
        SELECT coalesce(sum(rows), 0)::bigint,
            encode(sha256(coalesce(string_agg(block, ''::bytea ORDER BY number), ''::bytea)), 'hex')
        FROM (
            SELECT id / {ROWS_OF_A_BLOCK} AS number, count(*) AS rows,
                sha256(string_agg({row_sql(model, columns)}, ''::bytea ORDER BY id)) AS block
            FROM {model._meta.db_table} WHERE {where} GROUP BY 1
        ) AS blocks
    """  # noqa: S608 (names of our own models alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def digests_by(
    by: str, model: type[Model], columns: Sequence[str], where: str, values: Mapping[str, Any]
) -> dict[int, str]:
    """The hash of the rows for each value of the column ``by``."""
    sql = f"""
        SELECT {by}, encode(sha256(string_agg({row_sql(model, columns)}, ''::bytea ORDER BY id)), 'hex')
        FROM {model._meta.db_table} WHERE {where} GROUP BY 1
    """  # noqa: S608 (names of our own models alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())
