"""Variants, prices for many pieces and sales of a booth, from the cart to the refund."""

import datetime as dt
from collections import Counter
from functools import partial

import pytest
from django.utils import timezone

from catalog.domain.variants import sum_up_variants
from catalog.models import PriceStep, Product, Variant
from journal.models import Entry, Nature
from journal.posting import reclassify
from orders.domain.cancellation import cancel_order
from orders.domain.cart import add_to_cart, change_quantity, new_cart
from orders.domain.content import read_cart
from orders.domain.errors import CartChangedError, OrderError
from orders.domain.payment import confirm_payment
from orders.domain.refund import record_refund
from orders.models import Checkout, Order
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt():
    """A placement of a shirt: M has 6 pieces at 100,000, XL has 2 at 120,000."""
    placement = shop.sold(name="Kaos lurik", stock=0)
    for name, price, stock in (("M", 100_000, 6), ("XL", 120_000, 2)):
        Variant.objects.create(product=placement.product, name=name, price=price, stock=stock)
    sum_up_variants(placement.product)
    placement.product.refresh_from_db()
    return placement


def size(placement, name) -> Variant:
    return Variant.objects.get(product=placement.product, name=name)


def stocks(placement) -> tuple[int, int, int]:
    product = Product.objects.get(pk=placement.product_id)
    return size(placement, "M").stock, size(placement, "XL").stock, product.stock


def cart_of(placement, **pieces):
    cart = new_cart()
    for name, quantity in pieces.items():
        add_to_cart(cart, placement, quantity, variant=size(placement, name))
    return cart


def test_product_with_variants_is_not_added_without_one(shirt):
    with pytest.raises(OrderError, match="Pilih variannya"):
        add_to_cart(new_cart(), shirt, 1)


def test_variant_of_another_product_is_refused(shirt):
    with pytest.raises(OrderError, match="tidak dijual"):
        add_to_cart(new_cart(), shop.sold(), 1, variant=size(shirt, "M"))


def test_each_variant_has_its_line_price_and_stock(shirt):
    order = shop.place(cart_of(shirt, M=2, XL=1)).orders.get()
    lines = {line.variant_label: line for line in order.lines.all()}
    assert {name: (line.unit_price, line.quantity) for name, line in lines.items()} == {
        "M": (100_000, 2),
        "XL": (120_000, 1),
    }
    assert order.goods_total == 320_000
    assert stocks(shirt) == (4, 1, 5)
    cancel_order(order)
    assert stocks(shirt) == (6, 2, 8)


def test_stock_of_one_variant_does_not_help_the_other(shirt):
    with pytest.raises(OrderError, match="tinggal 2"):
        add_to_cart(new_cart(), shirt, 3, variant=size(shirt, "XL"))


def test_pieces_of_a_variant_off_sale_come_back_silently(shirt):
    order = shop.place(cart_of(shirt, XL=2)).orders.get()
    Variant.objects.filter(pk=size(shirt, "XL").pk).update(is_active=False)
    sum_up_variants(shirt.product)
    cancel_order(order)
    assert stocks(shirt) == (6, 2, 6)


def test_line_whose_variant_went_off_sale_says_so(shirt):
    cart = cart_of(shirt, XL=1)
    Variant.objects.filter(name="XL").update(is_active=False)
    ((line,),) = [part.lines for part in read_cart(cart).parts]
    assert "Varian ini tidak dijual lagi." in line.problem


def test_two_variants_of_one_product_are_posted_and_refunded_each_by_itself(shirt, owner, finance):
    order = confirm_payment(shop.place(cart_of(shirt, M=2, XL=2)).orders.get(), by=owner, evidence=shop.photo())
    sold = {entry.product_label: entry.amount for entry in Entry.objects.filter(nature=Nature.SALE)}
    assert sold == {"Kaos lurik, M": 200_000, "Kaos lurik, XL": 240_000}
    line = order.lines.get(variant_label="M")
    record_refund(order, by=finance, reason="Sobek", key="a", lines={line.pk: 1}, restock=True)
    refunded = Entry.objects.get(nature=Nature.REFUND)
    assert (refunded.reverses.product_label, refunded.amount) == ("Kaos lurik, M", -100_000)
    assert stocks(shirt) == (5, 0, 5)
    record_refund(order, by=finance, reason="Semua", key="b")
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0


def test_refund_follows_an_entry_that_was_reclassified(shirt, owner, finance):
    order = confirm_payment(shop.place(cart_of(shirt, M=1, XL=1)).orders.get(), by=owner, evidence=shop.photo())
    for key in ("satu", "dua"):
        entry = Entry.objects.filter(product_label="Kaos lurik, XL", amount__gt=0).latest("pk")
        reclassify(entry.pk, key=key, occurred_at=timezone.now(), note="Salah", by_id=finance.pk, category_code=key)
    record_refund(order, by=finance, reason="Semua", key="b")
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0
    assert Entry.objects.get(nature=Nature.REFUND, product_label="Kaos lurik, XL").category_code == "dua"


def test_price_falls_with_the_step_that_the_quantity_reaches():
    placement = shop.sold(price=10_000, stock=50, has_steps=True)
    for minimum, price in ((10, 9_000), (30, 8_000)):
        PriceStep.objects.create(product=placement.product, minimum_quantity=minimum, unit_price=price)
    cart = shop.cart_with(placement, quantity=8)

    def line():
        return read_cart(cart).parts[0].lines[0]

    assert (line().price.unit, line().next_step.more, line().next_step.unit) == (10_000, 2, 9_000)
    change_quantity(cart, line().pk, 12)
    assert (line().amount, line().saved, line().next_step.more) == (108_000, 12_000, 18)
    Product.objects.update(stock=20)
    assert line().next_step is None
    bought = shop.place(cart).orders.get().lines.get()
    assert (bought.unit_price, bought.list_price, bought.saved) == (9_000, 10_000, 12_000)


def sale(placement, percent=20, hours=1):
    now = timezone.now()
    placement.sale_percent, placement.sale_by = percent, "exhibitor"
    placement.sale_from, placement.sale_until = now - dt.timedelta(hours=1), now + dt.timedelta(hours=hours)
    placement.save()


def test_sale_of_the_booth_is_paid_and_its_end_is_asked_about():
    placement = shop.sold(price=50_000)
    sale(placement)
    cart = shop.cart_with(placement)
    seen = shop.seen(cart)
    with pytest.raises(CartChangedError) as caught:
        shop.place(cart, seen=seen, now=placement.sale_until)
    assert any("Rp40.000 menjadi Rp50.000" in text for text in caught.value.changes)
    order = shop.place(cart, seen=seen).orders.get()
    assert (order.goods_total, order.lines.get().list_price) == (40_000, 50_000)


@pytest.mark.django_db(transaction=True)
def test_two_variants_and_two_booths_share_their_stock_without_overselling(shirt):
    """24 buyers at once for 6 M and 2 XL, half of them from another booth of the same exhibitor."""
    other = factories.make_placement(
        booth=factories.make_booth(edition=shop.selling_edition(), exhibitor=shirt.booth.exhibitor),
        product=shirt.product,
    )
    factories.make_region()
    names = ["M", "M", "XL"]
    carts = [cart_of((shirt, other)[n % 2], **{names[n % 3]: 1}) for n in range(24)]
    results = shop.at_once(*[partial(shop.place, cart, seen=shop.seen(cart)) for cart in carts])
    assert Counter(type(result) for result in results) == {Checkout: 8, CartChangedError: 16}
    assert stocks(shirt) == (0, 0, 0)
    for order in Order.objects.all():
        cancel_order(order)
    assert stocks(shirt) == (6, 2, 8)


@pytest.mark.django_db(transaction=True)
def test_random_sales_and_returns_keep_the_sum(shirt):
    orders = [shop.place(cart_of(shirt, **{name: 1})).orders.get() for name in ("M", "M", "XL", "M")]
    shop.at_once(*[lambda order=order: cancel_order(order) for order in orders])
    medium, extra, total = stocks(shirt)
    assert (medium, extra, total) == (6, 2, medium + extra)
