"""Rollups answer for a period what its entries answer, whatever goes on from before it or was recorded when."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from journal.models import Entry, LongTransaction
from journal.posting import post_imported
from journal.rollups.build import roll_up
from journal.rollups.check import check_all
from journal.totals import AsOf, Totals
from journal.totals.region import region_of
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, post_history
from tests.journal.recount import answers, recount, steps
from tests.journal.test_rollups import HOURS, START, due_after, entries, hours, made

pytestmark = pytest.mark.django_db
moments = st.one_of(hours, st.integers(0, HOURS // 24).map(lambda day: day * 24))


def plus(hour: int) -> dt.datetime:
    return START + hour * dt.timedelta(hours=1)


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    rounds=st.lists(
        st.tuples(st.lists(entries, min_size=6, max_size=18), hours, st.integers(1, 9)), min_size=1, max_size=3
    ),
    periods=st.lists(st.tuples(moments, moments, hours), min_size=2, max_size=3),
    both=st.booleans(),
)
def test_rollups_answer_for_periods_what_entries_answer(rounds, periods, both):
    with transaction.atomic():
        world = [make_edition(), make_edition()], [make_exhibitor(), make_exhibitor()]
        for batch, rolled, few in rounds:
            post_imported([made(one, world) for one in batch])
            with due_after(few):
                roll_up(plus(rolled))
        assert check_all()[1] == 0
        every = list(Entry.objects.all())
        ids = tuple(edition.pk for edition in world[0][: 2 if both else 1])
        for one, other, recorded in [*periods, (48, HOURS + 24, HOURS + 24), (24, 96, HOURS + 24)]:
            asof = AsOf(
                editions=ids, since=plus(min(one, other)), occurred=plus(max(one, other)), recorded=plus(recorded)
            )
            expected = recount(every, asof)
            assert answers(asof) == expected
            assert answers(replace(asof, from_entries=True)) == expected
            earlier = replace(asof, occurred=asof.occurred - dt.timedelta(hours=15))
            assert Totals(asof).steps_from(earlier) == steps(every, asof, earlier)
        transaction.set_rollback(True)


def on(edition, day, *, recorded=None, **fields):
    return history(
        edition=edition,
        occurred_at=wib(2020, 11, day, 12),
        recorded_at=wib(2020, 11, recorded or day, 12),
        **fields,
    )


def period(edition, start, end, recorded=25) -> AsOf:
    return AsOf(
        editions=(edition.pk,),
        since=wib(2020, 11, start),
        occurred=wib(2020, 11, end),
        recorded=wib(2020, 11, recorded),
    )


@pytest.fixture
def edition(db):
    """A promise of the 16th is paid on the 18th and the 20th; what was paid then is taken back on the 21st."""
    edition = make_edition()
    promise = {"exhibitor": make_exhibitor(), "transaction_key": "T"}
    post_history(
        on(edition, 16, measure="committed", amount=1000, **promise),
        on(edition, 18, measure="committed", nature="payment", amount=-400, **promise),
        on(edition, 18, amount=400, on_order=True, **promise),
        on(edition, 20, measure="committed", nature="payment", amount=-600, **promise),
        on(edition, 20, amount=600, on_order=True, **promise),
        on(edition, 20, recorded=21, nature="refund", amount=-600, **promise),
    )
    roll_up(wib(2020, 11, 23))
    return edition


def test_what_goes_on_from_before_a_period_counts_in_it_once_more(edition):
    """The sale is one transaction altogether and one in each of two periods; a promise that is paid is one in each."""
    numbers = [Totals(period(edition, *days)).transactions for days in ((16, 19), (19, 23), (16, 23))]
    assert [(found["realised"], found["committed"]) for found in numbers] == [(1, 1), (1, 1), (1, 0)]
    every = list(Entry.objects.all())
    for start in range(15, 23):
        for end in range(start + 1, 24):
            for recorded in (19, 21, 25):
                asof = period(edition, start, end, recorded)
                assert answers(asof) == recount(every, asof), (start, end, recorded)


def test_a_period_of_closed_days_reads_no_entries_but_those_of_transactions_that_go_on(edition):
    region = region_of(period(edition, 17, 23))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM journal_entry WHERE {' OR '.join(region.rest)}", region.parameters)
        assert cursor.fetchone() == (0,)
    assert LongTransaction.objects.filter(first_day=dt.date(2020, 11, 16)).count() == 3


def test_a_period_takes_as_many_questions_as_a_recap_of_everything(edition):
    def queries(asof):
        with CaptureQueriesContext(
            connection,
        ) as found:
            answers(asof)
        return len(found)

    whole = period(edition, 16, 23)
    assert queries(whole) == queries(replace(whole, since=None))


def test_together_and_one_by_one_the_answers_are_the_same(edition):
    """Together: one statement for what rollups know, one for them all."""
    asof = replace(period(edition, 17, 22), occurred=wib(2020, 11, 20, 13))
    names = ("groups", "tables", "labels", "transactions", "products_sold", "exhibitors", "largest_transaction")
    known, one_by_one, plain = Totals(asof), Totals(asof), Totals(replace(asof, from_entries=True))
    with CaptureQueriesContext(connection) as found:
        known.read_all()
        together = [getattr(known, name) for name in names]
    assert len(found) == 2
    assert together == [getattr(one_by_one, name) for name in names]
    assert (known.largest_transaction.amount, known.largest_netted) == (400, None), "1000 of its promise were paid off"
    assert known.transactions == plain.transactions == {"realised": 1, "committed": 1, "potential": 0, "financing": 0}


def test_a_period_within_a_day_is_asked_of_its_entries(edition):
    asof = replace(period(edition, 20, 21), since=wib(2020, 11, 20, 9))
    assert region_of(asof) is None
    assert answers(asof) == recount(list(Entry.objects.all()), asof)


def test_a_transaction_with_several_new_lines_is_looked_up_once(edition):
    more = {"exhibitor": make_exhibitor(), "transaction_key": "T"}
    post_history(*(on(edition, 24, amount=amount, **more) for amount in (10, 20)))
    for asof in (period(edition, 16, 25), replace(period(edition, 16, 25), since=None)):
        assert answers(asof) == recount(list(Entry.objects.all()), asof)
        assert Totals(asof).largest_transaction.amount == 430
