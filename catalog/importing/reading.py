"""Rows of a sheet into values, with what is wrong or doubtful at which cell. Nothing here asks the database."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.importing.categories import Categories
from catalog.importing.cells import LOW_PRICE, MOST_EXACT, text_of
from catalog.importing.columns import BY_NAME, MERGED, PHOTOS, TEXTS
from catalog.importing.errors import WARNING, CellError
from catalog.importing.groups import grouped
from catalog.importing.headings import Table
from catalog.importing.photos import Shelf
from catalog.importing.rows import Row
from expo.sheets import Cell, Sheet

MOST_PHOTOS = 10
LONGEST_VARIANT = 60


@dataclass(frozen=True)
class Reader:
    """What rows are read with. ``category``: of rows that name none; ``broken``: why photos can't be used, by key."""

    table: Table
    categories: Categories
    shelf: Shelf
    category: int | None = None
    broken: dict[int, tuple[str, str]] = field(default_factory=dict)

    def groups(self, sheet: Sheet) -> list[list[Row]]:
        """The rows below the headings that say anything, by products."""
        seen = Seen()
        found = [group.rows for group in grouped(self._rows(sheet))]
        for group in found:
            for row in group:
                seen.look(row)
            self._photos(group)
        return found

    def _rows(self, sheet: Sheet) -> Iterator[Row]:
        merged = self._merged(sheet)
        for place, cells in enumerate(sheet.rows[self.table.first :], self.table.first + 1):
            if not (is_empty(cells) or self.is_heading(cells) or is_sum(cells)):
                yield self.row(place, with_cells(cells, merged.get(place, {})))

    def _merged(self, sheet: Sheet) -> dict[int, dict[int, Cell]]:
        """By number of the row: what cells that are merged downwards say for it, by column."""
        found: dict[int, dict[int, Cell]] = defaultdict(dict)
        columns = {place for name, place in self.table.columns.items() if name in MERGED}
        for top, column, bottom, _last in sheet.merged:
            inside = self.table.first <= top < len(sheet.rows) and column < len(sheet.rows[top])
            if column in columns and inside:
                for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                    found[row + 1][column] = sheet.rows[top][column]
        return found

    def is_heading(self, cells: list[Cell]) -> bool:
        """Headings once more, as on each printed page."""
        texts = [text_of(cell) for cell in cells]
        return texts == self.table.headings[: len(texts)] and any(texts)

    def row(self, number: int, cells: list[Cell]) -> Row:
        row = Row(number, cells)
        for name, place in self.table.columns.items():
            if place < len(cells) and name not in PHOTOS:
                self._cell(row, name, cells[place], self.table.headings[place])
        self._second_variant(row)
        self._category(row)
        return row

    def _second_variant(self, row: Row) -> None:
        """Red and XL are one variant: "Merah · XL"."""
        if second := row.values.pop("variant_2", None):
            both = " · ".join(filter(None, (row.values.get("variant"), second)))
            row.values["variant"] = both[:LONGEST_VARIANT]
            if len(both) > LONGEST_VARIANT:
                row.wrong("variant_2", "long_text", most=LONGEST_VARIANT)

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

    def _photos(self, group: list[Row]) -> None:
        """The first row gets the photos of the product, each row that of its variant."""
        first, keys = group[0], []
        for row in group:
            keys += self._named(row, "photo")
            if (variant := row.values.get("variant")) is not None:
                own = self._named(row, "variant_photo") or self.shelf.called(variant.get("sku", ""))
                row.variant_photo = next(iter(self._whole(row, "variant_photo", own[:1])), None)
        keys = keys or self.shelf.called(str(first.values.get("sku", "")), str(first.values.get("name", "")))
        keys = keys or [row.variant_photo for row in group if row.variant_photo is not None]
        keys = list(dict.fromkeys(keys))
        if len(keys) > MOST_PHOTOS:
            first.wrong("photo", "photo_many", WARNING, most=MOST_PHOTOS)
        first.photos = self._whole(first, "photo", keys[:MOST_PHOTOS])

    def _named(self, row: Row, column: str) -> list[int]:
        """The photos that a cell names; warns of what can't be had."""
        place = self.table.columns.get(column)
        text = text_of(row.cells[place]) if place is not None and place < len(row.cells) else ""
        keys, missing, has_url = self.shelf.named(text)
        if has_url:
            row.wrong(column, "photo_url", WARNING)
        for name in missing[:3]:
            row.wrong(column, "photo_missing", WARNING, text=name)
        return keys

    def _whole(self, row: Row, column: str, keys: list[int]) -> list[int]:
        """Those that can be used; warns of the others."""
        for name, why in (self.broken[key] for key in keys if key in self.broken):
            row.wrong(column, "photo_bad", WARNING, text=name, why=why)
        return [key for key in keys if key not in self.broken]


class Seen:
    """What earlier rows of the file are about: the same goods twice are one too many."""

    def __init__(self):
        self.rows: dict[tuple[str, Any], Row] = {}

    def look(self, row: Row) -> None:
        sku, name, pk = (row.values.get(field) for field in ("sku", "name", "id"))
        if sku:
            self._once(row, "sku", sku.casefold(), "sku_twice")
        elif name and not pk:
            self._once(row, "name", name.casefold(), "name_twice")
        if pk:
            self._once(row, "id", pk, "product_twice")
        own = row.values.get("variant", {}).get("sku", "").casefold()
        if own and own != (sku or "").casefold():
            self._once(row, "sku", own, "sku_twice")

    def _once(self, row: Row, column: str, value, code: str) -> None:
        first = self.rows.setdefault((column, value), row)
        if first is not row:
            row.wrong(column, code, row=first.number)


def is_sum(cells: list[Cell]) -> bool:
    """A line of totals: one such word, and nothing but numbers beside it."""
    texts = [text_of(cell).casefold().strip(" :") for cell in cells if isinstance(cell, str) and text_of(cell)]
    words = [text for text in texts if not re.fullmatch(r"[rp\s\d.,]+", text)]
    return len(words) == 1 and words[0] in ("total", "jumlah", "grand total", "subtotal", "sub total")


def with_cells(cells: list[Cell], more: dict[int, Cell]) -> list[Cell]:
    """The row with these cells where its own say nothing."""
    width = max([len(cells), *(column + 1 for column in more)])
    row = [*cells, *[None] * (width - len(cells))]
    for column, cell in more.items():
        row[column] = row[column] if text_of(row[column]) else cell
    return row


def is_empty(cells: list[Cell]) -> bool:
    return not any(text_of(cell) for cell in cells)
