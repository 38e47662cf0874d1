"""The daily walk along the chain: in steps, each kept once, to an end that somebody hears of."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail
from reports import walk as walks
from reports.models import Recap, RecapEvent, Recount, SealCheck, SealWalk
from reports.queries import envelope_of, figures_of
from reports.quote import NotQuotableError, quotable_sentence
from reports.walk import ORDER, check_seals, go_on, walk_when_due
from tests.database import append_only_lifted
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
FALSIFY = "UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000"
MEND = "UPDATE journal_entry SET amount = amount - 1 WHERE amount = 500001"


@pytest.fixture
def recaps(db):
    edition = make_history()
    return [seal_at(edition, 2020, 11, day) for day in (18, 19, 20)]


def tamper(sql, *params):
    with append_only_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, params)
        assert cursor.rowcount > 0


def mails(kind):
    return OutgoingMail.objects.filter(key__startswith=kind)


def test_a_walk_goes_on_where_it_stopped(recaps):
    """A tick that has no time left takes one step: rows and their fingerprints, a recap, a part of the book."""
    ticks, seen = 0, [0]
    while walk_when_due(seconds=-1) is None:
        ticks += 1
        seen.append(SealWalk.objects.get().recaps)
    assert all(later - earlier in (0, 1) for earlier, later in itertools.pairwise(seen))
    check = SealCheck.objects.get()
    assert (check.recaps, check.findings, check.walk.is_open) == (3, [], False)
    assert ticks >= 3 + len(ORDER)
    assert Recount.objects.filter(differs="").count() == 3
    assert walk_when_due() is None
    assert walk_when_due(timezone.now() + dt.timedelta(days=1)).is_sound


def test_what_is_sealed_meanwhile_is_walked_too(recaps):
    walk_when_due(seconds=-1)
    seal_at(recaps[0].editions.get(), 2020, 11, 21)
    assert check_seals().recaps == 4


def test_what_differs_is_in_doubt_everywhere_until_a_walk_finds_it_whole(recaps, client, as_user, official, finance):
    last = recaps[2]
    tamper(FALSIFY)
    check = check_seals()
    assert {finding["number"] for finding in check.findings} >= {last.number}
    assert [recap.number for recap in Recap.objects.in_doubt()] == [last.number]
    assert mails("seal-check:").count() == 1
    assert not mails("recount:").exists()
    assert "Jangan dikutip dahulu" in client.get(last.get_absolute_url()).content.decode()
    assert last.number not in client.get("/statistik/").content.decode()
    assert recaps[1].number in client.get("/statistik/").content.decode()
    officials = as_user(official)
    assert "Sedang diperiksa" in officials.get(reverse("reports:list")).content.decode()
    assert "Jangan dikutip dahulu" in officials.get(reverse("reports:detail", args=[last.pk])).content.decode()
    with pytest.raises(NotQuotableError):
        quotable_sentence(figures_of(last), envelope_of(Recap.objects.get(pk=last.pk)), "id")

    tamper(MEND)
    assert check_seals().is_sound
    assert not Recap.objects.in_doubt().exists()
    page = client.get(last.get_absolute_url()).content.decode()
    assert "asli dan berlaku" in page
    assert "rekap ini diragukan" in page
    assert last.number in client.get("/statistik/").content.decode()
    assert "Sedang diperiksa" not in officials.get(reverse("reports:list")).content.decode()
    assert last.number in mails("seal-whole:").get(to=finance.email).body
    assert [event.what for event in RecapEvent.objects.filter(recap=last)] == ["doubted", "whole"]
    # And again: nothing of the first time keeps the second from being told.
    tamper(FALSIFY)
    check_seals()
    assert mails("seal-check:").count() == 2
    assert Recap.objects.in_doubt().exists()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE reports_recap SET snapshot = replace(snapshot, 'Expo II', 'Expo 2') WHERE sequence = 3", "envelope"),
        ("UPDATE reports_recap SET code = '0000-0000-0' WHERE sequence = 3", "verification code"),
        ("DELETE FROM reports_recap_editions WHERE recap_id = (SELECT max(id) FROM reports_recap)", "book"),
    ],
)
def test_doubt_is_not_only_of_figures(recaps, sql, what):
    tamper(sql)
    check_seals()
    assert what in Recount.objects.exclude(differs="").get().differs


def test_a_withdrawal_that_was_undone_is_in_doubt(recaps, finance, client):
    from reports.seal import withdraw

    withdraw(recaps[2], by=finance, reason="Salah pameran")
    tamper(
        "UPDATE reports_recap SET state = 'current', withdrawal_reason = '', withdrawn_at = NULL, "
        "withdrawn_by_id = NULL WHERE state = 'withdrawn'"
    )
    check_seals()
    assert "Jangan dikutip dahulu" in client.get(recaps[2].get_absolute_url()).content.decode()


def test_what_a_long_walk_finds_is_told_before_its_end(recaps, finance):
    tamper("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 1000000")
    for _tick in range(4):
        assert walk_when_due(seconds=-1) is None
    early = mails("seal-check:").get()
    assert (early.to, "masih berjalan" in early.body) == (finance.email, True)
    go_on(seconds=60)
    assert len(SealCheck.objects.get().findings) >= 3
    assert mails("seal-check:").count() == 2  # the end tells all


def test_a_step_that_is_broken_off_again_and_again_is_passed_and_told(recaps, finance, monkeypatch):
    def look_at(recap):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(walks, "_look_at", look_at)
        for _try in range(walks.MOST_TRIES):
            with pytest.raises(MemoryError):
                walk_when_due()
    check = walk_when_due()
    assert check.findings == [
        {"number": recaps[0].number, "what": f"could not be checked: broken off {walks.MOST_TRIES} times"}
    ]
    assert "could not be checked" in mails("seal-check:").get(to=finance.email).body
    assert not Recap.objects.in_doubt().exists()


def test_a_walk_that_does_not_end_is_told_of(recaps, finance):
    now = timezone.now()
    check_seals()
    for days, told in ((1, 0), (1.9, 0), (2.1, 1), (2.2, 1), (9.2, 2)):
        walk_when_due(now + dt.timedelta(days=days), seconds=-1)
        assert mails("seal-late:").count() == told, days
    assert "dari 3 rekap" in mails("seal-late:").last().body
