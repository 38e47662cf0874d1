"""Writes ``importing/berantakan.xls``; run again only when ``messy.py`` changes: ``python -m tests.catalog.messy_xls``.

Needs xlwt (1.3.0), which nobody maintains and the project does not use. It writes formulas without what they came to,
as no program does that people have; here they are given it.
"""

import datetime as dt
import io
import struct

import xlwt
from xlwt import BIFFRecords

from tests.catalog import messy

FAILURES = {"#REF!": 23, "#N/A": 42}
values: dict[tuple[int, int], str | float] = {}


class FormulaWithValue(BIFFRecords.FormulaRecord):
    def __init__(self, row, column, style, code, calculate=0):
        value = values[row, column]
        if isinstance(value, str) and value in FAILURES:
            result = bytes((2, 0, FAILURES[value], 0, 0, 0, 0xFF, 0xFF))
        elif isinstance(value, str):
            result = bytes((0, 0, 0, 0, 0, 0, 0xFF, 0xFF))  # a record of its own follows
        else:
            result = struct.pack("<d", value)
        self._rec_data = struct.pack("<3H", row, column, style) + result + struct.pack("<HL", 0, 0) + code
        self.text = value if isinstance(value, str) and value not in FAILURES else ""

    def get(self):
        return super().get() + (_text(self.text) if self.text else b"")


def _text(text: str) -> bytes:
    body = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return struct.pack("<HH", 0x207, len(body)) + body


def main() -> None:
    BIFFRecords.FormulaRecord = FormulaWithValue
    book = xlwt.Workbook(encoding="utf-8")
    framed = xlwt.easyxf("borders: left thin")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    book.add_sheet("Catatan").write(0, 0, messy.NOTES[0][0])
    old = book.add_sheet("Lama")
    for number, row in enumerate(messy.OLD):
        for place, cell in enumerate(row):
            old.write(number, place, cell)
    old.visibility = 1
    sheet = book.add_sheet("Daftar")
    for top, left, bottom, right in messy.MERGED:
        sheet.write_merge(top, bottom, left, right, messy.ROWS[top][left], framed)
    starts = {area[:2] for area in messy.MERGED}
    for number, row in enumerate(messy.ROWS):
        for place, cell in enumerate(row):
            if (number, place) in starts or cell is None:
                continue
            if isinstance(cell, messy.Formula):
                values[number, place] = cell.value
                sheet.write(number, place, xlwt.Formula(cell.text[1:].replace("#REF!", "1/0")))
            else:
                sheet.write(number, place, cell, day if isinstance(cell, dt.date) else xlwt.Style.default_style)
    for number in range(len(messy.ROWS), messy.FRAMED):
        sheet.write(number, 0, None, framed)
    sheet.write(messy.STRAY, 2, messy.HARD)
    sheet.row(messy.HIDDEN_ROW).hidden = True
    sheet.col(messy.HIDDEN_COLUMN).hidden = True
    file = io.BytesIO()
    book.save(file)
    messy.XLS.write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
