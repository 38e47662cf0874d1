"""What a reference joins in an import: rows of one exhibitor, and of a deal each line by itself."""

from threading import Event

import pytest
from django.db import transaction
from django.db.models import Sum

from journal.importing.deals import LONGEST, Deals
from journal.importing.errors import RowsError
from journal.importing.load import import_file
from journal.importing.rows import COLUMNS
from journal.models import Entry
from journal.posting import left_of, post_payment_on_order
from journal.totals import AsOf
from journal.totals.entries import largest_transaction, transactions
from journal.values import Payment, Reversal
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, post_history
from tests.orders import shop
from tests.waiting import somebody_waits

pytestmark = pytest.mark.django_db
SOLD = {
    "occurred_at": "2020-11-19T10:00:00+07:00",
    "recorded_at": "2020-11-19T20:00:00+07:00",
    "exhibitor": "Batik Wati",
    "channel": "online",
    "measure": "realised",
    "evidence": "B",
    "reference": "001",
}
PROMISED = SOLD | {"measure": "committed"}
LATER = {"occurred_at": "2020-11-19T12:00:00+07:00"}
AFTER_ALL = {"occurred_at": "2020-12-01T10:00:00+07:00", "recorded_at": ""}


@pytest.fixture
def edition(db):
    for name in ("Batik Wati", "Kopi Jaya"):
        make_exhibitor(name=name)
    return make_edition(slug="uvo-2")


@pytest.fixture
def bring(edition, tmp_path):
    """Import these rows as one file."""

    def bring_rows(*rows):
        path = tmp_path / "journal.csv"
        lines = [",".join(COLUMNS), *(",".join(str(row.get(column, "")) for column in COLUMNS) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_file(path, edition)

    return bring_rows


@pytest.fixture
def of_before(monkeypatch):
    """Imports as they were before a reference was joined with its exhibitor."""

    def leave():
        monkeypatch.undo()

    monkeypatch.setattr(Deals, "key", lambda deals, deal: deals.old_key(deal[1]))
    return leave


def sums(exhibitor="Batik Wati", **fields) -> dict[str, int]:
    rows = Entry.objects.filter(exhibitor_label=exhibitor, **fields).order_by().values_list("measure")
    return dict(rows.annotate(Sum("amount")))


def asof(edition) -> AsOf:
    return AsOf(editions=(edition.pk,), occurred=wib(2021, 1, 1), recorded=wib(2999, 1, 1))


def left(**fields) -> tuple[int, int]:
    return left_of(Entry.objects.get(amount__gt=0, **fields))


def test_a_sale_never_settles_the_promise_of_another_exhibitor(bring, edition):
    bring(PROMISED | {"amount": 1000})
    bring(SOLD | {"amount": 700, "exhibitor": "Kopi Jaya"})
    assert sums() == {"committed": 1000}
    assert sums("Kopi Jaya") == {"realised": 700}
    assert not Entry.objects.get(measure="realised").on_order
    bring(SOLD | LATER | {"amount": 400})
    assert sums() == {"committed": 600, "realised": 400}
    assert transactions(asof(edition))["realised"] == 2
    assert (largest_transaction(asof(edition)).amount, largest_transaction(asof(edition)).exhibitor) == (
        1000,
        "Batik Wati",
    )


def test_a_refund_finds_the_sale_of_its_own_exhibitor(bring):
    bring(
        SOLD | {"amount": 900, "product": "Kain", "category": "Fesyen"},
        SOLD | {"amount": 500, "exhibitor": "Kopi Jaya", "product": "Kopi", "category": "Minuman"} | LATER,
    )
    bring(SOLD | AFTER_ALL | {"amount": -200, "exhibitor": "Kopi Jaya"})
    back = Entry.objects.get(amount=-200)
    assert (back.category_code, back.product_label, back.reverses.amount) == ("minuman", "Kopi", 500)
    bring(PROMISED | {"amount": 300, "reference": "002"})
    bring(PROMISED | LATER | {"amount": -10, "reference": "002", "exhibitor": "Kopi Jaya"})
    assert left(measure="committed") == (300, 0)


def test_two_exhibitors_sell_under_one_number_at_one_moment(bring):
    bring(SOLD | {"amount": 900})
    bring(SOLD | {"amount": 500, "exhibitor": "Kopi Jaya"})
    assert (sums(), sums("Kopi Jaya")) == ({"realised": 900}, {"realised": 500})


def test_a_payment_settles_each_line_of_its_promise(bring):
    lines = {"fesyen": (100, 1), "kriya": (200, 4)}
    bring(*(PROMISED | {"amount": a, "quantity": q, "category": name} for name, (a, q) in lines.items()))
    result = bring(SOLD | LATER | {"amount": 300, "quantity": 5, "category": "Fesyen"})
    assert (result.rows, result.added, result.settled, result.unchanged) == (1, 3, 2, 0)
    assert [left(measure="committed", category_code=name) for name in lines] == [(0, 0), (0, 0)]
    assert sums(category_code="kriya") == {"committed": 0}
    assert sums() == {"committed": 0, "realised": 300}


def test_the_same_product_is_settled_first(bring):
    for hour, name in enumerate(("Kain", "Sarung", "Tas")):
        bring(PROMISED | {"amount": 100, "product": name, "occurred_at": f"2020-11-19T0{hour}:00:00+07:00"})
    bring(
        SOLD | LATER | {"amount": 120, "product": "Sarung"},
        SOLD | LATER | {"amount": 30, "product": "Lain"},
    )
    assert [left(measure="committed", product_label=name)[0] for name in ("Kain", "Sarung", "Tas")] == [50, 0, 100]
    bring(SOLD | AFTER_ALL | {"amount": 999, "product": "Tas"})
    assert sums() == {"committed": 0, "realised": 1149}


def test_what_a_file_takes_back_is_taken_off_each_line(bring):
    bring(
        PROMISED | {"amount": 100, "category": "Fesyen"},
        PROMISED | LATER | {"amount": 200, "category": "Kriya"},
        SOLD | {"amount": 100, "quantity": 1, "category": "Fesyen", "reference": "R"},
        SOLD | LATER | {"amount": 200, "quantity": 2, "category": "Kriya", "reference": "R"},
    )
    file = (
        PROMISED | AFTER_ALL | {"amount": -250},
        SOLD | AFTER_ALL | {"amount": -250, "quantity": 3, "reference": "R"},
    )
    assert bring(*file).unchanged == 0
    for measure in ("committed", "realised"):
        assert sums(category_code="fesyen")[measure] == 0
        assert sums(category_code="kriya")[measure] == 50
    assert left(measure="realised", category_code="kriya") == (50, 0)
    again = bring(*file)
    assert (again.added, again.unchanged) == (0, 2)
    bring(SOLD | AFTER_ALL | {"amount": -60, "reference": "R", "occurred_at": "2020-12-02T10:00:00+07:00"})
    assert sums(reverses__category_code="kriya")["realised"] == -210  # more than was sold: as the file says


def test_imports_of_before_stay_repeats_and_go_on(bring, edition, of_before):
    sales = [SOLD | {"amount": 500}, SOLD | {"amount": 600, "exhibitor": "Kopi Jaya"} | LATER]
    promises = [PROMISED | {"amount": 1000, "reference": "002"}]
    bring(*sales, *promises)
    of_before()
    assert bring(*sales, *promises).added == 0
    bring(SOLD | AFTER_ALL | {"amount": -100}, SOLD | LATER | {"amount": 400, "reference": "002"})
    assert Entry.objects.get(amount=-100).reverses.amount == 500
    assert sums() == {"committed": 600, "realised": 800}
    assert set(Entry.objects.values_list("transaction_key", flat=True)) == {"uvo-2/001", "uvo-2/002"}
    with pytest.raises(RowsError):
        bring(SOLD | {"amount": 501})
    with pytest.raises(RowsError):  # the same sale, said otherwise
        bring(SOLD | {"amount": 500, "category": "Lain"})
    bring(SOLD | {"amount": 700, "reference": "002", "exhibitor": "Kopi Jaya"})
    assert transactions(asof(edition))["realised"] == 3


def test_a_deal_settled_on_its_first_line_before_is_not_settled_again(bring, edition):
    bring(PROMISED | {"amount": 100, "category": "Fesyen"}, PROMISED | LATER | {"amount": 200, "category": "Kriya"})
    first = Entry.objects.get(amount=100)
    settlement = history(
        edition=edition,
        exhibitor=first.exhibitor,
        occurred_at=wib(2020, 11, 19, 13),
        amount=-300,
        quantity=0,
        measure="committed",
        nature="payment",
        transaction_key=first.transaction_key,
        reverses_id=first.pk,
    )
    post_history(settlement)
    bring(SOLD | AFTER_ALL | {"amount": 150})
    assert sums() == {"committed": 0, "realised": 150}


def test_long_references_stay_apart():
    deals = Deals(make_edition(slug="x" * 60))
    keys = {deals.key((number, "y" * 79 + end)) for number in (1, 2) for end in "ab"}
    assert len(keys) == 4
    assert max(map(len, keys)) <= LONGEST


@pytest.mark.django_db(transaction=True)
def test_two_who_pay_one_promise_at_once_never_take_more_than_is_left(bring, tmp_path, edition):
    """A file, and staff, who hold the promise until the file waits for it."""
    bring(PROMISED | {"amount": 1000})
    promise, paid, go_on = Entry.objects.get(), Event(), Event()

    def pay():
        with transaction.atomic():
            post_payment_on_order(
                Payment(key="p", occurred_at=wib(2020, 11, 25), lines=(Reversal(entry_id=promise.pk, amount=700),))
            )
            paid.set()
            assert go_on.wait(60)

    def bring_payment():
        assert paid.wait(60)
        try:
            return bring(SOLD | LATER | {"amount": 1000})
        finally:
            go_on.set()

    def watch():
        try:
            assert paid.wait(60)
            while not go_on.wait(0.02) and not somebody_waits():
                pass
        finally:
            go_on.set()

    _paid, brought, _watched = shop.at_once(pay, bring_payment, watch)
    assert brought.added == 2
    assert sums() == {"committed": 0, "realised": 1700}
