import datetime as dt

import pytest

from tests.factories import make_booth, make_edition, wib
from tests.visits.hours import booth_hour, visit_hour
from visits.domain.salts import destroy_salts, salt_for
from visits.domain.sketches import merged, sketch_of, unique
from visits.models import GateCount, Salt
from visits.queries import gate_days, snapshot, wib_day

pytestmark = pytest.mark.django_db
FUTURE = wib(2030, 1, 1)


@pytest.fixture
def edition():
    return make_edition(slug="uvo-2")


def count(edition, hour, visitors=(), period="run", **fields):
    defaults = {"visits": len(visitors), "page_views": 2 * len(visitors), "sketch": sketch_of(visitors)}
    return visit_hour(edition=edition, hour=hour, period=period, **{**defaults, **fields})


def test_nothing_counted_reads_as_nothing(edition):
    assert snapshot([edition.pk], wib(2020, 11, 20, 13)) == {
        "visits": 0,
        "page_views": 0,
        "booth_visits": 0,
        "busiest_booth": None,
        "unique_days": [],
        "unique_total": 0,
        "unique_error_bp": 81,
        "bots": 0,
        "staff": 0,
        "gate": None,
        "until": "2020-11-20T06:00:00Z",
        "days": [],
    }


def test_only_full_hours_before_the_cutoff_count(edition):
    for hour in (11, 12, 13):
        count(edition, wib(2020, 11, 20, hour), visits=1)
    assert snapshot([edition.pk], wib(2020, 11, 20, 13))["visits"] == 2
    late = snapshot([edition.pk], wib(2020, 11, 20, 13, 59, 59))
    assert (late["visits"], late["until"]) == (2, "2020-11-20T06:00:00Z")
    assert snapshot([edition.pk], wib(2020, 11, 20, 14))["visits"] == 3


def test_days_are_days_of_jakarta_without_gaps(edition):
    count(edition, wib(2020, 11, 18, 23), visits=1, page_views=2)
    count(edition, wib(2020, 11, 20, 0), visits=4, page_views=5)
    assert snapshot([edition.pk], FUTURE)["days"] == [
        {"day": "2020-11-18", "visits": 1, "page_views": 2},
        {"day": "2020-11-19", "visits": 0, "page_views": 0},
        {"day": "2020-11-20", "visits": 4, "page_views": 5},
    ]


def test_visitors_of_several_hours_and_days_are_counted_once(edition):
    count(edition, wib(2020, 11, 18, 9), ["a", "b"])
    count(edition, wib(2020, 11, 18, 10), ["b", "c"])
    count(edition, wib(2020, 11, 19, 10), ["c", "d"])
    figures = snapshot([edition.pk], FUTURE)
    assert figures["unique_days"] == [{"day": "2020-11-18", "unique": 3}, {"day": "2020-11-19", "unique": 2}]
    assert figures["unique_total"] == 4


def test_visitors_are_never_claimed_across_salts(edition):
    count(edition, wib(2020, 11, 20, 9), ["a"])
    count(edition, wib(2020, 11, 21, 9), ["b"], period="2020-11")
    count(edition, wib(2020, 11, 21, 9), ["c"], period="2020-11/2")
    figures = snapshot([edition.pk], FUTURE)
    assert figures["unique_total"] is None
    assert figures["unique_days"] == [{"day": "2020-11-20", "unique": 1}]


def test_two_editions_have_two_salts(edition):
    other = make_edition()
    count(edition, wib(2020, 11, 18, 9), ["a"])
    count(other, wib(2020, 11, 18, 9), ["a"])
    figures = snapshot([edition.pk, other.pk], FUTURE)
    assert (figures["visits"], figures["unique_total"], figures["unique_days"]) == (2, None, [])


def test_busiest_booth_has_number_and_name(edition):
    booths = [make_booth(edition=edition) for _ in range(2)]
    for booth, visits in zip(booths, (3, 5), strict=True):
        booth_hour(booth=booth, hour=wib(2020, 11, 18, 9), visits=visits)
    booth_hour(booth=booths[0], hour=wib(2020, 11, 18, 10), visits=9)
    label = f"{booths[1].number} {booths[1].exhibitor.name}"
    assert snapshot([edition.pk], wib(2020, 11, 18, 10))["busiest_booth"] == {"label": label, "visits": 5}


def test_gate_counts_of_past_days(edition):
    for day, people in ((18, 999), (18, 10), (19, 20)):  # the 18th was corrected
        GateCount.objects.create(edition=edition, day=dt.date(2020, 11, day), people=people)
    assert snapshot([edition.pk], wib(2020, 11, 19, 12))["gate"] == 10
    assert snapshot([edition.pk], wib(2020, 11, 20))["gate"] == 30


def test_the_last_days_gate_count_is_known_when_the_gate_has_closed(edition):
    """The final recap tells of it, the one of an hour before does not; later ones have it once."""
    day, closes = wib_day(edition.closes_at), edition.closes_at
    assert day == wib_day(closes - dt.timedelta(hours=1))  # it closes within a day
    GateCount.objects.create(edition=edition, day=day, people=40)
    assert snapshot([edition.pk], closes - dt.timedelta(hours=1))["gate"] is None
    for later in (closes, closes + dt.timedelta(hours=2), closes + dt.timedelta(days=3)):
        assert snapshot([edition.pk], later)["gate"] == 40
        assert gate_days([edition.pk], later, None) == [{"day": day.isoformat(), "people": 40}]
    assert snapshot([edition.pk], closes + dt.timedelta(days=3), closes)["gate"] is None
    assert snapshot([edition.pk], closes, closes - dt.timedelta(days=2))["gate"] == 40


def test_the_same_number_of_queries_for_one_hour_and_for_thirty(edition, django_assert_max_num_queries):
    for hour in range(30):
        count(edition, wib(2020, 11, 18) + dt.timedelta(hours=hour), [str(hour)])
    with django_assert_max_num_queries(5):
        snapshot([edition.pk], FUTURE)


def test_merging_keeps_who_was_in_any():
    whole = sketch_of(str(number) for number in range(5000))
    parts = [sketch_of(str(number) for number in range(start, start + 3000)) for start in (0, 2000)]
    assert merged(parts) == whole
    assert abs(unique(parts) - 5000) < 5000 * 0.03


def test_salts_are_destroyed_when_their_period_is_over(edition):
    for period in ("run", "2020-11", "2020-12"):
        salt_for(edition.pk, period)
    assert destroy_salts(edition, wib(2020, 11, 20, 23)) == 0
    assert destroy_salts(edition, wib(2020, 12, 1)) == 2
    assert bytes(Salt.objects.get(secret__isnull=False).secret) == bytes(salt_for(edition.pk, "2020-12").secret)
    assert salt_for(edition.pk, "run").period == "run/2"
