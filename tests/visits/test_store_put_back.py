"""A store that comes back as it was before (a crash that took the last second, a backup) counts nothing twice."""

import datetime as dt

import pytest
from django.utils import timezone

from expo.store import redis_client
from tests.factories import make_booth, make_edition, wib
from visits.domain import flush
from visits.domain.flush import flush_visits
from visits.domain.live import VIEW, count_hit
from visits.domain.places import find_place
from visits.models import BoothVisitHour, FlushedBucket, VisitHour

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def booth(now):
    edition = make_edition(
        slug="uvo-2", sales_open=now - 3 * DAY, opens_at=now - 2 * DAY, closes_at=now + 2 * DAY, mall_closes_at=None
    )
    return make_booth(edition=edition)


@pytest.fixture
def visit(booth, now):
    """``visit(1, 2)``: these visitors come to the booth, all in the hour of now."""

    def visit(*numbers: int) -> None:
        for number in numbers:
            count_hit(find_place("uvo-2"), now, VIEW, f"36.80.1.{number}", "Mozilla/5.0 (Linux) Safari/537", booth.pk)

    return visit


def saved() -> dict[bytes, bytes]:
    """All that the store holds."""
    return {key: redis_client().dump(key) for key in redis_client().keys("*")}


def put_back(state: dict[bytes, bytes]) -> None:
    redis_client().flushdb()
    for key, value in state.items():
        redis_client().restore(key, 0, value)


def counted() -> tuple[int, int]:
    """Visits of the edition, and of the booth."""
    return VisitHour.objects.get().visits, BoothVisitHour.objects.get().visits


def test_what_was_added_before_the_crash_is_not_added_again(visit):
    visit(1, 2, 3)
    before = saved()  # the last second that reached the disk
    flush_visits()
    put_back(before)
    flush_visits()
    assert counted() == (3, 3)
    visit(4)
    flush_visits()
    assert counted() == (4, 4)


def test_a_minute_is_lost_at_most_and_then_counting_goes_on(visit):
    visit(1, 2)
    before = saved()
    visit(3, 4, 5)
    flush_visits()
    put_back(before)
    visit(6)  # before anybody has seen that the store went back
    flush_visits()
    assert counted() == (5, 5)
    visit(7, 8)
    flush_visits()
    assert counted() == (7, 7)


def test_more_visitors_than_were_forgotten_are_not_all_lost(visit):
    visit(1)
    before = saved()
    visit(2)
    flush_visits()
    put_back(before)
    visit(3, 4, 5)  # four, where two were added
    flush_visits()
    assert counted() == (4, 4)


def test_a_newer_state_after_an_older_one_counts_nothing_twice(visit):
    """Whoever puts back backups takes the wrong one first."""
    visit(1)
    older = saved()
    visit(2, 3)
    newer = saved()
    flush_visits()
    for state in (older, newer, older, newer):
        put_back(state)
        flush_visits()
        assert counted() == (3, 3)


def test_a_killed_worker_between_database_and_store_loses_no_count_twice(visit, monkeypatch):
    visit(1, 2)
    before = saved()
    visit(3)
    flush_visits()
    put_back(before)
    monkeypatch.setattr(flush, "RENAME", "return 0")
    flush_visits()
    monkeypatch.undo()
    flush_visits()
    visit(4)
    flush_visits()
    assert counted() == (4, 4)


def test_an_emptied_store_begins_anew(visit):
    visit(1, 2)
    flush_visits()
    redis_client().flushdb()
    visit(3)
    flush_visits()
    assert counted() == (3, 3)


def test_flushing_does_not_touch_what_nothing_came_to(visit, django_assert_num_queries):
    visit(1)
    flush_visits()
    with django_assert_num_queries(2):  # editions, and how far the bucket was added
        assert flush_visits() == 0


def test_an_hour_that_is_over_leaves_the_store_and_stays_counted():
    edition = make_edition(slug="uvo-2")
    count_hit(find_place("uvo-2"), wib(2020, 11, 18, 12), VIEW, "36.80.1.1", "Mozilla/5.0 (Linux) Safari/537", None)
    before = saved()
    flush_visits()
    assert not redis_client().keys(f"*{{{edition.pk}}}:count:*")
    put_back(before)
    flush_visits()
    flush_visits()
    assert VisitHour.objects.get().visits == 1
    assert not redis_client().keys(f"*{{{edition.pk}}}:count:*")
    assert list(FlushedBucket.objects.values_list("counters", flat=True).distinct()) == [None]
