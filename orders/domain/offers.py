"""What each booth's part of a cart would cost its buyer: goods, shipping to this address, voucher, ways to pay.

The page shows offers, the snapshot describes them, and orders are made of them: one calculation for all three.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exhibitors.models import Booth
from orders.domain.content import BoothPart, CartContent
from orders.domain.deposits import deposit_after
from orders.domain.methods import MethodOption, Ways, methods_for, possible_methods, ways_of
from orders.domain.shipping import Choice, Place, choices_for, read_tables
from orders.domain.vouchers import Taken, Voucher, VoucherError, clean_code, find_vouchers, take_off, used_by
from orders.models import Delivery, ShippingService


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the buyer chose for each booth, by its id.

    Deliveries: ``pickup``, ``ship`` (the first way to send it) or ``kirim-<service id>``. Without a method it is the
    first that is possible. ``no_vouchers``: why no code is looked up now, for instance after too many wrong ones.
    """

    deliveries: Mapping[int, str] = field(default_factory=dict)
    methods: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    vouchers: Mapping[int, str] = field(default_factory=dict)
    no_vouchers: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One booth's part as it would be ordered now. Rupiah throughout."""

    part: BoothPart
    choices: list[Choice]
    choice: Choice | None
    picked_up: bool
    taken: Taken | None
    voucher_code: str
    voucher_problem: str
    methods: list[MethodOption]
    method: str
    asked: str
    problem: str
    ways: Ways

    @property
    def booth(self):
        return self.part.booth

    @property
    def delivery(self) -> str:
        return Delivery.PICKUP if self.picked_up else Delivery.SHIP

    @property
    def wanted(self) -> str:
        """The value of the field that names what is chosen."""
        return Delivery.PICKUP if self.picked_up else self.choice.value if self.choice else ""

    @property
    def service(self) -> str:
        return "" if self.picked_up or self.choice is None else self.choice.name

    @property
    def discount(self) -> int:
        return self.taken.goods if self.taken else 0

    @property
    def shipping_discount(self) -> int:
        return self.taken.shipping if self.taken else 0

    @property
    def goods_total(self) -> int:
        return self.part.goods_total - self.discount

    @property
    def deposit(self) -> int:
        """What is paid first, where goods are made to order; 0 when everything is paid at once."""
        return deposit_after(self.part.available, self.discount)

    @property
    def full_fee(self) -> int | None:
        """The fee before any voucher; None while it is not known."""
        if self.picked_up:
            return 0
        return self.choice.fee if self.choice else None

    @property
    def fee(self) -> int:
        return (self.full_fee or 0) - self.shipping_discount

    @property
    def is_unknown(self) -> bool:
        return not self.picked_up and (self.choice is None or self.choice.is_unknown)

    @property
    def to_confirm(self) -> bool:
        return not self.picked_up and self.choice is not None and self.choice.to_confirm

    @property
    def total(self) -> int:
        return self.goods_total + self.fee


@dataclass(frozen=True, slots=True)
class Known:
    """What the offers of one cart need from the database, read once for all booths."""

    place: Place
    tables: Mapping[int, list[ShippingService]]
    vouchers: Mapping[str, Voucher]
    used: dict[int, int]
    ways: Mapping[int, Ways]
    now: dt.datetime


def make_offers(
    content: CartContent,
    place: Place,
    wishes: Wishes,
    now: dt.datetime,
    *,
    phone: str = "",
    lock: bool = False,
) -> list[Offer]:
    """The offers of everything in the cart that can be bought, in three to five queries.

    ``lock`` holds the vouchers for the orders that are about to be made; products are locked before.
    """
    parts = content.payable
    sellers = [part.booth.exhibitor_id for part in parts]
    codes = [] if wishes.no_vouchers else [wishes.vouchers.get(part.booth.pk, "") for part in parts]
    vouchers = find_vouchers(codes, lock=lock)
    used = used_by(vouchers.values(), phone) if vouchers else {}
    known = Known(place, read_tables(sellers), vouchers, used, ways_of(sellers, now), now)
    return [make_offer(part, wishes, known) for part in parts]


def make_offer(part: BoothPart, wishes: Wishes, known: Known) -> Offer:
    booth = part.booth
    services = known.tables.get(booth.exhibitor_id, [])
    choices = choices_for(services, known.place, part.weight_grams, part.goods_total)
    wanted = wishes.deliveries.get(booth.pk, "")
    ways = known.ways[booth.exhibitor_id]
    fetched = wanted == Delivery.PICKUP or not choices or (not wanted and only_at_stand(booth, ways, known.now))
    picked_up = part.allows_pickup and fetched
    choice = None if picked_up else chosen(choices, wanted)
    fee = 0 if picked_up else choice.fee if choice else None
    code = clean_code(wishes.vouchers.get(booth.pk, ""))
    taken, voucher_problem = (None, wishes.no_vouchers) if code and wishes.no_vouchers else take(code, part, fee, known)
    total = part.goods_total - (taken.goods if taken else 0) + (fee or 0) - (taken.shipping if taken else 0)
    delivery = Delivery.PICKUP if picked_up else Delivery.SHIP
    due = deposit_after(part.available, taken.goods if taken else 0) or total
    methods = methods_for(booth.exhibitor, booth, due, delivery, known.now, ways=ways)
    problem = "" if picked_up or choices else _("Stan ini belum mengirim ke alamat itu. Hubungi penjualnya.")
    problem = problem or unpayable(methods)
    method = chosen_method(methods, wishes.methods.get(booth.pk, ""))
    return Offer(part, choices, choice, picked_up, taken, code, voucher_problem, methods, method, wanted, problem, ways)


def chosen(choices: list[Choice], wanted: str) -> Choice | None:
    return next((c for c in choices if c.value == wanted), choices[0] if choices else None)


def chosen_method(methods: list[MethodOption], wanted: str) -> str:
    possible = possible_methods(methods)
    return wanted if wanted in possible else possible[0] if possible else ""


def only_at_stand(booth: Booth, ways: Ways, now: dt.datetime) -> bool:
    """Whether cash at the stand is the one way to pay: then the goods are fetched, unless the buyer says otherwise."""
    methods = methods_for(booth.exhibitor, booth, 0, Delivery.SHIP, now, ways=ways)
    return bool(methods) and not possible_methods(methods)


def unpayable(methods: list[MethodOption]) -> str:
    """Why this order can't be paid in any of these ways; "" when it can in one."""
    return "" if possible_methods(methods) else next((option.problem for option in methods), "")


def take(code: str, part: BoothPart, fee: int | None, known: Known) -> tuple[Taken | None, str]:
    """What the voucher of this code takes off, or why it does not."""
    if not code:
        return None, ""
    voucher = known.vouchers.get(code)
    if voucher is None:
        return None, _("Kode voucher ini tidak dikenal.")
    try:
        return take_off(
            voucher,
            exhibitor_id=part.booth.exhibitor_id,
            edition_id=part.booth.edition_id,
            goods=part.goods_total,
            fee=fee,
            used=known.used.get(voucher.pk, 0),
            now=known.now,
        ), ""
    except VoucherError as error:
        return None, str(error)
