"""Prices for many pieces in one cell: "10 = 40000; 50 = 38rb"."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import pairwise

from catalog.importing.cells import shown, text_of
from catalog.importing.errors import CellError
from expo.amounts import parse_rupiah
from expo.sheets import Cell

MOST = 12
MOST_PIECES = 100_000
PARTS = re.compile(r"[;|\n]+|,\s+(?=\D{0,6}\d+\D{0,10}[=:])")
STEP = re.compile(
    r"(?:≥|>=|>|min\.?|mulai|from)?\s*(\d{1,6})\s*(?:\+|pcs|buah|bh|unit|ke atas)*\s*(?:[=:@]|→|->)\s*(.+)"
)


def steps(cell: Cell, heading: str = "") -> list[list[int]] | None:
    """Pairs of pieces and the price of each from so many on, few first. Raises CellError."""
    if isinstance(cell, dt.date):
        raise CellError("date")
    words = text_of(cell).casefold()
    if not words:
        return None
    found = sorted(_step(part, cell) for part in map(str.strip, PARTS.split(words)) if part)
    amounts, prices = [amount for amount, _price in found], [price for _amount, price in found]
    if len(found) > MOST:
        raise CellError("steps_many", most=MOST)
    if any(not 2 <= amount <= MOST_PIECES for amount in amounts) or len(set(amounts)) < len(amounts):
        raise CellError("steps", text=shown(cell))
    if any(more >= fewer for fewer, more in pairwise(prices)) or prices[-1] < 1:
        raise CellError("steps_order")
    return found


def _step(part: str, cell: Cell) -> list[int]:
    match = STEP.fullmatch(part)
    try:
        if match is None:
            raise ValueError(part)
        return [int(match[1]), parse_rupiah(match[2])]
    except ValueError as error:
        raise CellError("steps", text=shown(cell)) from error


def written(found: Iterable[tuple[int, int]]) -> str:
    """As an export writes them."""
    return "; ".join(f"{amount} = {price}" for amount, price in found)
