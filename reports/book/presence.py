"""Rows that change by right and are never taken away: which of them there were.

What a recap counts outside the journal (orders, questions, exhibitors, booths) moves on by right, so no line can tell
what a row holds. But nothing in the software deletes one, so its key stays. A line names a stretch of keys and those
that somebody had: a row that was there and is gone is named. One with a key between may come later.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import itemgetter

from django.db import connection
from django.db.models import Model

from exhibitors.models import Booth, Exhibitor
from expo.models import Edition
from inquiries.models import Inquiry
from orders.models import Order, OrderEvent
from reports.book.lines import Difference, Fact, content_of, write
from reports.book.marks import SETTLED
from reports.models import BookLine

PRESENT = "present"
STAYING: tuple[type[Model], ...] = (Edition, Exhibitor, Booth, Inquiry, Order, OrderEvent)
MANY, MOST_ROWS, MOST_NAMED = 1000, 20_000, 20


def note(*, all_rows: bool) -> int:
    """Write a line over the keys that came since the last one; unless ``all_rows``, only where they are many."""
    return sum(_note(model._meta.db_table, 1 if all_rows else MANY) for model in STAYING)


def _note(table: str, least: int) -> int:
    after = _noted(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {SETTLED} FROM {table} WHERE id > %s ORDER BY id LIMIT {MOST_ROWS}",  # noqa: S608
            [after],
        )
        keys = [pk for pk, _settled in takewhile(itemgetter(1), cursor.fetchall())]
    if len(keys) < least:
        return 0
    content = {"table": table, "after": after, "upto": keys[-1], "keys": spans(keys)}
    return write([Fact(PRESENT, f"{table}:{keys[-1]:020d}", content)], still=lambda: _noted(table) == after)


def _noted(table: str) -> int:
    """Up to which key there are lines."""
    lines = BookLine.objects.filter(kind=PRESENT, key__startswith=f"{table}:").order_by("-key")
    last = lines.values_list("key", flat=True).first()
    return int(last.partition(":")[2]) if last else 0


def spans(keys: Sequence[int]) -> list[list[int]]:
    """[1, 2, 3, 7] as [[1, 3], [7, 7]]."""
    found: list[list[int]] = []
    for key in keys:
        if found and found[-1][1] == key - 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found


def rows_gone() -> Iterator[Difference]:
    tables = {model._meta.db_table for model in STAYING}
    for line in BookLine.objects.filter(kind=PRESENT).order_by("position").iterator(chunk_size=100):
        said = content_of(line)
        if said["table"] in tables:
            for pk in _missing(said["table"], said["keys"]):
                yield f"{said['table']} {pk}", "the row is gone, and nothing in the software takes one away"


def _missing(table: str, noted: Sequence[Sequence[int]]) -> list[int]:
    sql = f"""
        SELECT key FROM unnest(%s::bigint[], %s::bigint[]) AS span (first, last),
            generate_series(first, last) AS key
        WHERE NOT EXISTS (SELECT FROM {table} WHERE id = key) ORDER BY key LIMIT {MOST_NAMED}
    """  # noqa: S608 (names of our own models alone)
    with connection.cursor() as cursor:
        cursor.execute(sql, [[first for first, _last in noted], [last for _first, last in noted]])
        return [key for (key,) in cursor.fetchall()]
