"""An order's way in the words of its reader: the steps ahead, and what has happened."""

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from expo.formats import rupiah
from expo.whatsapp import whatsapp_url
from orders.domain.balances import awaits_balance, is_in_production
from orders.domain.requests import CANCELLABLE
from orders.models import CancellationRequest, Delivery, Method, Order, OrderEvent
from orders.phones import whatsapp_number
from orders.states import FeeState, OrderState, PaymentState, RequestState

EVENTS = {
    "placed": gettext_lazy("Pesanan dibuat"),
    "method_changed": gettext_lazy("Cara pembayaran diganti"),
    "claimed": gettext_lazy("Pembeli menyatakan sudah membayar"),
    "fee_offered": gettext_lazy("Ongkos kirim ditetapkan penjual"),
    "fee_accepted": gettext_lazy("Ongkos kirim disetujui pembeli"),
    "proof_submitted": gettext_lazy("Bukti transfer diunggah"),
    "proof_rejected": gettext_lazy("Bukti transfer ditolak"),
    "paid": gettext_lazy("Pembayaran diterima"),
    "deposit_paid": gettext_lazy("Uang muka diterima, barang mulai dibuat"),
    "balance_asked": gettext_lazy("Barang jadi, pelunasan diminta"),
    "balance_paid": gettext_lazy("Pelunasan diterima"),
    "cancellation_requested": gettext_lazy("Pembeli meminta pembatalan"),
    "request_withdrawn": gettext_lazy("Permintaan pembatalan dicabut"),
    "request_accepted": gettext_lazy("Pembatalan disetujui penjual"),
    "request_declined": gettext_lazy("Permintaan pembatalan ditolak"),
    "refused": gettext_lazy("Dibatalkan penjual"),
    "confirmation_undone": gettext_lazy("Penerimaan pembayaran dibatalkan"),
    "revived": gettext_lazy("Dibuka kembali: pembayarannya datang terlambat"),
    "cash_signed_off": gettext_lazy("Tunai dihitung dan ditutup penjual"),
    "balance_overdue": gettext_lazy("Batas waktu pelunasan lewat"),
    "reminded": gettext_lazy("Pembeli diingatkan untuk membayar"),
    "gateway_mismatch": gettext_lazy("Jumlah dari Midtrans tidak sama dengan tagihannya"),
    "gateway_late": gettext_lazy("Pembayaran lewat Midtrans datang setelah pesanan berakhir"),
    "gateway_twice": gettext_lazy("Dibayar dua kali: pembayaran lewat Midtrans perlu dikembalikan"),
    "gateway_returned": gettext_lazy("Midtrans melaporkan dana dikembalikan"),
    "verified": gettext_lazy("Bukti pembayaran diverifikasi petugas"),
    "packed": gettext_lazy("Pesanan dikemas"),
    "shipped": gettext_lazy("Pesanan dikirim"),
    "completed": gettext_lazy("Pesanan selesai"),
    "received": gettext_lazy("Diterima pembeli"),
    "received_automatically": gettext_lazy("Dianggap diterima: sudah lama dikirim"),
    "expired": gettext_lazy("Kedaluwarsa: tidak dibayar sampai batas waktu"),
    "cancelled": gettext_lazy("Dibatalkan"),
    "cancelled_by_buyer": gettext_lazy("Dibatalkan oleh pembeli"),
    "refunded": gettext_lazy("Dana dikembalikan"),
    "refunded_in_part": gettext_lazy("Sebagian dana dikembalikan"),
}
TO_BUYERS = {
    "claimed": gettext_lazy("Anda menyatakan sudah membayar"),
    "fee_accepted": gettext_lazy("Ongkos kirim Anda setujui"),
    "cancellation_requested": gettext_lazy("Anda meminta pembatalan"),
    "request_withdrawn": gettext_lazy("Permintaan pembatalan Anda cabut"),
    "balance_overdue": gettext_lazy("Batas waktu pelunasan lewat"),
    "reminded": gettext_lazy("Anda diingatkan untuk membayar"),
    "received": gettext_lazy("Sudah Anda terima"),
    "cancelled_by_buyer": gettext_lazy("Anda batalkan"),
}
"""What the buyer's own page says instead."""
WATCHED = (OrderState.PLACED, OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
HALTING = (RequestState.OPEN, RequestState.ACCEPTED)
MANY_HOURS = 48
BAD = frozenset(
    {
        "proof_rejected",
        "confirmation_undone",
        "cancellation_requested",
        "request_declined",
        "refused",
        "expired",
        "cancelled",
        "cancelled_by_buyer",
        "refunded",
    }
)


@dataclass(frozen=True, slots=True)
class Happened:
    label: str
    at: dt.datetime | None
    reason: str = ""
    is_bad: bool = False
    is_done: bool = True
    is_next: bool = False


def timeline(order: Order, *, request: CancellationRequest | None = None, for_buyer: bool = False) -> list[Happened]:
    """What has happened, oldest first, then what is still to come. ``request`` is the latest one to cancel."""
    words = {**EVENTS, **TO_BUYERS} if for_buyer else EVENTS
    past = [
        Happened(
            str(words.get(event.kind, event.kind)),
            event.at.replace(second=0, microsecond=0),
            reason_of(event),
            event.kind in BAD,
        )
        for event in order.events.all()
    ]
    ahead = steps_after(request) if request and is_halted(order, request) else steps_ahead(order)
    return past + [
        Happened(str(label), None, is_done=False, is_next=position == 0) for position, label in enumerate(ahead)
    ]


def reason_of(event: OrderEvent) -> str:
    """What was noted with the event, as its reader writes it: amounts and ways to pay are no words of anybody."""
    if event.kind == "fee_offered" and (digits := re.sub(r"[^0-9]", "", event.reason)):
        return rupiah(int(digits))
    if event.kind == "method_changed" and event.reason in Method.values:
        return str(Method(event.reason).label)
    return event.reason


def is_halted(order: Order, request: CancellationRequest) -> bool:
    """Nothing is sent: an answer is awaited, or the money on its way back."""
    return order.state in CANCELLABLE and request.state in HALTING


def steps_after(request: CancellationRequest) -> list[str]:
    return [_("Jawaban penjual")] if request.state == RequestState.OPEN else [_("Dana dikembalikan")]


def steps_ahead(order: Order) -> list[str]:
    made = [_("Barang jadi"), _("Pelunasan")] if order.deposit_rule else []
    unsettled = []
    if order.payment is not None and is_in_production(order, order.payment):
        unsettled = made
    elif order.payment is not None and awaits_balance(order, order.payment):
        unsettled = made[1:]
    handing_over = _("Diambil di stan") if order.delivery == Delivery.PICKUP else _("Dikirim")
    steps = {
        OrderState.PLACED: [_("Pembayaran dikonfirmasi penjual"), *made, _("Dikemas"), handing_over],
        OrderState.PAID: [*unsettled, _("Dikemas"), handing_over],
        OrderState.PACKED: [handing_over],
        OrderState.SHIPPED: [_("Diterima")],
    }
    ahead = steps.get(OrderState(order.state), [])
    if order.awaits_fee:
        quote = _("Ongkos kirim dari penjual") if order.fee_state == FeeState.WAITING else _("Persetujuan Anda")
        return [quote, *ahead]
    if order.state == OrderState.PLACED and order.payment.state in (PaymentState.PENDING, PaymentState.REJECTED):
        if order.payment.method == Method.CASH:
            return [_("Bayar tunai saat barang diambil")]
        paying = _("Bayar") if order.payment.method == Method.GATEWAY else _("Bayar dan unggah bukti")
        return [paying, *ahead]
    return ahead


def time_left(until: dt.datetime, now: dt.datetime) -> str:
    """ "23 jam 40 menit", from two days on "6 hari 23 jam"; "" when the time is over."""
    minutes = int((until - now).total_seconds() // 60)
    if minutes < 0:
        return ""
    hours, minutes = divmod(minutes, 60)
    if hours >= MANY_HOURS:
        days, hours = divmod(hours, 24)
        days_text = ngettext("%(days)s hari", "%(days)s hari", days) % {"days": days}
        return f"{days_text} {ngettext('%(hours)s jam', '%(hours)s jam', hours) % {'hours': hours}}"
    hours_text = ngettext("%(hours)s jam", "%(hours)s jam", hours) % {"hours": hours}
    minutes_text = ngettext("%(minutes)s menit", "%(minutes)s menit", minutes) % {"minutes": minutes}
    return f"{hours_text} {minutes_text}" if hours else minutes_text


def whatsapp_to_exhibitor(order: Order) -> str:
    """A WhatsApp link to the seller with a ready message: number, amount and where the seller opens the order.

    "" when they have no number. The buyer's own link is secret and stays out of it.
    """
    text = _("Halo %(seller)s, saya %(buyer)s. Saya ingin bertanya tentang pesanan %(code)s sebesar %(total)s. %(url)s")
    words = text % {
        "seller": order.exhibitor.name,
        "buyer": order.buyer_name,
        "code": order.code,
        "total": rupiah(order.payment.amount if order.payment else order.total),
        "url": f"{settings.SITE_URL}{reverse('orders:inbox-order', args=[order.code])}",
    }
    return whatsapp_url(whatsapp_number(order.exhibitor.whatsapp), words)


def whatsapp_to_buyer(order: Order) -> str:
    """The seller's link to the buyer in the buyer's language, with the amount and the order's address."""
    with translation.override(order.language):
        text = _("Halo %(buyer)s, ini %(seller)s tentang pesanan %(code)s sebesar %(total)s: %(address)s") % {
            "buyer": order.buyer_name,
            "seller": order.exhibitor.name,
            "code": order.code,
            "total": rupiah(order.payment.amount if order.payment else order.total),
            "address": f"{settings.SITE_URL}{order.get_absolute_url()}",
        }
    return whatsapp_url(order.buyer_phone, text)
