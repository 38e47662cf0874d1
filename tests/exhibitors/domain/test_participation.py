import datetime as dt

import pytest

from exhibitors.domain.booths import BoothError, open_booth
from exhibitors.domain.decisions import CurationError
from exhibitors.domain.participation import (
    accept_participation,
    ask_participation,
    decline_participation,
    joinable_editions,
    settle_participation,
    withdraw_participation,
)
from exhibitors.models import Booth, Participation
from exhibitors.queues import asked_participations
from expo.models import Mode, OutgoingMail
from tests.factories import make_edition, make_exhibitor, make_hall, wib

NOW = wib(2020, 11, 17, 12)
CLOSES = wib(2020, 11, 20, 16)


@pytest.fixture
def edition(db):
    return make_edition(mode=Mode.HYBRID)


def ask(exhibitor, edition, mode="both", now=NOW):
    return ask_participation(exhibitor, edition, mode, by=None, now=now)


def test_until_the_closing_moment_and_the_newest_mall_after_it(edition):
    older = make_edition(closes_at=wib(2020, 11, 19), opens_at=wib(2020, 11, 17))
    just_before, at = CLOSES - dt.timedelta(microseconds=1), CLOSES
    assert joinable_editions(just_before) == [edition]
    assert joinable_editions(at) == [edition]  # now as the newest mall
    assert joinable_editions(wib(2020, 11, 18)) == [older, edition]
    ask(make_exhibitor(), edition, "stand", just_before)
    with pytest.raises(CurationError, match="cara itu"):
        ask(make_exhibitor(), edition, "stand", at)
    ask(make_exhibitor(), edition, "online", at)


def test_the_same_again_changes_nothing_and_another_way_is_decided_anew(edition, operator, owner):
    first = ask(owner.exhibitor, edition)
    assert ask(owner.exhibitor, edition).asked_at == first.asked_at
    decline_participation(first, by=operator, reason="Penuh.")
    assert "Penuh." in OutgoingMail.objects.get(to=owner.email).body
    with pytest.raises(CurationError):
        withdraw_participation(owner.exhibitor, edition)
    assert ask(owner.exhibitor, edition).state == "declined"
    assert ask(owner.exhibitor, edition, "online").state == "asked"
    withdraw_participation(owner.exhibitor, edition)
    assert not Participation.objects.exists()


def test_accepting_gives_the_wished_number_unless_it_is_taken(edition, operator):
    hall, other = make_hall(edition=edition), make_hall(edition=edition)
    first, second = (ask(make_exhibitor(), edition) for _ in range(2))
    assert asked_participations() == (2, NOW)
    assert accept_participation(first, hall, number="a 07", by=operator).number == "A 07"
    for taken in ("A07", "a-7", "A 07"):
        with pytest.raises(BoothError, match="sudah dipakai"):
            accept_participation(second, other, number=taken, by=operator)
    assert Participation.objects.get(pk=second.pk).state == "asked"
    assert Booth.objects.count() == 1
    assert accept_participation(second, other, by=operator).number == f"{other.letter}01"
    with pytest.raises(CurationError, match="sudah diputuskan"):
        accept_participation(second, other, by=operator)


def test_no_booth_before_approval_nor_in_a_hall_of_another_edition(edition, operator):
    waiting = ask(make_exhibitor(state="submitted"), edition)
    assert asked_participations() == (0, None)
    with pytest.raises(CurationError, match="Setujui"):
        accept_participation(waiting, make_hall(edition=edition), by=operator)
    with pytest.raises(BoothError):
        accept_participation(ask(make_exhibitor(), edition), make_hall(), by=operator)


def test_a_booth_given_otherwise_answers_the_request(edition, operator):
    asked = ask(make_exhibitor(), edition)
    settle_participation(open_booth(asked.exhibitor, make_hall(edition=edition)), by=operator)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("accepted", operator)
