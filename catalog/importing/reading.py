"""Rows of a sheet into values, with what is wrong or doubtful at which cell. Nothing here asks the database."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.importing.categories import Categories
from catalog.importing.cells import LOW_PRICE, MOST_EXACT, text_of
from catalog.importing.columns import BY_NAME, TEXTS
from catalog.importing.errors import ERROR, WARNING, CellError, problem
from catalog.importing.headings import Table
from catalog.importing.photos import Shelf
from expo.sheets import Cell, Rows

MOST_PHOTOS = 10


@dataclass(slots=True)
class Row:
    """``number`` is that of the spreadsheet, from 1. ``values`` holds what the row says; what it leaves open is absent.

    ``photos`` are keys of the shelf."""

    number: int
    cells: list[Cell]
    values: dict[str, Any] = field(default_factory=dict)
    photos: list[int] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return any(found["level"] == ERROR for found in self.problems)

    def wrong(self, column: str, code: str, level: str = ERROR, **details) -> None:
        self.problems.append(problem(column, code, level, **details))


@dataclass(frozen=True)
class Reader:
    """What rows are read with. ``category``: of rows that name none; ``broken``: why photos can't be used, by key."""

    table: Table
    categories: Categories
    shelf: Shelf
    category: int | None = None
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)

    def rows(self, rows: Rows) -> Iterator[Row]:
        """The rows below the headings that say anything."""
        seen = Seen()
        for place, cells in enumerate(rows[self.table.first :], self.table.first + 1):
            if is_empty(cells) or self.is_heading(cells) or is_sum(cells):
                continue
            row = self.row(place, cells)
            seen.look(row)
            yield row

    def is_heading(self, cells: list[Cell]) -> bool:
        """Headings once more, as on each printed page."""
        texts = [text_of(cell) for cell in cells]
        return texts == self.table.headings[: len(texts)] and any(texts)

    def row(self, number: int, cells: list[Cell]) -> Row:
        row = Row(number, cells)
        for name, place in self.table.columns.items():
            if place < len(cells) and name != "photo":
                self._cell(row, name, cells[place], self.table.headings[place])
        self._category(row)
        self._photos(row)
        return row

    def _cell(self, row: Row, name: str, cell: Cell, heading: str) -> None:
        try:
            value = BY_NAME[name].read(cell, heading)
            if value is not None and name == "category":
                value, guess = self.categories.find(value)
                if guess:
                    row.wrong(name, "category_guess", WARNING, near=guess)
        except CellError as error:
            row.wrong(name, error.code, **error.details)
            return
        if value is None:
            return
        row.values[name] = value
        if name in TEXTS and isinstance(cell, dt.date):
            row.wrong(name, "date_text", WARNING, text=value)
        if name in TEXTS and isinstance(cell, float) and abs(cell) >= MOST_EXACT:
            row.wrong(name, "long_number", WARNING)
        if name == "price" and isinstance(cell, float) and value < LOW_PRICE:
            row.wrong(name, "price_low", WARNING, number=value)

    def _category(self, row: Row) -> None:
        there = any(found["column"] == "category" for found in row.problems)
        if self.category and "category" not in row.values and not there:
            row.values["default_category"] = self.category

    def _photos(self, row: Row) -> None:
        place = self.table.columns.get("photo")
        text = text_of(row.cells[place]) if place is not None and place < len(row.cells) else ""
        keys, missing, has_url = self.shelf.named(text)
        if has_url:
            row.wrong("photo", "photo_url", WARNING)
        for name in missing[:3]:
            row.wrong("photo", "photo_missing", WARNING, text=name)
        if not keys:
            keys = self.shelf.called(str(row.values.get("sku", "")), str(row.values.get("name", "")))
        if len(keys) > MOST_PHOTOS:
            row.wrong("photo", "photo_many", WARNING, most=MOST_PHOTOS)
        for key in keys[:MOST_PHOTOS]:
            if key in self.broken:
                name, why = self.broken[key]
                row.wrong("photo", "photo_bad", WARNING, text=name, why=why)
            else:
                row.photos.append(key)


class Seen:
    """What earlier rows of the file are about: the same product twice is one too many."""

    def __init__(self):
        self.rows: dict[tuple[str, Any], int] = {}

    def look(self, row: Row) -> None:
        sku, name, pk = (row.values.get(field) for field in ("sku", "name", "id"))
        if sku:
            self._once(row, "sku", sku.casefold(), "sku_twice")
        elif name and not pk:
            self._once(row, "name", name.casefold(), "name_twice")
        if pk:
            self._once(row, "id", pk, "product_twice")

    def _once(self, row: Row, column: str, value, code: str) -> None:
        first = self.rows.setdefault((column, value), row.number)
        if first != row.number:
            row.wrong(column, code, row=first)


def is_sum(cells: list[Cell]) -> bool:
    """A line of totals: one such word, and nothing but numbers beside it."""
    texts = [text_of(cell).casefold().strip(" :") for cell in cells if isinstance(cell, str) and text_of(cell)]
    words = [text for text in texts if not re.fullmatch(r"[rp\s\d.,]+", text)]
    return len(words) == 1 and words[0] in ("total", "jumlah", "grand total", "subtotal", "sub total")


def is_empty(cells: list[Cell]) -> bool:
    return not any(text_of(cell) for cell in cells)
