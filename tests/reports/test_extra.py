import datetime as dt

import pytest
from django.utils import timezone

from expo.models import OutgoingMail, Recipient
from reports import schedule
from reports.errors import RecapError
from reports.extra import add_cutoff, cancel_cutoff
from reports.models import ExtraCutoff, IssueProblem, Recap
from reports.problems import note_unsealed
from reports.schedule import due, issue_due
from tests.factories import make_edition

pytestmark = pytest.mark.django_db
pytest_plugins = ["tests.cast"]


@pytest.fixture
def edition(db):
    """One that sells since a week and has no schedule at all."""
    opening = timezone.now() - dt.timedelta(days=7)
    moments = {"sales_open": opening, "opens_at": opening, "closes_at": timezone.now() + dt.timedelta(days=2)}
    edition = make_edition(**moments)
    Recipient.objects.create(edition=edition, email="kadin@contoh.test")
    return edition


def minute(**ahead):
    return (timezone.now() + dt.timedelta(**ahead)).replace(second=0, microsecond=0)


def test_an_extra_cutoff_is_issued_and_mailed_when_its_moment_has_come(edition, finance):
    moment = minute(hours=1)
    add_cutoff(edition, moment, reason="Sambutan penutupan", by=finance)
    assert list(due(moment - dt.timedelta(seconds=1))) == []
    assert list(due(moment)) == [(edition, moment)]


def test_one_of_an_hour_ago_is_issued_once_with_its_own_cutoff(edition, finance):
    moment = minute(hours=-1)
    add_cutoff(edition, moment, reason="Konferensi pers", by=finance)
    (recap,) = issue_due()
    assert issue_due() == []
    assert (recap.occurred_cutoff, recap.recorded_cutoff, recap.scheduled) == (moment, moment, True)
    assert OutgoingMail.objects.get().to == "kadin@contoh.test"


def test_what_cannot_be_meant_is_refused(edition, finance):
    add_cutoff(edition, minute(hours=1), reason="Sambutan", by=finance)
    for moment, reason in (
        (minute(hours=1), "lagi"),
        (minute(hours=2), " "),
        (minute(days=-30), "salah bulan"),
        (edition.sales_open, "belum dibuka"),
    ):
        with pytest.raises(RecapError):
            add_cutoff(edition, moment, reason=reason, by=finance)


def test_a_cancelled_one_is_not_issued_and_can_be_set_again(edition, finance):
    moment = minute(hours=-1)
    extra = cancel_cutoff(add_cutoff(edition, moment, reason="Sambutan", by=finance), by=finance)
    assert issue_due() == []
    with pytest.raises(RecapError):
        cancel_cutoff(extra, by=finance)
    add_cutoff(edition, moment, reason="Jadi juga", by=finance)
    assert len(issue_due()) == 1


def test_an_issued_one_is_not_cancelled(edition, finance):
    extra = add_cutoff(edition, minute(hours=-1), reason="Sambutan", by=finance)
    issue_due()
    with pytest.raises(RecapError, match="sudah terbit"):
        cancel_cutoff(extra, by=finance)


def test_what_cannot_be_issued_is_told_to_staff_and_holds_nobody_up(edition, finance, monkeypatch):
    other = make_edition(sales_open=edition.sales_open, opens_at=edition.opens_at, closes_at=edition.closes_at)
    for each in (edition, other):
        add_cutoff(each, minute(hours=-1), reason="Sambutan", by=finance)
    real = schedule.seal

    def failing(editions, **options):
        if editions == [edition]:
            raise OSError("disk full")
        return real(editions, **options)

    with monkeypatch.context() as patch:
        patch.setattr(schedule, "seal", failing)
        for _time in range(2):
            issue_due()
    assert Recap.objects.get().scope == other.slug
    problem = IssueProblem.objects.get()
    assert (problem.edition, problem.tries, "disk full" in problem.reason) == (edition, 2, True)
    issue_due()
    assert Recap.objects.count() == 2
    assert not IssueProblem.objects.exists()


def test_a_problem_goes_with_its_cutoff(edition, finance, monkeypatch):
    moments = [minute(hours=-hour) for hour in (1, 2, 3)]
    extras = [add_cutoff(edition, moment, reason="Sambutan", by=finance) for moment in moments]
    for moment in moments:
        note_unsealed(edition, moment, RecapError("Impor besar"))
    cancel_cutoff(extras[0], by=finance)
    assert IssueProblem.objects.count() == 2
    schedule.seal([edition], occurred_cutoff=moments[1], by=finance)
    with monkeypatch.context() as patch:
        patch.setattr(schedule, "SECONDS_PER_TICK", -1)  # a tick that gets to nothing
        issue_due()
    assert IssueProblem.objects.get().cutoff == moments[2]
    ExtraCutoff.objects.filter(pk=extras[2].pk).delete()
    issue_due()
    assert not IssueProblem.objects.exists()
