"""The exhibitor's orders as work: queues in the order of an order's life, and what each order needs next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from exhibitors.models import Exhibitor
from expo.prepared import MOMENT, Prepared, number_slot
from orders.domain.requests import is_overdue
from orders.due import with_due
from orders.models import Delivery, Method, Order
from orders.models.querysets import OrderQuerySet, Purpose
from orders.states import FeeState, OrderState, PaymentState, RequestState

WORK = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)


@dataclass(frozen=True, slots=True)
class Queue:
    """``is_step``: one of the four through which every order goes. ``action`` is what its orders need next."""

    name: str
    label: Any
    pick: Callable[[OrderQuerySet], OrderQuerySet]
    action: Any = ""
    is_step: bool = False
    is_bulk: bool = False

    @property
    def is_history(self) -> bool:
        return self.name == "selesai"


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("tugas", gettext_lazy("Perlu Anda kerjakan"), lambda orders: orders.waiting()),
        Queue("baru", gettext_lazy("Belum dibayar"), lambda orders: orders.awaiting_payment(), is_step=True),
        Queue(
            "konfirmasi",
            gettext_lazy("Periksa uang"),
            lambda orders: orders.awaiting_confirmation(),
            pgettext_lazy("satu pesanan", "Periksa pembayaran"),
            is_step=True,
        ),
        Queue(
            "kemas",
            pgettext_lazy("antrean", "Kemas"),
            lambda orders: orders.to_pack(),
            pgettext_lazy("tombol", "Sudah dikemas"),
            is_step=True,
            is_bulk=True,
        ),
        Queue(
            "kirim",
            pgettext_lazy("antrean", "Kirim"),
            lambda orders: orders.packed(),
            gettext_lazy("Isi nomor resi"),
            is_step=True,
            is_bulk=True,
        ),
        Queue(
            "ongkir",
            gettext_lazy("Tetapkan ongkir"),
            lambda orders: orders.awaiting_quote(),
            gettext_lazy("Tetapkan ongkos kirim"),
        ),
        Queue(
            "batal",
            gettext_lazy("Jawab pembatalan"),
            lambda orders: orders.cancellation_asked(),
            gettext_lazy("Jawab permintaan batal"),
        ),
        Queue(
            "kembalikan",
            gettext_lazy("Kembalikan dana"),
            lambda orders: orders.to_refund(),
            gettext_lazy("Catat pengembalian dana"),
        ),
        Queue(
            "buat",
            gettext_lazy("Sedang dibuat"),
            lambda orders: orders.in_production(),
            gettext_lazy("Minta pelunasan bila sudah jadi"),
        ),
        Queue(
            "lunas",
            gettext_lazy("Tunggu pelunasan"),
            lambda orders: orders.awaiting_balance(),
            gettext_lazy("Ingatkan atau batalkan"),
        ),
        Queue("dikirim", gettext_lazy("Dalam perjalanan"), lambda orders: orders.filter(state=OrderState.SHIPPED)),
        Queue("selesai", gettext_lazy("Riwayat"), lambda orders: orders.exclude(state__in=WORK)),
    )
}
COUNTED = tuple(name for name in QUEUES if name != "selesai")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many orders a queue holds, and when the first of them is due."""

    queue: Queue
    count: int
    first_due: dt.datetime | None


def waiting_in(exhibitor: Exhibitor, now: dt.datetime) -> dict[str, Waiting]:
    """What waits in each queue but the history."""
    rows = _counting(settings.RECEIVED_AFTER_DAYS).rows(exhibitor=exhibitor.pk, now=now)
    return {name: Waiting(QUEUES[name], count, first_due) for name, count, first_due in rows}


class Counting(Prepared):
    """Every queue's count and first due moment in one query: to build one for each took a third of a second a page."""

    def __init__(self):
        orders, mine = Order.objects.filter(exhibitor=number_slot(1)), {"exhibitor": number_slot(1)}
        parts, self.names = [], []
        for name in COUNTED:
            picked = orders.waiting(MOMENT) if name == "tugas" else QUEUES[name].pick(orders)
            slots = mine | ({"now": MOMENT} if name == "tugas" else {})
            rows = Prepared(with_due(picked).order_by().values_list("pk", "due"), **slots)
            parts.append(f"SELECT '{name}', count(*), min(due) FROM ({rows.sql}) AS picked(pk, due)")  # noqa: S608
            self.names += rows.names
        self.sql = " UNION ALL ".join(parts)


@cache
def _counting(_received_after: int) -> Counting:
    """``_received_after`` is written into the query."""
    return Counting()


def queue_of(order: Order, now: dt.datetime) -> Queue | None:
    """Where an order waits for its exhibitor; None where nothing is to be done. Payments and requests prefetched."""
    requests = {request.state for request in order.cancellation_requests.all()}
    payment = order.payment
    if order.fee_state == FeeState.WAITING and order.state == OrderState.PLACED:
        return QUEUES["ongkir"]
    if payment is None or order.state not in WORK[:3]:
        return None
    if RequestState.OPEN in requests:
        return QUEUES["batal"]
    if RequestState.ACCEPTED in requests:
        return QUEUES["kembalikan"]
    if payment.state == PaymentState.PROOF_SUBMITTED or (payment.state == PaymentState.PENDING and payment.claimed_at):
        return QUEUES["konfirmasi"]
    if payment.confirmed_at is None:
        return QUEUES["lunas"] if is_overdue(order, payment, now) else None
    if payment.purpose == Purpose.DEPOSIT:
        return QUEUES["buat"]
    return QUEUES["kemas"] if order.state == OrderState.PAID else QUEUES["kirim"]


def action_of(order: Order, queue: Queue | None) -> str:
    """What the one big button says; "" where nothing is to be done but to look."""
    if queue is None:
        return _("Uangnya sudah diterima") if takes_cash(order) else ""
    if queue.name == "kirim" and order.delivery == Delivery.PICKUP:
        return _("Serahkan ke pembeli")
    return str(queue.action)


def takes_cash(order: Order) -> bool:
    payment = order.payment
    return order.state == OrderState.PLACED and payment is not None and payment.method == Method.CASH
