"""Where an order is on its way and what comes next, in the buyer's words: the top of the page that follows it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.couriers import tracking_url
from orders.domain.balances import awaits_balance, balance_due, is_in_production
from orders.domain.deposits import rule_sentence
from orders.domain.pickup import pickup_code
from orders.domain.requests import CANCELLABLE
from orders.models import CancellationRequest, Delivery, Initiator, Order, Payment
from orders.states import OrderState, PaymentState, RequestState


@dataclass(frozen=True, slots=True)
class Step:
    """A notice: what is the case, and what to do about it. ``kind`` colours it ("success", "warning", "danger")."""

    title: str
    text: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    order: Order
    payment: Payment | None
    request: CancellationRequest | None
    now: dt.datetime

    @property
    def due(self) -> Payment | None:
        """What is to be paid now: the first payment, or the balance."""
        if self.payment is None or self.is_stopped:
            return None
        asked = self.order.state == OrderState.PLACED or awaits_balance(self.order, self.payment)
        return self.payment if asked else None

    @property
    def asks_payment(self) -> bool:
        return self.due is not None

    @property
    def is_waiting(self) -> bool:
        return self.due is not None and self.due.state == PaymentState.PROOF_SUBMITTED

    @property
    def is_rejected(self) -> bool:
        return self.due is not None and self.due.state == PaymentState.REJECTED

    @property
    def has_open_request(self) -> bool:
        return self.request is not None and self.request.state == RequestState.OPEN

    @property
    def is_stopped(self) -> bool:
        return self.request is not None and self.request.state == RequestState.ACCEPTED

    @property
    def can_cancel(self) -> bool:
        """The buyer may still cancel without asking anybody."""
        return self.order.state == OrderState.PLACED and not self.is_waiting

    @property
    def can_ask_to_cancel(self) -> bool:
        return self.order.state in CANCELLABLE and not self.has_open_request and not self.is_stopped

    @property
    def can_order_again(self) -> bool:
        return self.order.state in (
            OrderState.EXPIRED,
            OrderState.CANCELLED,
            OrderState.COMPLETED,
            OrderState.REFUNDED,
        )

    @property
    def pickup_code(self) -> str:
        """What to show at the stand, once the goods lie there."""
        ready = self.order.delivery == Delivery.PICKUP and self.order.state == OrderState.PACKED
        return pickup_code(self.order) if ready and not self.is_stopped else ""

    @property
    def parcel_url(self) -> str:
        return tracking_url(self.order.courier, self.order.tracking_number)

    @property
    def deposit_sentence(self) -> str:
        """What becomes of the deposit if the buyer cancels, as long as that can happen; "" without one."""
        half_paid = self.payment is not None and (
            is_in_production(self.order, self.payment) or awaits_balance(self.order, self.payment)
        )
        if not half_paid and not (self.order.state == OrderState.PLACED and self.order.deposit_rule):
            return ""
        return rule_sentence(self.order.deposit_rule)

    def step(self) -> Step | None:
        """The notice on top; None where the page itself says it (how to pay, where the parcel is)."""
        return self.step_of_request() or self.step_of_payment() or self.step_of_state()

    def step_of_request(self) -> Step | None:
        seller = self.order.exhibitor.name
        if self.request is None or self.order.state not in CANCELLABLE:
            return None
        if self.has_open_request:
            text = _("%(seller)s belum menjawab. Sampai dijawab, pesanan ini tidak dikirim.") % {"seller": seller}
            return Step(_("Anda meminta pembatalan"), text, "warning")
        if self.is_stopped:
            title = _("Pembatalan disetujui")
            if self.request.initiator == Initiator.EXHIBITOR:
                title = _("Penjual membatalkan pesanan ini: %(reason)s") % {"reason": self.request.reason}
            text = _("%(seller)s mengembalikan uang Anda dan mencatat buktinya di sini. Belum? Hubungi penjual.")
            return Step(title, text % {"seller": seller}, "warning")
        if self.request.state == RequestState.DECLINED:
            text = _("Alasan penjual: %(reason)s. Pesanan Anda dilanjutkan.") % {"reason": clause(self.request.answer)}
            return Step(_("Permintaan pembatalan ditolak"), text)
        return None

    def step_of_payment(self) -> Step | None:
        order, seller = self.order, self.order.exhibitor.name
        if self.is_waiting:
            text = _("%(name)s memeriksa rekeningnya, lalu mengonfirmasi. Anda tidak perlu melakukan apa-apa.")
            return Step(_("Bukti Anda sudah diterima"), text % {"name": seller}, "success")
        if self.payment is not None and self.is_rejected:
            text = _("Alasan penjual: %(reason)s. Barang Anda tetap disimpan: unggah bukti lain, atau hubungi penjual.")
            return Step(_("Bukti belum dapat diterima"), text % {"reason": clause(self.payment.rejection)}, "danger")
        if self.payment is not None and is_in_production(order, self.payment):
            text = _("Barang Anda sedang dibuat. Bila sudah jadi, Anda diminta melunasi %(amount)s, lalu dikirim.")
            return Step(_("Uang muka diterima"), text % {"amount": rupiah(balance_due(order))}, "success")
        if self.payment is not None and awaits_balance(order, self.payment):
            text = _("Lunasi %(amount)s, lalu barang Anda dikirim.") % {"amount": rupiah(self.payment.amount)}
            return Step(_("Barang Anda sudah jadi"), text, "success")
        return None

    def step_of_state(self) -> Step | None:
        picked_up = self.order.delivery == Delivery.PICKUP
        steps = {
            OrderState.PAID: Step(
                _("Pembayaran diterima"),
                _("Penjual menyiapkan barang Anda. Anda dikabari lewat surel."),
                "success",
            ),
            OrderState.PACKED: Step(_("Barang Anda sudah dikemas"), _("Sebentar lagi diserahkan ke kurir."), "success"),
            OrderState.COMPLETED: Step(_("Pesanan selesai"), _("Terima kasih sudah berbelanja."), "success"),
            OrderState.REFUNDED: Step(
                _("Uang Anda sudah dikembalikan"), _("Belum masuk? Buka buktinya di bawah, lalu hubungi penjual.")
            ),
            OrderState.EXPIRED: Step(
                _("Pesanan ini kedaluwarsa"),
                _(
                    "Belum ada pembayaran sampai batas waktunya, maka barangnya dijual kembali."
                    " Masih mau? Pesan lagi. Sudah telanjur membayar? Hubungi penjual, tunjukkan buktinya."
                ),
                "warning",
            ),
            OrderState.CANCELLED: self.step_of_cancelled(),
        }
        if picked_up and self.order.state == OrderState.PACKED:
            number = self.order.booth.number
            text = _("Datanglah ke stan %(number)s dan tunjukkan kode ini.") % {"number": number}
            return Step(_("Siap diambil"), text, "success")
        return steps.get(OrderState(self.order.state))

    def step_of_cancelled(self) -> Step:
        if self.order.paid_at is None:
            return Step(_("Pesanan ini dibatalkan"), _("Anda tidak perlu membayar apa pun."))
        return Step(_("Pesanan ini dibatalkan"), _("Sesuai ketentuannya, uang muka tidak dikembalikan."))


def clause(words: str) -> str:
    """What somebody wrote, to stand within a sentence of ours: without its own full stop."""
    return words.rstrip(" .…")


def journey_of(order: Order, now: dt.datetime) -> Journey:
    """One query for the request, once something is paid; ``payments`` should be prefetched."""
    request = order.cancellation_requests.first() if order.paid_at else None  # nothing to ask before the payment
    return Journey(order, order.payment, request, now)
