"""Recaps of a period: what occurred from one moment until before another."""

import pytest

from expo.errors import DomainError
from reports.models import Recap
from reports.newsdesk import book_of, known_editions
from reports.queries import figures_of
from reports.recompute import recompute
from reports.seal import seal
from reports.verify import verify_recaps
from tests.factories import make_edition, wib
from tests.reports.cases import make_history

pytestmark = pytest.mark.django_db


def of_period(edition, start, end, **options):
    return seal([edition], occurred_cutoff=wib(2020, 11, *end), since=wib(2020, 11, *start), **options)


def test_consecutive_periods_sum_to_the_whole():
    """A payment lies in one period, the order that it belongs to in the one before."""
    edition = make_history()
    parts = [of_period(edition, *pair) for pair in (((1,), (19,)), ((19,), (20,)), ((20,), (20, 13)))]
    parts = [figures_of(part) for part in parts]
    whole = figures_of(seal([edition], occurred_cutoff=wib(2020, 11, 20, 13)))
    assert [part.realised.total for part in parts] == [1_000_000, 900_000, -250_000]
    assert [part.committed.total for part in parts] == [900_000, -400_000, 0]
    for name in ("realised", "committed"):
        assert sum(getattr(part, name).total for part in parts) == getattr(whole, name).total
    assert sum(part.entries for part in parts) == whole.entries
    assert sum(part.products.units for part in parts) == whole.products.units
    assert [[row.key for row in part.tables.day] for part in parts[1:]] == [["2020-11-19"], ["2020-11-20"]]


def test_periods_have_numbers_of_their_own_and_take_no_ones_place():
    edition = make_history()
    first = of_period(edition, (16,), (19,))
    daily = seal([edition], occurred_cutoff=wib(2020, 11, 19))
    second = of_period(edition, (17,), (19,))
    assert [recap.number for recap in (first, daily, second)] == [
        "UVO-II/2020/P0001",
        "UVO-II/2020/0001",
        "UVO-II/2020/P0002",
    ]
    assert of_period(edition, (16,), (19,)) == first
    assert len({recap.code for recap in (first, daily, second)}) == 3
    assert list(Recap.objects.of_single_editions()) == [daily]
    known = book_of(known_editions(daily.sealed_at), until=None, sealed_before=second.sealed_at)
    assert {figure.recap.number for figure in known.figures} == {"UVO-II/2020/0001"}


def test_the_bridge_of_a_period_stays_within_it():
    edition = make_history()
    first = of_period(edition, (19,), (19, 12))
    second = of_period(edition, (19,), (20, 13))
    bridge = figures_of(second).bridge
    assert bridge.previous.number == first.number
    assert (bridge.opening, bridge.new_sales, bridge.refunds, bridge.closing) == (400_000, 500_000, 250_000, 650_000)
    assert (bridge.entries.new_sales, bridge.entries.refunds, bridge.entries.late_entries) == (1, 1, 0)


def test_periods_hold_like_every_recap():
    edition = make_history()
    recap = of_period(edition, (19,), (20, 13))
    revised = of_period(edition, (19,), (20, 13), recorded_cutoff=wib(2020, 12, 1))
    assert recompute(recap).to_json().decode() == recap.figures
    assert revised.number == "UVO-II/2020/P0001/R1"
    assert verify_recaps().findings == ()


def test_a_period_of_two_editions_counts_nothing_twice():
    edition, other = make_history(), make_edition(slug="uvo-1", code="UVO-I")
    both = seal([edition, other], occurred_cutoff=wib(2020, 11, 20, 13), since=wib(2020, 11, 19))
    assert both.number == "UVO-I+UVO-II/2020/P0001"
    assert figures_of(both).realised.total == 650_000


def test_a_period_begins_before_it_ends():
    with pytest.raises(DomainError, match="Awal masa"):
        of_period(make_history(), (20,), (20,))
