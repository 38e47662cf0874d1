"""Transactions of two editions: what is noted of them is compared like other rollups, and told of."""

import pytest
from django.utils import timezone

from expo.models import OutgoingMail
from journal.models import ClosedDay, Entry, RollupDifference, SharedTransaction
from journal.posting import post_sale
from journal.rollups.build import roll_up
from journal.rollups.check import check_all, check_due
from journal.totals import AsOf
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import make_sale, post_history
from tests.journal.recount import answers, recount
from tests.journal.test_rollup_check import NIGHT, tamper
from tests.journal.test_rollups import sale_on

pytestmark = pytest.mark.django_db
BOTH = wib(2020, 11, 25)


@pytest.fixture
def editions(db):
    """Two that share two transactions, on days that are rolled up, and were once compared."""
    editions, shop = [make_edition(), make_edition()], make_exhibitor()
    for day, key in ((17, "T-1"), (18, "T-2"), (19, "T-3")):
        for edition in editions[: 1 if day == 19 else 2]:
            post_history(sale_on(edition, day, exhibitor=shop, amount=day * 1000, transaction_key=key))
    roll_up(wib(2020, 11, 20))
    check_all()
    assert not RollupDifference.objects.exists()
    tamper("UPDATE journal_closedday SET built_at = built_at - interval '2 days', "
           "checked_at = checked_at - interval '1 day'")  # fmt: skip
    return editions


CHANGES = (
    "DELETE FROM journal_sharedtransaction WHERE transaction_key = 'T-1'",
    "DELETE FROM journal_sharedtransaction WHERE ctid = (SELECT max(ctid) FROM journal_sharedtransaction)",
    "UPDATE journal_sharedtransaction SET transaction_key = 'T-3' WHERE transaction_key = 'T-1'",
    "UPDATE journal_sharedtransaction SET recorded_day = '2020-11-18' WHERE transaction_key = 'T-1'",
    "INSERT INTO journal_sharedtransaction (edition_id, recorded_day, other_id, transaction_key) "
    "SELECT edition_id, '2020-11-19', other_id, 'T-3' FROM journal_sharedtransaction LIMIT 1",
)


@pytest.mark.parametrize("sql", CHANGES)
def test_what_is_noted_otherwise_is_told_of_and_mended(editions, finance, sql):
    tamper(sql)
    check_due(timezone.now(), at=NIGHT)
    found = RollupDifference.objects.filter(table="sharedtransaction")
    assert found.exists()
    assert all((row.stored is None) != (row.counted is None) for row in found)
    assert OutgoingMail.objects.filter(to=finance.email).exists()
    assert set(SharedTransaction.objects.values_list("transaction_key", flat=True)) == {"T-1", "T-2"}
    asof = AsOf(editions=tuple(edition.pk for edition in editions), occurred=BOTH, recorded=BOTH)
    assert answers(asof) == recount(list(Entry.objects.all()), asof)


def test_what_the_other_edition_brought_since_is_no_difference(editions):
    """First while its day is open, then rolled up, at last compared."""
    post_sale(make_sale(edition=editions[1], transaction_key="T-3", occurred_at=wib(2020, 11, 19)))
    for _check in range(2):
        check_all()
    roll_up()
    assert check_all()[1] == 0
    assert not RollupDifference.objects.exists()
    assert SharedTransaction.objects.filter(edition=editions[0], transaction_key="T-3").exists()
    assert ClosedDay.objects.filter(checked_at=None, entries__gt=0).count() == 0


def test_an_import_into_the_other_edition_is_no_difference(editions):
    post_history(sale_on(editions[1], 19, transaction_key="T-3", amount=5))
    for _check in range(2):
        roll_up(wib(2020, 11, 20))
        assert check_all()[1] == 0
    assert SharedTransaction.objects.filter(transaction_key="T-3").count() == 2
