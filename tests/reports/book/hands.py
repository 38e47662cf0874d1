"""What a hand does to the database with triggers off, for tests."""

from django.db import connection, transaction
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKey,
    IntegerField,
    JSONField,
    TextField,
)

from journal.fingerprints import row_sql
from tests.database import append_only_lifted


def tamper(sql, *params):
    with append_only_lifted(connection), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount > 0


def fit(model, *keys):
    """Write the fingerprints that these rows should have: a hand that knows how they are made."""
    made = row_sql(model, model.fingerprints[1])
    tamper(rf"UPDATE {model._meta.db_table} SET fingerprint = '\x01'::bytea || {made} WHERE id = ANY(%s)", list(keys))


def other(field) -> str:
    """SQL for another value of a column, by its kind."""
    column = f'"{field.column}"'
    if isinstance(field, BooleanField):
        return f"NOT {column}"
    if isinstance(field, DateTimeField):
        return f"coalesce({column}, now()) + interval '1 second'"
    if isinstance(field, DateField):
        return f"{column} + 1"
    if isinstance(field, BinaryField):
        return r"'\x01'"
    if isinstance(field, JSONField):
        return '\'[{"number": "x", "what": "y"}]\''
    if isinstance(field, CharField | TextField):
        return f"CASE WHEN {column} = 'x' THEN 'y' ELSE 'x' END"
    if isinstance(field, ForeignKey | IntegerField):
        return f"coalesce({column}, 0) + 1000"
    raise AssertionError(field)
