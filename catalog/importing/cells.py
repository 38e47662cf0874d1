"""Single cells as people fill them: what they mean, or a CellError. None: the cell says nothing."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from catalog.importing.errors import CellError
from expo.amounts import parse_rupiah, read_number
from expo.sheets import Cell
from expo.sheets.safe import restored

MOST_PRICE = 100_000_000_000
LOW_PRICE = 100
MOST_EXACT = 10**15  # spreadsheets keep fifteen digits
NOTHING = frozenset({"", "-", "–", "—"})
FAILED = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
YES = frozenset(["ya", "y", "yes", "iya", "true", "benar", "1", "v", "x", "✓", "✔", "po", "pre-order", "preorder"])
NO = frozenset(["tidak", "t", "no", "n", "false", "salah", "0", "bukan", "ready", "tdk"])
NO_VARIANT = frozenset(["default title", "default", "tanpa varian", "tidak ada", "no variant"])
PIECES = re.compile(r"\s*(pcs|pc|buah|bh|unit|biji|item|set|box|pak|pack|botol|bungkus|lembar|pasang|psg)\.?$")
WEIGHT = re.compile(r"([\d.,\s]+?)\s*(kg|kilo|kilogram|g|gr|gram|grams|ons)?\.?")
LENGTH = re.compile(r"([\d.,\s]+?)\s*(mm|cm|m|meter)?\.?")
DAYS = re.compile(r"(\d{1,4})\s*(hari|hr|h|d|day|days|minggu|mgg|week|weeks|bulan|bln|month|months)?\.?")
GRAMS = {"kg": 1000, "kilo": 1000, "kilogram": 1000, "ons": 100}
MILLIMETRES = {"mm": 1, "m": 1000, "meter": 1000}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
MOST_LETTERS = 60  # of a cell that is to hold a number


def text_of(cell: Cell) -> str:
    """The cell as text, single-spaced at its ends; what a lone dash says is nothing."""
    if isinstance(cell, str):
        text = restored(cell.strip(" \u00a0\r\n")).strip()
        return "" if text in NOTHING else text
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(int(cell)) if cell == int(cell) else repr(cell)


def shown(cell: Cell) -> str:
    """For a sentence about the cell."""
    text = text_of(cell)
    return text if len(text) <= 40 else f"{text[:40]}…"


def typed(cell: Cell) -> str:
    """A cell that is to hold something short, in small letters. Raises CellError for dates and failed formulas."""
    if isinstance(cell, dt.date):
        raise CellError("date")
    text = text_of(cell)
    if FAILED.fullmatch(text):
        raise CellError("formula", text=text)
    return " ".join(text.casefold().split())[:MOST_LETTERS]


def text(most: int, *, lines: bool = False) -> Callable:
    """A reader of texts of at most ``most`` letters; ``lines``: line breaks are kept."""

    def read(cell: Cell, heading: str = "") -> str | None:
        found = clean(text_of(cell), lines=lines)
        if FAILED.fullmatch(found):
            raise CellError("formula", text=found)
        if len(found) > most:
            raise CellError("long_text", most=most)
        return found or None

    return read


def clean(found: str, *, lines: bool) -> str:
    """Without control characters; spaces single, or only those before line breaks taken away."""
    found = CONTROLS.sub("", found)
    if not lines:
        return " ".join(found.split())
    rows = found.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(row.rstrip() for row in rows).strip()


def sku(cell: Cell, heading: str = "") -> str | None:
    if isinstance(cell, dt.date):
        raise CellError("date")
    if isinstance(cell, float) and abs(cell) >= MOST_EXACT:
        raise CellError("long_number")
    return text(60)(cell)


def variant(cell: Cell, heading: str = "") -> str | None:
    """A size, colour or taste; what shops write for goods without variants is none. Sizes may be numbers, not dates."""
    if isinstance(cell, dt.date):
        raise CellError("date")
    found = text(60)(cell)
    return None if found is None or found.casefold() in NO_VARIANT else found


def price(cell: Cell, heading: str = "") -> int | None:
    if isinstance(cell, float):
        if cell != cell or abs(cell) > MOST_PRICE:
            raise CellError("price_range")
        if abs(cell - round(cell)) > 0.005:
            raise CellError("price_whole", text=str(cell))
        found = round(cell)
    else:
        words = typed(cell)
        if not words:
            return None
        try:
            found = parse_rupiah(re.sub(r"\s*(/|per)\s*(pcs|buah|bh|unit|biji|item)\.?$", "", words))
        except ValueError as error:
            raise CellError("price", text=shown(cell)) from error
    if not 0 < found <= MOST_PRICE:
        raise CellError("price_range")
    return found


def whole(least: int, most: int) -> Callable:
    """A reader of whole numbers in these bounds."""

    def read(cell: Cell, heading: str = "") -> int | None:
        found = _number(cell)
        if found is None:
            return None
        if not least <= found <= most:
            raise CellError("number_range", least=least, most=most)
        return found

    return read


def _number(cell: Cell) -> int | None:
    if isinstance(cell, float):
        if cell != cell or cell != round(cell) or abs(cell) > MOST_EXACT:
            raise CellError("number", text=str(cell))
        return int(cell)
    words = typed(cell)
    if not words:
        return None
    if words in ("habis", "sold out"):
        return 0
    sign = -1 if words.startswith("-") else 1
    found = read_number(PIECES.sub("", words.removeprefix("-")))
    if found is None or found != int(found):
        raise CellError("number", text=shown(cell))
    return sign * int(found)


def weight(cell: Cell, heading: str = "") -> int | None:
    """Grams. A bare number is in the heading's unit, else in grams."""
    unit = "kg" if re.search(r"\b(kg|kilo)", heading.casefold()) else "gr"
    value = _measured(cell, WEIGHT, unit, "weight", decimal_units=GRAMS)
    grams = None if value is None else value[0] * GRAMS.get(value[1], 1)
    return _rounded(grams, "weight", cell, most=1_000_000)


def length(cell: Cell, heading: str = "") -> int | None:
    """Millimetres. A bare number is in the heading's unit, else in centimetres."""
    unit = "mm" if re.search(r"\bmm\b", heading.casefold()) else "cm"
    value = _measured(cell, LENGTH, unit, "length", decimal_units={"cm": 10, "m": 1000, "meter": 1000})
    millimetres = None if value is None else value[0] * MILLIMETRES.get(value[1], 10)
    return _rounded(millimetres, "length", cell, most=20_000)


def _measured(cell: Cell, pattern, unit: str, code: str, *, decimal_units) -> tuple[Decimal, str] | None:
    if isinstance(cell, float):
        return (Decimal(str(cell)), unit) if cell == cell else None
    words = typed(cell)
    if not words:
        return None
    found = pattern.fullmatch(words)
    if not found:
        raise CellError(code, text=shown(cell))
    unit = found[2] or unit
    digits = found[1].replace(" ", "")
    # "1,250 kg" is a good kilogram, "1.250 gr" are as many grams.
    if unit in decimal_units and re.fullmatch(r"\d{1,6}[.,]\d{1,3}", digits):
        return Decimal(digits.replace(",", ".")), unit
    value = read_number(digits)
    if value is None:
        raise CellError(code, text=shown(cell))
    return value, unit


def _rounded(value: Decimal | None, code: str, cell: Cell, *, most: int) -> int | None:
    if value is None:
        return None
    if not 0 <= value <= most:
        raise CellError("number_range", least=0, most=most)
    if value != int(value):
        raise CellError(code, text=shown(cell))
    return int(value)


def days(cell: Cell, heading: str = "") -> int | None:
    if isinstance(cell, float):
        found = _number(cell)
    else:
        words = typed(cell)
        if not words:
            return None
        match = DAYS.fullmatch(words)
        if not match:
            raise CellError("days", text=shown(cell))
        unit = match[2] or "hari"
        found = int(match[1]) * (7 if unit[0] in "mw" and not unit.startswith("mo") else 30 if unit[0] in "bm" else 1)
    if not 0 <= found <= 365:
        raise CellError("number_range", least=0, most=365)
    return found


def percent(cell: Cell, heading: str = "") -> int | None:
    """Whole percent; a cell in the percent format holds a fraction."""
    if isinstance(cell, float):
        found = Decimal(str(round(cell * 100 if 0 < abs(cell) < 1 else cell, 6)))
    else:
        words = typed(cell).replace("%", "").strip()
        if not words:
            return None
        number = read_number(words)
        if number is None:
            raise CellError("percent", text=shown(cell))
        found = number
    if found != int(found):
        raise CellError("percent", text=shown(cell))
    if not 0 <= found <= 90:
        raise CellError("number_range", least=0, most=90)
    return int(found)


def yes_no(cell: Cell, heading: str = "") -> bool | None:
    if isinstance(cell, bool):
        return cell
    words = typed(cell)
    if not words:
        return None
    if words in YES or words in NO:
        return words in YES
    raise CellError("yes_no", text=shown(cell))


def number_of_product(cell: Cell, heading: str = "") -> int | None:
    """The number by which an export names a product; anything else is nobody's."""
    words = text_of(cell)
    return (int(words) if words.isascii() and words.isdigit() and len(words) < 16 else 0) if words else None
