"""Marks, lines and rows hold each other: whichever is changed by hand, the others know."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from expo.store import redis_client
from inquiries.models import Inquiry
from reports import verify
from reports.book import keeping, marks, presence
from reports.book.checking import PARTS
from reports.book.keeping import keep_up
from reports.book.lines import Fact, write
from reports.book.marks import EVERY, WALK, microseconds
from reports.book.witness import key, remember
from reports.models import BookLine, BookMark
from tests.database import append_only_lifted
from tests.factories import make_booth, make_edition, make_exhibitor
from visits.domain.salts import destroy_salts, salt_for
from visits.models import GateCount, Salt

pytestmark = pytest.mark.django_db
FAR = 9 * 10**18


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Nobody else writes: a mark waits for nobody."""
    monkeypatch.setattr(keeping, "SETTLED", "true")
    monkeypatch.setattr(presence, "SETTLED", "true")


@pytest.fixture
def gate(db):
    """Three counts at a gate that are noted, each with a line of the book."""
    edition = make_edition()
    counts = [GateCount.objects.create(edition=edition, day=dt.date(2020, 11, day), people=day) for day in (17, 18, 19)]
    for _tick in range(2):
        keep_up()
    assert differing() == []
    return counts


def differing() -> list[str]:
    return [f"{name} {what}" for part in PARTS.values() for name, what in part()]


def tamper(sql: str, *params) -> None:
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount > 0


@pytest.mark.parametrize("name", [WALK, "visits_gatecount"])
def test_a_mark_beyond_what_there_is_is_named_and_lowered_by_the_walk(gate, name):
    BookMark.objects.filter(name=name).update(upto=FAR)
    assert differing() == [f"reports_bookmark {name} the mark, which lies beyond what there is"]
    later = GateCount.objects.create(edition=gate[0].edition, day=dt.date(2020, 11, 20), people=1)
    BookMark.objects.filter(name=WALK).exclude(name=name).update(upto=0)
    keep_up()
    assert BookLine.objects.filter(key=f"visits_gatecount:{later.pk}").exists()
    assert differing() == []
    assert BookMark.objects.get(name=WALK).upto <= microseconds(timezone.now())


def test_a_walk_is_due_once_a_day_and_in_no_time_to_come():
    now = microseconds(timezone.now())
    day = EVERY // dt.timedelta(microseconds=1)
    assert [marks.walk_is_due({WALK: at}) for at in (0, now - day - 1, now - day // 2, FAR)] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_line_that_is_taken_away_is_missed_wherever_it_stood(gate, which):
    """The last one, too, and after another has taken its place, although the row is noted again as it is then."""
    lines = list(BookLine.objects.filter(kind=keeping.ROW).order_by("position"))
    tamper("DELETE FROM reports_bookline WHERE id = %s", lines[which].pk)
    row = f"visits_gatecount {gate[which].pk} the row: no line of the book tells of it"
    assert row in differing()
    BookMark.objects.filter(name=WALK).update(upto=0)
    keep_up()
    assert differing() != []


def test_the_end_of_the_book_is_missed_once_another_line_stands_there(gate):
    last = BookLine.objects.first()
    tamper("DELETE FROM reports_bookline WHERE id = %s", last.pk)
    assert f"book of seals, line {last.position} the line that was written last is gone" in differing()
    BookMark.objects.filter(name=WALK).update(upto=0)
    redis_client().flushdb()
    keep_up()
    assert differing() == [f"book of seals, line {last.position} the end of the book that was there before"]


def test_the_store_remembers_an_end_that_was_cut_off_with_its_marks(gate):
    """Nothing in the database knows of it any more."""
    last = BookLine.objects.first()
    before = BookLine.objects.get(position=last.position - 1)
    tamper("DELETE FROM reports_bookline WHERE id = %s", last.pk)
    BookMark.objects.filter(name="head").update(upto=before.position, sha256=before.sha256)
    BookMark.objects.exclude(name__in=["head", WALK]).update(upto=0)
    assert differing() == [f"book of seals, line {last.position} what the store remembers of the book ({key()})"]
    redis_client().delete(key())
    assert differing() == []


def test_a_row_that_is_put_in_below_its_mark_is_told_of(gate):
    tamper("DELETE FROM visits_gatecount WHERE id = %s", gate[1].pk)
    tamper(
        "INSERT INTO visits_gatecount SELECT (jsonb_populate_record(had, '{\"id\": -7}')).* "
        "FROM visits_gatecount AS had WHERE id = %s",
        gate[0].pk,
    )
    assert "visits_gatecount -7 the row: no line of the book tells of it" in differing()
    assert f"visits_gatecount {gate[1].pk} the row is gone" in differing()


SALT_CHANGES = {
    "UPDATE visits_salt SET secret = '\\x01'": "the secret",
    "UPDATE visits_salt SET secret = NULL": "the secret, and when it was destroyed",
    "UPDATE visits_salt SET destroyed_at = now()": "the secret, and when it was destroyed",
    "UPDATE visits_salt SET period = 'run/2'": "the salt's edition or period",
    "DELETE FROM visits_salt": "the salt is gone",
}


@pytest.mark.parametrize(("sql", "what"), SALT_CHANGES.items())
def test_another_salt_is_found(sql, what):
    salt = salt_for(make_edition().pk, "run")
    keep_up()
    assert differing() == []
    tamper(sql)
    assert f"visits_salt {salt.pk} {what}" in differing()


def test_a_salt_is_destroyed_by_right():
    edition = make_edition()
    salt_for(edition.pk, "run")
    keep_up()
    assert destroy_salts(edition, timezone.now() + dt.timedelta(days=4000)) == 1
    assert Salt.objects.get().secret is None
    keep_up()
    assert differing() == []


def test_rows_that_nothing_takes_away_are_missed():
    edition, exhibitor = make_edition(), make_exhibitor()
    booths = [
        make_booth(edition=edition, exhibitor=exhibitor if not number else make_exhibitor()) for number in range(3)
    ]
    inquiry = Inquiry.objects.create(
        token="t",
        edition=edition,
        exhibitor=exhibitor,
        name="Rina",
        email="rina@contoh.test",
        message="Ada?",
        sent_at=timezone.now(),
    )
    keep_up()
    assert differing() == []
    tamper("UPDATE inquiries_inquiry SET message = 'lain'")
    tamper("UPDATE exhibitors_booth SET is_open = NOT is_open")
    assert differing() == []
    tamper("DELETE FROM inquiries_inquiry WHERE id = %s", inquiry.pk)
    tamper("DELETE FROM exhibitors_booth WHERE id = %s", booths[-1].pk)
    gone = "the row is gone, and nothing in the software takes one away"
    assert differing() == [f"exhibitors_booth {booths[-1].pk} {gone}", f"inquiries_inquiry {inquiry.pk} {gone}"]


def test_keys_are_told_in_stretches():
    assert presence.spans([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_comes_while_everything_is_verified_is_no_finding(monkeypatch):
    """The store knows of it before whoever verifies can see it."""
    make_edition()
    write([Fact(keeping.ROW, "somewhere:1", {"table": "somewhere"})])
    remember()

    def tick():
        write([Fact(keeping.ROW, "somewhere:2", {"table": "somewhere"})])
        remember()
        connection.close()

    def meanwhile():
        worker = Thread(target=tick)
        worker.start()
        worker.join()
        return iter(())

    monkeypatch.setitem(verify.PARTS, "gone", meanwhile)
    monkeypatch.setitem(verify.PARTS, "rows", lambda: iter(()))
    assert [finding for finding in verify.verify_recaps().findings if "store" in finding.what] == []
    assert BookLine.objects.count() == 2
