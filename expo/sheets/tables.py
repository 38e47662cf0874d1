"""From the bytes of a file to rows of cells: CSV in any separator and encoding, XLSX, XLS, ODS.

What can't be read is a TableError with its Problem; who asked knows the sentence for it.
"""

import csv
import datetime as dt
import enum
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from expo.archives import ArchiveError, LockedArchiveError, members_of
from expo.sheets.books import BookError, LockedBookError, read_book, saying

MOST_UNPACKED = 60 * 1024 * 1024
SEPARATORS = ";\t|,"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
# What many programs hand out as "Excel": a web page, or an old XML dialect, called .xls.
WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|table|meta|\?xml|\?mso)", re.IGNORECASE)
SAMPLE = 200

Cell = str | float | bool | dt.date | None
Rows = list[list[Cell]]


class Problem(enum.Enum):
    EMPTY = enum.auto()
    LARGE = enum.auto()
    PDF = enum.auto()
    LOCKED = enum.auto()
    DAMAGED = enum.auto()
    UNPACKED = enum.auto()
    LONG = enum.auto()
    NO_TABLE = enum.auto()
    WEB_PAGE = enum.auto()
    BAD_TEXT = enum.auto()


class TableError(Exception):
    """The file can't be read as a table."""

    def __init__(self, problem: Problem):
        super().__init__(problem.name)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read. ``rows`` are those that say anything; ``sheets``: how many of a workbook's that have any."""

    bytes: int
    rows: int
    columns: int
    sheets: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """``separator`` is the sign between the cells of a text, "" in a workbook. ``merged`` cells: first row and column,
    last row and column, from 0; what they say stands in the first."""

    name: str
    rows: Rows
    separator: str = ""
    merged: Sequence[tuple[int, int, int, int]] = ()


def read_sheets(data: bytes, limits: Limits) -> list[Sheet]:
    """The sheets that have rows, at least one. TableError when there is none, or too much."""
    if not data.strip(b"\0 \r\n\t"):
        raise TableError(Problem.EMPTY)
    if len(data) > limits.bytes:
        raise TableError(Problem.LARGE)
    if data.startswith(b"%PDF"):
        raise TableError(Problem.PDF)
    if WEB_PAGE.match(data):
        raise TableError(Problem.WEB_PAGE)
    sheets = _book(data, limits) if data.startswith((ZIP, OLE)) else [_text(data, limits)]
    if sum(map(bool, sheets[0].rows)) > limits.rows:
        raise TableError(Problem.LONG)
    return sheets


def _book(data: bytes, limits: Limits) -> list[Sheet]:
    _require_reasonable_archive(data)
    try:
        found = read_book(data, most_rows=limits.rows, most_columns=limits.columns, most_sheets=limits.sheets)
    except LockedBookError as error:
        raise TableError(Problem.LOCKED) from error
    except BookError as error:
        raise TableError(Problem.DAMAGED) from error
    if not found:
        raise TableError(Problem.EMPTY)
    return [Sheet(name, rows, merged=merged) for name, rows, merged in found]


def _require_reasonable_archive(data: bytes) -> None:
    """A small archive may unpack to gigabytes: its own list of sizes is asked first."""
    if not data.startswith(ZIP):
        if ENCRYPTED_XLSX in data:
            raise TableError(Problem.LOCKED)
        return
    file = io.BytesIO(data)
    try:
        members = members_of(file)
    except LockedArchiveError as error:
        raise TableError(Problem.LOCKED) from error
    except ArchiveError as error:
        raise TableError(Problem.DAMAGED) from error
    if _is_locked_ods(file, members):
        raise TableError(Problem.LOCKED)
    if sum(item.file_size for item in members) > MOST_UNPACKED:
        raise TableError(Problem.UNPACKED)


def _is_locked_ods(file: IO[bytes], members: list[zipfile.ZipInfo]) -> bool:
    """An ODS with a password is an archive without: its manifest says so."""
    found = next((item for item in members if item.filename == "META-INF/manifest.xml"), None)
    if found is None or found.file_size > 1024 * 1024:
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return b"encryption-data" in archive.read(found)
    except Exception:  # whatever a damaged archive makes the module trip over; reading it will tell
        return False


def _text(data: bytes, limits: Limits) -> Sheet:
    text = decoded(data)
    if "\0" in text:
        raise TableError(Problem.NO_TABLE)
    named = re.match(r"sep=(.)\r?\n", text)  # how Excel is told
    separator = named[1] if named else separator_of(text)
    text = text[named.end() :] if named else text
    try:
        cut = (list(row[: limits.columns]) for row in _rows(text, separator))
        rows = saying(cut, limits.rows + 1)
    except csv.Error as error:
        raise TableError(Problem.BAD_TEXT) from error
    return Sheet("", rows, separator)


def _rows(text: str, separator: str):
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def decoded(data: bytes) -> str:
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def separator_of(text: str) -> str:
    """The sign that divides most rows into the same number of cells."""

    def agreement(sign: str) -> tuple[int, int]:
        try:
            lengths = Counter(len(row) - 1 for row in islice(_rows(text, sign), SAMPLE) if len(row) > 1)
        except csv.Error:
            return (0, 0)
        most, rows = max(lengths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
        return (rows if most >= 2 else 0, most)

    return max(SEPARATORS, key=agreement)
