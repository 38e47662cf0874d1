"""What the photos of a product show, in one cell: "Tampak depan | Isi kemasan", in the order of the photos."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.importing.cells import FAILED, clean, text_of
from catalog.importing.errors import CellError
from expo.sheets import Cell

COLUMNS = ("photo_texts", "photo_texts_en")
MOST = 160
MARK = "|"
Texts = tuple[str, str]  # in Indonesian and in English


def texts(cell: Cell, heading: str = "") -> list[str] | None:
    """One for each photo, "" for those of which nothing is said. Raises CellError."""
    if isinstance(cell, dt.date):
        raise CellError("date")
    whole = clean(text_of(cell), lines=True)
    if FAILED.fullmatch(whole):
        raise CellError("formula", text=whole)
    found = [clean(part, lines=False) for part in re.split(r"[|\n]", whole)]
    if any(len(part) > MOST for part in found):
        raise CellError("long_text", most=MOST)
    return found if any(found) else None


def written(said: Iterable[str]) -> str:
    """As an export writes them."""
    return f" {MARK} ".join(map(plain, said)).rstrip(f" {MARK}")


def plain(text: str) -> str:
    """A text as a cell can hold it among others."""
    return clean(text.replace(MARK, "/"), lines=False)


def match_texts(values: Mapping[str, Any], photos: Sequence[int], there: Mapping[int, Texts]) -> dict[int, list]:
    """What is to be said of which photo, where that differs; None for a language that stays, as do photos behind."""
    wanted: dict[int, list] = {}
    for place, column in enumerate(COLUMNS):
        if column not in values:
            continue
        for photo, text in zip(photos, values[column], strict=False):
            if text != plain(there.get(photo, ("", ""))[place]):
                wanted.setdefault(photo, [None, None])[place] = text
    return wanted
