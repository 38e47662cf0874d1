import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from expo.formats import WIB
from journal.models import Entry
from journal.staff import classify
from orders.cashdesk.errors import DeskError
from orders.cashdesk.sales import record_sale, void_sale
from orders.cashdesk.signing import open_sheets, overdue_sheets, sheet_of, sign_day
from orders.domain.cash import hand_over
from orders.domain.offers import Wishes
from orders.models import CashSignOff, Delivery
from reports.recompute import figures_at
from tests.orders import shop
from tests.orders.desk import new_sale, piece, sell, sign
from tests.orders.ways import give_settings
from tests.reports.cases import asof

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), stock=100).product


def today() -> dt.date:
    return timezone.now().astimezone(WIB).date()


def figures_now(edition):
    cutoff = timezone.now() + dt.timedelta(minutes=1)
    return figures_at([edition], asof(edition, occurred=cutoff, recorded=cutoff))[0]


def total(evidence: str) -> int:
    return sum(Entry.objects.filter(evidence=evidence).values_list("amount", flat=True))


def test_sign_off_makes_stand_receipts_of_the_sales(owner, helper, goods):
    sales = [sell(owner.exhibitor, piece(goods), by=owner, way=way) for way in ("cash", "qris", "transfer", "cash")]
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.expected, sheet.qris, sheet.transfer, sheet.count) == (300_000, 150_000, 150_000, 4)
    signed = sign(owner.exhibitor, today(), by=helper)
    assert (signed.count, signed.amount, signed.other_count, signed.other, signed.difference) == (
        2,
        300_000,
        2,
        300_000,
        0,
    )
    assert (total("C"), total("D")) == (sum(sale.amount for sale in sales), 0)
    receipts = Entry.objects.filter(evidence="C")
    assert {entry.occurred_at for entry in receipts} == {sale.occurred_at for sale in sales}
    assert open_sheets(owner.exhibitor) == []


def test_one_drawer_holds_the_cash_of_orders_and_of_the_desk(owner, goods):
    give_settings(owner.exhibitor, takes_cash=True)
    placement = goods.placements.get()
    wishes = Wishes(deliveries={placement.booth_id: Delivery.PICKUP}, methods={placement.booth_id: "cash"})
    order = hand_over(shop.placed_order(placement, wishes=wishes), by=owner)
    sell(owner.exhibitor, piece(goods), by=owner)
    sheet = sheet_of(owner.exhibitor, today())
    assert (sheet.orders, sheet.expected) == (1, order.total + 150_000)
    sign(owner.exhibitor, today(), by=owner)
    assert total("C") == order.goods_total + 150_000
    assert total("D") == 0


def test_difference_needs_words_and_changes_no_sale(owner, goods):
    sell(owner.exhibitor, piece(goods), by=owner)
    stamp = sheet_of(owner.exhibitor, today()).stamp
    with pytest.raises(DeskError):
        sign_day(owner.exhibitor, today(), seen=stamp, opening=50_000, counted=195_000, by=owner)
    signed = sign_day(owner.exhibitor, today(), seen=stamp, opening=50_000, counted=195_000, note="Kembalian", by=owner)
    assert signed.difference == -5_000
    assert total("C") == 150_000
    with transaction.atomic(), pytest.raises(IntegrityError):
        CashSignOff.objects.filter(pk=signed.pk).update(note="")


def test_nobody_signs_for_what_came_meanwhile(owner, goods):
    sell(owner.exhibitor, piece(goods), by=owner)
    stamp = sheet_of(owner.exhibitor, today()).stamp
    sell(owner.exhibitor, piece(goods), by=owner)
    with pytest.raises(DeskError):
        sign_day(owner.exhibitor, today(), seen=stamp, counted=150_000, by=owner)
    assert not CashSignOff.objects.exists()
    assert total("C") == 0


def test_what_arrives_for_a_signed_day_is_signed_again(owner, goods):
    now = timezone.now()
    sell(owner.exhibitor, piece(goods), by=owner, now=now)
    sign(owner.exhibitor, today(), by=owner)
    record_sale(owner.exhibitor, new_sale(piece(goods, 2), sold_at=now, sent_at=now), by=owner, now=now)
    assert sheet_of(owner.exhibitor, today()).expected == 300_000
    sign(owner.exhibitor, today(), by=owner)
    assert [signed.amount for signed in CashSignOff.objects.order_by("pk")] == [150_000, 300_000]
    assert total("C") == 450_000


def test_voided_sales_are_not_signed(owner, goods):
    keep, mistake = (sell(owner.exhibitor, piece(goods), by=owner) for _number in range(2))
    void_sale(mistake, by=owner, reason="Salah ketik")
    signed = sign(owner.exhibitor, today(), by=owner)
    assert signed.amount == keep.amount == total("C")
    assert total("D") == 0


def test_days_are_wib_days_and_yesterday_is_asked_for(owner, goods):
    midnight = timezone.now().astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    for moment in (midnight - dt.timedelta(microseconds=1), midnight):
        sell(owner.exhibitor, piece(goods), by=owner, now=moment)
    assert [sheet.count for sheet in open_sheets(owner.exhibitor)] == [1, 1]
    assert len(overdue_sheets(owner.exhibitor, midnight)) == 1
    assert overdue_sheets(owner.exhibitor, midnight - dt.timedelta(microseconds=1)) == []


def test_days_of_others_are_not_signed(owner, outsider, goods):
    sale = sell(owner.exhibitor, piece(goods), by=owner)
    with pytest.raises(DeskError):
        sign_day(outsider.exhibitor, today(), seen=sheet_of(owner.exhibitor, today()).stamp, counted=150_000, by=owner)
    sale.refresh_from_db()
    assert sale.sign_off is None


def test_recap_counts_signed_sales_only(owner, goods):
    first = sell(owner.exhibitor, piece(goods), by=owner, now=timezone.now() - dt.timedelta(minutes=2))
    figures = figures_now(first.edition)
    assert (figures.realised.total, figures.pending_evidence.realised) == (0, 150_000)
    sign(owner.exhibitor, first.day, by=owner)
    sell(owner.exhibitor, piece(goods, 2), by=owner)
    figures = figures_now(first.edition)
    assert (figures.realised.total, figures.realised.evidence.C) == (150_000, 150_000)
    assert figures.pending_evidence.realised == 300_000


def test_a_claim_that_was_typed_by_mistake_waits_at_no_cut_off(owner, goods):
    early = timezone.now() - dt.timedelta(minutes=9)
    mistake, signed = (sell(owner.exhibitor, piece(goods), by=owner, now=early) for _number in range(2))
    void_sale(mistake, by=owner, reason="Salah ketik")
    before = Entry.objects.filter(occurred_at__lt=early + dt.timedelta(minutes=1))
    assert sum(before.values_list("amount", flat=True)) == 150_000
    sign(owner.exhibitor, signed.day, by=owner)
    assert sum(before.filter(evidence="D").values_list("amount", flat=True)) == 0


def test_queries_of_a_sign_off_do_not_grow_with_its_sales(owner, goods, django_assert_max_num_queries):
    counts = []
    for number in (1, 5):
        for _sale in range(number):
            sell(owner.exhibitor, piece(goods), by=owner)
        with django_assert_max_num_queries(30) as context:
            sign(owner.exhibitor, today(), by=owner)
        counts.append(len(context.captured_queries))
    assert counts[0] == counts[1]


def test_a_sale_that_staff_classified_anew_becomes_a_receipt_too(owner, finance, goods):
    sell(owner.exhibitor, piece(goods), by=owner)
    classify(Entry.objects.get(), key=uuid.uuid4(), note="Siaran", by=finance, now=timezone.now(), channel="live")
    sign(owner.exhibitor, today(), by=owner)
    assert (total("C"), total("D")) == (goods.price, 0)
