"""A visitor's cart: filling it, and what it holds now, grouped by booth."""

import datetime as dt
import secrets
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Placement, Product
from exhibitors.models import Booth
from orders.domain.availability import (
    MOST_PIECES,
    allows_pickup,
    placement_problem,
    quantity_problem,
)
from orders.domain.errors import OrderError
from orders.models import Cart, CartLine

MOST_LINES = 60
FORGOTTEN = dt.timedelta(days=60)  # the cookie lives for 30 days from the last adding
TOUCHED = dt.timedelta(hours=1)  # how exactly a cart's age is kept


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the buyer sees it; ``problem`` says why it can't be bought ("" when it can)."""

    pk: int
    placement: Placement
    quantity: int
    problem: str
    can_change_quantity: bool

    @property
    def product(self) -> Product:
        return self.placement.product

    @property
    def amount(self) -> int:
        return self.product.price * self.quantity

    @property
    def is_available(self) -> bool:
        return not self.problem


@dataclass(slots=True)
class BoothPart:
    """What the cart holds from one booth: one order, paid to one exhibitor."""

    booth: Booth
    allows_pickup: bool
    lines: list[ShownLine] = field(default_factory=list)

    @property
    def available(self) -> list[ShownLine]:
        return [line for line in self.lines if line.is_available]

    @property
    def goods_total(self) -> int:
        return sum(line.amount for line in self.available)

    @property
    def shipping_fee(self) -> int:
        return self.booth.exhibitor.shipping_fee


@dataclass(slots=True)
class CartContent:
    parts: list[BoothPart]

    @property
    def payable(self) -> list[BoothPart]:
        """The parts that become orders."""
        return [part for part in self.parts if part.available]

    @property
    def unavailable(self) -> list[ShownLine]:
        return [line for part in self.parts for line in part.lines if line.problem]

    @property
    def goods_total(self) -> int:
        return sum(part.goods_total for part in self.parts)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for part in self.parts for line in part.lines)

    @property
    def is_empty(self) -> bool:
        return not self.parts


def new_cart() -> Cart:
    return Cart.objects.create(token=secrets.token_urlsafe(32))


def add_to_cart(
    cart: Cart, placement: Placement, quantity: int | None = None, *, now: dt.datetime | None = None
) -> int:
    """Put ``quantity`` more pieces (by default the minimum) into the cart; returns how many pieces it holds then.

    OrderError when they can't be bought.
    """
    now = now or timezone.now()
    product = placement.product
    if problem := placement_problem(placement, now):
        raise OrderError(problem)
    lines = dict(cart.lines.values_list("placement_id", "quantity"))
    there = lines.get(placement.pk, 0)
    if quantity is None:
        quantity = 1 if there else product.minimum_quantity
    if quantity < 1:
        raise OrderError(_("Isi jumlah paling sedikit 1."))
    if problem := quantity_problem(product, there + quantity, stock=product.stock):
        raise OrderError(already_in_cart(problem, there) if there else problem)
    if not there and len(lines) >= MOST_LINES:
        raise OrderError(_("Keranjang penuh. Bayar dahulu sebagian isinya."))
    add_pieces(cart, placement, quantity)
    if now - cart.updated_at > TOUCHED:
        Cart.objects.filter(pk=cart.pk).update(updated_at=now)
    return sum(lines.values()) + quantity


def add_pieces(cart: Cart, placement: Placement, quantity: int) -> None:
    """Raise the line or make it, in one statement: two clicks at once make one line of two pieces."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders_cartline (cart_id, placement_id, quantity) VALUES (%s, %s, %s)"
            " ON CONFLICT (cart_id, placement_id, variant_id)"
            " DO UPDATE SET quantity = orders_cartline.quantity + excluded.quantity",
            [cart.pk, placement.pk, quantity],
        )


def already_in_cart(problem: str, pieces: int) -> str:
    return _("%(problem)s Di keranjang Anda sudah ada %(quantity)s.") % {"problem": problem, "quantity": pieces}


def change_quantity(cart: Cart, line_pk: int, quantity: int) -> None:
    """Set a line's pieces; 0 takes it out. A quantity that can't be bought now is kept and shown as such."""
    if quantity <= 0:
        cart.lines.filter(pk=line_pk).delete()
        return
    cart.lines.filter(pk=line_pk).update(quantity=min(quantity, MOST_PIECES))


def cart_lines(cart: Cart):
    return (
        CartLine.objects.filter(cart=cart)
        .select_related(
            "placement__product__cover",
            "placement__product__category",
            "placement__product__exhibitor",
            "placement__booth__edition",
            "placement__booth__exhibitor__regency",
        )
        .defer("placement__product__search", "placement__product__description", "placement__product__description_en")
        .order_by("pk")
    )


def read_cart(cart: Cart | None, *, now: dt.datetime | None = None) -> CartContent:
    """The cart's content at ``now`` in one query, booths in the order in which they were first visited."""
    now = now or timezone.now()
    if cart is None:
        return CartContent([])
    parts: dict[int, BoothPart] = {}
    left: dict[int, int] = {}  # pieces of a product not yet claimed by an earlier line: two booths may share a stock
    for line in cart_lines(cart):
        booth = line.placement.booth
        part = parts.setdefault(booth.pk, BoothPart(booth, allows_pickup(booth, now)))
        part.lines.append(shown_line(line, left, now))
    return CartContent(list(parts.values()))


def shown_line(line: CartLine, left: dict[int, int], now: dt.datetime) -> ShownLine:
    product = line.placement.product
    stock = left.setdefault(product.pk, product.stock)
    gone = placement_problem(line.placement, now)
    problem = gone or quantity_problem(product, line.quantity, stock=stock)
    if not problem:
        left[product.pk] = stock - line.quantity
    sold_out = not product.made_to_order and stock < product.minimum_quantity
    return ShownLine(line.pk, line.placement, line.quantity, problem, can_change_quantity=not gone and not sold_out)


def count_pieces(token: str) -> int:
    """Pieces in the cart with this token, for the badge: one query."""
    return sum(CartLine.objects.filter(cart__token=token).values_list(F("quantity"), flat=True))


def forget_old_carts(now: dt.datetime, *, most: int = 500) -> int:
    """Delete carts whose cookie has long gone; returns how many. A few at a time: it is called every minute."""
    old = Cart.objects.filter(updated_at__lt=now - FORGOTTEN).order_by("updated_at").values_list("pk", flat=True)[:most]
    pks = list(old)
    Cart.objects.filter(pk__in=pks).delete()
    return len(pks)
