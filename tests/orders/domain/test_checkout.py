import datetime as dt

import pytest
from django.utils import timezone

from expo.models import OutgoingMail
from orders.domain import checkout as domain
from orders.domain import snapshot
from orders.domain.codes import free_codes
from orders.domain.errors import CartChangedError, OrderError
from orders.domain.offers import Wishes
from orders.models import Checkout, Delivery, Order, OrderEvent, Payment
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


def seen_now(cart):
    return shop.seen(cart)


def test_checkout_makes_one_order_for_each_booth():
    first = shop.sold(price=100_000)
    second = shop.sold(price=250_000, exhibitor=factories.make_exhibitor(shipping_fee=20_000))
    cart = shop.cart_with(first, second, quantity=2)
    made = shop.place(cart)
    one, other = made.orders.order_by("pk")
    assert (one.exhibitor, one.goods_total, one.shipping_fee) == (first.booth.exhibitor, 200_000, 0)
    assert (other.goods_total, other.shipping_fee) == (500_000, 20_000)
    assert 1 <= other.unique_code <= 999
    assert other.payment.amount == 520_000 + other.unique_code
    assert other.payment.account_number == second.booth.exhibitor.bank_account_number
    assert other.expires_at - other.placed_at == dt.timedelta(hours=24)
    assert not cart.lines.exists()
    first.product.refresh_from_db()
    assert first.product.stock == 8
    assert set(OrderEvent.objects.values_list("kind", flat=True)) == {"placed"}


def test_checkout_freezes_names_and_prices():
    placement = shop.sold(name="Batik tulis", price=400_000)
    order = shop.placed_order(placement)
    placement.product.price, placement.product.name = 1, "Lain"
    placement.product.save()
    line = order.lines.get()
    assert (line.name, line.unit_price, line.category_code) == (
        "Batik tulis",
        400_000,
        placement.product.category.slug,
    )


def test_checkout_mails_buyer_once_and_each_exhibitor():
    first = shop.sold(exhibitor=factories.make_exhibitor(email="satu@contoh.test"))
    second = shop.sold(exhibitor=factories.make_exhibitor(email="dua@contoh.test"))
    made = shop.place(shop.cart_with(first, second))
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"sari@contoh.test", "satu@contoh.test", "dua@contoh.test"}
    body = mails["sari@contoh.test"].body
    for order in made.orders.all():
        assert order.code in body
        assert order.token in body


def test_checkout_needs_no_email():
    shop.placed_order(email="")
    assert not OutgoingMail.objects.filter(to="").exists()


def test_same_key_again_is_the_same_checkout():
    cart = shop.cart_with(shop.sold())
    seen = seen_now(cart)
    first = shop.place(cart, key="k" * 30, seen=seen)
    assert shop.place(cart, key="k" * 30, seen=seen) == first
    assert Order.objects.count() == 1


def test_key_of_another_cart_shows_nothing_of_it():
    shop.place(shop.cart_with(shop.sold()), key="k" * 30)
    with pytest.raises(OrderError):
        shop.place(shop.cart_with(shop.sold()), key="k" * 30)


def test_empty_cart_is_refused():
    cart = shop.cart_with()
    with pytest.raises(OrderError, match="kosong"):
        domain.place_orders(
            cart, key="k" * 30, seen=snapshot.decode("[]"), buyer=shop.buyer(), wishes=Wishes(), now=None
        )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"price": 175_000}, "Rp150.000 menjadi Rp175.000"),
        ({"stock": 1}, "Stok tinggal 1"),
        ({"stock": 0}, "Stok habis"),
        ({"state": "suspended"}, "tidak dapat dibeli lagi"),
    ],
)
def test_checkout_says_what_changed_and_makes_nothing(change, sentence):
    placement = shop.sold()
    cart = shop.cart_with(placement, quantity=2)
    seen = seen_now(cart)
    type(placement.product).objects.filter(pk=placement.product_id).update(**change)
    with pytest.raises(CartChangedError) as caught:
        shop.place(cart, seen=seen)
    assert any(sentence in text for text in caught.value.changes)
    assert not Checkout.objects.exists()
    assert cart.lines.get().quantity == 2


def test_checkout_says_that_the_account_changed():
    placement = shop.sold()
    cart = shop.cart_with(placement)
    seen = seen_now(cart)
    type(placement.booth.exhibitor).objects.update(bank_account_number="77")
    with pytest.raises(CartChangedError) as caught:
        shop.place(cart, seen=seen)
    assert any("Rekening" in text for text in caught.value.changes)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{", '{"lines": {"1": [1]}, "booths": {}}', '{"lines": 3}', "[" * 9999]
)
def test_broken_snapshot_asks_again(text):
    cart = shop.cart_with(shop.sold())
    with pytest.raises(CartChangedError):
        shop.place(cart, seen=snapshot.decode(text) or None)


def test_pickup_at_the_stand_of_a_hybrid_edition_costs_nothing():
    placement = shop.sold(edition=shop.hybrid_edition(), exhibitor=factories.make_exhibitor(shipping_fee=9_000))
    order = shop.placed_order(placement, wishes=Wishes(deliveries={placement.booth_id: Delivery.PICKUP}))
    assert (order.delivery, order.shipping_fee, order.address) == (Delivery.PICKUP, 0, "")


def test_pickup_that_ended_meanwhile_is_asked_about():
    edition = shop.hybrid_edition()
    placement = shop.sold(edition=edition)
    cart, wishes = shop.cart_with(placement), Wishes(deliveries={placement.booth_id: Delivery.PICKUP})
    seen = seen_now(cart)
    edition.closes_at = timezone.now() - dt.timedelta(minutes=1)
    edition.save()
    with pytest.raises(CartChangedError, match="berubah") as caught:
        shop.place(cart, seen=seen, wishes=wishes)
    assert any("diambil di stan" in text for text in caught.value.changes)


def test_sales_end_with_the_moment_of_closing():
    closing = timezone.now() + dt.timedelta(days=3)
    placement = shop.sold(edition=shop.selling_edition(mall_closes_at=closing))
    cart = shop.cart_with(placement)
    seen = seen_now(cart)
    with pytest.raises(CartChangedError):
        shop.place(cart, seen=seen, now=closing)
    assert shop.place(cart, seen=seen, now=closing - dt.timedelta(microseconds=1))


def test_unique_codes_differ_within_an_account_and_run_out():
    exhibitor = factories.make_exhibitor()
    placement = shop.sold(exhibitor=exhibitor, stock=5000)
    order = shop.placed_order(placement)
    payments = [
        Payment(order=copy_of(order), amount=1, unique_code=code, account_key=order.payment.account_key)
        for code in range(1, 1000)
        if code not in (order.unique_code, 500)
    ]
    Payment.objects.bulk_create(payments)
    if order.unique_code != 500:
        assert shop.placed_order(placement).unique_code == 500
    with pytest.raises(OrderError, match="terlalu banyak"):
        shop.placed_order(placement)
    order.payments.update(is_open=False)
    assert shop.placed_order(placement).unique_code == order.unique_code


def copy_of(order):
    """Another order like this one, made without the domain: a payment needs one of its own."""
    number = next(factories.numbers)
    checkout = Checkout.objects.create(key=f"key-{number}", token=f"token-{number}")
    fields = {field.attname: getattr(order, field.attname) for field in Order._meta.concrete_fields}
    return Order.objects.create(
        **fields | {"id": None, "checkout_id": checkout.pk, "code": f"X{number}", "token": f"x{number}"}
    )


def test_two_booths_with_one_account_get_two_codes():
    account = {"bank_name": "BRI", "bank_account_number": "1-2 3"}
    first, second = (factories.make_exhibitor(**account) for _ in range(2))
    made = shop.place(shop.cart_with(shop.sold(exhibitor=first), shop.sold(exhibitor=second)))
    assert len(set(Payment.objects.filter(order__checkout=made).values_list("account_key", "unique_code"))) == 2
    assert not set(free_codes(["bri:123"])) & set(made.orders.values_list("unique_code", flat=True))


@pytest.mark.django_db(transaction=True)
def test_carts_in_opposite_order_do_not_deadlock():
    edition = shop.selling_edition()
    first, second = shop.sold(stock=100, edition=edition), shop.sold(stock=100, edition=edition)
    factories.make_region()
    carts = [shop.cart_with(*pair) for pair in [(first, second), (second, first)] * 5]
    results = shop.at_once(*[lambda cart=cart: shop.place(cart) for cart in carts])
    assert all(isinstance(result, Checkout) for result in results), results
    assert Order.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_one_cart_in_two_tabs_is_ordered_once():
    cart = shop.cart_with(shop.sold())
    factories.make_region()
    seen = seen_now(cart)
    results = shop.at_once(*[lambda: shop.place(cart, seen=seen)] * 4)
    assert sum(isinstance(result, Checkout) for result in results) == 1
    assert Order.objects.count() == 1
