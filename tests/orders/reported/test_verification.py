import datetime as dt

import pytest
from django.db.models import Sum
from django.utils import timezone

from exhibitors.domain.decisions import ChangedMeanwhileError
from exhibitors.models import Membership
from expo.models import OutgoingMail
from journal.models import Entry
from journal.totals import AsOf, groups
from orders.reported.doubts import doubts_about
from orders.reported.errors import ReportError
from orders.reported.reports import withdraw_report
from orders.reported.verification import content_of_report, refuse_report, return_report, verify_report
from orders.states import TransitionError
from tests.orders import shop
from tests.orders.reporting import evidence, paid, report, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=100_000).product


def totals(report, *, occurred=None) -> dict[str, int]:
    """Rupiah that a recap of now would count until ``occurred`` (None: all), by measure and grade."""
    far = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    found: dict[str, int] = {}
    for group in groups(AsOf(editions=(report.edition_id,), occurred=occurred or far, recorded=far)):
        key = f"{group.measure} {group.evidence}"
        found[key] = found.get(key, 0) + group.amount
    return {key: amount for key, amount in found.items() if amount}


@pytest.mark.parametrize("grade", ["A", "B"])
def test_verified_counts_at_the_time_it_happened(owner, finance, goods, grade):
    found = report(owner.exhibitor, goods, amount=300_000, quantity=2, by=owner)
    assert totals(found) == {"realised D": 300_000}
    done = verify_report(found, by=finance, grade=grade)
    assert totals(found) == {f"realised {grade}": 300_000}
    sale = Entry.objects.get(evidence=grade)
    assert (sale.nature, sale.occurred_at, sale.quantity) == ("sale", found.occurred_at, 2)
    assert (done.state, done.counted, done.decided_by) == ("verified", 300_000, finance)


def test_what_the_evidence_does_not_show_is_taken_off_with_a_reason(owner, finance, goods):
    found = report(owner.exhibitor, goods, amount=300_000, by=owner)
    with pytest.raises(ReportError):
        verify_report(found, by=finance, amount=250_000)
    with pytest.raises(ReportError):
        verify_report(found, by=finance, amount=300_001, reason="Lebih")
    assert totals(found) == {"realised D": 300_000}
    verify_report(found, by=finance, amount=250_000, reason="Ongkir tidak dihitung")
    assert totals(found) == {"realised B": 250_000}


def test_refusing_leaves_nothing_also_after_it_was_verified(owner, finance, goods):
    first, second = (report(owner.exhibitor, goods, by=owner) for _ in range(2))
    with pytest.raises(ReportError):
        refuse_report(first, by=finance, reason=" ")
    refuse_report(first, by=finance, reason="Bukan bukti penjualan")
    verify_report(second, by=finance)
    refuse_report(second, by=finance, reason="Ternyata pesanan di sini")
    assert totals(first) == {}
    with pytest.raises(TransitionError):
        verify_report(second, by=finance)


def test_a_claim_that_was_refused_waits_no_longer_at_any_cut_off(owner, finance, goods):
    friday = timezone.now() - dt.timedelta(hours=3)
    refused, partly, withdrawn, counted = (
        report(owner.exhibitor, goods, amount=amount, occurred_at=friday, by=owner)
        for amount in (100_000, 200_000, 400_000, 800_000)
    )
    evening = friday + dt.timedelta(hours=1)
    refuse_report(refused, by=finance, reason="Bukan bukti penjualan")
    withdraw_report(withdrawn, by=owner)
    verify_report(partly, by=finance, amount=150_000, reason="Tanpa ongkir")
    verify_report(counted, by=finance)
    assert totals(refused, occurred=evening) == {"realised B": 950_000}
    refuse_report(counted, by=finance, reason="Ternyata pesanan di sini")  # counted: out from now on
    assert totals(refused, occurred=evening) == {"realised B": 950_000}
    assert totals(refused) == {"realised B": 150_000}


def test_nobody_checks_their_own_reports(owner, finance, goods):
    found = report(owner.exhibitor, goods, by=owner)
    Membership.objects.create(user=finance, exhibitor=owner.exhibitor)
    for decide in (verify_report, return_report, refuse_report):
        with pytest.raises(ReportError):
            decide(found, by=finance, reason="Saya sendiri")
    with pytest.raises(ReportError):
        verify_report(found, by=owner)


def test_only_what_was_looked_at_is_verified(owner, finance, goods):
    found = report(owner.exhibitor, goods, by=owner)
    seen = content_of_report(found)
    found.documents.create(file="x.jpg", digest="f" * 64, at=found.reported_at, by=owner)
    with pytest.raises(ChangedMeanwhileError):
        verify_report(found, by=finance, seen=seen)
    verify_report(found, by=finance, seen=content_of_report(found))


def test_payments_move_an_order_to_turnover_and_never_count_twice(owner, finance, goods):
    order = report(owner.exhibitor, goods, amount=1_000_000, quantity=10, measure="committed", by=owner)
    deposit = paid(order, 400_000, by=owner)
    with pytest.raises(ReportError):
        verify_report(deposit, by=finance)  # the order first
    verify_report(order, by=finance)
    assert totals(order) == {"committed B": 1_000_000}
    verify_report(deposit, by=finance, grade="A")
    assert totals(order) == {"committed B": 600_000, "realised A": 400_000}
    balance = verify_report(paid(order, 600_000, by=owner), by=finance)
    assert totals(order) == {"realised A": 400_000, "realised B": 600_000}
    assert Entry.objects.filter(measure="realised").aggregate(units=Sum("quantity"))["units"] == 10
    assert Entry.objects.values("transaction_key").distinct().count() == 1
    with pytest.raises(ReportError):
        refuse_report(order, by=finance, reason="Sudah dibayar")
    refuse_report(balance, by=finance, reason="Uangnya tidak masuk")
    assert totals(order) == {"committed B": 600_000, "realised A": 400_000}
    again = verify_report(paid(order, 600_000, by=owner), by=finance)
    assert again.counted == 600_000
    assert totals(order) == {"realised A": 400_000, "realised B": 600_000}


def test_a_refused_payment_that_waited_posts_nothing(owner, finance, goods):
    order = verified(owner.exhibitor, goods, amount=500_000, measure="committed", by=owner, checker=finance)
    count = Entry.objects.count()
    refuse_report(paid(order, 500_000, by=owner), by=finance, reason="Tidak terbaca")
    withdraw_report(paid(order, 500_000, by=owner), by=owner)
    assert Entry.objects.count() == count
    refuse_report(order, by=finance, reason="Batal")
    assert totals(order) == {}


def test_staff_see_doubts_across_exhibitors(owner, outsider, goods):
    same = evidence("c" * 64)
    theirs = report(
        outsider.exhibitor,
        shop.sold(exhibitor=outsider.exhibitor).product,
        reference="INV-9",
        documents=[same],
        by=outsider,
    )
    mine = report(owner.exhibitor, goods, reference="inv9", documents=[same], by=owner)
    doubts = doubts_about(mine, [same.digest], now=mine.reported_at, for_staff=True)
    assert {doubt.code for doubt in doubts} == {"file", "reference"}
    assert all(f"{theirs.number} (Keramik Joko)" in doubt.text for doubt in doubts)


def test_every_decision_is_mailed_to_the_people(owner, helper, finance, goods):
    found = report(owner.exhibitor, goods, by=owner)
    return_report(found, by=finance, reason="Fotonya buram")
    verify_report(found, by=finance)
    refuse_report(found, by=finance, reason="Ternyata bukan")
    mails = OutgoingMail.objects.filter(to=owner.email)
    assert mails.count() == 3
    assert OutgoingMail.objects.filter(to=helper.email).count() == 3
    assert any("Fotonya buram" in mail.body for mail in mails)
    assert all(found.number in mail.subject for mail in mails)
