"""Every table that sealed figures rest on, changed by hand with triggers off: what was changed is found and named.

Which tables those are is not a list of ours: it is what sealing and checking ask the database. A table among them is
either changed here, or named with the reason why a change in it is no finding.
"""

import contextlib
import datetime as dt
import io
import itertools
import json
import re

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from exhibitors.models import Exhibitor
from expo.models import OutgoingMail, Recipient
from expo.store import redis_client
from journal.models import Entry, EntryDocument
from reports import verify
from reports.book.coverage import FREE, NOTED
from reports.book.keeping import keep_up
from reports.book.sources import changed_since
from reports.book.witness import key
from reports.dispatch import send_waiting
from reports.documents import document_of
from reports.models import BookLine, Recap, SignedFile
from reports.seal import withdraw
from reports.signed import keep_signed
from reports.verify import verify_recaps
from reports.walk import check_seals
from tests.cast import person
from tests.database import append_only_lifted
from tests.factories import make_booth, make_edition, wib
from tests.reports.book.hands import other, tamper
from tests.reports.cases import make_history, seal_at
from tests.visits.hours import booth_hour, visit_hour
from visits.domain.store import counting
from visits.models import BoothVisitHour, GateCount, ImportedLog, Salt, VisitHour

pytestmark = pytest.mark.django_db
UNIQUE = ("id", "source_key")
PUT_IN = -7  # the key of a row that is put in by hand
TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE|LOCK TABLE)\s+"?([a-z]+_[a-z_]+)"?', re.IGNORECASE)


@pytest.fixture
def world(settings, tmp_path):
    """Recaps that were superseded, withdrawn, mailed, downloaded, signed and checked; visits and a gate behind them."""
    settings.PRIVATE_ROOT = tmp_path
    edition, staff = make_history(), person("Petugas")
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    booth = make_booth(edition=edition, exhibitor=Exhibitor.objects.first())
    hour = {"hour": wib(2020, 11, 18, 9), "period": "run"}
    visit_hour(edition=edition, **hour, visits=5, page_views=9, booth_visits=3, sketch=b"")
    booth_hour(booth=booth, **hour, visits=3)
    Salt.objects.create(edition=edition, period="run", secret=None, destroyed_at=wib(2020, 11, 21))
    GateCount.objects.create(edition=edition, day=dt.date(2020, 11, 18), people=40, recorded_by=staff)
    ImportedLog.objects.create(edition=edition, sha256="a" * 64, size=900, lines=9)
    EntryDocument.objects.create(entry=Entry.objects.first(), file="journal/a.pdf", digest="b" * 64, by=staff)
    first = seal_at(edition, 2020, 11, 18, scheduled=True)
    send_waiting()
    revised = seal_at(edition, 2020, 11, 18, recorded=wib(2020, 11, 18, 12), by=staff, reason="Nota susulan")
    gone = seal_at(edition, 2020, 11, 19)
    withdraw(gone, by=staff, reason="Salah pameran")
    last = seal_at(edition, 2020, 11, 20, 13)
    keep_signed(last, document_of(last, "pdf"), by=staff)
    check_seals()
    keep_up()
    return {"edition": edition, "first": first, "revised": revised, "gone": gone, "last": last}


@contextlib.contextmanager
def put_back():
    """Whatever is done to the database inside is undone at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT tampering")
        yield
        cursor.execute("ROLLBACK TO SAVEPOINT tampering")


def found() -> list[tuple[str, str]]:
    return [(finding.number, finding.what) for finding in verify_recaps().findings]


@pytest.fixture
def unhurried(monkeypatch):
    """Figures are computed again in tests of their own; here the book alone has to find what was changed."""
    monkeypatch.setattr(verify, "_figures", lambda recap: iter(()))


@pytest.mark.usefixtures("unhurried")
def test_every_column_of_every_noted_table_is_found(world):
    """One column after the other, in the first row, one in the middle and the last by turns; then each of these rows is
    taken away, and another is put in."""
    missed, tried = [], 0
    for model in NOTED:
        for what, row, sql, params in changes_of(model):
            # What a constraint refuses with triggers off needs no finding.
            with put_back(), contextlib.suppress(IntegrityError):
                tamper(sql, *params)
                names = [f"{number} {what}" for number, what in found()]
                tried += 1
                if not any(named(model, row, what) in name for name in names):
                    missed.append((model._meta.db_table, what, row, names))
    assert not missed
    assert tried > 120


def changes_of(model) -> list[tuple]:
    """What is changed, in which row, and how."""
    table = model._meta.db_table
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    assert keys, f"nothing in {table}"
    rows = list(dict.fromkeys((keys[0], keys[len(keys) // 2], keys[-1])))
    columns = [field for field in model._meta.concrete_fields if not field.primary_key]
    changes = [
        (field.column, row, f'UPDATE {table} SET "{field.column}" = {other(field)} WHERE id = %s', [row])
        for field, row in zip(columns, itertools.cycle(rows), strict=False)
    ]
    changes += [("taken away", row, f"DELETE FROM {table} WHERE id = %s", [row]) for row in rows]
    copy = f"INSERT INTO {table} SELECT (jsonb_populate_record(had, %s::jsonb)).* FROM {table} AS had WHERE id = %s"
    return [*changes, ("put in", PUT_IN, copy, [json.dumps({"id": PUT_IN}), rows[0]])]


def named(model, row, change) -> str:
    """By what a finding tells where to look."""
    if model is Entry:
        return "uvo-2 the entries with keys" if change == "taken away" else "journal entry"
    if model is VisitHour:
        return "uvo-2 the hours of visits under the salt" if change == "taken away" else f"hour of visits {row}"
    if model is BoothVisitHour:
        return "uvo-2 the hours of visits of booth" if change == "taken away" else f"hour of visits of a booth {row}"
    if model is Recap:
        return ""  # by its number, which may be what was changed
    if model is BookLine:
        return "book of seals, line"
    return f"{model._meta.db_table} {row}"


def test_what_people_do_by_hand_is_found_and_named(world):
    first, revised, gone, last = (world[name] for name in ("first", "revised", "gone", "last"))
    with put_back():  # a withdrawal is undone
        tamper(
            "UPDATE reports_recap SET state = 'current', withdrawal_reason = '', withdrawn_at = NULL, "
            "withdrawn_by_id = NULL WHERE state = 'withdrawn'"
        )
        assert found()[0] == (gone.number, "its withdrawal and what the book says of it")
    with put_back():  # a revision is made away with, and what it replaced is valid again
        take_away(revised)
        tamper("UPDATE reports_recap SET previous_id = %s WHERE previous_id = %s", first.pk, revised.pk)
        tamper("UPDATE reports_recap SET state = 'current', superseded_by_id = NULL WHERE id = %s", first.pk)
        said = found()
        assert (revised.number, "it was sealed, and is there no more") in said
        assert (first.number, "its successor and what the book says of it") in said
    with put_back():  # the last recap is taken off the chain
        take_away(last)
        assert found()[0] == (last.number, "it was sealed, and is there no more")
    with put_back():  # a recap is said to be of no edition, or of another one
        tamper("DELETE FROM reports_recap_editions WHERE recap_id = %s", last.pk)
        assert (last.number, "its seal and what the book says of it") in found()
    with put_back():  # an entry is put among those behind a seal, where it changes no figure
        names = ", ".join(field.column for field in Entry._meta.concrete_fields if field.name not in UNIQUE)
        claim = "FROM journal_entry WHERE evidence = 'D'"
        tamper(f"INSERT INTO journal_entry (source_key, {names}) SELECT 'x', {names} {claim}")
        assert any(what == "its fingerprint" for _number, what in found())


def test_a_booth_that_is_gone_takes_no_visits_with_it_unseen(world):
    with put_back():
        tamper("DELETE FROM visits_boothvisithour")
        tamper("DELETE FROM exhibitors_booth")
        assert any("the hours of visits of booth" in what for _number, what in found())
    with put_back():  # moved to another edition by right, it still is the booth that was noted
        tamper("UPDATE exhibitors_booth SET edition_id = %s", make_edition().pk)
        assert found() == []


def test_visits_under_a_living_salt_may_grow_but_never_shrink(world):
    edition = world["edition"]
    visit_hour(edition=edition, hour=wib(2020, 11, 21, 9), period="2020-11", visits=4, page_views=6)
    visit_hour(edition=edition, hour=wib(2020, 11, 22, 9), period="2020-11", visits=4, page_views=6)
    last = seal_at(edition, 2020, 11, 23)
    keep_up()
    assert found() == []
    with put_back():
        by_a_knowing_hand("visits = visits - 1", wib(2020, 11, 21, 9))
        assert found() == [(last.number, "fewer visits than were sealed (visits)")]
    with put_back():  # from one day to another
        by_a_knowing_hand("hour = '2020-11-22T01:00Z'", wib(2020, 11, 21, 9))
        assert found() == [(last.number, "fewer visits than were sealed (visits on 2020-11-21)")]
    with put_back():
        by_a_knowing_hand("visits = visits + 1", wib(2020, 11, 21, 9))
        assert found() == []
        assert list(changed_since()) == [(last.number, "counted otherwise today: visits")]


def by_a_knowing_hand(change, hour):
    """As whoever counts, or with a fingerprint made to fit."""
    with counting(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE visits_visithour SET {change} WHERE hour = %s", [hour])
        assert cursor.rowcount > 0


def take_away(recap):
    behind = ("recap_editions", "issuedfile", "signedfile", "recapevent", "recount")
    for table in (f"reports_{name}" for name in behind):
        with append_only_lifted(connection), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE recap_id = %s", [recap.pk])
    tamper("DELETE FROM reports_recap WHERE id = %s", recap.pk)


def test_the_end_of_both_is_found_by_what_was_published(world, client, tmp_path):
    """Without its last recap, and without the lines that told of it, the database holds together."""
    head = client.get("/statistik/data/segel.json")
    published = tmp_path / "segel.json"
    published.write_bytes(head.content)
    assert verified("--head", str(published))["holds"]
    position = BookLine.objects.get(kind="sealed", key=str(world["last"].pk)).position
    take_away(world["last"])
    tamper("DELETE FROM reports_sealwalk")
    tamper("DELETE FROM reports_sealcheck")
    tamper("DELETE FROM reports_bookline WHERE position >= %s", position)
    assert "the line that was written last is gone" in [finding["differs"] for finding in verified()["findings"]]
    tamper("UPDATE reports_bookmark SET (upto, sha256) = (SELECT position, sha256 FROM reports_bookline "
           "ORDER BY position DESC LIMIT 1) WHERE name = 'head'")  # fmt: skip
    assert f"what the store remembers of the book ({key()})" in [what for _name, what in found()]
    redis_client().delete(key())
    assert verified()["holds"]
    told = verified("--head", str(published))
    assert world["last"].chain_sha256 in [finding["recap"] for finding in told["findings"]]
    assert not verified("--head", world["last"].sha256)["holds"]
    assert verified("--head", world["revised"].chain_sha256.upper())["holds"]


def verified(*words) -> dict:
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("verify_recaps", "--format", "json", *words, stdout=out)
    return json.loads(out.getvalue())


OUTSIDE = {
    "UPDATE visits_gatecount SET people = people + 1": "visits",
    "UPDATE exhibitors_exhibitor SET kind = 'koperasi'": "participants",
    "UPDATE expo_edition SET theme = 'lain'": "editions",
    "UPDATE expo_region SET name = 'Kota Lain' WHERE code = '33.73'": "regencies",
}


def test_what_lies_outside_is_noted_when_it_would_count_otherwise(world):
    for sql, member in OUTSIDE.items():
        with put_back():
            tamper(sql)
            (note,) = changed_since()
            assert note == (world["last"].number, f"counted otherwise today: {member}")
    assert verified()["notes"] == []


def test_the_bytes_of_a_signed_file_are_compared(world):
    from expo.pictures import private_storage

    signed = SignedFile.objects.get()
    with private_storage().open(signed.path, "wb") as file:
        file.write(b"%PDF-lain")
    assert (world["last"].number, f"the signed file {signed.path}") in found()


def test_every_table_behind_a_recap_is_noted_or_has_its_reason(world):
    """What sealing, mailing, annexes and checking ask the database for. Where nothing was changed nothing is found."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        recap = seal_at(world["edition"], 2020, 11, 21, scheduled=True)
        send_waiting()
        document_of(recap, "pdf", annex=True)
        assert found() == []
    tables = {table for query in asked.captured_queries for table in TABLE.findall(query["sql"])}
    ours = {table for table in tables if table in connection.introspection.table_names()}
    known = {model._meta.db_table for model in NOTED} | set(FREE)
    assert {"journal_entry", "visits_visithour", "inquiries_inquiry", "orders_order"} <= ours
    assert sorted(ours - known) == []
    assert all(len(reason) > 20 for reason in FREE.values())
    assert set(FREE) <= set(connection.introspection.table_names())
    assert OutgoingMail.objects.exists()
    assert {line.kind for line in BookLine.objects.all()} == {
        "sealed", "superseded", "withdrawn", "entry-keys", "visit-hours", "booth-hours", "row",
    }  # fmt: skip
