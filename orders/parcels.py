"""Papers that go with a parcel, A6: the label on it, and the packing slip inside. No prices: it may be a gift."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

import segno
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expo.formats import current_language, number, weight, wib
from expo.phones import show_phone
from orders.models import Delivery, LabelSender, Order, OrderLine
from orders.states import OrderState

FOLDER = Path(__file__).resolve().parent / "paper"
PRINTABLE = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
"""Paid, and on their way at most: later nobody needs the buyer's address on paper any more."""
ADDRESS_LINES = 5
LONG_WORD = re.compile(r"\S{18}(?=\S)")


def labels_pdf(orders: Sequence[Order], now: dt.datetime) -> bytes:
    """A label an order, each on a page of its own. ``orders`` with exhibitor, sender, booth, places, lines at hand."""
    return set_parcel_paper("label.typ", _("Label"), [label_of(order) for order in orders], now)


def slips_pdf(orders: Sequence[Order], now: dt.datetime) -> bytes:
    """A packing slip an order, on as many pages as its lines need."""
    return set_parcel_paper("slip.typ", _("Isi paket"), [slip_of(order) for order in orders], now)


def set_parcel_paper(template: str, kind: str, papers: list[dict], now: dt.datetime) -> bytes:
    from expo.typesetting import set_pdf  # heavy, and not needed by most workers

    of = papers[0]["code"] if len(papers) == 1 else number(len(papers))
    return set_pdf(
        FOLDER / template,
        {
            "title": f"{kind} {of}",
            "author": papers[0]["board"]["name"],
            "language": current_language(),
            "papers": papers,
        },
        now,
    )


def label_of(order: Order) -> dict:
    """Everything on the label, as text in the reader's language."""
    sender = sender_of(order)
    fetched = order.delivery == Delivery.PICKUP
    return {
        **head_of(order),
        "to-label": _("Kepada"),
        "to": breakable(order.buyer_name),
        "to-phone": show_phone(order.buyer_phone),
        "to-lines": [_("Diambil di stan %(number)s.") % {"number": order.booth.number}]
        if fetched
        else address_of(order),
        "from-label": _("Dari"),
        "from": [breakable(line) for line in sender],
        "facts": facts_of(order),
        "note": label_note(order),
    }


def slip_of(order: Order) -> dict:
    lines = [(line, line.refundable_quantity) for line in order.lines.all() if line.refundable_quantity]
    pieces = sum(pieces for _line, pieces in lines)
    total = ngettext("%(n)s barang", "%(n)s barang", pieces) % {"n": number(pieces)}
    phone = show_phone(order.exhibitor.whatsapp)
    question = _("Ada yang kurang atau rusak? Hubungi kami: %(phone)s, sebut nomor %(code)s.")
    return {
        **head_of(order),
        "heading": _("Isi paket"),
        "facts": [(_("Untuk"), breakable(order.buyer_name)), (_("Dipesan"), wib(order.placed_minute))],
        "columns": [_("Cek"), _("Banyaknya"), _("Barang")],
        "lines": [slip_line(line, pieces) for line, pieces in lines],
        "total": total,
        "note-label": _("Catatan pembeli"),
        "note": breakable(order.note),
        "question": question % {"phone": phone, "code": order.code} if phone else "",
    }


def head_of(order: Order) -> dict:
    """What both papers begin with. The QR code is the number alone: who sees a parcel must not open its order."""
    return {
        "code": order.code,
        "board": board_of(order),
        "qr": segno.make(order.code, error="m", micro=False).svg_inline(border=0, omitsize=True),
        "qr-alt": _("Kode QR nomor pesanan %(code)s") % {"code": order.code},
    }


def slip_line(line: OrderLine, pieces: int) -> dict[str, str]:
    sku = (line.variant.sku if line.variant else "") or line.product.sku
    detail = " · ".join(part for part in (line.display_variant, sku) if part)
    return {"quantity": f"{number(pieces)} ×", "name": breakable(line.display_name), "detail": breakable(detail)}


def board_of(order: Order) -> dict[str, str]:
    """The booth's signboard, as at the stand."""
    edition = order.booth.edition
    return {"number": order.booth.number, "name": breakable(order.exhibitor.name), "place": edition.display_name}


def sender_of(order: Order) -> list[str]:
    exhibitor = order.exhibitor
    settings = getattr(exhibitor, "label_sender", None) or LabelSender(exhibitor=exhibitor)
    region = ", ".join(place.name for place in (exhibitor.district, exhibitor.regency) if place)
    address = " ".join((settings.address or region).split())
    phone = show_phone(exhibitor.whatsapp) if settings.shows_phone and exhibitor.whatsapp else ""
    return [line for line in (settings.name or exhibitor.name, address, phone) if line]


def address_of(order: Order) -> list[str]:
    """The buyer's address in few lines, whatever was typed, with everything that it says."""
    typed = [" ".join(line.split()) for line in order.address.splitlines() if line.strip()]
    if len(typed) > ADDRESS_LINES:
        typed = [", ".join(typed)]
    region = order.destination
    district = ", ".join(part for part in (order.village, order.district) if part)
    province = region.parent.name if region and region.parent else ""
    regency = ", ".join(part for part in (region.name if region else "", province) if part)
    town = f"{regency} {order.postcode}".strip()
    country = order.country_name.upper() if order.country != "ID" else ""
    return [breakable(line) for line in (*typed, district, town, country) if line]


def facts_of(order: Order) -> list[tuple[str, str]]:
    pieces = sum(line.refundable_quantity for line in order.lines.all())
    facts = [(_("Isi"), ngettext("%(n)s barang", "%(n)s barang", pieces) % {"n": number(pieces)})]
    if order.delivery == Delivery.PICKUP:
        return facts
    heavy = weight(order.shipping_weight) if order.shipping_weight else "........ g"
    courier = order.courier or order.shipping_service
    facts = [(_("Kurir"), breakable(courier or "................")), (_("Berat"), heavy), *facts]
    return [*facts, (_("Resi"), breakable(order.tracking_number))] if order.tracking_number else facts


def label_note(order: Order) -> str:
    settings = getattr(order.exhibitor, "label_sender", None)
    return breakable(settings.note) if settings else ""


def breakable(text: str) -> str:
    """The text with places where words of no end may be broken."""
    return LONG_WORD.sub("\\g<0>\u200b", text)
