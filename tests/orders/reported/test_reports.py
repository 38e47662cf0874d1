import dataclasses
import datetime as dt
import threading
import uuid

import pytest
from django.db import connections
from django.utils import timezone

from expo.formats import WIB
from journal.models import Entry
from orders.models import ReportedDocument, ReportedSale
from orders.reported.content import reference_key
from orders.reported.errors import ReportError, UnsureError
from orders.reported.reports import add_evidence, report_sale, withdraw_report
from orders.reported.verification import return_report
from orders.states import TransitionError
from tests import factories
from tests.factories import wib
from tests.orders import shop
from tests.orders.desk import piece, sell
from tests.orders.reporting import evidence, new_report, paid, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=100_000).product


def test_a_report_is_a_claim_of_its_channel_edition_and_phase(owner, goods):
    found = report(owner.exhibitor, goods, amount=450_000, quantity=3, by=owner)
    (entry,) = Entry.objects.all()
    assert (entry.amount, entry.quantity, entry.evidence, entry.measure) == (450_000, 3, "D", "realised")
    assert (entry.channel, entry.source_kind, entry.phase) == ("reported", "report", "during")
    assert (entry.edition, entry.occurred_at, entry.product_label) == (found.edition, found.occurred_at, goods.name)
    assert found.documents.count() == 1


@pytest.mark.parametrize(
    ("sold_at", "channel"), [("live", "live"), ("stand", "onsite"), ("chat", "reported"), ("contract", "reported")]
)
def test_channel_follows_from_where_it_was_sold(owner, goods, sold_at, channel):
    report(owner.exhibitor, goods, sold_at=sold_at, by=owner)
    assert Entry.objects.get().channel == channel


@pytest.mark.parametrize("measure", ["realised", "committed", "potential"])
def test_measure_is_the_reported_one(owner, goods, measure):
    report(owner.exhibitor, goods, measure=measure, by=owner)
    assert Entry.objects.get().measure == measure


def test_the_day_is_wibs_and_the_phase_that_of_the_moment(owner):
    edition = factories.make_edition()
    factories.make_booth(edition=edition, exhibitor=owner.exhibitor)
    goods = factories.make_product(exhibitor=owner.exhibitor)
    now = wib(2020, 11, 21, 8)
    late = report(owner.exhibitor, goods, occurred_at=wib(2020, 11, 18, 23, 59), by=owner, now=now)
    midnight = report(owner.exhibitor, goods, occurred_at=wib(2020, 11, 19), by=owner, now=now)
    early = report(owner.exhibitor, goods, occurred_at=wib(2020, 11, 18, 8, 59), by=owner, now=now)
    closed = report(owner.exhibitor, goods, occurred_at=wib(2020, 11, 20, 16), by=owner, now=now)
    assert [one.day.day for one in (late, midnight, early, closed)] == [18, 19, 18, 20]
    phases = dict(Entry.objects.values_list("transaction_key", "phase"))
    assert [phases[f"laporan/{one.pk}"] for one in (late, midnight, early, closed)] == [
        "during", "during", "before", "mall",
    ]  # fmt: skip


def test_without_a_product_a_category_is_wanted(owner, goods):
    with pytest.raises(ReportError) as refused:
        report(owner.exhibitor, None, name="Titipan", by=owner)
    assert refused.value.field == "category"
    found = report(owner.exhibitor, None, name="Titipan", category=goods.category, by=owner)
    assert (found.name, Entry.objects.get().category_code) == ("Titipan", goods.category.slug)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 10_000_000_001}, "amount"),
        ({"occurred_at": dt.datetime(2001, 1, 1, tzinfo=WIB)}, "sold_on"),
        ({"occurred_at": timezone.now() + dt.timedelta(days=2)}, "sold_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(owner, goods, fields, field):
    with pytest.raises(ReportError) as refused:
        report(owner.exhibitor, goods, by=owner, **fields)
    assert refused.value.field == field
    assert not Entry.objects.exists()


def test_goods_of_others_and_reports_without_evidence_are_refused(owner, outsider, goods):
    shop.sold(exhibitor=outsider.exhibitor)
    with pytest.raises(ReportError):
        report(outsider.exhibitor, goods, by=outsider)
    with pytest.raises(ReportError) as refused:
        report_sale(owner.exhibitor, new_report(goods), [], by=owner, is_sure=True)
    assert refused.value.field == "file"


def test_the_same_form_again_is_one_report(owner, goods):
    new = new_report(goods)
    first = report_sale(owner.exhibitor, new, [evidence()], by=owner)
    again = report_sale(owner.exhibitor, new, [evidence()], by=owner)
    assert (first.is_new, again.is_new, first.report) == (True, False, again.report)
    assert Entry.objects.count() == ReportedDocument.objects.count() == 1
    with pytest.raises(ReportError):
        report_sale(owner.exhibitor, dataclasses.replace(new, amount=1), [evidence()], by=owner)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_eight_times_at_once_is_one_report(owner, goods):
    new, results = new_report(goods), []

    def send():
        try:
            results.append(report_sale(owner.exhibitor, new, [evidence()], by=owner).report.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(results) == 8
    assert len(set(results)) == Entry.objects.count() == 1


def test_what_was_sold_here_is_not_reported(owner, goods):
    order = shop.paid_order(goods.placements.get(), by=owner)
    sale = sell(owner.exhibitor, piece(goods), by=owner)
    typed = [order.code, f" {order.code.lower()} ", order.code.replace("-", ""), order.code.replace("-", " ")]
    for number in (*typed, sale.number, sale.number.lower()):
        with pytest.raises(ReportError) as refused:
            report(owner.exhibitor, goods, reference=number, by=owner)
        assert refused.value.field == "reference"
    assert not ReportedSale.objects.exists()
    report(owner.exhibitor, goods, reference="K-00000000", by=owner)


def test_the_same_sale_under_its_number_is_refused_until_it_was_withdrawn(owner, goods):
    said = {"reference": "INV/2026/77", "amount": 250_000, "by": owner}
    first = report(owner.exhibitor, goods, **said)
    with pytest.raises(ReportError) as refused:
        report(owner.exhibitor, goods, **said | {"reference": "inv 2026-77"})
    assert first.number in str(refused.value)
    withdraw_report(first, by=owner)
    report(owner.exhibitor, goods, **said)
    assert sum(Entry.objects.values_list("amount", flat=True)) == 250_000


def doubts_of(owner, new, documents=None) -> set[str]:
    with pytest.raises(UnsureError) as asked:
        report_sale(owner.exhibitor, new, documents or [evidence()], by=owner)
    return {doubt.code for doubt in asked.value.doubts}


def test_what_looks_like_a_mistake_is_asked_about_and_sent_all_the_same(owner, goods):
    same = evidence("a" * 64)
    report(owner.exhibitor, goods, amount=90_000, documents=[same], by=owner)
    assert doubts_of(owner, new_report(goods, amount=91_000), [same]) == {"file"}
    assert doubts_of(owner, new_report(goods, amount=90_000)) == {"twin"}
    assert doubts_of(owner, new_report(goods, amount=90_000, quantity=9)) == {"twin", "price"}
    assert doubts_of(owner, new_report(goods, amount=6_000_000)) == {"large"}
    with_number = new_report(goods, amount=92_000, reference="A1")
    report_sale(owner.exhibitor, with_number, [evidence()], by=owner)
    assert doubts_of(owner, new_report(goods, amount=93_000, reference="a-1")) == {"reference"}
    assert report_sale(owner.exhibitor, new_report(goods, amount=90_000), [same], by=owner, is_sure=True).is_new


def test_a_sale_of_the_desk_of_the_same_amount_is_asked_about(owner, goods):
    sell(owner.exhibitor, piece(goods, 2), by=owner)
    assert doubts_of(owner, new_report(goods, amount=200_000)) == {"counted"}


def test_others_reports_are_no_reason_to_ask(owner, outsider, goods):
    same = evidence("b" * 64)
    theirs = shop.sold(exhibitor=outsider.exhibitor).product
    report(outsider.exhibitor, theirs, amount=90_000, reference="77", documents=[same], by=outsider)
    assert report_sale(owner.exhibitor, new_report(goods, amount=90_000, reference="77"), [same], by=owner).is_new


def test_withdrawing_takes_the_claim_out_once(owner, goods):
    found = report(owner.exhibitor, goods, by=owner)
    withdraw_report(found, by=owner)
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0
    with pytest.raises(TransitionError):
        withdraw_report(found, by=owner)


def test_evidence_is_added_once_and_brings_back_what_was_returned(owner, curator, goods):
    found = report(owner.exhibitor, goods, by=owner)
    return_report(found, by=curator, reason="Fotonya buram")
    more = evidence()
    assert add_evidence(found, more, by=owner).state == "waiting"
    with pytest.raises(ReportError):
        add_evidence(found, more, by=owner)
    withdraw_report(found, by=owner)
    with pytest.raises(ReportError):
        add_evidence(found, evidence(), by=owner)


def test_payments_belong_to_orders_that_are_open(owner, goods):
    sale = report(owner.exhibitor, goods, by=owner)
    order = report(owner.exhibitor, goods, amount=1_000_000, measure="committed", by=owner)
    with pytest.raises(ReportError):
        paid(sale, 10_000, by=owner)
    paid(order, 600_000, by=owner)
    with pytest.raises(ReportError) as refused:
        paid(order, 400_001, by=owner)
    assert refused.value.field == "amount"
    with pytest.raises(ReportError):
        withdraw_report(order, by=owner)
    with pytest.raises(ReportError):
        paid(order, 1, moment=order.occurred_at - dt.timedelta(minutes=1), by=owner)
    assert set(Entry.objects.values_list("measure", flat=True)) == {"realised", "committed"}
    assert sum(Entry.objects.filter(measure="committed").values_list("amount", flat=True)) == 1_000_000


def test_numbers_are_compared_without_their_punctuation():
    assert reference_key(" inv/2026_77-A ") == "INV202677A"
    assert reference_key(str(uuid.UUID(int=1)))[-1] == "1"
