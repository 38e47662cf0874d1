"""What was in the database before a migration is still there after it."""

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor

from expo.models import OutgoingMail, Recipient
from reports.models import Delivery, Dispatch, Recount
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


def test_lines_of_addresses_become_recipients():
    loader = MigrationExecutor(connection).loader
    before = loader.project_state([("expo", "0011_photo_looks")]).apps.get_model("expo", "Edition")
    after = loader.project_state([("expo", "0012_recipients")])
    edition = make_edition()
    connection.check_constraints()
    with connection.schema_editor() as editor:
        editor.add_field(before, before._meta.get_field("recap_recipients"))
    lines = "A@contoh.test, bukan alamat\n\na@contoh.test; b@contoh.test"
    before.objects.filter(pk=edition.pk).update(recap_recipients=lines)
    move = loader.get_migration("expo", "0012_recipients").operations[-1]
    for _time in range(2):
        move.code(after.apps, None)
    assert list(Recipient.objects.values_list("email", "is_active")) == [
        ("a@contoh.test", True),
        ("b@contoh.test", True),
    ]


def test_what_was_mailed_before_is_a_delivery():
    recap = seal_at(make_history(), 2020, 11, 20, 13)
    other = seal_at(recap.editions.get(), 2020, 11, 20, 12)
    common = {"subject": "Rekap", "body": "Rekap", "to": "a@contoh.test"}
    mail = OutgoingMail.objects.create(key=f"recap:{recap.number}:a@contoh.test", **common)
    OutgoingMail.objects.create(key="order:1", **common)
    loader = MigrationExecutor(connection).loader
    state = loader.project_state([("reports", "0005_deliveries_known")])
    move = loader.get_migration("reports", "0005_deliveries_known").operations[0]
    for _time in range(2):
        move.code(state.apps, None)
    assert Delivery.objects.get(recap=recap).mail == mail
    assert not other.deliveries.exists()


def test_what_staff_sealed_first_waits_for_no_mail_and_doubts_know_since_when():
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 20)
    edition.save()
    recap = seal_at(edition, 2020, 11, 20)
    seal_at(edition, 2020, 11, 19)
    loader = MigrationExecutor(connection).loader
    name = ("reports", "0011_walks_and_sendings")
    state = loader.project_state([name])
    doubts, dispatches = [move.code for move in loader.get_migration(*name).operations if isinstance(move, RunPython)]
    for _time in range(2):
        dispatches(state.apps, None)
    assert Dispatch.objects.get().recap == recap
    since = wib(2020, 11, 21)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_recount DROP CONSTRAINT recount_doubted_while_it_differs")
    Recount.objects.create(recap=recap, at=since, differs="entries")
    doubts(state.apps, None)
    assert Recount.objects.get().doubted_at == since
