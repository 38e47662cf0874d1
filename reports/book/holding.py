"""Marks and lines hold each other: up to its mark each part has its lines, and no mark lies beyond what there is.

So neither can be changed by hand alone. A mark that was lowered has a tick read again what it knows, which is no harm.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from journal.rollups.ahead import LEEWAY, clock
from reports.book import keeping
from reports.book.lines import Difference
from reports.book.marks import WALK, marks, microseconds

MOST_NAMED = 20
# Keys are given out in order, so what is noted last is below the mark.
UNNOTED = """
SELECT id FROM {table} WHERE id <= %(mark)s
    AND NOT EXISTS (SELECT FROM reports_bookline WHERE kind = %(row)s AND key = %(prefix)s || {table}.id)
ORDER BY id LIMIT %(most)s
"""


def marks_and_lines() -> Iterator[Difference]:
    limits = keeping.greatest_marks() | {WALK: microseconds(clock() + LEEWAY)}
    known = marks()
    for name in sorted(known.keys() & limits.keys()):
        if known[name] > limits[name]:
            yield f"reports_bookmark {name}", "the mark, which lies beyond what there is"
    with connection.cursor() as cursor:
        for model in keeping.GROWING:
            table = model._meta.db_table
            where: dict[str, Any] = {
                "mark": known.get(table, 0),
                "row": keeping.ROW,
                "prefix": f"{table}:",
                "most": MOST_NAMED,
            }
            cursor.execute(UNNOTED.format(table=table), where)
            for (pk,) in cursor.fetchall():
                yield f"{table} {pk}", "the row: no line of the book tells of it"
