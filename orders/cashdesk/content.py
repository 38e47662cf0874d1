"""What a device says it sold: read strictly, whatever sent it, into plain values."""

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from orders.cashdesk.errors import DeskError
from orders.models import Way

MOST_LINES = 100
MOST_PIECES = 9_999
MOST_RUPIAH = 10_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """Pieces of a product (and variant), or without a product a free amount in ``category`` (its slug)."""

    unit_price: int
    quantity: int = 1
    product: int | None = None
    variant: int | None = None
    name: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSale:
    """One sale as the device made it. Moments by its clock; ``given`` is the cash handed over, None if not asked."""

    key: uuid.UUID
    way: str
    lines: tuple[SoldLine, ...]
    sold_at: dt.datetime
    sent_at: dt.datetime
    given: int | None = None

    @property
    def amount(self) -> int:
        return sum(line.unit_price * line.quantity for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """Of what was sold, when and how; not of when it was sent, which differs at every attempt."""
        said = {
            "way": self.way,
            "given": self.given,
            "sold_at": self.sold_at.astimezone(dt.UTC).isoformat(),
            "lines": [asdict(line) for line in self.lines],
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read_sale(data: Any) -> NewSale:
    """The sale in this JSON value. DeskError says what is wrong with it."""
    if not isinstance(data, dict):
        raise DeskError(_("Data penjualan tidak terbaca."))
    lines = data.get("lines")
    if not isinstance(lines, list) or len(lines) > MOST_LINES:
        raise DeskError(_("Paling banyak %(most)s baris dalam satu penjualan.") % {"most": MOST_LINES})
    way = data.get("way")
    sale = NewSale(
        key=read_key(data.get("key")),
        way=way if isinstance(way, str) else "",
        lines=tuple(read_line(line) for line in lines),
        sold_at=read_moment(data.get("sold_at")),
        sent_at=read_moment(data.get("sent_at")),
        given=None if data.get("given") is None else read_number(data["given"], most=MOST_RUPIAH * 10),
    )
    require_sense(sale)
    return sale


def require_sense(sale: NewSale) -> None:
    """The rules that hold for every sale, from a device or from the plain form."""
    if not sale.lines or sale.amount <= 0:
        raise DeskError(_("Belum ada barang atau jumlah yang dijual."))
    if sale.amount > MOST_RUPIAH:
        raise DeskError(_("Jumlah ini terlalu besar untuk satu penjualan di stan."))
    if sale.way not in Way.values:
        raise DeskError(_("Pilih cara bayar: tunai, QRIS, atau transfer."))
    if sale.given is not None and (sale.way != Way.CASH or sale.given < sale.amount):
        raise DeskError(_("Uang yang diterima kurang dari jumlah belanja."))


def read_key(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(value) if isinstance(value, str) else uuid.UUID("")
    except ValueError:
        raise DeskError(_("Data penjualan tidak terbaca.")) from None


def read_line(data: Any) -> SoldLine:
    if not isinstance(data, dict):
        raise DeskError(_("Data penjualan tidak terbaca."))
    product = data.get("product")
    line = SoldLine(
        unit_price=read_number(data.get("unit_price"), most=MOST_RUPIAH),
        quantity=read_number(data.get("quantity"), least=1, most=MOST_PIECES),
        product=None if product is None else read_number(product, most=2**62),
        variant=None if data.get("variant") is None else read_number(data["variant"], most=2**62),
        name=read_text(data.get("name", ""), 120),
        category=read_text(data.get("category", ""), 60),
    )
    if line.product is None and (line.variant is not None or not line.category):
        raise DeskError(_("Pilih kategori untuk jumlah bebas."))
    return line


def read_number(value: Any, *, least: int = 0, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise DeskError(_("Ada jumlah atau harga yang tidak masuk akal."))
    return value


def read_text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise DeskError(_("Data penjualan tidak terbaca."))
    return "".join(sign for sign in value if sign.isprintable()).strip()[:longest]


def read_moment(value: Any) -> dt.datetime:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise DeskError(_("Jam perangkat tidak terbaca."))
