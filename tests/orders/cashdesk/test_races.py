"""Two things at once at the stand and in the shop, on a real PostgreSQL."""

import uuid
from threading import Event

import pytest

from catalog.models import Product
from expo.formats import WIB
from journal.models import Entry
from orders.cashdesk import sales
from orders.cashdesk.discards import Discarded, discard_sale
from orders.cashdesk.errors import DeskError
from orders.cashdesk.sales import record_sale, void_sale
from orders.cashdesk.signing import sheet_of, sign_day
from orders.cashdesk.stock import take_pieces
from orders.models import Order, StandDiscard, StandSale
from tests.orders import shop
from tests.orders.desk import new_sale, piece, sell
from tests.waiting import somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_offline_sales_sent_twice_at_once_are_twenty(owner):
    goods = shop.sold(exhibitor=owner.exhibitor, stock=100).product
    made = [new_sale(piece(goods)) for _number in range(20)]
    for start in range(0, 20, 4):
        calls = [
            lambda new=new: record_sale(owner.exhibitor, new, by=owner)
            for new in made[start : start + 4]
            for _ in (1, 2)
        ]
        results = shop.at_once(*calls)
        assert sum(result.is_new for result in results) == 4
    assert StandSale.objects.count() == Entry.objects.count() == 20
    assert sum(Entry.objects.values_list("amount", flat=True)) == 20 * 150_000
    assert Product.objects.get(pk=goods.pk).stock == 80


def test_stand_and_shop_never_sell_the_same_piece(owner):
    for _round in range(4):
        placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.selling_edition(), stock=3)
        goods = placement.product
        cart = shop.cart_with(placement, quantity=2)
        seen, new = shop.seen(cart), new_sale(piece(goods, 2))
        orders = Order.objects.count()
        _placed, recorded = shop.at_once(
            lambda cart=cart, seen=seen: shop.place(cart, seen=seen),
            lambda new=new: record_sale(owner.exhibitor, new, by=owner),
        )
        reserved = 2 if Order.objects.count() > orders else 0
        (line,) = recorded.sale.lines.all()
        left = Product.objects.get(pk=goods.pk).stock
        assert line.taken + line.short == 2
        assert left == 3 - reserved - line.taken
        assert line.short == (1 if reserved else 0)


def test_sale_is_signed_or_voided_never_half_of_both(owner):
    goods = shop.sold(exhibitor=owner.exhibitor, stock=50).product
    for _round in range(4):
        sale = sell(owner.exhibitor, piece(goods), by=owner)
        sheet = sheet_of(owner.exhibitor, sale.occurred_at.astimezone(WIB).date())
        signed, _voided = shop.at_once(
            lambda sheet=sheet: sign_day(
                owner.exhibitor, sheet.day, seen=sheet.stamp, counted=sheet.expected, by=owner
            ),
            lambda sale=sale: void_sale(sale, by=owner, reason="Salah ketik"),
        )
        sale.refresh_from_db()
        assert sale.voided_at is not None
        assert (sale.sign_off is None) == isinstance(signed, DeskError)
        assert sum(Entry.objects.values_list("amount", flat=True)) == 0
    assert Product.objects.get(pk=goods.pk).stock == 50


def test_sale_that_comes_during_the_sign_off_waits_for_the_next(owner):
    goods = shop.sold(exhibitor=owner.exhibitor, stock=50).product
    first = sell(owner.exhibitor, piece(goods), by=owner)
    day = first.occurred_at.astimezone(WIB).date()
    sheet = sheet_of(owner.exhibitor, day)
    new = new_sale(piece(goods))
    shop.at_once(
        lambda: sign_day(owner.exhibitor, day, seen=sheet.stamp, counted=sheet.expected, by=owner),
        lambda: record_sale(owner.exhibitor, new, by=owner),
    )
    waiting = sheet_of(owner.exhibitor, day)
    signed = sum(Entry.objects.filter(evidence="C").values_list("amount", flat=True))
    assert signed + waiting.expected == 300_000


def test_a_sale_that_its_phone_gave_up_on_is_recorded_or_thrown_away(owner, monkeypatch):
    """Its first request hangs; meanwhile its seller has mended it and throws the old one away."""
    goods = shop.sold(exhibitor=owner.exhibitor, stock=50).product
    new, hanging, thrown, go_on = new_sale(piece(goods)), Event(), Event(), Event()

    def hang(lines):
        hanging.set()
        assert go_on.wait(60)
        take_pieces(lines)

    def record():
        return record_sale(owner.exhibitor, new, by=owner)

    def discard():
        assert hanging.wait(60)
        try:
            return discard_sale(owner.exhibitor, gone(new), by=owner)
        finally:
            thrown.set()

    def watch():
        """Let the first go on once the second waits for it, or waits for nobody."""
        try:
            assert hanging.wait(60)
            while not thrown.wait(0.02) and not somebody_waits():
                pass
        finally:
            go_on.set()

    monkeypatch.setattr(sales, "take_pieces", hang)
    recorded, left, _watched = shop.at_once(record, discard, watch)
    assert left == recorded.sale
    assert not StandDiscard.objects.exists()
    assert Entry.objects.count() == 1


def gone(sale):
    said = {"reason": "Diperbaiki", "amount": sale.amount, "replaced_by": uuid.uuid4()}
    return Discarded(key=sale.key, sold_at=sale.sold_at, sent_at=sale.sent_at, **said)
