"""How far the book has been kept, so that a tick reads what is new and not what it has read before.

A mark is written after what lies before it was noted, and only ever raised. It never passes a row that somebody might
still be writing: keys are given out in order, but transactions end in any order. What a mark should have passed over
all the same is found by the walk through everything, once a day (``walk_is_due``), which also lowers a mark that
somebody put beyond what is there.
"""

import datetime as dt

from django.db import connection
from django.utils import timezone

from reports.models import BookMark

WALK, EVERY = "walk", dt.timedelta(days=1)
RAISE = """
INSERT INTO reports_bookmark AS had (name, upto, sha256) VALUES (%s, %s, '')
ON CONFLICT (name) DO UPDATE SET upto = excluded.upto WHERE had.upto < excluded.upto
"""
SET = """
INSERT INTO reports_bookmark (name, upto, sha256) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET upto = excluded.upto, sha256 = excluded.sha256
"""
# Whether everybody who was writing when the row was written has ended: so no lower key can come any more, but for
# one that was given out in the moment before its writer was numbered.
SETTLED = "age(xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"


def marks() -> dict[str, int]:
    return dict(BookMark.objects.values_list("name", "upto"))


def raise_mark(name: str, upto: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [name, upto])


def walk_is_due(known: dict[str, int]) -> bool:
    """Whether nobody has gone through everything for a day; in times to come nobody has, whatever is written."""
    now = timezone.now()
    return not microseconds(now - EVERY) < known.get(WALK, 0) <= microseconds(now)


def walked(started: dt.datetime) -> None:
    set_mark(WALK, microseconds(started))


def set_mark(name: str, upto: int, sha256: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET, [name, upto, sha256])


def lower_marks(greatest: dict[str, int]) -> None:
    """Those that somebody put beyond what there is. One that was raised meanwhile may be lowered, too: what lies before
    it is read again."""
    for name, upto in greatest.items():
        BookMark.objects.filter(name=name, upto__gt=upto).update(upto=upto)


def microseconds(moment: dt.datetime) -> int:
    return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
