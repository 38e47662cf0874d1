"""Orders of today in every state, made by the same functions as a buyer's and an exhibitor's clicks."""

import datetime as dt
import io
import random
from dataclasses import dataclass

from django.utils import timezone
from PIL import Image, ImageDraw

from catalog.models import Placement, Product
from demo.names import invented_person, telephone
from exhibitors.models import Booth
from expo.formats import rupiah
from expo.models import Region
from journal.keys import HOME
from orders.domain.balances import ask_balance
from orders.domain.cancellation import cancel_order, expire_order
from orders.domain.cart import add_to_cart, new_cart
from orders.domain.checkout import Buyer, place_orders
from orders.domain.content import read_cart
from orders.domain.fulfilment import complete_order, pack_order, ship_order
from orders.domain.offers import Wishes, make_offers
from orders.domain.payment import claim_payment, confirm_payment, reject_proof, submit_proof
from orders.domain.refund import record_refund
from orders.domain.requests import request_cancellation
from orders.domain.snapshot import snapshot
from orders.models import Delivery, Method, Order

BUYERS_FROM = ("33.74", "33.72", "31.74", "32.73", "34.71", "35.78")


@dataclass(frozen=True)
class Story:
    """How far an order goes, and how many hours ago it was placed.

    ``tailored``: made to order, with a deposit. ``country``: sent abroad, where its exhibitor names the fee afterwards.
    """

    hours: int
    steps: tuple[str, ...]
    method: str = ""
    tailored: bool = False
    country: str = HOME


STORIES = (
    Story(1, ()),
    Story(2, (), "qris"),
    Story(4, ("claim",), "qris"),
    Story(5, ()),
    Story(7, ("proof",)),
    Story(9, ("proof", "reject")),
    Story(16, ("proof", "confirm")),
    Story(19, ("confirm",)),
    Story(62, ("proof", "confirm")),
    Story(27, ("proof", "confirm", "pack")),
    Story(38, ("proof", "confirm", "pack")),
    Story(32, ("proof", "confirm", "pack", "ship")),
    Story(40, ("proof", "confirm", "pack", "ship", "complete")),
    Story(44, ("proof", "confirm", "ship", "complete", "refund")),
    Story(80, ("expire",)),
    Story(30, ("cancel",)),
    Story(24, ("proof", "confirm", "request")),
    Story(50, ("proof", "confirm"), tailored=True),
    Story(70, ("proof", "confirm", "ask"), tailored=True),
    Story(3, (), country="SG"),
    Story(2, (), "cash"),
)
DEPOSIT = {"made_to_order": True, "lead_days": 14, "deposit_percent": 30}


class Buyers:
    """Plays ``STORIES``: each order at the booth of the demonstration's exhibitor, every third at another one too."""

    def __init__(self, booth: Booth, others: list[Booth], owner, staff):
        self.booth, self.others, self.owner, self.staff = booth, others, owner, staff
        self.chance = random.Random("orders")
        self.regions = Region.objects.in_bulk(BUYERS_FROM)

    def play(self) -> int:
        orders = [self.tell(number, story) for number, story in enumerate(STORIES)]
        return len(orders)

    def tell(self, number: int, story: Story) -> None:
        now = timezone.now() - dt.timedelta(hours=story.hours, minutes=self.chance.randrange(50))
        booths = [self.booth] if number % 3 else [self.booth, self.chance.choice(self.others)]
        only = self.tailored() if story.tailored else None
        order = self.place(booths, now, self.buyer(number, story.country), story.method, only)
        for step in story.steps:
            now = min(now + dt.timedelta(minutes=self.chance.randint(20, 200)), timezone.now())
            getattr(self, step)(Order.objects.get(pk=order.pk), now)

    def tailored(self) -> Placement:
        """What the demonstration's exhibitor makes to order, with a deposit; the dearest of its goods if nothing is."""
        placed = Placement.objects.filter(booth=self.booth, product__has_variants=False)
        slow = placed.order_by("-product__made_to_order", "-product__price", "pk").first()
        Product.objects.filter(pk=slow.product_id).update(**DEPOSIT)
        return with_everything(Placement.objects.filter(pk=slow.pk)).get()

    def place(self, booths: list[Booth], now: dt.datetime, buyer: Buyer, method: str, only: Placement | None) -> Order:
        """Place orders at ``booths``, the first paid by ``method`` and perhaps of ``only``; returns that one."""
        cart = new_cart()
        for booth in booths:
            chosen = only if only and booth == booths[0] else self.something(booth)
            add_to_cart(cart, chosen, now=now)
        wanted = wishes(booths[0], method)
        checkout = place_orders(
            cart,
            key=f"demo-{cart.token[:32]}",
            seen=snapshot(make_offers(read_cart(cart, now=now), buyer.place, wanted, now)),
            buyer=buyer,
            wishes=wanted,
            now=now,
        )
        return checkout.orders.get(booth=booths[0])

    def something(self, booth: Booth) -> Placement:
        placed = with_everything(Placement.objects.filter(booth=booth, product__deposit_percent=0))
        ready = [p for p in placed.order_by("pk") if p.product.stock > 3 or p.product.made_to_order]
        return self.chance.choice(ready)

    def buyer(self, number: int, country: str = HOME) -> Buyer:
        name = invented_person(self.chance)
        if country != HOME:
            email = f"{name.lower().replace(' ', '.')}@mail.example"
            phone, address = telephone(90_000 + number), f"{number + 1} Example Street, Singapore"
            return Buyer(name=name, phone=phone, email=email, country=country, address=address, language="en")
        return Buyer(
            name=name,
            phone=telephone(90_000 + number),
            email=f"{name.lower().replace(' ', '.')}@surel.example",
            regency=self.regions[self.chance.choice(BUYERS_FROM)],
            address=f"Jalan Contoh {number + 1}",
            postcode="50000",
        )

    def proof(self, order: Order, now: dt.datetime) -> None:
        submit_proof(order, file=receipt(order), note="Sudah saya transfer.", now=now)

    def claim(self, order: Order, now: dt.datetime) -> None:
        claim_payment(order, now=now)

    def reject(self, order: Order, now: dt.datetime) -> None:
        reject_proof(order, by=self.owner, reason="Tanggal pada bukti tidak terbaca.", now=now)

    def confirm(self, order: Order, now: dt.datetime) -> None:
        confirm_payment(order, by=self.owner, now=now)

    def request(self, order: Order, now: dt.datetime) -> None:
        request_cancellation(order, reason="Ternyata salah ukuran, mohon dibatalkan.", now=now)

    def ask(self, order: Order, now: dt.datetime) -> None:
        ask_balance(order, by=self.owner, now=now)

    def pack(self, order: Order, now: dt.datetime) -> None:
        pack_order(order, by=self.owner, now=now)

    def ship(self, order: Order, now: dt.datetime) -> None:
        ship_order(order, by=self.owner, courier="Kurir Contoh", tracking_number=f"RESI{order.pk:08d}", now=now)

    def complete(self, order: Order, now: dt.datetime) -> None:
        complete_order(order, by=self.owner, now=now)

    def refund(self, order: Order, now: dt.datetime) -> None:
        record_refund(order, by=self.staff, reason="Barang tidak sesuai pesanan.", key=f"demo-{order.pk}", now=now)

    def expire(self, order: Order, now: dt.datetime) -> None:
        expire_order(order.pk, timezone.now())

    def cancel(self, order: Order, now: dt.datetime) -> None:
        cancel_order(order, by=self.owner, reason="Atas permintaan pembeli.", now=now)


def wishes(booth: Booth, method: str) -> Wishes:
    """Cash is paid at the stand, so the goods are fetched there."""
    delivery = Delivery.PICKUP if method == Method.CASH else Delivery.SHIP
    return Wishes(deliveries={booth.pk: delivery}, methods={booth.pk: method})


def with_everything(placements):
    return placements.select_related("product__exhibitor", "booth__edition", "booth__exhibitor")


def receipt(order: Order) -> io.BytesIO:
    """A picture in the place of a photographed transfer."""
    picture = Image.new("RGB", (360, 640), "#f4f1e8")
    amount = rupiah(order.payment.amount, "id")
    text = f"BUKTI TRANSFER (CONTOH)\n\nKe: {order.exhibitor.bank_account_holder}\n\n{amount}"
    ImageDraw.Draw(picture).multiline_text((28, 60), text, fill="#2b2b2b", spacing=8)
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file
