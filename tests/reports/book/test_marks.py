"""The book's tick reads what is new: not what it has noted, and nothing less than all once a day."""

import datetime as dt
import time
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from reports.book import keeping
from reports.book.keeping import keep_up
from reports.book.marks import WALK
from reports.models import BookLine, BookMark
from tests.factories import make_edition
from visits.models import GateCount

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 3000
READ = """
SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
WHERE relname IN ('visits_gatecount', 'reports_bookline')
"""


def count(edition, days: int, start: int = 0) -> list[GateCount]:
    first = dt.date(2000, 1, 1)
    counts = (GateCount(edition=edition, day=first + dt.timedelta(days=start + n), people=n) for n in range(days))
    return GateCount.objects.bulk_create(counts)


def rows_read() -> int:
    """Of gate counts and of the book, by one tick."""
    with transaction.atomic(), connection.cursor() as cursor:
        numbers = []
        for work in (lambda: None, keep_up):
            work()
            cursor.execute(READ)
            numbers.append(cursor.fetchone()[0])
    return numbers[1] - numbers[0]


def keep_up_to(latest: GateCount) -> None:
    """Until the mark is there: it waits for all that writes in this cluster, also in databases of other tests."""
    until = time.monotonic() + 120
    while not BookMark.objects.filter(name="visits_gatecount", upto=latest.pk).exists():
        assert time.monotonic() < until, "the mark stays behind"
        keep_up()


def noted() -> int:
    return BookLine.objects.filter(kind=keeping.ROW).count()


def test_a_tick_reads_what_is_new():
    edition = make_edition()
    count(edition, MANY)
    keep_up()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE visits_gatecount, reports_bookline, reports_bookmark")
    keep_up_to(GateCount.objects.latest("pk"))
    assert noted() == MANY
    assert rows_read() < 20
    count(edition, 5, start=MANY)
    assert rows_read() < 30
    assert noted() == MANY + 5


def test_a_row_that_is_committed_late_is_noted():
    """Its key is lower than one that the book has seen: the mark has waited."""
    edition = make_edition()
    keep_up()
    written, may_end = Event(), Event()

    def late():
        with transaction.atomic():
            count(edition, 1)
            written.set()
            may_end.wait(20)
        connection.close()

    writer = Thread(target=late)
    writer.start()
    assert written.wait(20)
    count(edition, 1, start=1)
    keep_up()
    assert noted() == 1
    may_end.set()
    writer.join()
    keep_up()
    assert noted() == 2
    keep_up_to(GateCount.objects.latest("pk"))


def test_once_a_day_everything_is_gone_through():
    edition = make_edition()
    keep_up()
    count(edition, 3)
    BookMark.objects.update_or_create(name="visits_gatecount", defaults={"upto": 2**40})
    assert keep_up() == 0
    BookMark.objects.filter(name=WALK).update(upto=0)
    assert keep_up(walk=False) == 0
    assert keep_up() == 3
