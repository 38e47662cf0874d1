"""Where the table begins and which column is which: below titles, under merged headings, in many words."""

import re
from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from catalog.importing.cells import text_of
from catalog.importing.columns import COLUMNS, ONE_OF
from catalog.importing.errors import ImportFileError
from expo.sheets import Rows, Sheet

WITHIN = 40
LONGEST = 80
ALONE, BEGINS, CONTAINS = 4, 2, 1  # how well a heading fits: the whole of it, its beginning, a word of it
NOT_FOUND = _(
    "Baris judul tidak ditemukan. Satu baris perlu memuat nama kolom seperti “Nama produk”, “Harga”, dan “Stok”; "
    "unduh contoh berkasnya bila ragu."
)


@dataclass(frozen=True, slots=True)
class Table:
    """``first`` is the position of the first row below the headings; ``columns`` gives positions by field."""

    sheet: int
    first: int
    headings: list[str]
    columns: dict[str, int]


def find_table(sheets: list[Sheet]) -> Table:
    """The sheet and row whose headings are known best. ImportFileError when no row has any that matter."""
    tables = [table for place, sheet in enumerate(sheets) if (table := _in_sheet(place, sheet.rows))]
    if not tables:
        raise ImportFileError(NOT_FOUND)
    return max(tables, key=lambda table: len(table.columns))


def _in_sheet(sheet: int, rows: Rows) -> Table | None:
    best, best_worth = None, (0, False)
    for place in range(min(len(rows), WITHIN)):
        for headings in _readings(rows, place):
            columns = recognised(headings)
            worth = (len(columns), _is_lower_storey(rows[place], columns))
            if is_usable(columns) and worth > best_worth:
                best, best_worth = Table(sheet, place + 1, headings, columns), worth
    return best


def _is_lower_storey(row: list, columns: dict[str, int]) -> bool:
    """A row of words under headings that are merged downwards: no product has neither a name nor a number."""
    place = columns.get("name", columns.get("sku"))
    digits = any(isinstance(cell, float | int) or (isinstance(cell, str) and re.search(r"\d", cell)) for cell in row)
    return any(map(heading, row)) and not digits and not heading(_at(row, place))


def _at(row: list, place: int | None):
    return row[place] if place is not None and place < len(row) else None


def is_usable(columns: dict[str, int]) -> bool:
    """Something that says which product a row is about, and something about it."""
    return any(name in columns for name in ONE_OF) and len(columns) >= 2


def _readings(rows: Rows, place: int) -> list[list[str]]:
    """The headings of a row: alone, and with the row above, whose merged cells stand over several columns."""
    alone = [heading(cell) for cell in rows[place]]
    if not place or sum(map(bool, alone)) < 2:
        return [alone]
    above, over = [], ""
    cells = [heading(cell) for cell in rows[place - 1]]
    for position in range(max(len(alone), len(cells))):
        over = cells[position] if position < len(cells) and cells[position] else over
        above.append(over)
    below = [*alone, *[""] * (len(above) - len(alone))]
    joined = [_under(lower, upper) for lower, upper in zip(below, above, strict=True)]
    return [alone, joined]


def _under(lower: str, upper: str) -> str:
    """A heading below a merged one: itself if it is known, else both together ("Harga" over "Eceran")."""
    if not lower:
        return upper
    return lower if not upper or fits(lower) else f"{upper} {lower}"


def heading(cell) -> str:
    text = " ".join(text_of(cell).split()) if isinstance(cell, str) else ""
    return text if len(text) <= LONGEST else ""


def recognised(headings: list[str]) -> dict[str, int]:
    """The best column for each field, each column once; of equals the leftmost."""
    found = [(-score, place, name) for place, text in enumerate(headings) if text for name, score in fits(text).items()]
    columns: dict[str, int] = {}
    for _score, place, name in sorted(found):
        if name not in columns and place not in columns.values():
            columns[name] = place
    return columns


def fits(text: str) -> dict[str, int]:
    """How well a heading fits which fields."""
    words = plain(text)
    if not words:
        return {}
    bare = plain(re.sub(r"\(.*?\)|\[.*?\]", " ", text)) or words
    scores: dict[str, int] = {}
    for name, known in names().items():
        if words in known or bare in known:
            scores[name] = ALONE
        elif any(len(one) > 3 and bare.startswith(f"{one} ") for one in known):
            scores[name] = BEGINS
        elif any(len(one) > 3 and f" {one} " in f" {bare} " for one in known):
            scores[name] = CONTAINS
    return scores


def plain(text: str) -> str:
    """ "Harga Jual (Rp)*" → "harga jual rp"."""
    return " ".join(re.sub(r"[^\w%]+|_", " ", text.casefold()).replace("%", " persen ").split())


@cache
def names() -> dict[str, frozenset[str]]:
    """What each field may be called: our own words in both languages and those of others."""
    found = {}
    for column in COLUMNS:
        own = []
        for language in ("id", "en"):
            with translation.override(language):
                own.append(str(column.label))
        bare = [re.sub(r"\(.*?\)", "", label) for label in own]
        found[column.name] = frozenset(map(plain, [*own, *bare, *column.names]))
    return found
