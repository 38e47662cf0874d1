"""From a cart to orders: one for each booth, in one transaction that takes their stock."""

import datetime as dt
import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.mail import queue_mail
from expo.models import Region
from expo.prepared import Prepared, PreparedObjects, number_slot, text_slot
from journal.keys import HOME
from orders.domain import snapshot
from orders.domain.codes import new_order_code
from orders.domain.content import CartContent, ShownLine, read_cart
from orders.domain.deposits import deposit_due, deposit_rules
from orders.domain.destinations import Destination, Wanted, choose_destinations, new_payment
from orders.domain.errors import CartChangedError, OrderError
from orders.domain.history import EXHIBITOR_LANGUAGE, board_of
from orders.domain.limits import require_few_open
from orders.domain.methods import Ways
from orders.domain.offers import Offer, Wishes, make_offers
from orders.domain.quotes import TIME_TO_QUOTE
from orders.domain.shipping import Place
from orders.domain.stock import Goods, lock_products_in, take_stock
from orders.domain.vouchers import record_use, spread
from orders.models import (
    Cart,
    Checkout,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    Purpose,
)
from orders.states import FeeState


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys and where the goods go. ``phone`` in E.164; without ``regency`` the country is not Indonesia.

    District and village are names as the buyer chose them, with their official codes when they are known.
    """

    name: str
    phone: str
    email: str = ""
    language: str = settings.LANGUAGE_CODE
    country: str = HOME
    regency: Region | None = None
    district: str = ""
    district_code: str = ""
    village: str = ""
    village_code: str = ""
    address: str = ""
    postcode: str = ""

    @property
    def place(self) -> Place:
        return Place(self.country, self.regency.pk if self.regency else "")

    @property
    def address_key(self) -> str:
        """The same for an address however it is written; "" without one."""
        letters = "".join(sign for sign in self.address.casefold() if sign.isalnum())
        where = f"{self.country} {self.regency.pk if self.regency else ''} {letters}"
        return hashlib.sha256(where.encode()).hexdigest() if letters else ""


def place_orders(
    cart: Cart, *, key: str, seen: dict[str, Any], buyer: Buyer, wishes: Wishes, now: dt.datetime | None = None
) -> Checkout:
    """Make one order for each booth in the cart, reserve its stock and ask for its payment.

    ``key`` names one rendering of the checkout page: submitted twice, also at once, it is one checkout. ``seen`` is
    the snapshot that the page carried. Raises CartChangedError when that is no longer true, OrderError when there is
    nothing to buy, a voucher does not count, the buyer has too much unpaid or an account has no free code. An order
    whose shipping fee is to be confirmed has no payment yet. Mails buyer and exhibitors.
    """
    now = now or timezone.now()
    with transaction.atomic():
        # Whoever submits the same cart a second time waits here, and then finds what the first one made.
        if not _cart_query().rows(cart=cart.pk):
            raise OrderError(_("Keranjang Anda kosong."))
        if known := find_checkout(key):
            if known.cart_id != cart.pk:
                raise OrderError(_("Halaman pembayaran ini sudah dipakai. Buka kembali keranjang Anda."))
            return known
        content = locked_content(cart, now)
        offers = make_offers(content, buyer.place, wishes, now, phone=buyer.phone, lock=True)
        require_as_seen(content, offers, seen)
        require_possible(offers)
        require_few_open(buyer.phone, buyer.address_key)
        return make_checkout(cart, key, offers, buyer, wishes, now)


@cache
def _cart_query() -> Prepared:
    """Locks the cart."""
    carts = Cart.objects.select_for_update().filter(pk=number_slot(1)).order_by()
    return Prepared(carts.values_list("pk"), cart=number_slot(1))


def find_checkout(key: str) -> Checkout | None:
    """What a submission of this rendering of the page has made already."""
    return _checkout_query().first(key=key)


@cache
def _checkout_query() -> PreparedObjects:
    return PreparedObjects(Checkout.objects.filter(key=text_slot("key")).order_by(), key=text_slot("key"))


def locked_content(cart: Cart, now: dt.datetime) -> CartContent:
    """The cart read after its products are locked: prices and stock hold to the end of the transaction."""
    lock_products_in(cart)
    return read_cart(cart, now=now)


def require_as_seen(content: CartContent, offers: Sequence[Offer], seen: dict[str, Any]) -> None:
    if not content.payable and not seen["lines"]:
        raise OrderError(_("Keranjang Anda kosong."))
    if changes := snapshot.changes_since(seen, content, offers):
        message = _("Ada yang berubah sejak Anda membuka halaman ini. Belum ada yang dipesan.")
        raise CartChangedError(message, changes, content, offers)


def require_possible(offers: Sequence[Offer]) -> None:
    """Nothing is ordered without the voucher that was typed, nor to where its seller does not send."""
    for offer in offers:
        if problem := offer.problem or offer.voucher_problem:
            raise OrderError(f"{offer.booth.exhibitor.name}: {problem}")


def make_checkout(
    cart: Cart, key: str, offers: Sequence[Offer], buyer: Buyer, wishes: Wishes, now: dt.datetime
) -> Checkout:
    checkout = Checkout.objects.create(key=key, cart=cart, token=secrets.token_urlsafe(32))
    orders = [new_order(checkout, offer, buyer, wishes, now) for offer in offers]
    pairs = list(zip(orders, offers, strict=True))
    lines = [new_lines(order, offer) for order, offer in pairs]
    deposits = [deposit_due(of_order) for of_order in lines]
    set_deposit_rules(orders, deposits)
    due = [pair for pair in zip(orders, deposits, strict=True) if not pair[0].awaits_fee]
    asked, shares = [order for order, _deposit in due], [deposit for _order, deposit in due]
    ways = {offer.booth.exhibitor_id: offer.ways for offer in offers}
    destinations = set_destinations(asked, shares, ways, now)
    Order.objects.bulk_create(orders)
    OrderLine.objects.bulk_create(line for of_order in lines for line in of_order)
    make_payments(asked, shares, destinations)
    OrderEvent.objects.bulk_create([OrderEvent(order=order, kind="placed", at=now) for order in orders])
    take_stock(reserved_pieces(offers))
    for order, offer in pairs:
        if offer.taken:
            record_use(order, offer.taken, now)
    empty_cart(cart, offers)
    tell_of_checkout(checkout, pairs, buyer)
    return checkout


def empty_cart(cart: Cart, offers: Sequence[Offer]) -> None:
    """Nothing refers to what is deleted here: the database need not be asked first."""
    lines = [line.pk for offer in offers for line in offer.part.available]
    booths = [offer.booth.pk for offer in offers]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM orders_cartline WHERE id = ANY(%s))"
            " DELETE FROM orders_cartbooth WHERE cart_id = %s AND booth_id = ANY(%s)",
            [lines, cart.pk, booths],
        )


def make_payments(orders: list[Order], deposits: list[int], destinations: list[Destination]) -> None:
    """What each order asks for first: everything, or its deposit."""
    payments = Payment.objects.bulk_create(
        new_payment(order, destination, purpose=Purpose.DEPOSIT, amount=deposit + destination.unique_code)
        if deposit
        else new_payment(order, destination)
        for order, deposit, destination in zip(orders, deposits, destinations, strict=True)
    )
    for payment in payments:  # as if prefetched: the mails that follow read them
        vars(payment.order)["_prefetched_objects_cache"] = {"payments": [payment]}


def set_deposit_rules(orders: list[Order], deposits: list[int]) -> None:
    """Freeze on each order with a deposit what becomes of it if the buyer cancels."""
    with_deposit = [order for order, deposit in zip(orders, deposits, strict=True) if deposit]
    rules = deposit_rules(order.exhibitor_id for order in with_deposit)
    for order in with_deposit:
        order.deposit_rule = rules[order.exhibitor_id]


def set_destinations(
    orders: list[Order], deposits: list[int], ways: Mapping[int, Ways], now: dt.datetime
) -> list[Destination]:
    """Where each order's money goes; its unique code and deadline are set on it. Accounts are locked in one order."""
    wanted = [
        Wanted(
            order.exhibitor,
            order.booth,
            deposit or order.goods_total + order.shipping_fee,
            order.delivery,
            order.wanted_method,
        )
        for order, deposit in zip(orders, deposits, strict=True)
    ]
    destinations = choose_destinations(wanted, now, ways=ways) if wanted else []
    for order, destination in zip(orders, destinations, strict=True):
        order.unique_code = destination.unique_code
        order.expires_at = destination.expires_at
    return destinations


def new_order(checkout: Checkout, offer: Offer, buyer: Buyer, wishes: Wishes, now: dt.datetime) -> Order:
    """The unsaved order; its deadline is that of the quote, unless a payment sets its own."""
    booth, sent = offer.booth, not offer.picked_up
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
        delivery=offer.delivery,
        address=buyer.address if sent else "",
        village=buyer.village if sent else "",
        village_code=buyer.village_code if sent else "",
        district=buyer.district if sent else "",
        district_code=buyer.district_code if sent else "",
        postcode=buyer.postcode if sent else "",
        address_key=buyer.address_key if sent else "",
        destination=buyer.regency,
        country=buyer.country,
        note=wishes.notes.get(booth.pk, ""),
        goods_total=offer.goods_total,
        discount=offer.discount,
        shipping_fee=offer.fee,
        shipping_discount=offer.shipping_discount,
        shipping_service=offer.service,
        shipping_weight=offer.part.weight_grams,
        fee_state=FeeState.WAITING if offer.to_confirm else "",
        wanted_method=wishes.methods.get(booth.pk, "") or offer.method,
        voucher_code=offer.taken.voucher.code if offer.taken else "",
        placed_at=now,
        expires_at=now + TIME_TO_QUOTE,
    )


def new_lines(order: Order, offer: Offer) -> list[OrderLine]:
    lines = [new_line(order, line) for line in offer.part.available]
    spread(lines, offer.discount)
    return lines


def new_line(order: Order, line: ShownLine) -> OrderLine:
    product = line.product
    return OrderLine(
        order=order,
        product=product,
        placement=line.placement,
        variant=line.variant,
        name=product.name,
        name_en=product.name_en,
        variant_label=line.variant.name if line.variant else "",
        variant_label_en=line.variant.name_en if line.variant else "",
        category_code=product.category.slug,
        category_label=product.category.name,
        list_price=line.price.list_unit,
        unit_price=line.price.unit,
        quantity=line.quantity,
        takes_stock=not product.made_to_order,
    )


def reserved_pieces(offers: Sequence[Offer]) -> Counter[Goods]:
    pieces: Counter[Goods] = Counter()
    for line in (line for offer in offers for line in offer.part.available):
        if not line.product.made_to_order:
            pieces[line.product.pk, line.variant.pk if line.variant else None] += line.quantity
    return pieces


def tell_of_checkout(checkout: Checkout, pairs: list[tuple[Order, Offer]], buyer: Buyer) -> None:
    """One mail to the buyer for everything, one to each exhibitor for their order."""
    if buyer.email:
        queue_mail(
            to=buyer.email,
            template="orders/mail/placed_buyer",
            context={
                "checkout": checkout,
                "parts": [{"order": order, "lines": offer.part.available} for order, offer in pairs],
                "buyer": buyer,
            },
            language=buyer.language,
            key=f"checkout:{checkout.pk}:buyer",
            board=board_of(pairs[0][0], buyer.language) if len(pairs) == 1 else None,
        )
    for order, offer in pairs:
        if order.exhibitor.email:
            queue_mail(
                to=order.exhibitor.email,
                template="orders/mail/quote_wanted_exhibitor" if order.awaits_fee else "orders/mail/placed_exhibitor",
                context={"order": order, "lines": offer.part.available},
                language=EXHIBITOR_LANGUAGE,
                board=board_of(order, EXHIBITOR_LANGUAGE),
                key=f"order:placed_exhibitor:{order.pk}",
            )
