"""Reading single cells: amounts as Indonesians and Americans write them, dates with and without a year."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from expo.amounts import read_number
from expo.sheets import Cell

MOST = 10**12
NUMBER = re.compile(r"[0-9][0-9.,  ]*")
INCOMING = frozenset({"cr", "c", "k", "kr", "kredit", "credit", "masuk", "in", "+"})
OUTGOING = frozenset({"db", "d", "dr", "debet", "debit", "keluar", "out", "-"})
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan",
            "feb",
            "mar",
            "apr",
            "may mei",
            "jun",
            "jul",
            "aug agu ags agt",
            "sep",
            "oct okt",
            "nov nop",
            "dec des",
        ],
        1,
    )
    for name in names.split()
}
DATE = re.compile(r"(?<![0-9])([0-9]{1,4})[\s/.\-]+([0-9]{1,2}|[A-Za-z]{3,9})(?:[\s/.,\-]+([0-9]{2,4}))?(?![0-9])")


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` in rupiah with sen; ``direction`` is +1 incoming, -1 outgoing, 0 not said."""

    value: Decimal
    direction: int

    @property
    def rupiah(self) -> int:
        return int(self.value)

    @property
    def is_whole(self) -> bool:
        return self.value == int(self.value)


def read_amount(cell: Cell) -> Amount | None:
    """None when the cell holds no amount. "1.250.000,00 CR", "(5,000.00)", "Rp 12.345", "-7000", 12345.0."""
    if isinstance(cell, float):
        if not abs(cell) < MOST:
            return None
        return Amount(abs(Decimal(str(cell))).quantize(Decimal("0.01")), -1 if cell < 0 else 0)
    if not isinstance(cell, str):
        return None
    text = re.sub(r"[.,]-+$", "", cell.strip().strip("'\"").strip())  # "Rp5.000,-" has no sen
    found = NUMBER.search(text)
    if not found or len(text) > 40:
        return None
    around = (text[: found.start()] + " " + text[found.end() :]).casefold().replace("rp", " ").replace("idr", " ")
    marks = set(re.findall(r"[a-z]+|[()+\-−]|[^\sa-z]", around)) - {"."}
    if marks - INCOMING - OUTGOING - {"(", ")", "−", ",", "."}:
        return None  # words, slashes, stars: a date, an account or a reference
    value = read_number(found.group())
    if value is None or value >= MOST:
        return None
    outgoing = bool(marks & (OUTGOING | {"(", "−"}))
    incoming = bool(marks & INCOMING)
    return Amount(value, -1 if outgoing else 1 if incoming else 0)


def read_direction(cell: Cell) -> int:
    """+1 for "CR", "K" or "Kredit", -1 for "DB", "D" or "Debet", else 0."""
    word = cell.strip().strip("'.").casefold() if isinstance(cell, str) else ""
    return 1 if word in INCOMING else -1 if word in OUTGOING else 0


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date as written: three numbers of which the first two may be in either order; ``year`` None when left out."""

    first: int
    second: int
    year: int | None
    is_named: bool = False

    def on(self, *, month_first: bool, latest: dt.date) -> dt.date | None:
        """The date; without a year the last such day up to ``latest``. None when there is no such day."""
        day, month = (self.second, self.first) if month_first and not self.is_named else (self.first, self.second)
        try:
            if self.year is not None:
                return dt.date(self.year, month, day)
            found = dt.date(latest.year, month, day)
            return found if found <= latest else dt.date(latest.year - 1, month, day)
        except ValueError:
            return None


def read_date(cell: Cell) -> dt.date | DateParts | None:
    if isinstance(cell, dt.date):
        return cell
    if not isinstance(cell, str):
        return None
    match = DATE.match(cell.strip().lstrip("'\"").strip())
    if not match:
        return None
    first, second, third = match.groups()
    month = int(second) if second.isdigit() else MONTHS.get(second[:3].casefold())
    if month is None:
        return None
    if len(first) == 4:  # year first: only ISO's order is in use
        if third is None or len(third) > 2:
            return None
        return DateParts(int(third), month, int(first), is_named=True)
    if len(first) > 2 or (third and len(third) == 3):
        return None
    year = int(third) + (2000 if len(third) == 2 else 0) if third else None
    return DateParts(int(first), month, year, is_named=not second.isdigit())
