"""From a cart to orders: one for each booth, in one transaction that takes their stock."""

import datetime as dt
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.mail import queue_mail
from expo.models import Region
from orders.domain import snapshot
from orders.domain.codes import new_order_code
from orders.domain.content import BoothPart, CartContent, ShownLine, read_cart
from orders.domain.deposits import deposit_due, deposit_rules
from orders.domain.destinations import Destination, Wanted, choose_destinations, new_payment
from orders.domain.errors import CartChangedError, OrderError
from orders.domain.history import EXHIBITOR_LANGUAGE, board_of
from orders.domain.stock import Goods, lock_products, take_stock
from orders.models import Cart, CartLine, Checkout, Delivery, Order, OrderEvent, OrderLine, Payment, Purpose


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys and where the goods go. ``phone`` in E.164; without ``regency`` the country is not Indonesia."""

    name: str
    phone: str
    email: str = ""
    language: str = settings.LANGUAGE_CODE
    country: str = "ID"
    regency: Region | None = None
    district: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the buyer chose for each booth, by its id. Without a method it is the first that is possible."""

    deliveries: dict[int, str] = field(default_factory=dict)
    methods: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)


def place_orders(
    cart: Cart, *, key: str, seen: dict[str, Any], buyer: Buyer, wishes: Wishes, now: dt.datetime | None = None
) -> Checkout:
    """Make one order for each booth in the cart, reserve its stock and ask for its payment.

    ``key`` names one rendering of the checkout page: submitted twice, also at once, it is one checkout. ``seen`` is
    the snapshot that the page carried. Raises CartChangedError when that is no longer true, OrderError when there is
    nothing to buy or an account has no free code. Mails buyer and exhibitors.
    """
    now = now or timezone.now()
    if known := Checkout.objects.filter(key=key, cart=cart).first():
        return known
    with transaction.atomic():
        # Whoever submits the same cart a second time waits here, and then finds what the first one made.
        Cart.objects.select_for_update().get(pk=cart.pk)
        if known := Checkout.objects.filter(key=key).first():
            if known.cart_id != cart.pk:
                raise OrderError(_("Halaman pembayaran ini sudah dipakai. Buka kembali keranjang Anda."))
            return known
        content = locked_content(cart, now)
        require_as_seen(content, seen)
        return make_checkout(cart, key, content, buyer, wishes, now)


def locked_content(cart: Cart, now: dt.datetime) -> CartContent:
    """The cart read after its products are locked: prices and stock hold to the end of the transaction."""
    lock_products(CartLine.objects.filter(cart=cart).values_list("placement__product_id", flat=True))
    return read_cart(cart, now=now)


def require_as_seen(content: CartContent, seen: dict[str, Any]) -> None:
    if not content.payable and not seen["lines"]:
        raise OrderError(_("Keranjang Anda kosong."))
    if changes := snapshot.changes_since(seen, content):
        raise CartChangedError(_("Ada yang berubah sejak Anda membuka halaman ini. Belum ada yang dipesan."), changes)


def make_checkout(
    cart: Cart, key: str, content: CartContent, buyer: Buyer, wishes: Wishes, now: dt.datetime
) -> Checkout:
    checkout = Checkout.objects.create(key=key, cart=cart, token=secrets.token_urlsafe(32))
    orders = [new_order(checkout, part, buyer, wishes, now) for part in content.payable]
    parts = list(zip(orders, content.payable, strict=True))
    deposits = [deposit_due(part.available) for part in content.payable]
    set_deposit_rules(orders, deposits)
    destinations = set_destinations(orders, deposits, wishes, now)
    Order.objects.bulk_create(orders)
    OrderLine.objects.bulk_create([new_line(order, line) for order, part in parts for line in part.available])
    make_payments(orders, deposits, destinations)
    OrderEvent.objects.bulk_create([OrderEvent(order=order, kind="placed", at=now) for order in orders])
    take_stock(reserved_pieces(content))
    sold = [line.pk for part in content.payable for line in part.available]
    CartLine.objects.filter(pk__in=sold).delete()
    tell_of_checkout(checkout, parts, buyer)
    return checkout


def make_payments(orders: list[Order], deposits: list[int], destinations: list[Destination]) -> None:
    """What each order asks for first: everything, or its deposit."""
    payments = Payment.objects.bulk_create(
        new_payment(order, destination, purpose=Purpose.DEPOSIT, amount=deposit + destination.unique_code)
        if deposit
        else new_payment(order, destination)
        for order, deposit, destination in zip(orders, deposits, destinations, strict=True)
    )
    for payment in payments:  # as if prefetched: the mails that follow read them
        payment.order._prefetched_objects_cache = {"payments": [payment]}


def set_deposit_rules(orders: list[Order], deposits: list[int]) -> None:
    """Freeze on each order with a deposit what becomes of it if the buyer cancels."""
    with_deposit = [order for order, deposit in zip(orders, deposits, strict=True) if deposit]
    rules = deposit_rules(order.exhibitor_id for order in with_deposit)
    for order in with_deposit:
        order.deposit_rule = rules[order.exhibitor_id]


def set_destinations(orders: list[Order], deposits: list[int], wishes: Wishes, now: dt.datetime) -> list[Destination]:
    """Where each order's money goes; its unique code and deadline are set on it. Accounts are locked in one order."""
    wanted = [
        Wanted(
            order.exhibitor,
            order.booth,
            deposit or order.goods_total + order.shipping_fee,
            order.delivery,
            wishes.methods.get(order.booth.pk, ""),
        )
        for order, deposit in zip(orders, deposits, strict=True)
    ]
    destinations = choose_destinations(wanted, now)
    for order, destination in zip(orders, destinations, strict=True):
        order.unique_code = destination.unique_code
        order.expires_at = destination.expires_at
    return destinations


def new_order(checkout: Checkout, part: BoothPart, buyer: Buyer, wishes: Wishes, now: dt.datetime) -> Order:
    booth = part.booth
    picked_up = part.allows_pickup and wishes.deliveries.get(booth.pk) == Delivery.PICKUP
    return Order(
        code=new_order_code(),
        token=secrets.token_urlsafe(32),
        checkout=checkout,
        edition=booth.edition,
        booth=booth,
        exhibitor=booth.exhibitor,
        language=buyer.language,
        buyer_name=buyer.name,
        buyer_email=buyer.email,
        buyer_phone=buyer.phone,
        delivery=Delivery.PICKUP if picked_up else Delivery.SHIP,
        address="" if picked_up else buyer.address,
        district="" if picked_up else buyer.district,
        postcode="" if picked_up else buyer.postcode,
        destination=buyer.regency,
        country=buyer.country,
        note=wishes.notes.get(booth.pk, ""),
        goods_total=part.goods_total,
        shipping_fee=0 if picked_up else part.shipping_fee,
        placed_at=now,
    )


def new_line(order: Order, line: ShownLine) -> OrderLine:
    product = line.product
    return OrderLine(
        order=order,
        product=product,
        placement=line.placement,
        variant=line.variant,
        name=product.name,
        variant_label=line.variant.name if line.variant else "",
        category_code=product.category.slug,
        category_label=product.category.name,
        list_price=line.price.list_unit,
        unit_price=line.price.unit,
        quantity=line.quantity,
        takes_stock=not product.made_to_order,
    )


def reserved_pieces(content: CartContent) -> Counter[Goods]:
    pieces: Counter[Goods] = Counter()
    for part in content.payable:
        for line in part.available:
            if not line.product.made_to_order:
                pieces[line.product.pk, line.variant.pk if line.variant else None] += line.quantity
    return pieces


def tell_of_checkout(checkout: Checkout, parts: list[tuple[Order, BoothPart]], buyer: Buyer) -> None:
    """One mail to the buyer for everything, one to each exhibitor for their order."""
    if buyer.email:
        queue_mail(
            to=buyer.email,
            template="orders/mail/placed_buyer",
            context={"checkout": checkout, "orders": [order for order, _part in parts], "buyer": buyer},
            language=buyer.language,
            key=f"checkout:{checkout.pk}:buyer",
            board=board_of(parts[0][0], buyer.language) if len(parts) == 1 else None,
        )
    for order, part in parts:
        if order.exhibitor.email:
            queue_mail(
                to=order.exhibitor.email,
                template="orders/mail/placed_exhibitor",
                context={"order": order, "lines": part.available},
                language=EXHIBITOR_LANGUAGE,
                board=board_of(order, EXHIBITOR_LANGUAGE),
                key=f"order:placed_exhibitor:{order.pk}",
            )
