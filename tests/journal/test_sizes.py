"""A transaction's size is what it turned over and what it still promises; stored peaks are of that."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection

from journal.models import ClosedDay, Entry, PeakDay, PeakSum
from journal.rollups.build import roll_up
from journal.rollups.check import check_all
from journal.totals import Totals
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import post_history
from tests.journal.recount import answers, recount
from tests.journal.test_rolled_periods import period
from tests.journal.test_rollups import at, due_after, sale_on

pytestmark = pytest.mark.django_db
REOPEN = import_module("journal.migrations.0011_sizes_of_transactions").REOPEN


@pytest.fixture
def edition(db):
    """A promise of the 17th is paid on the 19th, by far the largest thing of that day; another on the 17th was dated
    after its payment."""
    edition = make_edition()
    order = {"exhibitor": make_exhibitor(), "transaction_key": "T", "quantity": 0}
    dated = {"exhibitor": make_exhibitor(), "transaction_key": "U", "quantity": 0}
    post_history(
        sale_on(edition, 17, amount=1200, measure="committed", **order),
        sale_on(edition, 19, amount=-1200, measure="committed", nature="payment", **order),
        sale_on(edition, 19, amount=1200, on_order=True, **order),
        sale_on(edition, 19, amount=100),
        sale_on(edition, 16, recorded=18, amount=-700, measure="committed", nature="payment", **dated),
        sale_on(edition, 16, recorded=18, amount=700, on_order=True, **dated),
        sale_on(edition, 17, recorded=18, amount=700, measure="committed", **dated),
    )
    roll_up(wib(2020, 11, 21))
    return edition


def test_a_payment_on_an_older_order_counts_in_full(edition):
    whole, paid = Totals(period(edition, 16, 21)), Totals(period(edition, 19, 21))
    assert [(known.largest_transaction.amount, known.largest_netted.amount) for known in (whole, paid)] == [
        (1200, 1200),
        (1200, 100),
    ]
    assert paid.largest_transaction.transaction_key == "T"


def test_rollups_and_entries_say_the_same_of_any_period(edition):
    every = list(Entry.objects.all())
    for start in range(15, 20):
        for end in range(start + 1, 22):
            asof = period(edition, start, end)
            assert answers(asof) == recount(every, asof), (start, end)


@pytest.mark.parametrize("few", [1, 100], ids=["checkpoints", "days alone"])
def test_the_largest_is_named_though_its_promise_is_not_known_yet(few):
    """Netted it comes to nothing; its peak is what it is, or days and checkpoints would not name it."""
    edition, shop = make_edition(), make_exhibitor()
    order = {"exhibitor": shop, "transaction_key": "U", "quantity": 0}
    post_history(
        sale_on(edition, 17, exhibitor=shop, amount=1000),
        sale_on(edition, 17, amount=-1500, measure="committed", nature="payment", **order),
        sale_on(edition, 17, amount=1500, on_order=True, **order),
        sale_on(edition, 19, exhibitor=shop, amount=1),
    )
    with due_after(few):
        roll_up(wib(2020, 11, 21))
    assert PeakSum.objects.exists() == (few == 1)
    for asof in (at(edition, 18), at(edition, 21)):
        known = Totals(asof)
        assert known.rolled
        assert (known.largest_transaction.amount, known.largest_netted.amount) == (1500, 1000)


def test_days_whose_peaks_were_netted_are_made_again(edition):
    """Of the payment that was dated before its promise nothing was to be seen on its first day."""
    peak = PeakDay.objects.filter(recorded_day=dt.date(2020, 11, 18), transaction_key="U")
    assert peak.get().peak == 700
    with connection.cursor() as cursor:
        cursor.execute(REOPEN)
    assert list(ClosedDay.objects.order_by("day").values_list("day__day", flat=True)) == [17]
    roll_up(wib(2020, 11, 21))
    assert check_all() == (4, 0)
