"""A small shop that sells now: booths with goods, carts, orders in every state. Plain functions, valid defaults."""

import datetime as dt
import io
import secrets
import threading

from django.db import connections
from django.utils import timezone
from PIL import Image

from expo.models import Mode
from orders.domain import snapshot
from orders.domain.cart import add_to_cart, new_cart
from orders.domain.checkout import Buyer, place_orders
from orders.domain.content import read_cart
from orders.domain.offers import Wishes, make_offers
from orders.domain.payment import confirm_payment, submit_proof
from orders.models import Order
from tests import factories


def selling_edition(**fields):
    """An edition that is running today."""
    now = timezone.now()
    return factories.make_edition(
        **{
            "sales_open": now - dt.timedelta(days=10),
            "opens_at": now - dt.timedelta(days=1),
            "closes_at": now + dt.timedelta(days=2),
            "year": now.year,
            **fields,
        }
    )


def sold(*, exhibitor=None, edition=None, stock=10, price=150_000, **product):
    """A placement from which something can be bought now."""
    booth = factories.make_booth(
        edition=edition or selling_edition(), **({"exhibitor": exhibitor} if exhibitor else {})
    )
    goods = factories.make_product(exhibitor=booth.exhibitor, stock=stock, price=price, **product)
    return factories.make_placement(booth=booth, product=goods, shown_from=booth.edition.sales_open)


def hybrid_edition(**fields):
    return selling_edition(mode=Mode.HYBRID, **fields)


def cart_with(*placements, quantity=1, now=None):
    cart = new_cart()
    for placement in placements:
        add_to_cart(cart, placement, quantity, now=now)
    return cart


def buyer(**fields) -> Buyer:
    """Somebody with a telephone and an address of their own."""
    number = next(factories.numbers)
    return Buyer(
        **{
            "name": "Sari Dewi",
            "phone": f"+62812{number:08d}",
            "email": "sari@contoh.test",
            "address": f"Jalan Merdeka {number}",
            "regency": factories.make_region(),
            **fields,
        }
    )


def offers(cart, somebody=None, *, wishes=None, now=None):
    """The offers for this cart as its checkout page shows them."""
    now = now or timezone.now()
    somebody = somebody or buyer()
    return make_offers(read_cart(cart, now=now), somebody.place, wishes or Wishes(), now, phone=somebody.phone)


def place(cart, *, key=None, seen=None, now=None, wishes=None, somebody=None, **fields):
    """Check the cart out as it stands; returns the checkout."""
    somebody = somebody or buyer(**fields)
    return place_orders(
        cart,
        key=key or secrets.token_urlsafe(32),
        seen=seen or snapshot.snapshot(offers(cart, somebody, wishes=wishes, now=now)),
        buyer=somebody,
        wishes=wishes or Wishes(),
        now=now,
    )


def seen(cart, somebody=None, *, wishes=None, now=None) -> dict:
    """What the checkout page shows of this cart."""
    return snapshot.decode(snapshot.encode(offers(cart, somebody, wishes=wishes, now=now)))


def placed_order(placement=None, *, quantity=1, now=None, **fields) -> Order:
    return place(cart_with(placement or sold(), quantity=quantity, now=now), now=now, **fields).orders.get()


def order_with_proof(placement=None, **fields) -> Order:
    order = placed_order(placement, **fields)
    submit_proof(order, file=photo())
    return Order.objects.get(pk=order.pk)


def paid_order(placement=None, *, by, **fields) -> Order:
    return confirm_payment(order_with_proof(placement, **fields), by=by)


def photo(*, size=(60, 80), kind="JPEG") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    file.name = "bukti.jpg"
    file.seek(0)
    return file


def at_once(*calls):
    """Run the calls in threads with connections of their own, released together; their results or exceptions."""
    results = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(position, call):
        try:
            start.wait(60)
            results[position] = call()
        except Exception as error:
            results[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
