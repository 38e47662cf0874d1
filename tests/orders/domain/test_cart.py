import datetime as dt

import pytest
from django.utils import timezone

from catalog.models import Product
from orders.domain.cart import add_to_cart, change_quantity, count_pieces, forget_old_carts, merge_carts, new_cart
from orders.domain.content import read_cart
from orders.domain.errors import OrderError
from orders.models import Cart, CartBooth, CartLine
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


def only_line(content):
    ((line,),) = [part.lines for part in content.parts]
    return line


def test_adding_twice_raises_the_quantity_of_one_line():
    placement, cart = shop.sold(), new_cart()
    add_to_cart(cart, placement)
    add_to_cart(cart, placement, 2)
    assert cart.lines.get().quantity == 3
    assert count_pieces(cart.token) == 3


def test_first_adding_takes_the_minimum():
    cart = new_cart()
    add_to_cart(cart, shop.sold(minimum_quantity=6))
    assert cart.lines.get().quantity == 6


@pytest.mark.parametrize("quantity", [0, -1, 11, 10_001])
def test_adding_refuses_what_cannot_be_bought(quantity):
    cart = new_cart()
    with pytest.raises(OrderError):
        add_to_cart(cart, shop.sold(stock=10), quantity)
    assert not cart.lines.exists()


def test_adding_counts_what_is_in_the_cart_already():
    cart, placement = new_cart(), shop.sold(stock=3)
    add_to_cart(cart, placement, 2)
    with pytest.raises(OrderError, match="sudah ada 2"):
        add_to_cart(cart, placement, 2)


def test_made_to_order_needs_no_stock():
    cart = new_cart()
    add_to_cart(cart, shop.sold(stock=0, made_to_order=True), 40)
    assert only_line(read_cart(cart)).is_available


def test_exhibitor_without_account_cannot_be_bought_from():
    placement = shop.sold(exhibitor=factories.make_exhibitor(bank_account_number=""))
    with pytest.raises(OrderError, match="pembayaran"):
        add_to_cart(new_cart(), placement)


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("product", {"state": "suspended"}),
        ("product", {"stock": 0}),
        ("product", {"minimum_quantity": 5}),
        ("booth", {"is_open": False}),
        ("exhibitor", {"state": "suspended"}),
        ("exhibitor", {"bank_name": ""}),
    ],
)
def test_line_that_became_unavailable_stays_and_says_why(what, change):
    placement = shop.sold()
    cart = shop.cart_with(placement)
    thing = {"product": placement.product, "booth": placement.booth, "exhibitor": placement.booth.exhibitor}[what]
    type(thing).objects.filter(pk=thing.pk).update(**change)
    content = read_cart(cart)
    line = only_line(content)
    assert line.problem
    assert content.unavailable == [line]
    assert content.payable == []
    assert content.goods_total == 0


def test_same_product_from_two_editions_is_two_lines_that_share_the_stock():
    first = shop.sold(stock=3)
    booth = factories.make_booth(edition=shop.selling_edition(), exhibitor=first.booth.exhibitor)
    second = factories.make_placement(booth=booth, product=first.product)
    cart = shop.cart_with(first, second, quantity=2)
    content = read_cart(cart)
    assert [part.booth.pk for part in content.parts] == [first.booth_id, second.booth_id]
    one, other = [part.lines[0] for part in content.parts]
    assert one.is_available
    assert "tinggal 1" in other.problem


def test_changing_to_zero_takes_the_line_out():
    cart = shop.cart_with(shop.sold())
    change_quantity(cart, cart.lines.get().pk, 0)
    assert read_cart(cart).is_empty


def test_other_carts_lines_cannot_be_changed():
    mine, other = shop.cart_with(shop.sold()), shop.cart_with(shop.sold())
    change_quantity(mine, other.lines.get().pk, 7)
    assert other.lines.get().quantity == 1


def test_cart_is_read_in_one_query_whatever_its_length(django_assert_num_queries):
    edition = shop.selling_edition()
    for size in (1, 4):
        cart = shop.cart_with(*[shop.sold(edition=edition) for _ in range(size)])
        with django_assert_num_queries(1):
            content = read_cart(cart)
            assert content.goods_total == size * 150_000
            assert all(line.product.display_name for part in content.parts for line in part.lines)


@pytest.mark.django_db(transaction=True)
def test_adding_at_once_makes_one_line():
    cart, placement = new_cart(), shop.sold(stock=50)
    results = shop.at_once(*[lambda: add_to_cart(cart, placement, 1)] * 6)
    assert all(isinstance(result, int) for result in results)
    assert CartLine.objects.get(cart=cart).quantity == 6


def test_old_carts_are_forgotten_and_their_orders_kept():
    now = timezone.now()
    order, filled, recent = shop.placed_order(), shop.cart_with(shop.sold()), new_cart()
    Cart.objects.exclude(pk=recent.pk).update(updated_at=now - dt.timedelta(days=31))
    assert forget_old_carts(now) == 0  # 30 days and a good while more
    Cart.objects.exclude(pk=recent.pk).update(updated_at=now - dt.timedelta(days=61))
    assert forget_old_carts(now) == 2
    assert list(Cart.objects.all()) == [recent]
    assert not CartLine.objects.filter(cart=filled.pk).exists()
    order.checkout.refresh_from_db()
    assert order.checkout.cart is None


def test_at_sign_in_pieces_add_up_as_far_as_there_are_any(shopper):
    few, many, made = shop.sold(stock=4), shop.sold(stock=50), shop.sold(stock=0, made_to_order=True)
    gone = shop.sold(stock=9)
    own = new_cart(shopper)
    for placement, pieces in ((few, 3), (made, 5), (gone, 6)):
        add_to_cart(own, placement, pieces)
    guest = shop.cart_with(few, many, made, gone, quantity=3)
    Product.objects.filter(pk=gone.product_id).update(stock=2)
    assert merge_carts(guest, shopper) == own
    pieces = dict(own.lines.values_list("placement", "quantity"))
    assert pieces == {few.pk: 4, many.pk: 3, made.pk: 8, gone.pk: 6}
    assert not Cart.objects.filter(pk=guest.pk).exists()


def test_at_sign_in_notes_and_vouchers_of_both_carts_are_kept(shopper):
    first, second, third = (shop.sold() for _ in range(3))
    own, guest = new_cart(shopper), shop.cart_with(first, second, third)
    write = CartBooth.objects.create
    write(cart=own, booth=first.booth, note="Warna merah", voucher="HEMAT10")
    write(cart=guest, booth=first.booth, note="Ukuran L", voucher="LAIN")
    write(cart=guest, booth=second.booth, note="Bungkus kado")
    write(cart=own, booth=third.booth, note="x" * 200)
    write(cart=guest, booth=third.booth, note="y" * 200)
    merge_carts(guest, shopper)
    words = {each.booth: (each.note, each.voucher) for each in own.booths.select_related("booth")}
    assert words == {
        first.booth: ("Warna merah; Ukuran L", "HEMAT10"),
        second.booth: ("Bungkus kado", ""),
        third.booth: ("y" * 200, ""),
    }


def test_a_guests_cart_becomes_that_of_their_account(shopper):
    guest = shop.cart_with(shop.sold())
    assert merge_carts(guest, shopper) == guest
    assert merge_carts(guest, shopper) == guest  # pressed twice
    assert Cart.objects.get(user=shopper).lines.count() == 1
