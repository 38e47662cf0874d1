"""Rollups answer what the entries answer, at any two cut-offs, whatever was recorded when."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from journal.models import CellDay, ClosedDay, Entry, PeakDay
from journal.posting import post_imported, post_sale
from journal.rollups import checkpoints
from journal.rollups.build import build, roll_up
from journal.rollups.check import check_all
from journal.totals import AsOf, Totals
from journal.totals.region import region_of
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, make_sale, post_history
from tests.journal.recount import answers, recount, steps
from tests.journal.test_append_only import refused

START = wib(2020, 11, 16)
HOURS = 5 * 24
pytestmark = pytest.mark.django_db

hours = st.integers(min_value=0, max_value=HOURS // 9).map(lambda number: number * 9)
entries = st.fixed_dictionaries(
    {
        "edition": st.sampled_from([0, 0, 0, 1]),
        "exhibitor": st.integers(0, 1),
        "occurred": hours,
        "recorded": hours,
        "ahead": st.sampled_from([False] * 11 + [True]),
        "measure": st.sampled_from(["realised", "realised", "committed", "potential"]),
        "nature": st.sampled_from(["sale", "sale", "sale", "refund", "correction", "payment"]),
        "evidence": st.sampled_from("AABBD"),
        "on_order": st.booleans(),
        "amount": st.integers(-3, 3),
        "quantity": st.integers(-2, 3),
        "transaction": st.sampled_from([0, *[1, 2, 3] * 6]),
        "product": st.sampled_from(["", "p1", "p2"]),
        "category": st.sampled_from(["", "kriya", "fesyen"]),
        "channel": st.sampled_from(["online", "onsite"]),
        "label": st.integers(0, 3),
    }
)
cutoffs = st.tuples(hours, hours)


def made(given: dict, world) -> object:
    """Entries that no sequence of sales need ever produce: rollups must not depend on what is usual.

    Few are dated ahead of their recording: where one is, no checkpoint is made.
    """
    edition, exhibitor = world[0][given["edition"]], world[1][given["exhibitor"]]
    amount, number = given["amount"] * 1000, given["label"]
    moments = [START + given[name] * dt.timedelta(hours=1) for name in ("occurred", "recorded")]
    occurred, recorded = moments if given["ahead"] else sorted(moments)
    return history(
        edition=edition,
        exhibitor=exhibitor,
        occurred_at=occurred,
        recorded_at=recorded,
        measure=given["measure"],
        nature=given["nature"],
        evidence=given["evidence"],
        on_order=given["on_order"] and given["measure"] == "realised",
        amount=-abs(amount) if given["nature"] == "refund" else amount,
        quantity=given["quantity"],
        # One of the transactions has the same key in both editions.
        transaction_key=f"T{given['transaction']}" + (str(given["edition"]) if given["transaction"] else ""),
        product_key=given["product"],
        category_code=given["category"],
        category_label=f"Kategori {number}",
        exhibitor_label=f"Peserta {number}",
        channel=given["channel"],
        destination_code="QA" if number else "",
        destination_label="Qatar" if number else "",
    )


@contextmanager
def due_after(entries: int):
    """Checkpoints as soon as so many entries have come since the last."""
    with patch.object(checkpoints, "is_due", lambda more, rows: more >= entries):
        yield


# Not shrunk: one failing example says enough, and the suite must not wait for a smaller one.
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    rounds=st.lists(
        st.tuples(st.lists(entries, min_size=4, max_size=16), hours, st.integers(1, 9)), min_size=1, max_size=3
    ),
    cutoffs=st.lists(cutoffs, min_size=2, max_size=3),
    both=st.booleans(),
)
def test_rollups_answer_what_entries_answer(rounds, cutoffs, both):
    with transaction.atomic():
        world = [make_edition(), make_edition()], [make_exhibitor(), make_exhibitor()]
        for batch, rolled, few in rounds:
            post_imported([made(one, world) for one in batch])
            with due_after(few):
                roll_up(START + rolled * dt.timedelta(hours=1))
        assert check_all()[1] == 0
        every = list(Entry.objects.all())
        ids = tuple(edition.pk for edition in world[0][: 2 if both else 1])
        for occurred, recorded in [*cutoffs, (HOURS + 24, HOURS + 24)]:
            moments = (START + hour * dt.timedelta(hours=1) for hour in (occurred, recorded))
            asof = AsOf(editions=ids, **dict(zip(("occurred", "recorded"), moments, strict=True)))
            expected = recount(every, asof)
            assert answers(asof) == expected
            assert answers(replace(asof, from_entries=True)) == expected
            earlier = replace(asof, occurred=asof.occurred - dt.timedelta(hours=30), recorded=asof.recorded)
            expected_steps = steps(every, asof, earlier)
            assert Totals(asof).steps_from(earlier) == expected_steps
            assert Totals(replace(asof, from_entries=True)).steps_from(earlier) == expected_steps
        transaction.set_rollback(True)


@pytest.fixture
def edition(db):
    return make_edition()


def sale_on(edition, day, *, recorded=None, **fields):
    """A sale at noon of a day in November 2020, recorded at once or at noon of another day."""
    return history(
        edition=edition,
        exhibitor=fields.pop("exhibitor", None) or make_exhibitor(),
        occurred_at=wib(2020, 11, day, 12),
        recorded_at=wib(2020, 11, recorded or day, 12),
        **fields,
    )


def at(edition, day, recorded=None) -> AsOf:
    return AsOf(editions=(edition.pk,), occurred=wib(2020, 11, day), recorded=wib(2020, 11, recorded or day))


def until(edition, day):
    region = region_of(at(edition, day))
    return region.held[0].until if region else None


def test_closed_days_are_rolled_up_once(edition):
    post_history(sale_on(edition, 17), sale_on(edition, 19))
    assert roll_up(wib(2020, 11, 20, 0, 5)) == 2
    assert list(ClosedDay.objects.order_by("day").values_list("day", "entries")) == [
        (dt.date(2020, 11, 17), 1),
        (dt.date(2020, 11, 18), 0),
        (dt.date(2020, 11, 19), 1),
    ]
    assert roll_up(wib(2020, 11, 20, 0, 5)) == 0
    assert until(edition, 25) == dt.date(2020, 11, 20)
    assert until(edition, 18) == dt.date(2020, 11, 18)


def test_a_missing_day_is_asked_of_the_entries(edition):
    post_history(*(sale_on(edition, day, amount=day) for day in (17, 18, 19)))
    roll_up(wib(2020, 11, 20))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL journal.rolling = 'on'")
        cursor.execute("DELETE FROM journal_closedday WHERE day = '2020-11-18'")
        cursor.execute("DELETE FROM journal_cellday WHERE recorded_day = '2020-11-18'")
        cursor.execute("SET LOCAL journal.rolling = 'off'")
    assert until(edition, 25) == dt.date(2020, 11, 18)
    assert answers(at(edition, 25)) == recount(list(Entry.objects.all()), at(edition, 25))


def test_recaps_of_closed_days_do_not_read_their_entries(edition):
    post_history(*(sale_on(edition, day) for day in (17, 18, 19)))
    roll_up(wib(2020, 11, 20))
    region = region_of(at(edition, 20))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM journal_entry WHERE {' OR '.join(region.rest)}", region.parameters)
        assert cursor.fetchone() == (0,)


def test_an_import_opens_closed_days_again(edition):
    post_history(sale_on(edition, 17), sale_on(edition, 19, recorded=20))
    roll_up(wib(2020, 11, 21))
    post_history(sale_on(edition, 18, amount=7))
    assert until(edition, 25) == dt.date(2020, 11, 18)
    assert answers(at(edition, 25)) == recount(list(Entry.objects.all()), at(edition, 25))
    assert roll_up(wib(2020, 11, 21)) == 2
    assert until(edition, 25) == dt.date(2020, 11, 21)
    assert answers(at(edition, 25)) == recount(list(Entry.objects.all()), at(edition, 25))


def test_an_import_before_the_first_entry_is_seen(edition):
    post_history(sale_on(edition, 18))
    roll_up(wib(2020, 11, 20))
    post_history(sale_on(edition, 16))
    assert until(edition, 25) is None
    roll_up(wib(2020, 11, 20))
    assert until(edition, 25) == dt.date(2020, 11, 20)


def test_a_sale_never_falls_into_a_closed_day(edition):
    """Even if the clock was set back after the day was closed."""
    (entry,) = post_sale(make_sale(edition=edition))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL journal.rolling = 'on'")
        cursor.execute(
            "INSERT INTO journal_closedday (edition_id, day, entries) VALUES (%s, %s, 0)",
            [edition.pk, dt.date(2100, 1, 1)],
        )
    (entry,) = post_sale(make_sale(edition=edition))
    assert entry.recorded_at == wib(2100, 1, 2)


def test_a_day_that_is_not_over_stays_open(edition):
    (entry,) = post_sale(make_sale(edition=edition))
    roll_up(entry.recorded_at)
    assert not ClosedDay.objects.exists()


@pytest.mark.parametrize("table", ["closedday", "groupday", "cellday", "productday", "peakday", "longtransaction",
                                   "sharedtransaction", "checkpoint", "groupsum", "cellsum", "productsum",
                                   "peaksum"])  # fmt: skip
def test_nobody_else_writes_rollups(edition, table):
    post_history(sale_on(edition, 17, product_key="p"))
    with due_after(1):
        roll_up(wib(2020, 11, 18))
    for sql in (
        f"UPDATE journal_{table} SET edition_id = edition_id",
        f"DELETE FROM journal_{table}",
        f"INSERT INTO journal_{table} SELECT * FROM journal_{table}",
        f"TRUNCATE journal_{table}",
    ):
        refused(sql, match="rollups alone")


def test_the_largest_of_many_is_found_without_all_of_them(edition):
    shop = make_exhibitor()
    post_history(
        *(sale_on(edition, 17, exhibitor=shop, amount=1000 + n, transaction_key=f"T{n:02}") for n in range(40))
    )
    roll_up(wib(2020, 11, 20))
    assert PeakDay.objects.count() == 17
    assert Totals(at(edition, 20)).largest_transaction.transaction_key == "T39"


def test_the_largest_is_right_when_all_named_ones_were_taken_back(edition):
    shop = make_exhibitor()
    keys = [f"T{n:02}" for n in range(40)]
    post_history(*(sale_on(edition, 17, exhibitor=shop, amount=1000, transaction_key=key) for key in keys))
    post_history(
        *(
            sale_on(edition, 17, recorded=18, exhibitor=shop, amount=-1000, nature="refund", transaction_key=key)
            for key in keys[:20]
        )
    )
    roll_up(wib(2020, 11, 20))
    assert Totals(at(edition, 20)).largest_transaction.transaction_key == "T20"
    assert Totals(at(edition, 20, recorded=18)).largest_transaction.transaction_key == "T00"


def test_a_backlog_is_made_in_turns(edition):
    post_history(*(sale_on(edition, day) for day in (16, 17, 18)))
    assert roll_up(wib(2020, 11, 20), seconds=-1) == 0
    assert until(edition, 25) is None
    assert build(edition.pk, dt.date(2020, 11, 16))
    assert not build(edition.pk, dt.date(2020, 11, 16))
    assert until(edition, 25) == dt.date(2020, 11, 17)
    assert CellDay.objects.filter(dimension="day").count() == 1


def test_a_transaction_paid_on_two_days_is_one_whichever_is_known_first(edition):
    """Known first: the payment of the 18th. Then, two days later, that of the 16th."""
    paid = {"transaction_key": "T", "exhibitor": make_exhibitor()}
    post_history(sale_on(edition, 18, **paid), sale_on(edition, 16, recorded=20, **paid))
    roll_up(wib(2020, 11, 22))
    every = list(Entry.objects.all())
    for occurred in (17, 18, 19, 21):
        for recorded in (18, 19, 20, 21):
            asof = at(edition, occurred, recorded)
            assert answers(asof) == recount(every, asof), (occurred, recorded)
    assert Totals(at(edition, 21)).transactions["realised"] == 1
