"""Reading the file: its dialect, its header, and each row as checked values. Nothing here touches the database."""

import csv
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from django.utils.translation import gettext as _

from journal.importing.errors import FileError, RowError
from journal.models import Channel, Evidence, Measure

COLUMNS = (
    "occurred_at",
    "recorded_at",
    "exhibitor",
    "regency",
    "category",
    "product",
    "channel",
    "measure",
    "amount",
    "quantity",
    "destination",
    "evidence",
    "reference",
)
REQUIRED = ("occurred_at", "exhibitor", "channel", "measure", "amount", "evidence")
LONGEST = {"exhibitor": 120, "category": 80, "product": 120, "reference": 80, "regency": 100, "destination": 100}
LARGEST_AMOUNT = 2**53 - 1  # what every reader of JSON reads alike
LARGEST_QUANTITY = 2**31 - 1
DELIMITERS = ",;\t"
CHOICES = {
    name: {value.casefold(): value for value in choices.values}
    for name, choices in {"channel": Channel, "measure": Measure, "evidence": Evidence}.items()
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its values checked on their own. ``digest`` is of its content, ``ordinal`` counts equal rows."""

    number: int
    occurred_at: dt.datetime
    recorded_at: dt.datetime | None
    exhibitor: str
    regency: str
    category: str
    product: str
    channel: str
    measure: str
    amount: int
    quantity: int
    destination: str
    evidence: str
    reference: str
    digest: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row whose values cannot be read; names in its ``cells`` may be wrong as well."""

    number: int
    errors: list[RowError]
    cells: dict[str, str]


def read_rows(file: TextIO, *, now: dt.datetime) -> Iterator[Row | BadRow]:
    """Each row as a Row, or with the errors in it. FileError for a file that is not such a table at all."""
    reader = _reader(file)
    header = _header(reader)
    seen: Counter[bytes] = Counter()
    number = 1
    try:
        for cells in reader:
            number += 1
            if not any(cell.strip() for cell in cells):
                continue
            yield _row(number, header, cells, now, seen)
    except csv.Error as error:
        reason = _("tidak terbaca sebagai CSV (%(error)s)") % {"error": error}
        yield BadRow(number + 1, [RowError(number + 1, "", reason)], {})
    except UnicodeDecodeError as error:
        raise FileError(
            _("Berkas bukan UTF-8 (sekitar baris %(row)s); simpan sebagai CSV UTF-8.") % {"row": number + 1}
        ) from error


def _reader(file: TextIO):
    try:
        first = file.readline()
    except UnicodeDecodeError as error:
        raise FileError(_("Berkas bukan UTF-8; simpan sebagai CSV UTF-8.")) from error
    delimiter = max(DELIMITERS, key=first.count)
    file.seek(0)
    return csv.reader(file, delimiter=delimiter, strict=True)


def _header(reader) -> list[str]:
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise FileError(_("Baris judul tidak terbaca sebagai CSV.")) from error
    if missing := [name for name in REQUIRED if name not in header]:
        raise FileError(_("Kolom tidak ada: %(names)s.") % {"names": ", ".join(missing)})
    if unknown := [name or "?" for name in header if name not in COLUMNS]:
        raise FileError(_("Kolom tidak dikenal: %(names)s.") % {"names": ", ".join(unknown)})
    if len(set(header)) < len(header):
        raise FileError(_("Ada kolom yang tertulis dua kali."))
    return header


def _row(number: int, header: list[str], cells: list[str], now, seen: Counter) -> Row | BadRow:
    if len(cells) != len(header):
        reason = _("ada %(found)s sel, seharusnya %(wanted)s") % {"found": len(cells), "wanted": len(header)}
        return BadRow(number, [RowError(number, "", reason)], {})
    check = _Checks(number, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}, now)
    values = check.values()
    if check.errors:
        return BadRow(number, check.errors, check.cells)
    digest = _digest(values)
    seen[digest] += 1
    return Row(number=number, digest=digest.hex(), ordinal=seen[digest], **values)


def _digest(values: dict) -> bytes:
    """Of what the row says, however it is spaced, capitalised and whatever its time zone."""
    said = [
        value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else str(value or "").casefold()
        for _name, value in sorted(values.items())
    ]
    return hashlib.sha256(json.dumps(said).encode()).digest()[:16]


class _Checks:
    """The checks of one row; what they find goes to ``errors``."""

    def __init__(self, number: int, cells: dict[str, str], now: dt.datetime):
        self.number, self.cells, self.now = number, cells, now
        self.errors: list[RowError] = []

    def values(self) -> dict:
        occurred = self.moment("occurred_at", required=True)
        recorded = self.moment("recorded_at")
        if occurred and recorded and recorded < occurred:
            self.wrong("recorded_at", _("tercatat sebelum terjadi"))
        texts = {name: self.text(name) for name in LONGEST}
        if not texts["exhibitor"]:
            self.wrong("exhibitor", _("kosong"))
        amount = self.integer("amount", LARGEST_AMOUNT, required=True) or 0
        quantity = self.integer("quantity", LARGEST_QUANTITY) or 0
        return {
            **texts,
            "occurred_at": occurred,
            "recorded_at": recorded,
            "amount": amount,
            # The amount says whether goods come back; a quantity is written with or without its sign.
            "quantity": -abs(quantity) if amount < 0 else quantity,
            "channel": self.choice("channel"),
            "measure": self.choice("measure"),
            "evidence": self.choice("evidence"),
        }

    def wrong(self, column: str, reason: str) -> None:
        self.errors.append(RowError(self.number, column, reason))

    def text(self, name: str) -> str:
        value = self.cells.get(name, "")
        if len(value) > LONGEST[name]:
            self.wrong(name, _("lebih dari %(most)s huruf") % {"most": LONGEST[name]})
        elif not value.isprintable():
            self.wrong(name, _("memuat huruf yang tidak tercetak"))
        return value

    def choice(self, name: str) -> str:
        value = self.cells.get(name, "")
        if known := CHOICES[name].get(value.casefold()):
            return known
        known = ", ".join(CHOICES[name].values())
        self.wrong(name, _("'%(value)s' bukan salah satu dari %(known)s") % {"value": value, "known": known})
        return ""

    def integer(self, name: str, largest: int, *, required: bool = False) -> int | None:
        value = self.cells.get(name, "")
        if not value and not required:
            return None
        digits = value.removeprefix("-").removeprefix("+")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
            self.wrong(name, _("'%(value)s' bukan bilangan bulat tanpa titik dan koma") % {"value": value})
            return None
        if int(digits) > largest:
            self.wrong(name, _("'%(value)s' terlalu besar") % {"value": value})
        elif required and not int(digits):
            self.wrong(name, _("nol"))
        return int(value)

    def moment(self, name: str, *, required: bool = False) -> dt.datetime | None:
        value = self.cells.get(name, "")
        if not value:
            if required:
                self.wrong(name, _("kosong"))
            return None
        try:
            moment = dt.datetime.fromisoformat(value)
        except ValueError:
            example = "2020-11-20T13:00:00+07:00"
            self.wrong(name, _("'%(value)s' bukan waktu seperti %(example)s") % {"value": value, "example": example})
            return None
        if moment.tzinfo is None:
            self.wrong(name, _("'%(value)s' tanpa zona waktu; tambahkan +07:00 untuk WIB") % {"value": value})
            return None
        try:
            moment = moment.astimezone(dt.UTC)
        except OverflowError:
            self.wrong(name, _("'%(value)s' bukan waktu yang masuk akal") % {"value": value})
            return None
        if moment > self.now:
            self.wrong(name, _("'%(value)s' belum terjadi") % {"value": value})
        return moment
