import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from journal.barrier import close_journal
from journal.models import Entry, SealedUntil
from journal.posting import post_imported, post_sale
from journal.roles import as_importer
from tests.database import append_only_lifted
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, make_sale

pytestmark = pytest.mark.django_db


def execute(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as in a later transaction
        cursor.execute(sql, params)


def refused(sql, *params, match="append-only"):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        execute(sql, *params)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET amount = 1",
        "UPDATE journal_entry SET note = 'x' WHERE id > 0",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "SET LOCAL pgtrigger.ignore = '{pgtrigger_append_only_6d2d9}'; DELETE FROM journal_entry",
    ],
)
def test_owner_cannot_change_entries(sql):
    (entry,) = post_sale(make_sale(amount=7))
    refused(sql)
    assert Entry.objects.get(pk=entry.pk).amount == 7


def test_conflict_clause_cannot_change_an_entry():
    post_sale(make_sale(amount=7))
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields if f.column != "id")
    refused(
        f"INSERT INTO journal_entry ({columns}) SELECT {columns} FROM journal_entry "
        "ON CONFLICT (source_kind, source_key) DO UPDATE SET amount = 1"
    )


def test_orm_cannot_change_entries():
    (entry,) = post_sale(make_sale())
    entry.amount = 1
    for act in (entry.save, entry.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_all_triggers_are_installed_and_enabled():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), bool_and(tgenabled = 'O') FROM pg_trigger "
            "WHERE tgrelid = 'journal_entry'::regclass AND NOT tgisinternal"
        )
        assert cursor.fetchone() == (5, True)


def test_database_stamps_recorded_at():
    edition, exhibitor = make_edition(), make_exhibitor()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (before,) = cursor.fetchone()
    post_sale(make_sale(edition=edition, exhibitor=exhibitor))
    # An ordinary session that gives another time is not believed, not even for an import.
    from journal.insert import insert_entries

    insert_entries([history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19))])
    for entry in Entry.objects.all():
        assert before <= entry.recorded_at <= timezone.now() + dt.timedelta(seconds=1)


def test_importer_keeps_recorded_at():
    entry = history(edition=make_edition(), exhibitor=make_exhibitor(), occurred_at=wib(2020, 11, 19))
    assert post_imported([entry]) == 1
    assert Entry.objects.get().recorded_at == wib(2020, 11, 19)
    assert post_imported([entry]) == 0


def test_importer_cannot_record_in_the_future():
    entry = history(
        edition=make_edition(),
        exhibitor=make_exhibitor(),
        occurred_at=wib(2020, 11, 19),
        recorded_at=timezone.now() + dt.timedelta(minutes=1),
    )
    with pytest.raises(IntegrityError, match="future"):
        post_imported([entry])


def test_importer_cannot_record_behind_a_seal():
    edition = make_edition()
    SealedUntil.objects.create(edition=edition, recorded_until=wib(2020, 11, 20))
    early = history(edition=edition, exhibitor=make_exhibitor(), occurred_at=wib(2020, 11, 19, 23))
    with pytest.raises(IntegrityError, match="behind a seal"), transaction.atomic():
        post_imported([early])
    late = history(
        edition=edition, exhibitor=make_exhibitor(), occurred_at=wib(2020, 11, 19), recorded_at=wib(2020, 11, 20)
    )
    assert post_imported([late]) == 1


def test_importer_role_is_given_back():
    def role():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            return cursor.fetchone()[0]

    before = role()
    with as_importer():
        assert role() == "expo_journal_importer"
    assert role() == before
    with pytest.raises(ZeroDivisionError), as_importer():
        raise ZeroDivisionError
    assert role() == before


def test_a_clock_set_back_does_not_refuse_a_sale():
    edition = make_edition()
    ahead = timezone.now() + dt.timedelta(minutes=5)
    with append_only_lifted(connection):
        SealedUntil.objects.create(edition=edition, recorded_until=ahead)
    (entry,) = post_sale(make_sale(edition=edition))
    assert entry.recorded_at == ahead


def test_seal_only_moves_forward():
    sealed = SealedUntil.objects.create(edition=make_edition(), recorded_until=wib(2020, 11, 20))
    sealed.recorded_until = wib(2020, 11, 21)
    sealed.save()
    for sql in (
        "UPDATE journal_sealeduntil SET recorded_until = recorded_until - interval '1 second'",
        "DELETE FROM journal_sealeduntil",
        "TRUNCATE journal_sealeduntil",
    ):
        with pytest.raises(IntegrityError, match="seal"), transaction.atomic():
            execute(sql)


def test_a_seal_never_lies_ahead_of_the_clock():
    """It would have every later sale recorded ahead of it, where no recap looks."""
    edition = make_edition()
    with pytest.raises(IntegrityError, match="ahead of the clock"), transaction.atomic():
        SealedUntil.objects.create(edition=edition, recorded_until=timezone.now() + dt.timedelta(minutes=5))
    sealed = SealedUntil.objects.create(edition=edition, recorded_until=wib(2020, 11, 20))
    for sql in (
        "UPDATE journal_sealeduntil SET recorded_until = '2999-01-01'",
        "UPDATE journal_sealeduntil SET recorded_until = now() + interval '1 hour'",
    ):
        with pytest.raises(IntegrityError, match="ahead of the clock"), transaction.atomic():
            execute(sql)
    sealed.refresh_from_db()
    assert sealed.recorded_until == wib(2020, 11, 20)


def test_what_was_sealed_before_a_clock_was_set_back_stays_sealed():
    edition = make_edition()
    ahead = timezone.now() + dt.timedelta(hours=1)
    with append_only_lifted(connection):
        SealedUntil.objects.create(edition=edition, recorded_until=ahead)
    close_journal([edition.pk], timezone.now())
    assert SealedUntil.objects.get().recorded_until == ahead
    with pytest.raises(IntegrityError, match="forward"), transaction.atomic():
        execute("UPDATE journal_sealeduntil SET recorded_until = now()")


def test_a_seal_that_no_clock_explains_goes_back_to_now_and_no_further():
    with append_only_lifted(connection):
        SealedUntil.objects.create(edition=make_edition(), recorded_until=wib(2999, 1, 1))
    with pytest.raises(IntegrityError, match="forward"), transaction.atomic():
        execute("UPDATE journal_sealeduntil SET recorded_until = '2020-11-20'")
    before = timezone.now()
    execute("UPDATE journal_sealeduntil SET recorded_until = clock_timestamp()")
    assert before <= SealedUntil.objects.get().recorded_until <= timezone.now()
