"""An edition that closes within an hour: the recap of that moment counts up to it, and nothing falls between."""

import datetime as dt

import pytest

from tests.factories import make_booth, make_edition, wib
from visits.booths import booth_counts
from visits.domain import salts
from visits.domain.counting import Moments
from visits.domain.flush import flush_visits
from visits.domain.importing import import_logs
from visits.domain.live import VIEW, count_hit
from visits.domain.places import find_place
from visits.models import BoothVisitHour, VisitHour
from visits.queries import counted_between, snapshot

pytestmark = pytest.mark.django_db
CLOSING = wib(2020, 11, 20, 13, 30)
PHONE = "Mozilla/5.0 (Linux; Android 10; SM-A107F) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36"
HITS = [wib(2020, 11, 20, 12, 59), wib(2020, 11, 20, 13, 29), wib(2020, 11, 20, 13, 31), wib(2020, 11, 20, 14, 1)]


@pytest.fixture
def booth():
    return make_booth(edition=make_edition(slug="uvo-2", opens_at=wib(2020, 11, 18, 9, 15), closes_at=CLOSING))


def live(booth):
    place = find_place("uvo-2", booth.pk)
    for number, moment in enumerate(HITS):
        count_hit(place, moment, VIEW, f"36.80.1.{number}", PHONE, booth.pk)
    flush_visits()


def logged(booth, tmp_path):
    """Each visitor asks for the page and for its picture."""
    lines = [
        f'36.80.1.{number} - - [{moment:%d/%b/%Y:%H:%M:%S} +0700] "GET {target} HTTP/1.1" 200 10 "-" "{PHONE}"'
        for number, moment in enumerate(HITS)
        for target in (f"/stan/uvo-2/{booth.slug}/", "/static/logo.svg")
    ]
    path = tmp_path / "access.log"
    path.write_text("\n".join(lines) + "\n")
    import_logs(booth.edition, [path])


@pytest.mark.parametrize("count", [lambda booth, _path: live(booth), logged], ids=["live", "from a log"])
def test_the_recap_of_the_closing_counts_up_to_it(booth, tmp_path, count):
    count(booth, tmp_path)
    editions = [booth.edition_id]
    final = snapshot(editions, CLOSING)
    assert (final["visits"], final["until"], final["unique_total"]) == (2, "2020-11-20T06:30:00Z", 2)
    assert [(each.visits, each.unique) for each in booth_counts(editions, CLOSING, None)] == [(2, 2)]
    assert snapshot(editions, wib(2020, 11, 20, 15))["visits"] == 4
    after = snapshot(editions, wib(2020, 11, 20, 15), since=CLOSING)
    assert (after["visits"], after["booth_visits"]) == (2, 2)
    parts = sorted(VisitHour.objects.values_list("hour", flat=True))
    assert parts == [wib(2020, 11, 20, 12), wib(2020, 11, 20, 13), CLOSING, wib(2020, 11, 20, 14)]
    assert sorted(BoothVisitHour.objects.values_list("hour", flat=True)) == parts


def test_a_mall_that_ends_within_an_hour_is_counted_to_its_end():
    edition = make_edition(slug="uvo-2", closes_at=CLOSING, mall_closes_at=CLOSING)
    place = find_place("uvo-2")
    for number, moment in enumerate(HITS):
        count_hit(place, moment, VIEW, f"36.80.1.{number}", PHONE, None)
    flush_visits()
    assert snapshot([edition.pk], CLOSING)["visits"] == 2 == snapshot([edition.pk], wib(2020, 12, 1))["visits"]


def test_any_other_moment_counts_the_full_hours_before_it(booth):
    live(booth)
    extra = snapshot([booth.edition_id], wib(2020, 11, 20, 13, 40))
    assert (extra["visits"], extra["until"]) == (2, "2020-11-20T06:30:00Z")
    early = snapshot([booth.edition_id], wib(2020, 11, 20, 13, 20))
    assert (early["visits"], early["until"]) == (1, "2020-11-20T06:00:00Z")


def test_editions_together_are_counted_to_what_parts_them_all(booth):
    other = make_edition(closes_at=wib(2020, 11, 20, 13, 20))
    both = [booth.edition_id, other.pk]
    assert counted_between(both, CLOSING, None)[1] == wib(2020, 11, 20, 13)
    assert counted_between(both, wib(2020, 11, 20, 15, 10), CLOSING) == (wib(2020, 11, 20, 14), wib(2020, 11, 20, 15))


def test_a_period_begins_with_the_opening(booth):
    start, _until = counted_between([booth.edition_id], CLOSING, booth.edition.opens_at)
    assert start == wib(2020, 11, 18, 9, 15)


def test_parts_lie_within_their_hour():
    moments = Moments(1, wib(2020, 11, 16), CLOSING, None, wib(2020, 11, 18, 9, 15, 0) + dt.timedelta(microseconds=5))
    assert moments.part_at(wib(2020, 11, 18, 9, 40)) == wib(2020, 11, 18, 9)
    assert moments.part_at(CLOSING) == CLOSING == moments.part_from(CLOSING)
    assert moments.part_from(wib(2020, 11, 20, 13, 10)) == CLOSING
    assert (
        moments.part_from(wib(2020, 11, 20, 13, 50)) == wib(2020, 11, 20, 14) == moments.part_at(wib(2020, 11, 20, 14))
    )


def test_an_older_store_adds_nothing_under_a_destroyed_salt(booth, caplog):
    live(booth)
    salts.destroy_salts(booth.edition, wib(2020, 11, 21))
    before = list(VisitHour.objects.order_by("pk").values("visits", "page_views", "sketch"))
    place = find_place("uvo-2", booth.pk)
    place.salts["run"] = ("run", b"x" * 32)  # as a process still knows it, or a store that was put back
    count_hit(place, HITS[0], VIEW, "36.80.1.77", PHONE, booth.pk)
    assert flush_visits() == 0
    assert list(VisitHour.objects.order_by("pk").values("visits", "page_views", "sketch")) == before
    assert "'visits': 1" in caplog.text
    assert "salt run" in caplog.text
    assert flush_visits() == 0
