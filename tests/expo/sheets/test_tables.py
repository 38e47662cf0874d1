import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from expo.sheets import Limits, Problem, TableError, read_sheets
from expo.sheets.safe import neutral, restored

LIMITS = Limits(bytes=100_000, rows=50, columns=6, sheets=2)


def book(*sheets, **options) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", **options}) as made:
        for rows in sheets:
            sheet = made.add_worksheet()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write(number, place, cell)
    return file.getvalue()


def test_cells_keep_their_kinds():
    rows = [["Kopi", 1.5, True, dt.date(2026, 11, 1), None, "=1+1"]]
    (sheet,) = read_sheets(book(rows), LIMITS)
    assert sheet.rows[0][:4] == rows[0][:4]
    assert sheet.rows[0][5] == 0  # the cached value of a formula; nothing is calculated


def test_sheets_without_rows_are_left_out():
    sheets = read_sheets(book([], [["a"]], [["b"]], [["c"]]), LIMITS)
    assert [sheet.rows for sheet in sheets] == [[["a"]], [["b"]]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_texts_in_any_dialect(separator, encoding):
    lines = [["Nama", "Keterangan", "Harga"], ["Café", "dua\nbaris, dan; koma", "1.250,00"], ["Kopi", "", "5"]]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    (sheet,) = read_sheets(text.encode(encoding), LIMITS)
    assert (sheet.rows, sheet.separator) == (lines, separator)


def test_excel_may_name_its_separator():
    (sheet,) = read_sheets(b"sep=;\r\nNama;Harga\r\nKopi, bubuk;5\r\n", LIMITS)
    assert sheet.rows == [["Nama", "Harga"], ["Kopi, bubuk", "5"]]


def locked_zip() -> bytes:
    """An archive whose entry says that it has a password."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    data = bytearray(file.getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def locked_ods() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"\0 \r\n", Problem.EMPTY),
        (b"x" * 100_001, Problem.LARGE),
        (b"%PDF-1.7", Problem.PDF),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), Problem.LOCKED),
        (locked_zip(), Problem.LOCKED),
        (locked_ods(), Problem.LOCKED),
        (b"PK\x03\x04 not really", Problem.DAMAGED),
        (b"\xd0\xcf\x11\xe0 not really", Problem.DAMAGED),
        (b"a\0b;c\n", Problem.NO_TABLE),
        (b"Nama;Harga\n" * 51, Problem.LONG),
        (book([]), Problem.EMPTY),
        (book([["a"]] * 51), Problem.LONG),
    ],
)
def test_what_cannot_be_read_has_its_problem(data, problem):
    with pytest.raises(TableError) as caught:
        read_sheets(data, LIMITS)
    assert caught.value.problem == problem


TEXTS = st.text(alphabet=st.sampled_from("'=+-@\t\r\n09ab \"") | st.characters(codec="utf-8"), max_size=12)


@given(TEXTS)
def test_a_text_is_read_as_it_was_written_and_never_calculated(text):
    assert restored(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("typed", "meant"), [("'0812", "0812"), ("'=1+1", "=1+1"), ("'tis", "'tis"), ("0812", "0812")])
def test_an_apostrophe_before_a_number_or_formula_is_none_of_its_own(typed, meant):
    assert restored(typed) == meant
