"""Numbers and rupiah as people write them: points or commas, "125rb", "1,2 juta". The one reader of them."""

import re
from decimal import Decimal

UNITS = {"": 1, "rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}
MOST_LETTERS = 40  # longer ones would keep the patterns busy
AMOUNT = re.compile(r"(?:(?:rp|idr)\.?\s*)?(\d[\d.,\s]*?)\s*(rb|ribu|k|jt|juta)?\.?(?:[.,]-+)?")
SHORTENED = re.compile(r"(\d+)(?:[.,](\d+))?")
DIVIDED = re.compile(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,3}(,[0-9]{3})+")
MOST_DIGITS = 12


def parse_rupiah(text: str) -> int:
    """``Rp 1.250.000,00``, ``1,250,000``, ``125rb`` or ``1,2 juta`` as whole rupiah. Raises ValueError.

    So does ``1.250 rb``: some mean 1.250 rupiah with it, and some a thousand times as much.
    """
    found = AMOUNT.fullmatch(text.strip().lower()) if len(text) <= MOST_LETTERS else None
    if not found:
        raise ValueError(text)
    digits, unit = found[1], found[2] or ""
    amount = _shortened(digits, UNITS[unit]) if unit else read_number(digits)
    if amount is None or amount != int(amount):
        raise ValueError(text)
    return int(amount)


def read_number(text: str) -> Decimal | None:
    """A number with at most two decimals: a single separator before three digits divides thousands."""
    text = re.sub(r"\s", "", text).rstrip(".,")
    whole, rest = text, ""
    if match := re.fullmatch(r"(.*)[.,]([0-9]{1,2})", text):
        whole, rest = match.groups()
    if not DIVIDED.fullmatch(whole):
        return None
    digits = whole.replace(".", "").replace(",", "")
    return Decimal(f"{digits}.{rest or '0'}") if len(digits) <= MOST_DIGITS else None


def _shortened(digits: str, unit: int) -> Decimal | None:
    found = SHORTENED.fullmatch(digits.strip())
    if not found or len(found[1]) > MOST_DIGITS:
        return None
    whole, rest = found[1], found[2] or ""
    if unit == 1_000 and len(rest) >= 3:
        return None
    return Decimal(f"{whole}.{rest or '0'}") * unit
