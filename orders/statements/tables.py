"""From the bytes of a file to rows of cells: CSV in any separator and encoding, XLSX, XLS, ODS."""

import csv
import datetime as dt
import io
import zipfile

from django.utils.translation import gettext_lazy as _

from orders.statements.books import BookError, read_rows
from orders.statements.errors import StatementError

MOST_BYTES = 3 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
SEPARATORS = ";\t|,"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

Cell = str | float | dt.date | None
Table = list[list[Cell]]


def read_table(data: bytes) -> Table:
    """The rows of the first sheet (or of the text) that has any. StatementError when there is none."""
    if not data.strip(b"\0 \r\n\t"):
        raise StatementError(_("Berkas ini kosong."))
    if len(data) > MOST_BYTES:
        raise StatementError(_("Berkas lebih besar dari 3 MB. Unduh mutasi untuk masa yang lebih pendek."))
    if data.startswith(b"%PDF"):
        raise StatementError(_("Berkas PDF tidak dapat dibaca. Unduh mutasi sebagai CSV atau Excel dari bank Anda."))
    is_book = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    table = read_book(data) if is_book else read_text(data)
    if len(table) > MOST_ROWS:
        raise StatementError(_("Berkas ini lebih dari 20.000 baris. Unduh mutasi untuk masa yang lebih pendek."))
    return [row[:MOST_COLUMNS] for row in table]


def read_book(data: bytes) -> Table:
    require_reasonable_archive(data)
    try:
        rows = read_rows(data, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    except BookError as error:
        raise StatementError(_("Berkas Excel ini rusak atau berkata sandi. Simpan ulang, lalu unggah lagi.")) from error
    if not rows:
        raise StatementError(_("Berkas ini kosong."))
    return rows


def require_reasonable_archive(data: bytes) -> None:
    """A small archive may unpack to gigabytes: its own list of sizes is asked first."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise StatementError(_("Berkas Excel ini rusak atau berkata sandi. Simpan ulang, lalu unggah lagi.")) from error
    if unpacked > MOST_UNPACKED:
        raise StatementError(_("Isi berkas ini terlalu besar. Unduh mutasi untuk masa yang lebih pendek."))


def read_text(data: bytes) -> Table:
    text = decoded(data)
    if "\0" in text:
        raise StatementError(_("Berkas ini bukan CSV dan bukan Excel. Unduh mutasi sebagai CSV atau Excel."))
    lines = text.splitlines()
    if len(lines) > 2 * MOST_ROWS:  # a cell may hold a line break
        raise StatementError(_("Berkas ini lebih dari 20.000 baris. Unduh mutasi untuk masa yang lebih pendek."))
    try:
        return [list(row) for row in csv.reader(lines, delimiter=separator_of(lines))]
    except csv.Error as error:
        raise StatementError(_("Berkas ini bukan CSV yang dapat dibaca. Unduh ulang dari bank Anda.")) from error


def decoded(data: bytes) -> str:
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(lines: list[str]) -> str:
    """The sign that divides most lines into the same number of cells."""

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines[:200] if sign in line]
        most = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 0
        return (counts.count(most) if most >= 2 else 0, most)

    return max(SEPARATORS, key=agreement)
