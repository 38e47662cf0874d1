"""Goods brought back to the stand: money, pieces, journal and the count of the drawer."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from expo.formats import WIB
from journal.models import Entry
from orders.cashdesk.errors import DeskError
from orders.cashdesk.returns import take_goods_back
from orders.cashdesk.sales import void_sale
from orders.cashdesk.signing import open_sheets, sheet_of, sign_day
from orders.models import StandLine, StandReturn
from tests.orders import shop
from tests.orders.desk import piece, sell, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(owner):
    return shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), stock=100, price=50_000).product


def today() -> dt.date:
    return timezone.now().astimezone(WIB).date()


def give_back(sale, by, pieces=None, **fields) -> StandReturn:
    given = {"key": uuid.uuid4(), "way": "cash", "reason": "Jahitannya lepas", "restock": True} | fields
    return take_goods_back(sale, pieces=pieces, by=by, **given)


def turnover(sale) -> tuple[int, int]:
    """Rupiah and pieces that the journal holds of the sale."""
    entries = Entry.objects.filter(transaction_key=f"kasir/{sale.exhibitor_id}/{sale.key}")
    rows = list(entries.values_list("amount", "quantity"))
    return sum(amount for amount, _n in rows), sum(n for _amount, n in rows)


def stock(product) -> int:
    product.refresh_from_db()
    return product.stock


def test_pieces_of_a_line_come_back(owner, helper, goods):
    sale = sell(owner.exhibitor, piece(goods, 3), by=owner)
    line = sale.lines.get()
    back = give_back(sale, helper, {line.pk: 1})
    assert (back.amount, back.by, back.day) == (50_000, helper, today())
    assert turnover(sale) == (100_000, 2)
    assert stock(goods) == 98
    line.refresh_from_db()
    assert line.left == 2


def test_the_same_form_twice_is_one_return(owner, goods):
    sale, key = sell(owner.exhibitor, piece(goods, 3), by=owner), uuid.uuid4()
    assert give_back(sale, owner, key=key) == give_back(sale, owner, key=key)
    assert turnover(sale) == (0, 0)
    assert stock(goods) == 100
    other = sell(owner.exhibitor, piece(goods), by=owner)
    with pytest.raises(DeskError, match="sudah dipakai"):
        give_back(other, owner, key=key)


def test_never_more_than_the_buyer_has(owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner)
    line = sale.lines.get()
    give_back(sale, owner, {line.pk: 1})
    for pieces, said in (({line.pk: 2}, "paling banyak 1"), ({line.pk: -1}, "paling banyak"), ({}, "Isi dahulu")):
        with pytest.raises(DeskError, match=said):
            give_back(sale, owner, pieces)
    with pytest.raises(DeskError, match="Tulis mengapa"):
        give_back(sale, owner, reason=" ")
    give_back(sale, owner)
    with pytest.raises(DeskError, match="sudah dikembalikan"):
        give_back(sale, owner)
    assert turnover(sale) == (0, 0)


def test_broken_goods_stay_off_the_shelf_and_short_ones_never_reach_it(owner, goods):
    broken = sell(owner.exhibitor, piece(goods, 2), by=owner)
    give_back(broken, owner, restock=False)
    assert stock(goods) == 98
    short = sell(owner.exhibitor, piece(goods, 100), by=owner)
    line = short.lines.get()
    assert (line.taken, line.short, stock(goods)) == (98, 2, 0)
    give_back(short, owner, {line.pk: 97})
    give_back(short, owner, {line.pk: 3})
    assert stock(goods) == 98


def test_a_sale_of_a_signed_day_leaves_turnover_with_its_grade(owner, goods):
    yesterday = timezone.now() - dt.timedelta(hours=25)
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner, now=yesterday)
    sign(owner.exhibitor, sale.day, by=owner)
    back = give_back(sale, owner, {sale.lines.get().pk: 1})
    assert turnover(sale) == (50_000, 1)
    reversal = Entry.objects.latest("pk")
    assert (reversal.evidence, reversal.amount, reversal.edition_id) == ("C", -50_000, sale.edition_id)
    assert reversal.occurred_at == back.at


def test_what_came_back_before_the_sign_off_is_no_turnover_after_it(owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner)
    give_back(sale, owner, {sale.lines.get().pk: 1})
    sheet = sheet_of(owner.exhibitor, today())
    assert (sheet.cash, sheet.returned, sheet.expected, sheet.total) == (100_000, 50_000, 50_000, 50_000)
    signed = sign(owner.exhibitor, today(), by=owner)
    assert (signed.amount, signed.returned, signed.difference, signed.total) == (100_000, 50_000, 0, 50_000)
    counted = sum(Entry.objects.filter(evidence="C").values_list("amount", flat=True))
    assert counted == 50_000
    assert open_sheets(owner.exhibitor) == []


def test_the_drawer_of_the_day_of_the_return_misses_the_money(owner, goods):
    yesterday = timezone.now() - dt.timedelta(hours=25)
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner, now=yesterday, way="qris")
    sign(owner.exhibitor, sale.day, by=owner)
    give_back(sale, owner, {sale.lines.get().pk: 1}, way="transfer")
    give_back(sale, owner, way="cash")
    (sheet,) = open_sheets(owner.exhibitor)
    assert (sheet.day, sheet.count, sheet.expected, sheet.other_returned) == (today(), 2, -50_000, 50_000)
    with pytest.raises(DeskError, match="tidak cocok"):
        sign_day(owner.exhibitor, today(), seen=sheet.stamp, opening=100_000, counted=100_000, by=owner)
    signed = sign_day(owner.exhibitor, today(), seen=sheet.stamp, opening=100_000, counted=50_000, by=owner)
    assert signed.difference == 0
    assert StandReturn.objects.filter(sign_off=signed).count() == 2


def test_a_return_that_came_after_the_sheet_was_shown_is_not_signed_with_it(owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 2), by=owner)
    sheet = sheet_of(owner.exhibitor, today())
    give_back(sale, owner, {sale.lines.get().pk: 1})
    with pytest.raises(DeskError, match="sudah berubah"):
        sign_day(owner.exhibitor, today(), seen=sheet.stamp, counted=100_000, by=owner)


def test_voided_sales_and_returned_ones_exclude_each_other(owner, goods):
    voided, returned = (sell(owner.exhibitor, piece(goods, 2), by=owner) for _each in range(2))
    void_sale(voided, by=owner, reason="Salah ketik")
    with pytest.raises(DeskError, match="sudah dibatalkan"):
        give_back(voided, owner)
    give_back(returned, owner, {returned.lines.get().pk: 1})
    with pytest.raises(DeskError, match="Catat sisanya"):
        void_sale(returned, by=owner, reason="Salah ketik")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_no_piece_back_twice(owner, goods):
    sale = sell(owner.exhibitor, piece(goods, 3), by=owner)
    line = sale.lines.get()
    key = uuid.uuid4()
    done = shop.at_once(
        *(lambda: give_back(sale, owner, {line.pk: 2}, key=key) for _click in range(3)),
        lambda: give_back(sale, owner, {line.pk: 2}),
        lambda: sign(owner.exhibitor, sale.day, by=owner),
    )
    assert all(isinstance(one, DeskError) for one in done if isinstance(one, Exception))
    assert StandLine.objects.get(pk=line.pk).returned == 2
    assert StandReturn.objects.count() == 1
    assert turnover(sale) == (50_000, 1)
    assert stock(goods) == 99
