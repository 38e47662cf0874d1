"""An earlier edition on the same day of its run, beside this one."""

import pytest

from journal.posting import post_imported
from reports.queries import figures_of
from reports.recompute import recompute
from reports.runs import run_day, same_day
from reports.seal import seal
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history
from tests.reports.cases import asof, make_history

pytestmark = pytest.mark.django_db


def make_earlier():
    """Opened on 17 August 2020; sales on its first, fourth and fifth day."""
    moments = {"sales_open": wib(2020, 8, 10), "opens_at": wib(2020, 8, 17, 9), "closes_at": wib(2020, 8, 21, 15)}
    earlier = make_edition(slug="uvo-1", code="UVO-I", name="UKM Virtual Expo I", **moments)
    exhibitor = make_exhibitor()
    for moment, amount in (
        (wib(2020, 8, 17, 10), 100_000),
        (wib(2020, 8, 20, 23), 20_000),
        (wib(2020, 8, 21, 12, 59), 3_000),
        (wib(2020, 8, 21, 13), 400),
    ):
        post_imported([history(edition=earlier, exhibitor=exhibitor, occurred_at=moment, amount=amount)])
    return earlier


def make_later():
    """The history of the tests of recaps, in an edition that opened on 16 November 2020."""
    moments = {"sales_open": wib(2020, 11, 10), "opens_at": wib(2020, 11, 16, 9), "closes_at": wib(2020, 11, 20, 15)}
    return make_history(make_edition(slug="uvo-2", code="UVO-II", **moments))


def test_the_earlier_edition_is_taken_at_the_same_time_of_the_same_day():
    earlier, edition = make_earlier(), make_later()
    recap = seal([edition], occurred_cutoff=wib(2020, 11, 20, 13))
    comparison = figures_of(recap).comparison
    assert (comparison.slug, comparison.day, comparison.occurred) == ("uvo-1", 5, wib(2020, 8, 21, 13))
    assert (comparison.realised, comparison.transactions, comparison.exhibitors) == (123_000, 3, 1)
    # The earlier edition learns of one more; what was sealed keeps what it said.
    late = history(
        edition=earlier,
        exhibitor=make_exhibitor(),
        occurred_at=wib(2020, 8, 18),
        recorded_at=wib(2020, 11, 1),
        amount=7,
    )
    post_imported([late])
    assert recompute(recap).to_json().decode() == recap.figures


def test_a_day_ends_at_midnight():
    make_earlier()
    edition = make_later()
    comparison = figures_of(seal([edition], occurred_cutoff=wib(2020, 11, 20))).comparison
    assert (comparison.day, comparison.realised) == (4, 120_000)


@pytest.mark.parametrize(
    ("moment", "day"),
    [(wib(2020, 11, 16), 0), (wib(2020, 11, 16, 0, 0, 0, 1), 1), (wib(2020, 11, 17), 1), (wib(2020, 11, 17, 1), 2)],
)
def test_days_of_a_run_are_counted_from_the_opening(moment, day):
    assert run_day(make_edition(opens_at=wib(2020, 11, 16, 9)), moment) == day


def test_a_period_is_compared_with_the_same_period():
    earlier, edition = make_earlier(), make_later()
    cutoffs = asof(edition)
    cutoffs = type(cutoffs)(
        editions=cutoffs.editions, occurred=cutoffs.occurred, recorded=cutoffs.recorded, since=wib(2020, 11, 19)
    )
    assert same_day(cutoffs, edition, earlier).since == wib(2020, 8, 20)


def test_nothing_is_compared_without_an_earlier_edition_or_with_several_together():
    earlier, edition = make_earlier(), make_later()
    cutoff = wib(2020, 11, 20, 13)
    assert figures_of(seal([earlier], occurred_cutoff=cutoff)).comparison is None
    assert figures_of(seal([earlier, edition], occurred_cutoff=cutoff)).comparison is None
