"""The fingerprint of a row: what the database makes of its content as it is written, after all other stamping.

Who changes a row by hand, with triggers off, leaves the fingerprint of what was there before (docs/adr/0196). The first
byte is the version of what it is made of; the rest is the SHA-256 of the row as ``row_sql`` reads it. Triggers hold the
same in plain SQL (migrations ``fingerprints`` of journal and visits); a test compares the two.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db import connection, models
from django.db.models import BinaryField, DateField, DateTimeField, Field, JSONField, Model


class Fingerprinted(models.Model):
    """``fingerprints`` names the columns of each version, in their order. A new column is a new version."""

    fingerprint = models.BinaryField(editable=False)
    fingerprints: ClassVar[dict[int, tuple[str, ...]]]

    class Meta:
        abstract = True


def row_sql(model: type[Model], columns: Sequence[str]) -> str:
    """SQL for the SHA-256 of a row as the database holds it, whatever the session's settings: moments in microseconds,
    bytes in hexadecimal. ValueError for a column that the table does not have."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    if missing := set(columns) - set(fields):
        raise ValueError(f"no column {', '.join(sorted(missing))}")
    values = ", ".join(_plain(fields[column]) for column in columns)
    return f"sha256(convert_to(jsonb_build_array({values})::text, 'UTF8'))"


def altered_sql(model: type[Fingerprinted]) -> str:
    """SQL for whether a row's fingerprint is not that of its content."""
    whens = " ".join(
        rf"WHEN '\x{version:02x}' THEN '\x{version:02x}'::bytea || {row_sql(model, columns)}"
        for version, columns in model.fingerprints.items()
    )
    return f"fingerprint IS DISTINCT FROM CASE substring(fingerprint FOR 1) {whens} ELSE '' END"


def _plain(field: Field) -> str:
    column = connection.ops.quote_name(str(field.column))
    if isinstance(field, DateTimeField):
        return f"(extract(epoch FROM {column}) * 1000000)::bigint"
    if isinstance(field, BinaryField):
        return f"encode({column}, 'hex')"
    if isinstance(field, DateField | JSONField):
        return f"{column}::text"
    return column
