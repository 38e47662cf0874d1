"""Checkpoints: sums of all days so far, which cost nothing but time when they are missing."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from expo.models import OutgoingMail
from journal.models import CellSum, Checkpoint, Entry, GroupSum, PeakSum, ProductSum, RollupDifference
from journal.rollups import checkpoints, sums
from journal.rollups.build import roll_up
from journal.rollups.check import check_all, check_due
from journal.totals import Totals
from journal.totals.region import region_of
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import post_history
from tests.journal.recount import answers, recount
from tests.journal.test_rollup_check import NIGHT, tamper
from tests.journal.test_rollups import at, due_after, sale_on

pytestmark = pytest.mark.django_db
MODELS = (GroupSum, CellSum, ProductSum, PeakSum)


@pytest.fixture
def edition(db):
    """Sales of four days, a product each; one of them recorded two days late. Checkpoints after each day."""
    edition, shop = make_edition(), make_exhibitor()
    fields = {"exhibitor": shop, "product_key": "p"}
    post_history(
        *(sale_on(edition, day, amount=day * 1000, **fields) for day in (16, 17, 18, 19)),
        sale_on(edition, 16, recorded=18, amount=7, **fields),
    )
    with due_after(1):
        roll_up(wib(2020, 11, 20))
    return edition


def ends() -> list[int]:
    return list(Checkpoint.objects.order_by("before").values_list("before__day", flat=True))


def checkpoint_of(asof) -> int | None:
    before = region_of(asof).held[0].checkpoint
    return before and before.day


def assert_right(edition, *days):
    every = list(Entry.objects.all())
    for occurred in days:
        for recorded in days:
            asof = at(edition, occurred, recorded)
            assert answers(asof) == recount(every, asof), (occurred, recorded)


def test_a_question_takes_the_newest_that_parts_nothing_of_it(edition):
    assert ends() == [17, 18, 19, 20]
    assert checkpoint_of(at(edition, 25)) == 20
    assert checkpoint_of(at(edition, 18, recorded=25)) == 18
    assert checkpoint_of(at(edition, 25, recorded=19)) == 19
    assert region_of(at(edition, 20)).held[0].days == []
    assert_right(edition, 16, 17, 18, 19, 20, 25)


def test_a_checkpoint_is_due_after_as_many_entries_as_the_last_has_rows(edition):
    assert checkpoints.is_due(1000, 0)
    assert not checkpoints.is_due(999, 0)
    assert not checkpoints.is_due(1000, 1001)
    assert roll_up(wib(2020, 11, 20)) == 0
    assert ends() == [17, 18, 19, 20]


def test_without_checkpoints_the_days_answer(edition):
    tamper("DELETE FROM journal_checkpoint")
    assert checkpoint_of(at(edition, 25)) is None
    assert_right(edition, 17, 19, 25)
    with due_after(2):
        roll_up(wib(2020, 11, 20))
    assert ends() == [18, 19]
    assert_right(edition, 17, 19, 25)


def test_what_is_dated_ahead_is_not_parted():
    edition = make_edition()
    post_history(
        sale_on(edition, 16), sale_on(edition, 19, recorded=17), *(sale_on(edition, day) for day in (18, 19, 20))
    )
    with due_after(1):
        roll_up(wib(2020, 11, 21))
    assert ends() == [17, 20, 21]
    assert_right(edition, 17, 18, 19, 20, 21)


def test_an_import_of_older_entries_makes_the_later_ones_again(edition):
    post_history(sale_on(edition, 18, amount=5, product_key="q"))
    assert checkpoint_of(at(edition, 25)) == 18
    assert_right(edition, 18, 19, 25)
    with due_after(1):
        roll_up(wib(2020, 11, 20))
    assert ends() == [17, 18, 19, 20]
    assert_right(edition, 18, 19, 25)


def test_an_import_that_is_not_rolled_up_yet_is_no_difference(edition, finance):
    """The first sale is taken back later than was known: its day still names it as the largest one."""
    first = Entry.objects.earliest("recorded_at")
    taken = {"exhibitor": first.exhibitor, "transaction_key": first.transaction_key}
    post_history(sale_on(edition, 16, recorded=17, amount=-first.amount, nature="correction", **taken))
    assert check_all()[1] == 0
    assert not OutgoingMail.objects.exists()
    assert ends() == [17, 18, 19, 20]
    with due_after(1):
        roll_up(wib(2020, 11, 20))
    assert check_all()[1] == 0
    assert_right(edition, 17, 18, 19, 25)


def test_one_that_is_cut_short_leaves_nothing(edition, monkeypatch):
    """As when its worker is killed: the database takes the transaction back."""
    post_history(sale_on(edition, 20))
    whole = sums.selects

    def broken(cursor, where):
        return whole(cursor, where) | {PeakSum: "SELECT 1 / 0"}

    before = [model.objects.count() for model in MODELS]
    monkeypatch.setattr(sums, "selects", broken)
    with due_after(1), pytest.raises(DatabaseError):
        roll_up(wib(2020, 11, 21))
    assert ends() == [17, 18, 19, 20]
    assert [model.objects.count() for model in MODELS] == before
    assert checkpoint_of(at(edition, 25)) == 20
    assert_right(edition, 25)
    monkeypatch.undo()
    with due_after(1):
        roll_up(wib(2020, 11, 21))
    assert ends() == [17, 18, 19, 20, 21]


@pytest.mark.parametrize(
    ("sql", "table", "key"),
    [
        ("UPDATE journal_groupsum SET amount = amount + 1", "groupsum", "sale"),
        ("UPDATE journal_cellsum SET transactions = 9 WHERE dimension = 'phase'", "cellsum", "phase"),
        ("DELETE FROM journal_productsum", "productsum", "p"),
        ("UPDATE journal_peaksum SET peak = peak * 2", "peaksum", "1"),
    ],
)
@pytest.mark.parametrize("which", ["before = '2020-11-18'", "before = '2020-11-20'"])
def test_a_row_that_differs_is_kept_made_again_and_told_of(edition, finance, sql, table, key, which):
    tamper(f"{sql} {'AND' if 'WHERE' in sql else 'WHERE'} {which}")
    tamper("UPDATE journal_checkpoint SET built_at = built_at - interval '2 days'")
    check_due(timezone.now(), at=NIGHT)
    found = RollupDifference.objects.filter(table=table, key__contains=key).first()
    assert found.recorded_day == dt.date.fromisoformat(which[-11:-1]) - dt.timedelta(days=1)
    assert found.stored != found.counted
    assert f"{found.recorded_day.day} November 2020" in OutgoingMail.objects.get(to=finance.email).body
    assert_right(edition, 18, 25)
    assert check_all() == (4, 0)


def test_one_whose_predecessor_was_taken_away_is_told_of(edition):
    tamper("DELETE FROM journal_checkpoint WHERE before = '2020-11-18'")
    assert check_all() == (4, 1)
    assert RollupDifference.objects.get().key == "2020-11-18"
    assert ends() == [17]
    with due_after(1):
        roll_up(wib(2020, 11, 20))
    assert ends() == [17, 18, 19, 20]
    assert check_all() == (4, 0)


def test_a_day_that_differed_takes_its_checkpoints_along(edition):
    tamper("UPDATE journal_groupday SET amount = amount + 1 WHERE recorded_day = '2020-11-18'")
    check_all()
    assert ends() == [17, 18]
    assert_right(edition, 18, 25)


def test_the_largest_of_many_is_found_however_many_were_taken_back():
    """First the highest ten are taken back, then all that a checkpoint named."""
    edition, shop = make_edition(), make_exhibitor()

    def sale(number, day, **fields):
        return sale_on(edition, day, exhibitor=shop, transaction_key=f"T{number:03}", **fields)

    def back(number, day):
        return sale(number, 16, recorded=day, amount=-1000 - number, nature="refund")

    post_history(*(sale(number, 16 + number % 2, amount=1000 + number) for number in range(100)))
    post_history(*(back(number, 18) for number in range(90, 100)), *(back(number, 20) for number in range(20, 90)))
    with due_after(1):
        roll_up(wib(2020, 11, 21))
    assert ends() == [17, 18, 19, 21]
    assert PeakSum.objects.filter(before="2020-11-21").count() == 20
    every = list(Entry.objects.all())
    for day, key in ((17, "T098"), (18, "T099"), (19, "T089"), (20, "T089"), (21, "T019")):
        asof = at(edition, 25, recorded=day)
        assert Totals(asof).largest_transaction == recount(every, asof)["largest"]
        assert Totals(asof).largest_transaction.transaction_key == key
    assert check_all()[1] == 0


def test_rollups_answer_without_entries(edition, django_assert_max_num_queries):
    """A daily recap reads no entry but the few that a label or the largest transaction is taken from."""
    with connection.cursor() as cursor:
        region = region_of(at(edition, 20))
        cursor.execute(f"SELECT count(*) FROM journal_entry WHERE {' OR '.join(region.rest)}", region.parameters)
        assert cursor.fetchone() == (0,)
    with django_assert_max_num_queries(9):
        answers(at(edition, 20))
