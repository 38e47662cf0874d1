import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from expo.models import OutgoingMail, Recipient
from reports.cutoffs import cutoffs
from reports.dispatch import send_to_missing
from reports.extra import add_cutoff
from reports.models import Dispatch, Recap
from reports.schedule import due, issue_due
from reports.seal import seal
from tests.cast import person
from tests.factories import make_edition, wib
from tests.reports.cases import make_history, seal_at

pytestmark = pytest.mark.django_db


def edition_with(**fields):
    return make_edition(**{"recaps_from": wib(2020, 11, 18), **fields})


def read_by(edition, *addresses):
    for address in addresses:
        Recipient.objects.create(edition=edition, email=address)


def days(moments):
    return [f"{moment.astimezone(wib(2020, 1, 1).tzinfo):%d %H:%M}" for moment in moments]


def test_daily_then_closing_then_mondays():
    # Closing on Friday 20 November 16.00; Mondays are the 23rd and the 30th.
    assert days(cutoffs(edition_with(), wib(2020, 12, 1))) == [
        "18 00:00",
        "19 00:00",
        "20 00:00",
        "20 16:00",
        "23 00:00",
        "30 00:00",
    ]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (wib(2020, 11, 19, 0, 14, 59), "18 00:00"),
        (wib(2020, 11, 19, 0, 15), "19 00:00"),
        (wib(2020, 11, 20, 15, 59, 59), "20 00:00"),
        (wib(2020, 11, 20, 16), "20 16:00"),
        (wib(2020, 11, 23, 0, 14), "20 16:00"),
        (wib(2020, 11, 23, 0, 15), "23 00:00"),
    ],
)
def test_issued_at_the_time_set_and_at_closing_at_once(now, last):
    assert days(cutoffs(edition_with(), now))[-1] == last


def test_starts_at_recaps_from_and_ends_with_the_mall():
    edition = edition_with(recaps_from=wib(2020, 11, 19, 0, 1), mall_closes_at=wib(2020, 11, 25, 12))
    assert days(cutoffs(edition, wib(2020, 12, 31))) == ["20 00:00", "20 16:00", "23 00:00", "25 12:00"]


def test_moments_at_midnight_are_one_cutoff_each():
    edition = edition_with(closes_at=wib(2020, 11, 20), mall_closes_at=wib(2020, 11, 23))
    assert days(cutoffs(edition, wib(2020, 12, 31))) == ["18 00:00", "19 00:00", "20 00:00", "23 00:00"]


def test_a_changed_time_neither_repeats_nor_skips():
    edition = edition_with(slug="uvo-9")
    issue_due(wib(2020, 11, 19, 1))
    edition.recap_time = dt.time(23, 0)
    edition.save()
    assert not list(due(wib(2020, 11, 19, 22)))
    assert [cutoff for _edition, cutoff in due(wib(2020, 11, 20, 23))] == [
        wib(2020, 11, 20),
        wib(2020, 11, 20, 16),
    ]


def test_missed_nights_are_each_issued_with_their_own_cutoff():
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 18)
    edition.save()
    recaps = issue_due(wib(2020, 11, 20, 10))
    assert [recap.occurred_cutoff for recap in recaps] == [wib(2020, 11, day) for day in (18, 19, 20)]
    assert [recap.recorded_cutoff for recap in recaps] == [recap.occurred_cutoff for recap in recaps]
    assert issue_due(wib(2020, 11, 20, 10)) == []


def test_a_cutoff_that_staff_sealed_is_not_issued_again():
    edition = edition_with(slug="uvo-9")
    seal_at(edition, 2020, 11, 18, recorded=wib(2020, 11, 18, 12))
    assert [cutoff for _edition, cutoff in due(wib(2020, 11, 19, 1))] == [wib(2020, 11, 19)]


def test_editions_without_a_start_issue_nothing():
    make_edition()
    assert issue_due(wib(2020, 12, 1)) == []


def test_recaps_are_mailed_once_with_the_pdf_and_the_sentence(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 20)
    edition.save()
    read_by(edition, "kadin@contoh.test")
    Recipient.objects.create(edition=edition, email="dulu@contoh.test", is_active=False)
    for _ in range(2):
        issue_due(wib(2020, 11, 20, 1))
    mail = OutgoingMail.objects.get()
    assert mail.to == "kadin@contoh.test"
    assert "UVO-II/2020/0001" in mail.subject
    assert "1.900.000" in mail.body
    (attachment,) = mail.attachments
    assert (tmp_path / attachment["path"]).read_bytes().startswith(b"%PDF")
    assert attachment["name"] == "rekap-UVO-II-2020-0001.pdf"


def test_without_recipients_nothing_is_mailed_nor_tried_again():
    edition_with(slug="uvo-9")
    issue_due(wib(2020, 11, 19, 1))
    assert Dispatch.objects.filter(recipients=0).count() == Recap.objects.count() == 2
    assert not OutgoingMail.objects.exists()


def test_a_recap_that_cannot_be_printed_is_sealed_and_tried_again(monkeypatch):
    edition = edition_with(slug="uvo-9", recaps_from=wib(2020, 11, 19))
    read_by(edition, "a@contoh.test")

    def broken(*args, **kwargs):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("reports.dispatch.document_of", broken)
        issue_due(wib(2020, 11, 19, 1))
    assert Recap.objects.filter(scope=edition.slug).count() == 1
    assert not OutgoingMail.objects.exists()
    issue_due(wib(2020, 11, 19, 1))
    assert OutgoingMail.objects.count() == 1


def test_withdrawn_recaps_are_not_mailed():
    edition = edition_with(slug="uvo-9")
    read_by(edition, "a@contoh.test")
    from reports.dispatch import send_waiting
    from reports.seal import withdraw

    withdraw(seal_at(edition, 2020, 11, 18, scheduled=True), by=None, reason="keliru")
    assert send_waiting() == 0


def by_hand(edition, *moment, **options):
    staff = get_user_model().objects.filter(name="Hadi").first() or person("Hadi")
    return seal_at(edition, *moment, by=staff, **options)


@pytest.fixture
def scheduled(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    edition = make_history()
    edition.recaps_from = wib(2020, 11, 20)
    edition.save()
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    return edition


def test_a_cutoff_of_the_schedule_that_is_sealed_by_hand_first_is_mailed_once(scheduled):
    """When its recap would have been issued, not before."""
    recap = by_hand(scheduled, 2020, 11, 20)
    issue_due(wib(2020, 11, 20, 0, 14))
    assert not OutgoingMail.objects.exists()
    for _tick in range(2):
        assert issue_due(wib(2020, 11, 20, 0, 15)) == []
    assert [mail.key.split(":")[1] for mail in OutgoingMail.objects.all()] == [str(recap.pk)]
    assert Dispatch.objects.get().recap == recap


def test_whom_staff_sent_it_is_not_sent_it_again(scheduled):
    recap = by_hand(scheduled, 2020, 11, 20)
    assert send_to_missing(recap, by=recap.sealed_by) == 1
    Recipient.objects.create(edition=scheduled, email="sekda@contoh.test")
    issue_due(wib(2020, 11, 20, 1))
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["kadin@contoh.test", "sekda@contoh.test"]


def test_the_revision_of_one_sealed_by_hand_is_mailed_in_its_place(scheduled):
    by_hand(scheduled, 2020, 11, 20)
    revision = by_hand(scheduled, 2020, 11, 20, recorded=wib(2020, 11, 20, 2), reason="Nota susulan")
    issue_due(wib(2020, 11, 20, 3))
    assert [mail.key.split(":")[1] for mail in OutgoingMail.objects.all()] == [str(revision.pk)]


def test_what_the_schedule_does_not_name_is_left_to_staff(scheduled):
    by_hand(scheduled, 2020, 11, 20, 13)
    by_hand(scheduled, 2020, 11, 19)  # before the schedule begins
    seal([scheduled], occurred_cutoff=wib(2020, 11, 20), since=wib(2020, 11, 18))
    issue_due(wib(2020, 11, 20, 0, 10))
    assert not OutgoingMail.objects.exists()


def test_an_extra_cutoff_that_is_sealed_by_hand_first_is_mailed_once(scheduled):
    moment = timezone.now().replace(second=0, microsecond=0) - dt.timedelta(hours=1)
    scheduled.recaps_from = None
    scheduled.save()
    by = person("Hadi")
    add_cutoff(scheduled, moment, reason="Sambutan", by=by)
    recap = seal([scheduled], occurred_cutoff=moment, by=by)
    for _tick in range(2):
        assert issue_due() == []
    assert [mail.key.split(":")[1] for mail in OutgoingMail.objects.all()] == [str(recap.pk)]
