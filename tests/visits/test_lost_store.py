"""The store is killed while people visit: what was counted up to the last minute is in the database."""

import pytest

from expo.runtime.children import stop
from tests.factories import make_edition, wib
from visits.domain.flush import flush_visits
from visits.domain.live import VIEW, count_hit
from visits.domain.places import find_place
from visits.models import VisitHour
from visits.queries import snapshot

pytestmark = pytest.mark.django_db
NOON = wib(2020, 11, 18, 12)


def visit(place, *numbers: int) -> None:
    for number in numbers:
        count_hit(place, NOON, VIEW, f"36.80.1.{number}", "Mozilla/5.0 (Linux; Android 10) Mobile Safari/537.36", None)


def test_a_killed_store_loses_what_came_since_the_last_tick_and_no_more(start_store):
    edition = make_edition(slug="uvo-2")
    place = find_place("uvo-2")
    store = start_store()
    visit(place, 1, 2, 3)
    flush_visits()  # what the scheduler does every minute
    visit(place, 4, 5)
    stop(store.process, [(9, 5)])

    start_store()
    visit(place, 3, 6)
    flush_visits()
    counted = VisitHour.objects.get()
    assert (counted.page_views, counted.visits) == (5, 5)
    # The third visitor came before and after: the sketches know, though the store has forgotten.
    assert snapshot([edition.pk], wib(2020, 11, 19))["unique_total"] == 4
