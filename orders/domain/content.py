"""What a cart holds now, grouped by booth: prices of today, and why something in it can't be bought."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.utils import timezone

from catalog.models import Placement, PriceStep, Product, Variant
from catalog.pricing import Price, sale_percent, unit_price
from catalog.selling import payable_at
from exhibitors.models import Booth
from expo.models import Picture
from expo.prepared import MOMENT, PreparedObjects, number_slot
from orders.domain.availability import allows_pickup, line_problem, quantity_problem
from orders.models import Cart, CartLine


@dataclass(frozen=True, slots=True)
class NextStep:
    """What more pieces would cost: ``more`` pieces on top of those in the cart, each for ``unit`` rupiah then."""

    more: int
    unit: int


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the buyer sees it; ``problem`` says why it can't be bought ("" when it can)."""

    pk: int
    placement: Placement
    variant: Variant | None
    quantity: int
    price: Price
    next_step: NextStep | None
    problem: str
    can_change_quantity: bool

    @property
    def product(self) -> Product:
        return self.placement.product

    @property
    def name(self) -> str:
        """Product and variant in the reader's language."""
        return full_name(self.product, self.variant)

    @property
    def picture(self) -> Picture | None:
        return (self.variant.picture if self.variant else None) or self.product.cover

    @property
    def key(self) -> str:
        """What tells this thing from the others of its cart, in the snapshot that the page carries."""
        return line_key(self.placement, self.variant)

    @property
    def amount(self) -> int:
        return self.price.unit * self.quantity

    @property
    def list_amount(self) -> int:
        return self.price.list_unit * self.quantity

    @property
    def saved(self) -> int:
        return self.list_amount - self.amount

    @property
    def weight_grams(self) -> int:
        return self.product.weight_grams * self.quantity

    @property
    def is_available(self) -> bool:
        return not self.problem


def full_name(product: Product, variant: Variant | None) -> str:
    name = product.display_name
    return f"{name}, {variant.display_name}" if variant else name


def line_key(placement: Placement, variant: Variant | None) -> str:
    return f"{placement.pk}.{variant.pk}" if variant else str(placement.pk)


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
    def saved(self) -> int:
        return sum(line.saved for line in self.available)

    @property
    def weight_grams(self) -> int:
        return sum(line.weight_grams for line in self.available)


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
    def saved(self) -> int:
        return sum(part.saved for part in self.parts)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for part in self.parts for line in part.lines)

    @property
    def is_empty(self) -> bool:
        return not self.parts


def read_cart(cart: Cart | None, *, now: dt.datetime | None = None) -> CartContent:
    """The cart's content at ``now``, booths in the order in which they were first visited.

    One query, and a second one if something in it has prices for many pieces.
    """
    now = now or timezone.now()
    if cart is None:
        return CartContent([])
    lines = _lines_query().objects(cart=cart.pk, now=now)
    steps = steps_of(line.placement.product for line in lines)
    parts: dict[int, BoothPart] = {}
    left: dict[tuple, int] = {}  # pieces not yet claimed by an earlier line: two booths may share a stock
    for line in lines:
        booth = line.placement.booth
        part = parts.setdefault(booth.pk, BoothPart(booth, allows_pickup(booth, now)))
        part.lines.append(shown_line(line, steps[line.placement.product_id], left, now))
    return CartContent(list(parts.values()))


@cache
def _lines_query() -> PreparedObjects:
    """Everything about a cart's lines; ``is_payable`` says whether their seller can be paid now. Asked three times in a
    purchase, once of them behind the locks."""
    lines = CartLine.objects.filter(cart=number_slot(1)).annotate(is_payable=payable_at(MOMENT, "placement__"))
    related = (
        "placement", "placement__product", "placement__product__cover", "placement__product__category",
        "placement__product__exhibitor", "placement__booth", "placement__booth__edition", "placement__booth__exhibitor",
        "placement__booth__exhibitor__regency", "variant", "variant__picture",
    )  # fmt: skip
    return PreparedObjects(lines.order_by("pk"), *related, extras=("is_payable",), cart=number_slot(1), now=MOMENT)


def steps_of(products) -> dict[int, list[PriceStep]]:
    """Price steps by product, asked for only if a product says that it has some."""
    found: dict[int, list[PriceStep]] = defaultdict(list)
    if stepped := {product.pk for product in products if product.has_steps}:
        for step in PriceStep.objects.filter(product__in=stepped):
            found[step.product_id].append(step)
    return found


def shown_line(line: CartLine, steps: list[PriceStep], left: dict[tuple, int], now: dt.datetime) -> ShownLine:
    placement, variant = line.placement, line.variant
    vars(placement)["is_payable"] = vars(line)["is_payable"]
    product = placement.product
    goods = variant or product
    stock = left.setdefault((product.pk, line.variant_id), goods.stock)
    gone = line_problem(placement, variant, now)
    problem = gone or quantity_problem(product, line.quantity, stock=stock)
    if not problem:
        left[product.pk, line.variant_id] = stock - line.quantity
    sold_out = not product.made_to_order and stock < product.minimum_quantity
    percent = sale_percent(placement, now)
    price = unit_price(product, line.quantity, variant=variant, steps=steps, percent=percent)
    return ShownLine(
        line.pk,
        placement,
        variant,
        line.quantity,
        price,
        None if problem else next_step(line, steps, price, stock),
        problem,
        can_change_quantity=not gone and not sold_out,
    )


def next_step(line: CartLine, steps: list[PriceStep], price: Price, stock: int) -> NextStep | None:
    """The next quantity at which a piece becomes cheaper than now, if there are as many pieces."""
    own = [step for step in steps if line.variant_id and step.variant_id == line.variant_id]
    general = [step for step in steps if step.variant_id is None]
    ahead = [step for step in own or general if step.minimum_quantity > line.quantity and step.unit_price < price.unit]
    step = min(ahead, key=lambda step: step.minimum_quantity, default=None)
    if step is None or (not line.placement.product.made_to_order and step.minimum_quantity > stock):
        return None
    return NextStep(step.minimum_quantity - line.quantity, step.unit_price)
