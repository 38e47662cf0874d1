"""Rows tell that they were changed by hand, before any tick; and who would fit their fingerprints is found after it."""

import contextlib
import importlib

import pytest
from django.db import IntegrityError, connection, transaction

from journal.models import Entry
from journal.posting import post_sale
from reports.book import altered
from reports.book.digests import columns_of, digest
from reports.book.keeping import keep_up
from reports.book.lines import Fact, write
from reports.models import BookLine
from reports.verify import verify_recaps
from tests.cast import person
from tests.factories import make_booth, wib
from tests.journal.ledger import make_sale
from tests.reports.book.hands import fit, other, tamper
from tests.reports.cases import make_history
from tests.visits.hours import booth_hour, visit_hour
from visits.domain.store import counting
from visits.models import BoothVisitHour, GateCount, VisitHour

pytestmark = pytest.mark.django_db
MODELS = {part: source.model for part, source in altered.SOURCES.items()}


@pytest.fixture
def edition():
    """Rows of every kind, with texts that are awkward to write down, empty columns and full ones."""
    edition = make_history()
    hour = {"hour": wib(2020, 11, 18, 9), "period": "run"}
    visit_hour(edition=edition, **hour, visits=5, page_views=9, sketch=b"\x00\xff'\\")
    booth_hour(booth=make_booth(edition=edition), **hour, visits=3, sketch=b"HYLL")
    gate = {"edition": edition, "people": 40, "note": 'Kata "Bu Ani" \\ 日本 \t'}
    GateCount.objects.create(day="2020-11-18", recorded_by=person("Petugas"), **gate)
    GateCount.objects.create(day="2020-11-19", **gate)
    return edition


@contextlib.contextmanager
def put_back():
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT tampering")
        yield
        cursor.execute("ROLLBACK TO SAVEPOINT tampering")


def told() -> list[str]:
    return [f"{one.name}: {one.what}" for one in altered.everything()]


def test_a_fingerprint_is_of_every_other_column(edition):
    """What triggers make is what the check makes, and nothing is left out of it."""
    for model in MODELS.values():
        last = model.fingerprints[max(model.fingerprints)]
        assert sorted(last) == sorted(set(columns_of(model)) - {"fingerprint"}), model
        assert model.objects.exists()
    assert told() == []


def test_every_changed_column_is_found_at_once(edition):
    missed = []
    for part, model in MODELS.items():
        table, row = model._meta.db_table, model.objects.order_by("pk").first().pk
        for field in model._meta.concrete_fields:
            with put_back():
                tamper(f'UPDATE {table} SET "{field.column}" = {other(field)} WHERE id = %s', row)
                key = row + 1000 if field.primary_key else row
                if told() != [f"{altered.SOURCES[part].name} {key}: its fingerprint"]:
                    missed.append((table, field.column, told()))
    assert not missed


@pytest.mark.parametrize("change", ["visits = visits + 1", "visits = visits - 1", r"sketch = '\x01'"])
def test_visits_under_a_living_salt_are_found_raised_and_lowered(edition, change):
    for model in (VisitHour, BoothVisitHour):
        table = model._meta.db_table
        with pytest.raises(IntegrityError, match="whoever counts"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {change}")
        with put_back():
            tamper(f"UPDATE {table} SET {change}")
            assert len(told()) == 1
        with counting(), connection.cursor() as cursor:  # as whoever counts: by right
            cursor.execute(f"UPDATE {table} SET {change}")
        assert told() == []


@pytest.mark.parametrize("act", ["INSERT INTO {} SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_only_who_counts_writes_hours(edition, act):
    connection.check_constraints()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format("visits_visithour", "visits_visithour"))


def test_rows_that_were_put_in_or_swapped_are_found_at_once(edition):
    names = ", ".join(column for column in columns_of(Entry) if column not in ("id", "source_key"))
    with put_back():
        tamper(f"INSERT INTO journal_entry (source_key, {names}) SELECT 'x', {names} FROM journal_entry LIMIT 1")
        assert len(told()) == 1
    first, second = Entry.objects.order_by("pk").values_list("pk", flat=True)[:2]
    with put_back():
        swap(first, second)
        assert len(told()) == 2


def swap(first, second):
    for was, becomes in ((first, -1), (second, first), (-1, second)):
        tamper("UPDATE journal_entry SET id = %s WHERE id = %s", becomes, was)


def test_a_knowing_hand_is_found_after_the_tick(edition):
    keep_up()
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    names = ", ".join(column for column in columns_of(Entry) if column not in ("id", "source_key"))
    forged = f"INSERT INTO journal_entry (id, source_key, {names}) SELECT 0, 'x', {names} FROM journal_entry LIMIT 1"
    hands = {
        "changed": lambda: tamper("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000"),
        "deleted": lambda: tamper("DELETE FROM journal_entry WHERE id = %s", keys[-1]),
        "swapped": lambda: swap(*keys[:2]),
        "moved": lambda: tamper("UPDATE journal_entry SET edition_id = edition_id + 1 WHERE id = %s", keys[0]),
        "put in": lambda: (tamper(forged), tamper("UPDATE journal_entry SET id = %s - 1 WHERE id = 0", keys[0])),
    }
    for name, hand in hands.items():
        with put_back():
            hand()
            fit(Entry, *keys, keys[0] - 1)
            found = told()
            assert found, name
            assert all("entries with keys" in one for one in found), (name, found)
    assert told() == []


def test_lines_by_recorded_day_are_still_checked(edition):
    """As they were written before lines followed keys."""
    span = {"edition": edition.pk, "from": wib(1, 1, 2), "until": wib(2020, 11, 21), "columns": columns_of(Entry)}
    where = "edition_id = %(edition)s AND recorded_at >= %(from)s AND recorded_at < %(until)s"
    rows, sha256 = digest(Entry, span["columns"], where, span)
    write([Fact("entries", f"{edition.pk}:x", {**span, "rows": rows, "sha256": sha256})])
    assert verify_recaps().findings == ()
    entry = Entry.objects.order_by("pk").last().pk
    tamper("UPDATE journal_entry SET note = 'lain' WHERE id = %s", entry)
    fit(Entry, entry)
    assert [finding.number for finding in verify_recaps().findings] == ["uvo-2"]


def test_many_are_told_together(edition):
    for number in range(altered.MOST_NAMED + 5):
        post_sale(make_sale(edition=edition, amount=7_000 + number))
    tamper("UPDATE journal_entry SET note = 'lain' WHERE amount BETWEEN 7000 AND 7999")
    assert len(told()) == altered.MOST_NAMED + 1
    assert told()[-1].endswith("the fingerprints of 5 rows")


@pytest.mark.parametrize("name", ["journal", "visits"])
def test_rows_of_before_get_theirs(edition, name):
    """What the migration does to tables that are full."""
    migration = importlib.import_module(f"{name}.migrations.{'0013' if name == 'journal' else '0008'}_fingerprints")
    fills = [migration.BACKFILL] if name == "journal" else [migration.backfill(each) for each in migration.CONTENTS]
    tables = ["journal_entry"] if name == "journal" else list(migration.TABLES.values())
    connection.check_constraints()
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN fingerprint DROP NOT NULL")
        tamper(f"UPDATE {table} SET fingerprint = NULL")
    assert told()
    with connection.cursor() as cursor:
        for statement in [*fills, *(f"ALTER TABLE {table} ALTER COLUMN fingerprint SET NOT NULL" for table in tables)]:
            cursor.execute(statement)
    assert told() == []


def test_a_tick_without_news_asks_two_things_of_the_journal(edition, django_assert_num_queries):
    from reports.book.keys import note_entries

    assert note_entries(0)[0] == 1
    with django_assert_num_queries(2):
        assert note_entries(0)[0] == 0
    post_sale(make_sale(edition=edition))
    assert note_entries(0)[0] == 1
    first, second = BookLine.objects.filter(kind="entry-keys").order_by("position")
    assert second.content.startswith(f'{{"after":{int(first.key)},')
    assert verify_recaps().findings == ()
    tamper("DELETE FROM reports_bookline WHERE position = %s", second.position)
    marks = [finding for finding in verify_recaps().findings if finding.number == "reports_bookmark entry-keys"]
    assert [finding.what for finding in marks] == ["the mark, which lies beyond what there is"]
