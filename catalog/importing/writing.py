"""Tables as files: XLSX and CSV, with texts that no spreadsheet takes for a formula. Memory does not grow with rows."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.importing.columns import COLUMNS
from expo.sheets.safe import neutral

LONGEST_CELL = 32_000  # of a spreadsheet; a longer text is left out: an empty cell changes nothing
MARK = "\ufeff"  # by which Excel knows UTF-8
SHIRT = {"name": gettext_lazy("Kemeja batik"), "parent_sku": "KB", "price": 150_000}
EXAMPLES = (
    SHIRT | {"variant": "S", "sku": "KB-S", "stock": 4, "weight_grams": 250, "steps": "10 = 140000; 50 = 130000"},
    SHIRT | {"variant": "M", "sku": "KB-M", "stock": 6},
)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Sheet:
    """``notes`` are lines of a second sheet (of XLSX alone)."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    notes: Sequence[tuple[str, str]] = ()


def write(sheet: Sheet, kind: str, *, separator: str = ",") -> IO[bytes]:
    """The file, open at its beginning; it is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    if kind == "csv":
        _write_csv(sheet, file, separator)
    else:
        _write_xlsx(sheet, file)
    file.seek(0)
    return file


def _write_csv(sheet: Sheet, file: IO[bytes], separator: str) -> None:
    import io

    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(MARK)
    writer = csv.writer(text, delimiter=separator or ",", quoting=csv.QUOTE_ALL)
    writer.writerow(sheet.headings)
    writer.writerows([shown(cell) for cell in row] for row in sheet.rows)
    text.detach()


def _write_xlsx(sheet: Sheet, file: IO[bytes]) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, wrapped = book.add_format({"bold": True, "bg_color": "#F4E7D8"}), book.add_format({"text_wrap": True})
        as_text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(sheet.name[:31])
        page.freeze_panes(1, 0)
        for place, width in enumerate(sheet.widths):
            page.set_column(place, place, width)
        for place, heading in enumerate(sheet.headings):
            page.write_string(0, place, neutral(heading), bold)
        for number, row in enumerate(sheet.rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    page.write_number(number, place, cell)
                elif text := shown(cell):
                    page.write_string(number, place, text, as_text)
        if sheet.notes:
            _write_notes(book.add_worksheet(_("Petunjuk")), sheet.notes, bold, wrapped)


def _write_notes(page, notes: Sequence[tuple[str, str]], bold, wrapped) -> None:
    page.set_column(0, 0, 30, bold)
    page.set_column(1, 1, 80, wrapped)
    for number, (name, note) in enumerate(notes):
        page.write_string(number, 0, neutral(name))
        page.write_string(number, 1, neutral(note), wrapped)


def shown(cell: Any) -> Any:
    """A cell as it is written: texts neutral, yes and no in words."""
    if isinstance(cell, bool):
        return _("Ya") if cell else _("Tidak")
    if isinstance(cell, str):
        return neutral(cell) if len(cell) <= LONGEST_CELL else ""
    return "" if cell is None else cell


def labels() -> list[str]:
    return [str(column.label) for column in COLUMNS]


def widths() -> list[int]:
    return [column.width for column in COLUMNS]


def template(categories: Iterable[str], kind: str) -> IO[bytes]:
    """Headings, a product, one with two variants and, in XLSX, notes."""
    columns = [column for column in COLUMNS if not column.is_ours]
    names = list(categories)
    first = {column.name: column.example for column in columns} | {"category": names[0] if names else ""}
    rows = [first, *({"category": first["category"]} | example for example in EXAMPLES)]
    cells = [[_example(row.get(column.name, "")) for column in columns] for row in rows]
    notes = [(str(column.label), str(column.note)) for column in columns if column.note]
    notes += [("", "")] + [(_("Kategori") if n == 0 else "", name) for n, name in enumerate(names)]
    sheet = Sheet(_("Produk"), [str(c.label) for c in columns], cells, [c.width for c in columns], notes)
    return write(sheet, kind)


def _example(cell: Any) -> int | str:
    return cell if isinstance(cell, int) else str(cell)
