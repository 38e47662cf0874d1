"""An order on paper: an invoice while it waits for its payment, a receipt once something is paid."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from expo.formats import current_language, number, rupiah, tanggal, terbilang, wib
from expo.phones import show_phone
from orders.models import Delivery, Order, OrderLine, Payment
from orders.states import OrderState

TEMPLATE = Path(__file__).resolve().parent / "paper" / "receipt.typ"
NEVER_PAID = (OrderState.EXPIRED, OrderState.CANCELLED)


def has_paper(order: Order) -> bool:
    """An order that ended unpaid has nothing to print, and one whose fee is not named yet has no amount."""
    return order.payment is not None and (order.paid_at is not None or order.state not in NEVER_PAID)


def receipt_pdf(order: Order, now: dt.datetime) -> bytes:
    """The order's paper in the reader's language. ``order`` with exhibitor, booth, payments and lines at hand."""
    from expo.typesetting import set_pdf  # heavy, and not needed by most workers

    return set_pdf(TEMPLATE, paper_of(order), now)


def paper_of(order: Order) -> dict:
    """Everything that is printed, as text in the reader's language."""
    paid = [payment for payment in order.payments.all() if payment.confirmed_at]
    due = sum(payment.amount for payment in paid) if paid else order.payment.amount
    heading = _("Kuitansi") if paid else _("Faktur")
    return {
        "title": f"{heading} {order.code}",
        "heading": heading,
        "language": current_language(),
        "status": status_of(order, paid),
        "seller": {
            "number": order.booth.number,
            "name": order.exhibitor.name,
            "place": order.booth.edition.display_name,
        },
        "facts": facts_of(order, paid),
        "parties": [
            {"label": _("Penjual"), "lines": seller_lines(order)},
            {"label": _("Pembeli"), "lines": buyer_lines(order)},
        ],
        "columns": [_("Barang"), _("Banyaknya"), _("Harga satuan"), _("Harga")],
        "lines": [line_of(line) for line in order.lines.all()],
        "totals": totals_of(order, paid),
        "words-label": _("Terbilang (sudah dibayar)") if paid else _("Terbilang (yang harus dibayar)"),
        "words": f"{terbilang(due)} rupiah".capitalize(),
        "payments-label": _("Pembayaran"),
        "payments": [{"text": payment_text(payment), "amount": rupiah(payment.amount)} for payment in paid],
        "notes": notes_of(order, paid),
        "footer": f"UKM Virtual Expo · {settings.SITE_URL} · {order.code}",
    }


def status_of(order: Order, paid: list[Payment]) -> str:
    if order.state == OrderState.REFUNDED:
        return _("DANA DIKEMBALIKAN")
    if not paid:
        return _("BELUM DIBAYAR")
    return _("LUNAS") if any(payment.purpose != "deposit" for payment in paid) else _("UANG MUKA DIBAYAR")


def facts_of(order: Order, paid: list[Payment]) -> list[tuple[str, str]]:
    facts = [(_("Nomor pesanan"), order.code), (_("Dipesan"), wib(order.placed_minute))]
    if paid:
        return [*facts, (_("Dibayar"), wib(received_at(paid[-1]).replace(second=0, microsecond=0)))]
    return [*facts, (_("Bayar sebelum"), wib(order.pay_before))]


def seller_lines(order: Order) -> list[str]:
    exhibitor = order.exhibitor
    place = exhibitor.regency.name if exhibitor.regency else ""
    return [line for line in (exhibitor.name, place, show_phone(exhibitor.whatsapp)) if line]


def buyer_lines(order: Order) -> list[str]:
    if order.delivery == Delivery.PICKUP:
        return [order.buyer_name, _("Diambil di stan %(number)s.") % {"number": order.booth.number}]
    region = order.destination
    place = ", ".join(part for part in (order.village, order.district, region.name if region else "") if part)
    town = f"{place} {order.postcode}".strip()
    country = order.country_name if order.country != "ID" else ""
    return [line for line in (order.buyer_name, *order.address.splitlines(), town, country) if line.strip()]


def line_of(line: OrderLine) -> dict[str, str]:
    return {
        "name": line.display_name,
        "detail": line.display_variant,
        "quantity": number(line.quantity),
        "price": rupiah(line.unit_price),
        "amount": rupiah(line.unit_price * line.quantity),
    }


def totals_of(order: Order, paid: list[Payment]) -> list[dict]:
    asked = [payment for payment in order.payments.all() if payment.confirmed_at or payment.is_current]
    codes = sum(payment.unique_code for payment in asked)
    discount = sum(line.discount for line in order.lines.all())
    total = order.goods_total + order.shipping_fee + codes
    received = sum(payment.amount for payment in paid)
    returned = sum(refund.total for refund in order.refunds.all())
    rows = [
        (_("Harga barang"), order.goods_total + discount, False),
        (_("Potongan voucher"), -discount, False),
        (_("Ongkos kirim"), order.shipping_fee + order.shipping_discount, False),
        (_("Potongan ongkos kirim"), -order.shipping_discount, False),
        (_("Kode unik"), codes, False),
        (_("Jumlah"), total, True),
    ]
    if paid and received < total:
        rows += [(_("Sudah dibayar"), received, False), (_("Sisa pelunasan"), total - received, True)]
    elif not paid and order.payment.amount < total:
        rows.append((_("Uang muka yang dibayar sekarang"), order.payment.amount, True))
    if returned:
        rows.append((_("Sudah dikembalikan"), -returned, False))
    return [{"label": label, "amount": rupiah(value), "strong": strong} for label, value, strong in rows if value]


def received_at(payment: Payment) -> dt.datetime:
    if payment.confirmed_at is None:
        raise ValueError(f"payment {payment.pk} is not confirmed")
    return payment.confirmed_at


def payment_text(payment: Payment) -> str:
    words = {
        "purpose": payment.get_purpose_display(),
        "method": payment.get_method_display(),
        "day": tanggal(received_at(payment)),
    }
    return _("%(purpose)s, %(method)s, diterima %(day)s") % words


def notes_of(order: Order, paid: list[Payment]) -> list[str]:
    if paid:
        note = _("Dikonfirmasi oleh penjual lewat UKM Virtual Expo. Dibuat komputer, sah tanpa tanda tangan.")
        return [note]
    payment = order.payment
    if payment.account_number:
        words = {
            "bank": payment.bank_name,
            "account": payment.account_number,
            "holder": payment.account_holder,
            "amount": rupiah(payment.amount),
        }
        account = _("Transfer tepat %(amount)s ke %(bank)s %(account)s atas nama %(holder)s.") % words
        return [account, _("Kode unik membuat pembayaran Anda dikenali; jangan dibulatkan.")]
    return [_("Bayar di halaman pesanan Anda.")]
