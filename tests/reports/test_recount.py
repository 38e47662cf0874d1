"""What the entries do not give is not sent, whatever the rollups said when it was sealed."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail, Recipient
from journal.models import RollupDifference
from journal.rollups.build import roll_up
from journal.rollups.check import check_due
from reports import dispatch as dispatch_module
from reports.desk import doubtful_recaps
from reports.dispatch import send_to_missing, send_waiting
from reports.errors import RecapError
from reports.models import Recap, Recount
from reports.queries import envelope_of, figures_of
from reports.quote import NotQuotableError, quotable_sentence
from reports.schedule import issue_due, seal_due
from tests.cast import person
from tests.database import append_only_lifted
from tests.factories import wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]

# 9,000 rupiah more in the headline and in each of its tables, so that every table still sums to its total.
FALSIFY = (
    """
    UPDATE journal_groupday SET amount = amount + 9000 WHERE ctid = (
        SELECT ctid FROM journal_groupday
        WHERE measure = 'realised' AND nature = 'sale' AND NOT on_order AND evidence <> 'D'
        ORDER BY occurred_day DESC LIMIT 1
    )
    """,
    """
    UPDATE journal_cellday SET realised = realised + 9000 WHERE ctid IN (
        SELECT DISTINCT ON (dimension) ctid FROM journal_cellday WHERE realised > 0
        ORDER BY dimension, occurred_day DESC, key
    )
    """,
)


@pytest.fixture
def edition(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    roll_up(wib(2026, 1, 1))
    return edition


def falsify():
    with append_only_lifted(connection), connection.cursor() as cursor:
        for sql in FALSIFY:
            cursor.execute(sql)
            assert cursor.rowcount > 0


def recap_mails():
    return OutgoingMail.objects.filter(key__startswith="recap:")


def test_what_the_entries_give_is_sent_and_counted_once(edition):
    seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert send_waiting() == 1
    counted = Recount.objects.get()
    assert counted.holds
    assert send_waiting() == 0
    assert Recount.objects.get().at == counted.at


def test_what_rollups_falsified_is_sealed_but_never_mailed(edition, finance, client):
    right = seal_at(edition, 2020, 11, 19, 13, scheduled=True)
    falsify()
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert figures_of(recap).realised.total == 1_659_000
    for _tick in range(2):
        send_waiting()
    assert [mail.key.split(":")[1] for mail in recap_mails()] == [str(right.pk)]
    told = OutgoingMail.objects.get(key__startswith="recount:")
    assert (told.to, "realised 1659000, now 1650000" in told.body) == (finance.email, True)
    # Rollups are made anew, and what differed is kept.
    check_due(timezone.now(), at=dt.time(3))
    assert RollupDifference.objects.filter(table="groupday").exists()
    assert doubtful_recaps()[0] == 1
    with pytest.raises(RecapError, match="Hitung ulang"):
        send_to_missing(recap, by=finance)
    with pytest.raises(NotQuotableError):
        quotable_sentence(figures_of(recap), envelope_of(recap), "id")
    page = client.get(recap.get_absolute_url()).content.decode()
    assert "Jangan dikutip dahulu" in page
    assert right.number in client.get("/statistik/").content.decode()
    assert recap.number not in client.get("/statistik/").content.decode()


def test_its_revision_is_right_and_reaches_everybody_by_itself(edition, finance):
    falsify()
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    send_waiting()
    check_due(timezone.now(), at=dt.time(3))
    revision = seal_at(edition, 2020, 11, 20, 13, recorded=wib(2020, 11, 21), by=finance, reason="Rangkuman keliru")
    assert figures_of(revision).realised.total == 1_650_000
    for _tick in range(2):
        send_waiting()
    mail = recap_mails().get()
    assert f"menggantikan {recap.number}" in mail.body
    assert doubtful_recaps()[0] == 0


def test_staff_see_which_recap_is_in_doubt(edition, as_user, finance):
    falsify()
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    send_waiting()
    listed = as_user(finance).get(reverse("admin:reports_recap_changelist") + "?hitung=beda").content.decode()
    assert recap.number in listed
    page = as_user(finance).get(reverse("admin:reports_recap_change", args=[recap.pk])).content.decode()
    assert "Tidak sama" in page
    assert "realised 1659000, now 1650000" in page


def test_two_scheduled_recaps_are_counted_each(edition):
    """One that is in doubt does not hold up the others."""
    edition.recaps_from = wib(2020, 11, 18)
    edition.save()
    assert len(issue_due(wib(2020, 11, 20, 1))) == 3
    assert Recount.objects.count() == recap_mails().count() == Recap.objects.count() == 3


def test_a_long_count_leaves_the_rest_to_the_next_tick(edition, monkeypatch):
    edition.recaps_from = wib(2020, 11, 18)
    edition.save()
    assert len(seal_due(wib(2020, 11, 20, 1))) == 3
    monkeypatch.setattr("reports.dispatch.SECONDS_PER_TICK", 0)
    assert [send_waiting() for _ in range(4)] == [1, 1, 1, 0]


def test_one_that_fails_leaves_its_time_to_the_others(edition, monkeypatch):
    edition.recaps_from = wib(2020, 11, 18)
    edition.save()
    first, *_others = seal_due(wib(2020, 11, 20, 1))
    real = dispatch_module.recounted

    def failing(recap):
        if recap.pk == first.pk:
            raise MemoryError
        return real(recap)

    monkeypatch.setattr(dispatch_module, "recounted", failing)
    monkeypatch.setattr(dispatch_module, "SECONDS_PER_TICK", 0)
    assert [send_waiting() for _ in range(3)] == [1, 1, 0]


def test_an_entry_changed_since_the_seal_keeps_the_mail_back(edition):
    person("Kepala", is_superuser=True, is_staff=True)
    seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    assert send_waiting() == 0
    assert OutgoingMail.objects.filter(key__startswith="recount:").count() == 1
