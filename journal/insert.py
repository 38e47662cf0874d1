"""The one statement that adds entries, a whole batch at a time, and tells repeats from contradictions."""

import dataclasses
import json

from django.db import connection
from django.utils.translation import gettext as _

from journal.errors import DifferentContentError
from journal.values import NewEntry

COLUMNS = {
    "edition_id": "bigint",
    "phase": "text",
    "exhibitor_id": "bigint",
    "exhibitor_label": "text",
    "kind": "text",
    "regency_code": "text",
    "regency_label": "text",
    "category_code": "text",
    "category_label": "text",
    "product_key": "text",
    "product_label": "text",
    "transaction_key": "text",
    "channel": "text",
    "measure": "text",
    "nature": "text",
    "on_order": "boolean",
    "evidence": "text",
    "amount": "bigint",
    "quantity": "integer",
    "destination_code": "text",
    "destination_label": "text",
    "occurred_at": "timestamptz",
    "recorded_at": "timestamptz",
    "source_kind": "text",
    "source_key": "text",
    "recorded_by_id": "bigint",
    "note": "text",
}
# What makes two postings under one key the same. Labels and classifications are left out: a booth that was renamed
# between a webhook and its replay has not sold anything else. The grade counts: what is raised is posted anew.
CONTENT = (
    "edition_id",
    "exhibitor_id",
    "transaction_key",
    "product_key",
    "channel",
    "measure",
    "nature",
    "on_order",
    "evidence",
    "amount",
    "quantity",
    "destination_code",
    "occurred_at",
)
RECORDS = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
# What is there already is left out before the triggers see it: an import repeated after a seal adds nothing and is
# no offence against the seal. Whatever is added at the same time by somebody else is left to ON CONFLICT.
# Ordered by key, so that two batches that share keys never wait for each other in a circle.
INSERT = f"""
INSERT INTO journal_entry ({", ".join(COLUMNS)}, reverses_id)
SELECT {", ".join(f"new.{name}" for name in COLUMNS)}, coalesce(new.reverses_id, reversed.id)
FROM json_to_recordset(%s) AS new({RECORDS}, reverses_id bigint, reverses_key text)
LEFT JOIN journal_entry AS reversed
    ON reversed.source_kind = new.source_kind AND reversed.source_key = new.reverses_key
WHERE NOT EXISTS (
    SELECT FROM journal_entry AS old WHERE old.source_kind = new.source_kind AND old.source_key = new.source_key
)
ORDER BY new.source_kind, new.source_key
ON CONFLICT (source_kind, source_key) DO NOTHING
RETURNING source_key
"""  # noqa: S608 (names of columns alone)
DIFFERING = f"""
SELECT new.source_key
FROM json_to_recordset(%s) AS new({RECORDS})
JOIN journal_entry AS old USING (source_kind, source_key)
WHERE ROW({", ".join(f"old.{name}" for name in CONTENT)})
    IS DISTINCT FROM ROW({", ".join(f"new.{name}" for name in CONTENT)})
LIMIT 1
"""  # noqa: S608


def insert_entries(entries: list[NewEntry]) -> set[str]:
    """Add a batch and return the source keys that are new.

    DifferentContentError when a key is there already with another content. Call it inside a transaction.
    """
    if not entries:
        return set()
    records = json.dumps([_record(entry) for entry in entries])
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [records])
        added = {key for (key,) in cursor.fetchall()}
        if len(added) < len(entries):
            cursor.execute(DIFFERING, [records])
            if row := cursor.fetchone():
                raise DifferentContentError(
                    _("Catatan dengan kunci %(key)s sudah ada dengan isi yang lain.") % {"key": row[0]}
                )
    return added


FIELDS = tuple(field.name for field in dataclasses.fields(NewEntry))


def _record(entry: NewEntry) -> dict:
    record = {name: getattr(entry, name) for name in FIELDS}
    for name in ("occurred_at", "recorded_at"):
        moment = record[name]
        if moment is not None:
            if moment.tzinfo is None:
                raise ValueError(f"{name} without time zone: {moment!r}")
            record[name] = moment.isoformat()
    return record
