"""What is not as it was written casts doubt on the recaps that count it, at once, until it is whole again."""

import csv
import io
import zipfile

import pytest
from django.db import connection

from expo.models import OutgoingMail, Recipient
from journal.models import Entry
from reports.book.keeping import keep_up
from reports.dispatch import send_waiting
from reports.documents import document_of
from reports.doubts import raise_doubts
from reports.models import AlteredRow, Recap, Recount, SealWalk
from reports.schedule import seal_due
from reports.walk import check_seals
from tests.factories import wib
from tests.reports.book.hands import fit, tamper
from tests.reports.cases import make_history, seal_at
from tests.visits.hours import visit_hour

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]
NOTE = "UPDATE journal_entry SET note = 'lain' WHERE amount = 500000"  # changes no figure


@pytest.fixture
def edition(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    return edition


def in_doubt() -> list[str]:
    return [recap.number for recap in Recap.objects.in_doubt().order_by("pk")]


def test_an_entry_altered_before_its_seal_is_in_doubt_at_once(edition, finance):
    """The recap is there at its time; nobody is sent it."""
    earlier = seal_at(edition, 2020, 11, 18, scheduled=True)
    AlteredRow.objects.all().delete()
    tamper("UPDATE journal_entry SET amount = amount + 1 WHERE amount = 500000")
    tamper("DELETE FROM reports_bookline WHERE kind = 'entry-keys'")  # as if it had come since
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert in_doubt() == [recap.number]
    assert "journal entry" in Recount.objects.get(recap=recap).differs
    assert OutgoingMail.objects.filter(key__startswith="recount:", to=finance.email).count() == 1
    assert SealWalk.objects.filter(is_open=True).exists()
    send_waiting()
    assert [delivery.recap for delivery in earlier.deliveries.all()] == [earlier]
    assert not recap.deliveries.exists()
    assert raise_doubts() == []


def test_an_entry_altered_after_its_line_keeps_the_mail_back(edition, finance):
    """Also where no figure shows it: what a recap is the first to count is looked at before it is mailed."""
    keep_up()
    tamper(NOTE)
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert in_doubt() == []
    assert send_waiting() == 0
    assert in_doubt() == [recap.number]


def test_visits_raised_before_a_seal_keep_its_mail_back(edition):
    visit_hour(edition=edition, hour=wib(2020, 11, 18, 9), period="run", visits=5, page_views=9)
    tamper("UPDATE visits_visithour SET visits = visits + 100")
    recap = seal_at(edition, 2020, 11, 20, 13, scheduled=True)
    assert send_waiting() == 0
    assert in_doubt() == [recap.number]


def test_a_tick_that_notes_altered_entries_begins_a_walk(edition, finance):
    recap = seal_at(edition, 2020, 11, 20, 13)
    check_seals()
    tamper("UPDATE journal_entry SET note = 'lain' WHERE amount = 500000")
    tamper("DELETE FROM reports_bookline WHERE kind = 'entry-keys'")
    seal_due(wib(2020, 11, 20, 14))
    assert in_doubt() == [recap.number]
    walk = SealWalk.objects.get(is_open=True)
    seal_due(wib(2020, 11, 20, 14))
    assert SealWalk.objects.get(is_open=True) == walk
    check_seals()
    assert OutgoingMail.objects.filter(key__startswith="seal-check:", to=finance.email).exists()
    seal_due(wib(2020, 11, 20, 14))
    assert not SealWalk.objects.filter(is_open=True).exists()


def test_only_recaps_that_count_it_are_in_doubt_until_it_is_whole(edition):
    recaps = [seal_at(edition, 2020, 11, day) for day in (18, 19, 20)]
    period = seal_at(edition, 2020, 11, 20, since=wib(2020, 11, 19))
    other = seal_at(edition, 2020, 11, 19, since=wib(2020, 11, 18))
    assert check_seals().is_sound
    tamper(NOTE)
    check_seals()
    assert in_doubt() == [recaps[2].number, period.number]
    assert other.number not in in_doubt()
    tamper("UPDATE journal_entry SET note = '' WHERE note = 'lain'")
    assert check_seals().is_sound
    assert in_doubt() == []
    assert not AlteredRow.objects.exists()


def test_a_range_that_differs_and_visits_that_shrank_cast_doubt(edition):
    visit_hour(edition=edition, hour=wib(2020, 11, 18, 9), period="run", visits=5, page_views=9)
    first, last = seal_at(edition, 2020, 11, 18), seal_at(edition, 2020, 11, 19)
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT whole")
    tamper(NOTE)
    fit(Entry, Entry.objects.get(note="lain").pk)
    found = check_seals().findings
    assert any("entries with keys" in one["what"] for one in found)
    assert in_doubt() == [first.number, last.number]
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT whole")
    tamper("UPDATE visits_visithour SET visits = 4")
    check_seals()
    assert in_doubt() == [last.number]
    assert "fewer visits" in Recount.objects.get(recap=last).differs


def test_the_doubt_is_told_to_programs(edition, client):
    before, recap = seal_at(edition, 2020, 11, 18), seal_at(edition, 2020, 11, 20)
    address = f"/verifikasi/{recap.code}/rekap.json"
    genuine = client.get(address).json()["recap"]
    assert (genuine["state"], genuine["in_doubt"], genuine["in_doubt_since"]) == ("current", False, None)
    tamper(NOTE)
    check_seals()
    told = client.get(address).json()["recap"]
    since = Recount.objects.get(recap=recap).doubted_at
    assert (told["state"], told["in_doubt"]) == ("current", True)
    assert told["in_doubt_since"].endswith("+07:00")
    assert abs((wib(2020, 1, 1).fromisoformat(told["in_doubt_since"]) - since).total_seconds()) < 1
    assert "Jangan dikutip dahulu" in client.get(recap.get_absolute_url()).content.decode()
    named = [each["recap"] for each in client.get("/statistik/data/rekap.json").json()["recaps"]]
    assert [(each["number"], each["in_doubt"]) for each in named] == [(before.number, False)]
    assert {**told, "in_doubt": False, "in_doubt_since": None} == genuine
    recap.refresh_from_db()
    about = dict(csv.reader(io.StringIO(csv_of(recap))))
    assert (about["in_doubt"], about["in_doubt_since"][:16]) == ("yes", told["in_doubt_since"][:16])


def csv_of(recap) -> str:
    with zipfile.ZipFile(io.BytesIO(document_of(recap, "csv"))) as files:
        return next(files.read(name).decode() for name in files.namelist() if "in_doubt" in files.read(name).decode())
