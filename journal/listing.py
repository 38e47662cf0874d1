"""The entries behind the figures: what anyone entitled can list. No buyer is named in the journal, so none is here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from journal.totals import AsOf
from journal.totals.entries import FACTS

CHUNK = 2000
LISTED = f"""
WITH {FACTS}
SELECT id, occurred_at, recorded_at, transaction_key, exhibitor_label, product_label, category_label, channel, measure,
    nature, evidence, destination_label, quantity, amount,
    CASE
        WHEN measure <> 'realised' OR evidence = 'D' THEN ''
        WHEN occurred_at < %(before_occurred)s AND recorded_at < %(before_recorded)s THEN ''
        WHEN nature = 'sale' AND occurred_at >= %(before_occurred)s THEN 'new_sales'
        WHEN nature = 'sale' THEN 'late_entries'
        WHEN nature = 'refund' THEN 'refunds'
        ELSE 'corrections' END
FROM FACTS ORDER BY occurred_at, recorded_at, id
"""  # noqa: S608 (constants alone)


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One journal entry. ``step`` is the step of the bridge that it belongs to, or ""."""

    number: int
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    transaction: str
    exhibitor: str
    product: str
    category: str
    channel: str
    measure: str
    nature: str
    evidence: str
    destination: str
    quantity: int
    amount: int
    step: str


def entries(asof: AsOf, before: AsOf) -> Iterator[ListedEntry]:
    """Every entry that a recap knows, claims (D) included, as they occurred; ``before`` is the recap before it.

    Streams from the database, whatever their number.
    """
    parameters = asof.parameters | {"before_occurred": before.occurred, "before_recorded": before.recorded}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(LISTED, parameters)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield ListedEntry(*row)
