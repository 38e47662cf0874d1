"""The same step for many orders: each a transaction of its own, so that what fails holds up nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.errors import DomainError
from orders.domain.fulfilment import pack_order, ship_order
from orders.models import Order
from orders.states import OrderState

MOST = 100  # at once


@dataclass(frozen=True, slots=True)
class Parcel:
    """How an order travels. Without a number it goes by somebody who gives none."""

    courier: str
    tracking_number: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``problem`` is why the order stayed as it was; "" when it is done (also by an earlier click)."""

    order: Order
    problem: str = ""

    @property
    def is_done(self) -> bool:
        return not self.problem


def pack_many(exhibitor: Exhibitor, codes: list[str], *, by) -> list[Outcome]:
    """What is packed already counts as done."""

    def pack(order: Order) -> None:
        if order.state != OrderState.PACKED:
            pack_order(order, by=by)

    return for_each(exhibitor, codes, pack)


def ship_many(exhibitor: Exhibitor, parcels: Mapping[str, Parcel], *, by) -> list[Outcome]:
    """By order number. What was shipped just so already counts as done; with another number it does not."""

    def ship(order: Order) -> None:
        parcel = parcels[order.code]
        if order.state == OrderState.SHIPPED and parcel == Parcel(order.courier, order.tracking_number):
            return
        ship_order(order, by=by, courier=parcel.courier, tracking_number=parcel.tracking_number)

    return for_each(exhibitor, list(parcels), ship)


def for_each(exhibitor: Exhibitor, codes: list[str], verb: Callable[[Order], None]) -> list[Outcome]:
    """Carry out ``verb`` for each of the exhibitor's orders among ``codes``, in their order.

    Those after the first MOST stay as they are, and their outcome says that they wait for another click.
    """
    found = {order.code: order for order in Order.objects.filter(exhibitor=exhibitor, code__in=codes)}
    orders = [found[code] for code in codes if code in found]
    later = _("Belum dikerjakan: paling banyak %(most)s pesanan sekaligus. Simpan lagi untuk yang ini.")
    left = [Outcome(order, later % {"most": MOST}) for order in orders[MOST:]]
    return [*(outcome_of(order, verb) for order in orders[:MOST]), *left]


def outcome_of(order: Order, verb: Callable[[Order], None]) -> Outcome:
    try:
        verb(order)
    except DomainError as error:
        return Outcome(order, str(error))
    return Outcome(order)
