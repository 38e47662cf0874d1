"""Shipping from the exhibitor's table, vouchers, fees to be confirmed: from the offer to the order's end."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from expo.models import OutgoingMail
from journal.models import Entry
from orders.domain.cancellation import cancel_order, expire_orders
from orders.domain.errors import CartChangedError, OrderError
from orders.domain.offers import Wishes
from orders.domain.payment import confirm_payment
from orders.domain.quotes import TIME_TO_ANSWER, accept_fee, decline_fee, offer_fee
from orders.domain.refund import record_refund
from orders.domain.shipping import Place, choices_for, read_tables
from orders.models import ANY_WEIGHT, Checkout, Order, ShippingZone, Voucher
from orders.states import FeeState, OrderState, TransitionError
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    """Sends by JNE: Semarang 8,000; Central Java 10,000/15,000; Indonesia 20,000; Qatar 300,000; abroad on request."""
    factories.make_region(code="33.74", name="Kota Semarang")
    factories.make_region(code="32.73", name="Kota Bandung")
    exhibitor = factories.make_exhibitor(shipping_fee=None)
    factories.make_shipping(
        exhibitor,
        ("33.74", {1000: 8_000, 5000: 9_000}),
        ("33", {1000: 10_000, 5000: 15_000}, {"free_from": 500_000}),
        ("home", 20_000),
        ("country", {ANY_WEIGHT: 300_000}, {"country": "QA"}),
        ("abroad", None),
        name="JNE",
    )
    return exhibitor


@pytest.mark.parametrize(
    ("place", "grams", "goods", "fee"),
    [
        (Place("ID", "33.74"), 1000, 1, 8_000),
        (Place("ID", "33.74"), 1001, 1, 9_000),
        (Place("ID", "33.74"), 1, 900_000, 8_000),
        (Place("ID", "33.73"), 900, 499_999, 10_000),
        (Place("ID", "33.73"), 2000, 1, 15_000),
        (Place("ID", "33.73"), 2000, 500_000, 0),
        (Place("ID", "32.73"), 90_000, 1, 20_000),
        (Place("QA"), 1, 1, 300_000),
        (Place("MY"), 1, 1, None),
    ],
)
def test_the_most_exact_zone_and_the_first_step_that_holds_the_parcel(seller, place, grams, goods, fee):
    (choice,) = choices_for(read_tables([seller.pk])[seller.pk], place, grams, goods)
    assert (choice.fee, choice.to_confirm) == (fee, fee is None)


def test_a_parcel_too_heavy_or_a_place_out_of_reach_is_not_offered(seller):
    ShippingZone.objects.filter(reach="abroad").delete()
    services = read_tables([seller.pk])[seller.pk]
    assert choices_for(services, Place("ID", "33.74"), 5001, 1) == []
    assert choices_for(services, Place("MY"), 1, 1) == []
    assert choices_for(services, Place(), 1, 1)[0].is_unknown
    assert choices_for([], Place(), 1, 1)[0].to_confirm


def test_the_order_keeps_service_fee_and_weight(seller):
    placement = shop.sold(exhibitor=seller, weight_grams=600)
    order = shop.placed_order(placement, quantity=2)
    assert (order.shipping_service, order.shipping_fee, order.shipping_weight) == ("JNE", 15_000, 1200)
    assert order.payment.amount == 300_000 + 15_000 + order.unique_code


def test_a_fee_that_rose_meanwhile_is_asked_about(seller):
    cart = shop.cart_with(shop.sold(exhibitor=seller))
    seen = shop.seen(cart)
    ShippingZone.objects.filter(reach="province").update(fees=[12_000, 15_000])
    with pytest.raises(CartChangedError) as caught:
        shop.place(cart, seen=seen)
    assert any("Rp10.000 menjadi Rp12.000" in text for text in caught.value.changes)


def voucher(placement=None, *, edition=None, **fields) -> Voucher:
    now = timezone.now()
    owner = {"edition": edition} if edition else {"exhibitor": placement.booth.exhibitor}
    number = next(factories.numbers)
    period = {"valid_from": now - dt.timedelta(days=1), "valid_until": now + dt.timedelta(days=1)}
    return Voucher.objects.create(**{"code": f"HEMAT{number}", "value": 10, **owner, **period, **fields})


def with_code(placement, code, **more):
    return Wishes(vouchers={placement.booth_id: code}, **more)


def test_percentage_is_spread_over_the_lines_to_the_rupiah(owner, finance):
    first = shop.sold(exhibitor=owner.exhibitor, price=33_333, stock=9)
    goods = factories.make_product(exhibitor=owner.exhibitor, price=66_667)
    second = factories.make_placement(booth=first.booth, product=goods)
    given = voucher(first, value=10)
    cart = shop.cart_with(first, second)
    order = shop.place(cart, wishes=with_code(first, given.code.lower())).orders.get()
    assert (order.discount, order.goods_total, order.voucher_code) == (10_000, 90_000, given.code)
    assert sum(order.lines.values_list("discount", flat=True)) == 10_000
    order = confirm_payment(order, by=owner, evidence=shop.photo())
    assert sum(Entry.objects.values_list("amount", flat=True)) == 90_000
    given.refresh_from_db()
    assert (given.uses, given.spent) == (1, 10_000)
    record_refund(order, by=finance, reason="Semua", key="x", amount=90_000)
    given.refresh_from_db()
    assert (given.uses, given.spent) == (0, 0)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"minimum_spend": 999_999}, "mulai belanja"),
        ({"is_active": False}, "berakhir"),
        ({"most_uses": 0}, "habis"),
        ({"budget": 14_999}, "habis"),
        ({"valid_from": timezone.now() + dt.timedelta(hours=1)}, "belum berlaku"),
    ],
)
def test_voucher_that_does_not_count_stops_the_order_and_says_why(fields, why):
    placement = shop.sold(price=150_000)
    given = voucher(placement, **fields)
    cart = shop.cart_with(placement)
    with pytest.raises(OrderError, match=why):
        shop.place(cart, wishes=with_code(placement, given.code))
    with pytest.raises(OrderError, match="tidak dikenal"):
        shop.place(cart, wishes=with_code(placement, "NGAWUR"))
    with pytest.raises(OrderError, match="tidak berlaku di stan"):
        shop.place(cart, wishes=with_code(placement, voucher(shop.sold()).code))


def test_one_buyer_uses_it_once_until_the_order_ends():
    placement = shop.sold()
    given, somebody = voucher(placement), shop.buyer()
    wishes = with_code(placement, given.code)
    order = shop.place(shop.cart_with(placement), somebody=somebody, wishes=wishes).orders.get()
    with pytest.raises(OrderError, match="sudah Anda pakai"):
        shop.place(shop.cart_with(placement), somebody=somebody, wishes=wishes)
    cancel_order(order)
    assert shop.place(shop.cart_with(placement), somebody=somebody, wishes=wishes)


def test_sponsored_shipping_comes_off_the_fee_and_not_off_the_turnover(seller, owner):
    placement = shop.sold(exhibitor=seller)
    given = voucher(edition=placement.booth.edition, benefit="shipping", value=0, most=9_000)
    order = shop.placed_order(placement, wishes=with_code(placement, given.code))
    assert (order.shipping_fee, order.shipping_discount, order.goods_total) == (1_000, 9_000, 150_000)
    expire_orders(order.expires_at)
    given.refresh_from_db()
    assert (given.uses, given.spent) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_budget_for_seven_orders_is_not_overspent_by_thirty_buyers_at_once():
    edition = shop.selling_edition()
    placements = [
        shop.sold(edition=edition, stock=50, exhibitor=factories.make_exhibitor(shipping_fee=10_000)) for _ in "ab"
    ]
    given = voucher(edition=edition, benefit="shipping", value=0, budget=75_000)
    calls = []
    for n in range(30):
        placement, somebody = placements[n % 2], shop.buyer()
        cart, wishes = shop.cart_with(placement), with_code(placement, given.code)
        seen = shop.seen(cart, somebody, wishes=wishes)
        calls.append(partial(shop.place, cart, somebody=somebody, wishes=wishes, seen=seen))
    results = shop.at_once(*calls)
    assert sum(isinstance(result, Checkout) for result in results) == 7
    assert sum(isinstance(result, CartChangedError) for result in results) == 23
    given.refresh_from_db()
    assert (given.uses, given.spent) == (7, 70_000)
    assert sum(Order.objects.values_list("shipping_discount", flat=True)) == 70_000


@pytest.fixture
def quoted(seller, owner):
    seller.email = "penjual@contoh.test"
    seller.save()
    return shop.placed_order(shop.sold(exhibitor=seller, stock=3), regency=None, country="MY")


def fresh(order):
    return Order.objects.get(pk=order.pk)


def test_fee_to_be_confirmed_asks_for_no_money_before_the_yes(quoted, owner):
    assert (quoted.fee_state, quoted.payments.count(), quoted.total) == (FeeState.WAITING, 0, 150_000)
    assert OutgoingMail.objects.filter(key__contains="placed_exhibitor", to="penjual@contoh.test").exists()
    with pytest.raises(TransitionError):
        accept_fee(quoted, fee=0)
    offer_fee(quoted, by=owner, fee=90_000, service="POS", note="Laut, 3 minggu")
    offer_fee(quoted, by=owner, fee=80_000)
    with pytest.raises(OrderError, match="diubah penjual"):
        accept_fee(quoted, fee=90_000)
    order = fresh(accept_fee(quoted, fee=80_000))
    assert (order.fee_state, order.shipping_fee, order.shipping_service) == (FeeState.ACCEPTED, 80_000, "POS")
    assert order.payment.amount == 230_000 + order.unique_code
    assert confirm_payment(order, by=owner).state == OrderState.PAID
    assert OutgoingMail.objects.filter(key__contains="fee_").count() == 4


def test_no_to_the_fee_ends_the_order(quoted, owner):
    offer_fee(quoted, by=owner, fee=90_000)
    decline_fee(quoted)
    order = fresh(quoted)
    assert (order.state, order.fee_state) == (OrderState.CANCELLED, FeeState.DECLINED)
    assert order.lines.get().product.stock == 3


@pytest.mark.parametrize("is_offered", [False, True])
def test_each_step_of_the_fee_has_its_limit(quoted, owner, is_offered):
    limit = quoted.placed_at + dt.timedelta(hours=48)
    if is_offered:
        later = limit - dt.timedelta(hours=1)
        limit = offer_fee(quoted, by=owner, fee=1, now=later).expires_at
        assert limit == later + TIME_TO_ANSWER
    assert expire_orders(limit - dt.timedelta(seconds=1)) == 0
    assert expire_orders(limit) == 1
    assert fresh(quoted).lines.get().product.stock == 3
    with pytest.raises(TransitionError):
        offer_fee(quoted, by=owner, fee=5)


def test_unpaid_purchases_of_one_telephone_are_limited():
    placement, somebody = shop.sold(stock=50), shop.buyer()
    orders = [shop.place(shop.cart_with(placement), somebody=somebody).orders.get() for _ in range(5)]
    with pytest.raises(OrderError, match="belum dibayar"):
        shop.place(shop.cart_with(placement), somebody=somebody)
    cancel_order(orders[0])
    assert shop.place(shop.cart_with(placement), somebody=somebody)


def test_unpaid_purchases_to_one_address_are_limited_however_it_is_written():
    placement = shop.sold(stock=50)
    for n in range(8):
        shop.placed_order(placement, address=f"Jalan Melati {'.' * n} 7")
    with pytest.raises(OrderError, match="Alamat"):
        shop.placed_order(placement, address="JALAN MELATI 7")
    assert shop.placed_order(placement, address="Jalan Melati 8")
