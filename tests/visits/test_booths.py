import datetime as dt

import pytest

from tests.factories import make_booth, make_edition, make_exhibitor, wib
from tests.visits.hours import booth_hour
from visits.booths import BoothCount, BoothDay, BoothVisits, booth_counts, booth_visits
from visits.domain.sketches import merged_each, sketch_each, sketch_of, unique, unique_each

pytestmark = pytest.mark.django_db
EVER = (wib(2000, 1, 1), wib(2100, 1, 1))


@pytest.fixture
def booth():
    return make_booth()


def count(booth, hour, visitors="", *, period="run", visits=None):
    sketch = sketch_of(visitors) if visitors else b""
    number = len(visitors) if visits is None else visits
    booth_hour(booth=booth, hour=hour, period=period, visits=number, sketch=sketch)


def ask(booth, editions=None, start=EVER[0], end=EVER[1]) -> BoothVisits:
    return booth_visits(booth.exhibitor_id, editions, start, end)


def test_nobody_came(booth):
    assert ask(booth) == BoothVisits(days={}, unique=0, unique_run=None)


def test_who_came_on_two_days_is_one_visitor(booth):
    count(booth, wib(2020, 11, 18, 9), "ab")
    count(booth, wib(2020, 11, 18, 10), "bc")
    count(booth, wib(2020, 11, 19, 0), "cd")
    found = ask(booth)
    assert found.days == {
        dt.date(2020, 11, 18): BoothDay(visits=4, unique=3),
        dt.date(2020, 11, 19): BoothDay(visits=2, unique=2),
    }
    assert (found.visits, found.unique, found.unique_run) == (6, 4, 4)
    assert ask(booth, start=wib(2020, 11, 18, 10), end=wib(2020, 11, 18, 11)).unique == 2


def test_visitors_are_never_claimed_across_salts(booth):
    """The months of the mall have salts of their own, and so has what was counted after one was destroyed."""
    count(booth, wib(2020, 11, 20, 9), "ab")
    count(booth, wib(2020, 11, 21, 9), "c", period="2020-11")
    found = ask(booth)
    assert (found.unique, found.unique_run) == (None, 2)
    count(booth, wib(2020, 11, 20, 10), "b", period="run/2")
    found = ask(booth)
    assert (found.unique, found.unique_run, found.days[dt.date(2020, 11, 20)].unique) == (None, None, None)
    other = make_booth(edition=make_edition(), exhibitor=booth.exhibitor)
    count(other, wib(2020, 11, 18, 9), "a")
    assert ask(booth, editions=(other.edition_id,)).unique == 1
    assert ask(booth).unique_run is None


def test_hours_from_before_visitors_were_counted_are_no_visitors(booth):
    count(booth, wib(2020, 11, 18, 9), period="", visits=5)
    count(booth, wib(2020, 11, 18, 9), "a")
    count(booth, wib(2020, 11, 19, 9), "a")
    found = ask(booth)
    assert (found.visits, found.unique, found.unique_run) == (7, None, None)
    assert [day.unique for day in found.days.values()] == [None, 1]


def test_of_a_long_time_only_the_last_days_are_told(booth, monkeypatch):
    monkeypatch.setattr("visits.booths.MOST_DAYS", 1)
    count(booth, wib(2020, 11, 18, 9), "a")
    count(booth, wib(2020, 11, 19, 9), "a")
    found = ask(booth)
    assert ([day.unique for day in found.days.values()], found.unique) == ([None, 1], 1)


def test_one_query_for_any_number_of_hours(booth, django_assert_num_queries):
    for hour in range(5):
        count(booth, wib(2020, 11, 18, hour), "a")
        with django_assert_num_queries(1):
            ask(booth)
    assert ask(make_booth(exhibitor=make_exhibitor())).visits == 0


def counts(*booths) -> list[tuple[int, int | None]]:
    found = booth_counts([booth.edition_id for booth in booths], EVER[1], None)
    assert all(isinstance(each, BoothCount) and each.label for each in found)
    return [(each.visits, each.unique) for each in found]


def test_visitors_of_an_editions_booths_are_told_where_they_can_be(booth):
    """One at two hours, one under several salts, one of which not every hour says who was there."""
    salted, unsketched = make_booth(edition=booth.edition), make_booth(edition=booth.edition)
    count(booth, wib(2020, 11, 18, 9), "abc")
    count(booth, wib(2020, 11, 19, 9), "cd")
    count(salted, wib(2020, 11, 18, 9), "ab")
    count(salted, wib(2020, 12, 18, 9), "a", period="2020-12")
    count(unsketched, wib(2020, 11, 18, 9), "a")
    count(unsketched, wib(2020, 11, 18, 10), visits=1)
    assert counts(booth) == [(5, 4), (3, None), (2, None)]
    assert booth_counts([booth.edition_id], wib(2020, 11, 19), wib(2020, 11, 18))[0].unique == 3


def test_visitors_of_the_most_visited_booths_alone_are_counted(booth, monkeypatch, django_assert_num_queries):
    second, third = make_booth(edition=booth.edition), make_booth(edition=booth.edition)
    for place, visitors in ((booth, "abc"), (second, "ab"), (third, "a")):
        count(place, wib(2020, 11, 18, 9), visitors)
        count(place, wib(2020, 11, 18, 10), "a")
    monkeypatch.setattr("visits.booths.MOST_BOOTHS", 2)
    with django_assert_num_queries(3):
        assert counts(booth) == [(4, 3), (3, 2), (2, None)]
    monkeypatch.setattr("visits.booths.MOST_HOURS", 3)
    assert counts(booth) == [(4, 3), (3, None), (2, None)]


def test_many_sketches_at_once_are_as_one_by_one():
    names = {number: [str(number + more) for more in range(number % 7)] for number in range(1, 2100)}
    made = sketch_each({name: visitors for name, visitors in names.items() if visitors})
    assert made[4] == sketch_of(names[4])
    assert len(made) == len([name for name in names if names[name]])
    found = unique_each({name: [sketch] for name, sketch in made.items()})
    assert {name: found[name] for name in (4, 1004, 2099)} == {name: unique([made[name]]) for name in (4, 1004, 2099)}
    assert unique([merged_each({"both": [made[4], made[5]], "one": [made[6]]})["both"]]) == 6
