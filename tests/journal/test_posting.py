import dataclasses

import pytest
from django.db.models import Sum

from journal.errors import DifferentContentError, JournalError, OutsideEditionError
from journal.models import Entry, Measure
from journal.posting import (
    entries_of,
    post_commitment,
    post_correction,
    post_financing,
    post_imported,
    post_payment_on_order,
    post_potential,
    post_refund,
    post_sale,
    reclassify,
)
from journal.values import Correction, Line, Payment, Refund, Reversal
from tests.factories import make_edition, make_exhibitor, make_region, wib
from tests.journal.ledger import history, make_sale

pytestmark = pytest.mark.django_db


def total(measure=Measure.REALISED):
    return Entry.objects.filter(measure=measure).aggregate(sum=Sum("amount"))["sum"] or 0


def refund_of(entry, *, amount, key="refund-1", quantity=0, at=None) -> Refund:
    return Refund(
        key=key,
        occurred_at=at or wib(2020, 12, 1),
        lines=(Reversal(entry_id=entry.pk, amount=amount, quantity=quantity),),
    )


def payment_of(entry, *, amount, key="payment-1", at=None, quantity=0) -> Payment:
    return Payment(
        key=key,
        occurred_at=at or wib(2020, 11, 25),
        lines=(Reversal(entry_id=entry.pk, amount=amount, quantity=quantity),),
        evidence="A",
    )


def test_sale_posts_one_entry_a_line_with_frozen_labels():
    regency = make_region()
    exhibitor = make_exhibitor(name="Keramik Jaya", regency=regency, kind="koperasi")
    lines = (Line(key="1", amount=10_000, quantity=2, product_key="p1"), Line(key="2", amount=5_000, quantity=1))
    sale = make_sale(exhibitor=exhibitor, lines=lines)
    entries = post_sale(sale)
    assert [(e.amount, e.quantity, e.exhibitor_label, e.kind, e.regency_code) for e in entries] == [
        (10_000, 2, "Keramik Jaya", "koperasi", "33.73"),
        (5_000, 1, "Keramik Jaya", "koperasi", "33.73"),
    ]
    assert {e.phase for e in entries} == {"during"}
    assert entries_of(sale, sale.transaction_key) == entries


def test_same_sale_twice_is_one():
    sale = make_sale()
    assert post_sale(sale) == post_sale(sale)
    assert Entry.objects.count() == 1


def test_renamed_exhibitor_is_still_the_same_sale():
    sale = make_sale()
    post_sale(sale)
    sale.exhibitor.name = "Nama Baru"
    assert post_sale(sale)[0].exhibitor_label != "Nama Baru"


@pytest.mark.parametrize("change", [{"amount": 1}, {"quantity": 9}, {"product_key": "p2"}])
def test_other_content_under_the_same_key_is_refused(change):
    sale = make_sale()
    post_sale(sale)
    other = dataclasses.replace(sale, lines=(dataclasses.replace(sale.lines[0], **change),))
    with pytest.raises(DifferentContentError):
        post_sale(other)


def test_another_grade_under_the_same_key_is_neither_raised_nor_a_repeat():
    sale = make_sale(evidence="D")
    (claim,) = post_sale(sale)
    reclassify(claim.pk, key="re-1", occurred_at=wib(2020, 12, 2), note="bukti", by_id=None, evidence="B")
    assert post_sale(sale)[0] == claim  # a replay after the claim was verified is the same sale
    with pytest.raises(DifferentContentError):
        post_sale(dataclasses.replace(sale, evidence="B"))


def test_other_lines_under_the_same_key_are_refused():
    sale = make_sale()
    post_sale(sale)
    with pytest.raises(DifferentContentError):
        post_sale(dataclasses.replace(sale, lines=(*sale.lines, Line(key="2", amount=1))))


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (wib(2020, 11, 16), "before"),
        (wib(2020, 11, 18, 8, 59, 59, 999_999), "before"),
        (wib(2020, 11, 18, 9), "during"),
        (wib(2020, 11, 20, 15, 59, 59), "during"),
        (wib(2020, 11, 20, 16), "mall"),
        (wib(2026, 1, 1), "mall"),
    ],
)
def test_phase_follows_the_half_open_moments(moment, phase):
    (entry,) = post_sale(make_sale(occurred_at=moment))
    assert entry.phase == phase


@pytest.mark.parametrize("moment", [wib(2020, 11, 15, 23, 59, 59), wib(2020, 12, 31)])
def test_sale_outside_the_edition_is_refused(moment):
    edition = make_edition(mall_closes_at=wib(2020, 12, 31))
    with pytest.raises(OutsideEditionError):
        post_sale(make_sale(edition=edition, occurred_at=moment))


def test_refund_keeps_edition_and_phase_and_has_its_own_time():
    (entry,) = post_sale(make_sale(amount=100_000, quantity=4))
    (back,) = post_refund(refund_of(entry, amount=25_000, quantity=1))
    assert (back.amount, back.quantity, back.phase, back.nature) == (-25_000, -1, "during", "refund")
    assert back.occurred_at == wib(2020, 12, 1)
    assert back.reverses == entry


def test_refund_twice_is_one_and_never_more_than_is_left():
    (entry,) = post_sale(make_sale(amount=100_000))
    refund = refund_of(entry, amount=60_000)
    assert post_refund(refund) == post_refund(refund)
    with pytest.raises(JournalError, match=r"Rp40\.000"):
        post_refund(refund_of(entry, amount=60_000, key="refund-2"))
    post_refund(refund_of(entry, amount=40_000, key="refund-3"))
    assert post_refund(refund)[0].amount == -60_000
    assert total() == 0


def test_never_more_pieces_are_given_back_or_paid_than_are_left():
    (sale,) = post_sale(make_sale(amount=100_000, quantity=4))
    post_refund(refund_of(sale, amount=25_000, quantity=3))
    with pytest.raises(JournalError, match="1 potong"):
        post_refund(refund_of(sale, amount=25_000, quantity=2, key="refund-2"))
    (promise,) = post_commitment(make_sale(amount=100_000, quantity=4))
    with pytest.raises(JournalError, match="4 potong"):
        post_payment_on_order(payment_of(promise, amount=100_000, quantity=5))
    assert Entry.objects.aggregate(Sum("quantity"))["quantity__sum"] == 5


@pytest.mark.parametrize("amount", [0, -5])
def test_refund_takes_positive_amounts(amount):
    (entry,) = post_sale(make_sale())
    with pytest.raises(JournalError):
        post_refund(refund_of(entry, amount=amount))


def test_payment_on_order_is_never_counted_twice():
    (promise,) = post_commitment(make_sale(amount=1_200_000_000, occurred_at=wib(2020, 11, 17)))
    post_payment_on_order(payment_of(promise, amount=400_000_000))
    assert (total("committed"), total()) == (800_000_000, 400_000_000)
    payment = payment_of(promise, amount=800_000_000, key="payment-2")
    taken, paid = post_payment_on_order(payment)
    assert post_payment_on_order(payment) == [taken, paid]
    assert (total("committed"), total()) == (0, 1_200_000_000)
    assert (taken.phase, taken.nature, paid.phase, paid.on_order, paid.evidence) == (
        "before",
        "payment",
        "mall",
        True,
        "A",
    )
    with pytest.raises(JournalError):
        post_payment_on_order(payment_of(promise, amount=1, key="payment-3"))


def test_payment_after_the_mall_closed_keeps_the_phase_of_the_promise():
    edition = make_edition(mall_closes_at=wib(2020, 12, 1))
    (promise,) = post_commitment(make_sale(edition=edition, amount=100))
    _taken, paid = post_payment_on_order(payment_of(promise, amount=100, at=wib(2021, 1, 1)))
    assert paid.phase == "during"


def test_only_committed_entries_are_paid():
    (entry,) = post_sale(make_sale())
    with pytest.raises(JournalError):
        post_payment_on_order(payment_of(entry, amount=1))


def test_potential_and_financing_are_no_turnover():
    post_potential(make_sale(amount=5))
    post_financing(make_sale(amount=7))
    assert (total(), total("potential"), total("financing")) == (0, 5, 7)


def test_correction_needs_a_reason_and_keeps_its_sign():
    (entry,) = post_sale(make_sale(amount=100))
    lines = (Reversal(entry_id=entry.pk, amount=-30),)
    with pytest.raises(JournalError):
        post_correction(Correction(key="c1", occurred_at=wib(2020, 11, 20), lines=lines, note=""))
    (fix,) = post_correction(Correction(key="c1", occurred_at=wib(2020, 11, 20), lines=lines, note="salah ketik"))
    assert (fix.amount, fix.nature, total()) == (-30, "correction", 70)


def test_reclassifying_moves_what_is_left():
    (entry,) = post_sale(make_sale(amount=100))
    post_refund(refund_of(entry, amount=40))
    off, on = reclassify(
        entry.pk, key="re-1", occurred_at=wib(2020, 12, 2), note="kategori", by_id=None, category_code="fesyen"
    )
    assert (off.amount, off.category_code, on.amount, on.category_code) == (-60, "kerajinan", 60, "fesyen")
    assert total() == 60


def test_verified_claim_becomes_a_sale_of_its_day():
    (claim,) = post_sale(make_sale(amount=100, evidence="D"))
    off, on = reclassify(claim.pk, key="re-1", occurred_at=wib(2020, 12, 2), note="bukti", by_id=None, evidence="B")
    assert (off.evidence, off.amount, on.evidence, on.amount, on.nature) == ("D", -100, "B", 100, "sale")
    assert on.occurred_at == off.occurred_at == claim.occurred_at


def test_import_resolves_what_it_reverses_within_one_call():
    edition, exhibitor = make_edition(), make_exhibitor()
    sale = history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19), amount=50)
    back = history(
        edition=edition,
        exhibitor=exhibitor,
        occurred_at=wib(2020, 11, 20),
        amount=-50,
        nature="refund",
        reverses_key=sale.source_key,
    )
    assert post_imported([sale, back]) == 2
    assert Entry.objects.get(amount=-50).reverses == Entry.objects.get(amount=50)


def test_import_is_fast_enough(django_assert_max_num_queries):
    edition, exhibitor = make_edition(), make_exhibitor()
    entries = [history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19)) for _ in range(20_000)]
    with django_assert_max_num_queries(12):
        assert post_imported(entries) == 20_000
