"""Files made to hurt their reader: each is refused or read within bounds, and nothing of the machine comes out."""

import io
import zipfile

import pytest
import xlsxwriter

from expo.sheets import Limits, Problem, TableError, read_sheets
from expo.sheets.overlays import overlays

LIMITS = Limits(bytes=10 * 1024 * 1024, rows=10_080, columns=80, sheets=5)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 20}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + '<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY web SYSTEM "http://192.0.2.1/x">]>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a"><table:table-row><table:table-cell office:value-type="string">'
    "<text:p>x{entity}</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)


def book(*rows) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def with_parts(data: bytes, **parts) -> bytes:
    """The archive with these members instead of its own, or beside them."""
    file = io.BytesIO()
    names = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in names:
                new.writestr(item.filename, old.read(item))
        for name, content in names.items():
            new.writestr(name, content)
    return file.getvalue()


def sheet_with(rows: str, before: str = "") -> bytes:
    return with_parts(book(["a"]), xl__worksheets__sheet1_DOT_xml=before + SHEET.format(rows=rows))


def ods_with(entity: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", LAUGHS + ODS.format(entity=entity))
    return file.getvalue()


def lying_archive() -> bytes:
    """A sheet of 80 MB whose directory says that it has one byte."""
    data = bytearray(sheet_with("<row/>" * 13_000_000))
    name = b"xl/worksheets/sheet1.xml"
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    data[place + 24 : place + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def cells_of(data: bytes) -> list:
    """All cells, or nothing when the file is refused."""
    try:
        return [cell for sheet in read_sheets(data, LIMITS) for row in sheet.rows for cell in row]
    except TableError:
        return []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (lambda: sheet_with("<row/>" * 13_000_000), Problem.UNPACKED),
        (lying_archive, Problem.DAMAGED),
        (lambda: b"x" * (LIMITS.bytes + 1), Problem.LARGE),
        (lambda: b"Nama;" + b"x" * 9_000_000, Problem.BAD_TEXT),
        (lambda: b'Nama;"' + b"x\n" * 4_000_000, Problem.BAD_TEXT),
        (lambda: b"<html><table><tr><td>Nama</td></tr></table>", Problem.WEB_PAGE),
        (lambda: b'<?xml version="1.0"?><Workbook/>', Problem.WEB_PAGE),
        (lambda: b"MZ\x90\x00\x03\x00\x00\x00", Problem.NO_TABLE),
    ],
)
def test_too_much_and_what_is_no_table_is_refused(data, problem):
    with pytest.raises(TableError) as caught:
        read_sheets(data(), LIMITS)
    assert caught.value.problem == problem


@pytest.mark.parametrize("entity", ["&i;", "&file;", "&web;"])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_entities_are_not_unfolded(kind, entity):
    cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>x{entity}</t></is></c></row>'
    cells = cells_of(sheet_with(cell, LAUGHS) if kind == "xlsx" else ods_with(entity))
    assert all(len(str(cell)) < 100 and "root:" not in str(cell) and "haha" not in str(cell) for cell in cells)


def test_cells_in_far_corners_cost_their_reader_and_not_us():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert len(cells_of(sheet_with(far))) <= (LIMITS.rows + 1) * LIMITS.columns


def test_a_line_of_a_million_cells_is_cut():
    (sheet,) = read_sheets(b"Nama;Harga\n" + b"x;" * 1_000_000 + b"\nKopi;5\n", LIMITS)
    assert max(map(len, sheet.rows)) == LIMITS.columns


def test_macros_and_links_are_only_read_as_cells():
    data = with_parts(
        book(["Nama", "Harga"], ["Kopi", 5]),
        xl__vbaProject_DOT_bin=b"Sub Auto_Open()",
        xl__externalLinks__externalLink1_DOT_xml='<externalLink><externalBook href="http://192.0.2.1/"/></externalLink>',
    )
    assert cells_of(data) == ["Nama", "Harga", "Kopi", 5.0]


def test_a_crafted_chain_of_sectors_ends():
    """An old Excel file is a file system: here each of its blocks leads back to itself."""
    data = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24 + 480) + b"\0" * 512 * 3)
    data[30:32] = (9).to_bytes(2, "little")
    data[48:52] = (1).to_bytes(4, "little")
    data[76:80] = (0).to_bytes(4, "little")
    data[512 : 512 + 8] = (0).to_bytes(4, "little") + (1).to_bytes(4, "little")
    assert overlays(bytes(data)) == {}


def test_an_entity_in_a_document_is_not_expanded():
    file, merged = (
        io.BytesIO(),
        ODS.format(entity="&h;").replace("<table:table-cell", '<table:table-cell a-spanned="2"'),
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", LAUGHS + merged)
    assert overlays(file.getvalue()) == {}
