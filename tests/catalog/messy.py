"""One workbook as owners keep them, and as XLSX, ODS and XLS: what is asked of each is the same, cell by cell.

Title rows with an emoji, headings merged over two rows and over two columns, a category merged down a column, formulas
with what they came to and formulas that failed, dates, amounts in six spellings, numbers as text, zeros at the front,
hard spaces, what a spreadsheet would calculate, hidden rows, columns and sheets, a line of totals, thousands of empty
rows with a frame, and far below them a space that somebody hit.

``berantakan.xls`` was made once by ``messy_xls.py``.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

XLS = Path(__file__).parent / "importing/berantakan.xls"
FRAMED = 3_000  # empty rows with a frame end here
STRAY = 15_000  # and here is a space: beyond the most rows of an import


class Formula(NamedTuple):
    """With what it came to when the file was saved; a failure is a text such as #REF!"""

    text: str
    value: str | float

    @property
    def failed(self) -> bool:
        return str(self.value).startswith("#")


HARD = "\u00a0"
LINK = Formula('=HYPERLINK("http://192.0.2.1/x","Enak")', "Enak")
ROWS = [
    ["DAFTAR PRODUK ☕ KOPI LERENG"],
    ["Harga per", dt.date(2026, 11, 1)],
    [],
    ["No", "Kode", "Nama Barang", "Kategori", "Harga", None, "Stok", "Berat", "Deskripsi", "Catatan", "Foto"],
    [None, None, None, None, "Eceran", "Modal"],
    [1, "007", "Kopi tubruk 🌋", "Kopi", "Rp 1.250.000,00", 9, 3, "250 gr", "=1+1", "a", "depan.jpg"],
    [2, 1001, f"Kopi{HARD}luwak", None, "1,250,000", 9, "10 pcs", "1,5 kg", "@kedai", "b", "hilang.jpg"],
    [3, "KT-3", "Kopi rakyat", None, "125rb", 9, "1.000", "0,5 kg", "-dingin-", "c", "https://192.0.2.1/a.jpg"],
    [4, "KT-4", "Kopi raja", None, "1,2 juta", 9, 7, None, LINK],
    [5, "KT-5", "Kopi rumus", "Kopi", Formula("=40000+5000", 45_000), 9, Formula("=2*3", 6), None, "-"],
    [6, "KT-6", "Kopi teks", "Kopi", "45000", 9, "12", "300", "+62 812"],
    [7, "KT-7", "Kopi keras", "Kopi", f"Rp{HARD}45.000", 9, f"{HARD}5{HARD}", f"250{HARD}gr", HARD],
    [8, dt.date(2026, 2, 1), "Kopi tanggal", "Kopi", 1000, 9, 1],
    [9, "KT-9", "Kopi galat", "Kopi", Formula("=#REF!*2", "#REF!"), 9, Formula("=NA()", "#N/A"), "1 kg"],
    [10, "007", "Kopi ganda", "Kopi", 1000, 9, 1],
    [11, "KT-11", "Kopi murah", "Kopy", 15, 9, 1],
    [12, "KT-12", None, "Kopi", "tanya", 9, -1, "ringan"],
    [],
    ["Total", None, None, None, Formula("=SUM(E6:E17)", 3_000_000), None, 40],
]  # fmt: skip
# First row and column, last row and column, from 0.
MERGED = [(0, 0, 0, 10), *((3, column, 4, column) for column in (0, 1, 2, 3)), (3, 4, 3, 5), (5, 3, 8, 3)]
HIDDEN_ROW, HIDDEN_COLUMN = 7, 9
# More headings are known in the sheet that nobody sees: it must not be taken for the list.
OLD = [["SKU", "Nama produk", "Kategori", "Harga", "Stok", "Berat", "Foto"], ["LAMA-1", "Kopi lama", "Kopi", 1, 1]]
NOTES = [["Isi lembar Daftar saja, ya!"]]


def xlsx() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", "strings_to_urls": False}) as book:
        frame = book.add_format({"border": 1})
        book.add_worksheet("Catatan").write_column(0, 0, [row[0] for row in NOTES])
        old = book.add_worksheet("Lama")
        for number, row in enumerate(OLD):
            old.write_row(number, 0, row)
        old.hide()
        sheet = book.add_worksheet("Daftar")
        for area in MERGED:
            sheet.merge_range(*area, "", frame)
        for number, row in enumerate(ROWS):
            for place, cell in enumerate(row):
                if isinstance(cell, Formula):
                    sheet.write_formula(number, place, cell.text, None, cell.value)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
        for number in range(len(ROWS), FRAMED):
            sheet.write_blank(number, 0, None, frame)
        sheet.write_string(STRAY, 2, HARD)
        sheet.set_row(HIDDEN_ROW, options={"hidden": True})
        sheet.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, options={"hidden": True})
    return file.getvalue()


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "style", "table", "text")
)
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:automatic-styles><style:style style:name="hidden" style:family="table">
<style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""


def ods() -> bytes:
    def empty(count: int) -> str:
        cells = '<table:table-cell table:number-columns-repeated="1024"/>'
        return f'<table:table-row table:number-rows-repeated="{count}">{cells}</table:table-row>'

    below = [empty(STRAY - len(ROWS)), _row([None, None, HARD]), empty(1_048_576 - STRAY - 1)]
    rows = [*map(_row, ROWS, range(len(ROWS))), *below]
    tables = (
        f'<table:table table:name="Catatan">{"".join(map(_row, NOTES))}</table:table>'
        f'<table:table table:name="Lama" table:style-name="hidden">{"".join(map(_row, OLD))}</table:table>'
        f'<table:table table:name="Daftar">{"".join(rows)}</table:table>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", CONTENT % tables)
    return file.getvalue()


def _row(row: list, number: int = -1) -> str:
    spans = {area[1]: area for area in MERGED if area[0] == number}
    width = max([len(row), *(area[1] + 1 for area in spans.values())])
    padded = [*row, *[None] * (width - len(row))]
    cells = "".join(_cell(cell, number, place, spans.get(place)) for place, cell in enumerate(padded))
    hidden = ' table:visibility="collapse"' if number == HIDDEN_ROW else ""
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def _cell(cell, number: int, place: int, span: tuple | None) -> str:
    inside = any(a <= number <= c and b <= place <= d for a, b, c, d in MERGED) and span is None
    tag, values, text = "table:covered-table-cell" if inside else "table:table-cell", "", ""
    if span:
        rows, columns = span[2] - span[0] + 1, span[3] - span[1] + 1
        values = f' table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
    if isinstance(cell, Formula):
        values += f" table:formula={quoteattr(f'of:{cell.text}')}"
        if cell.failed:  # as LibreOffice saves it
            values += ' office:value-type="string" office:string-value="" calcext:value-type="error"'
            return f"<{tag}{values}><text:p>{cell.value}</text:p></{tag}>"
        cell = cell.value
    if isinstance(cell, dt.date):
        values += f' office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int | float):
        values += f' office:value-type="float" office:value="{cell}"'
    elif cell is not None:
        values += ' office:value-type="string"'
        text = f"<text:p>{escape(cell)}</text:p>"
    return f"<{tag}{values}>{text}</{tag}>"


def xls() -> bytes:
    return XLS.read_bytes()


KINDS = {"xlsx": xlsx, "ods": ods, "xls": xls}
