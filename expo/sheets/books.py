"""The rows of a workbook, read by a process of its own: a crafted file may cost that process, never a web worker.

Two cells in far corners make the reader reserve terabytes, and an archive may say less of its size than it unpacks to;
so the child has bounds for memory and time. Run as a script it reads a file from stdin and writes JSON to stdout; it
imports nothing of the project but the module beside it, so that it starts quickly.
"""

import datetime as dt
import importlib
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MEMORY = 400 * 1024 * 1024
SECONDS = 10
MOST_OUTPUT = 60 * 1024 * 1024
DATE = "date"
LOCKED = 3  # the status with which the child says that the book has a password


class BookError(Exception):
    """The file is damaged, or too much to read."""


class LockedBookError(BookError):
    """The file wants a password."""


class BookSheet(NamedTuple):
    """``merged`` cells: first row and column, last row and column, from 0."""

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]]


def read_book(data: bytes, *, most_rows: int, most_columns: int, most_sheets: int) -> list[BookSheet]:
    """The first sheets that say anything, at most one such row more than ``most_rows`` of each. Hidden ones are read
    when no other says anything."""
    command = [sys.executable, "-I", __file__, str(most_rows + 1), str(most_columns), str(most_sheets)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS * 2)  # noqa: S603 (our own words)
        if done.returncode == LOCKED:
            raise LockedBookError
        done.check_returncode()
        sheets = json.loads(done.stdout[:MOST_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise BookError from error
    return [
        BookSheet(name, [[undone(cell) for cell in row] for row in rows], [(a, b, c, d) for a, b, c, d in merged])
        for name, rows, merged in sheets
    ]


def main(most_rows: int, most_columns: int, most_sheets: int) -> None:
    import io
    import resource

    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        sys.exit(LOCKED)
    sys.path.append(str(Path(__file__).parent))
    found = importlib.import_module("overlays").overlays(data)
    seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [name for name in book.sheet_names if name not in seen]
    sheets: list = []
    for name in [*seen, *hidden]:
        if len(sheets) == most_sheets or (name in hidden and sheets):
            break
        if told := told_by(book, name, found.get(name), most_rows, most_columns):
            sheets.append(told)
    json.dump(sheets, sys.stdout)


def told_by(book, name: str, overlay, most_rows: int, most_columns: int) -> list | None:
    """What a sheet says: its name, rows and merged cells. None: nothing."""
    sheet = book.get_sheet_by_name(name)
    if not sheet.height:
        return None
    errors = overlay.errors if overlay else {}
    rows = (failed(row[:most_columns], errors.get(number)) for number, row in enumerate(sheet.iter_rows()))
    kept = [[plain(cell) for cell in row] for row in saying(rows, most_rows)]
    merged = overlay.merged if overlay else []
    merged = merged or [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
    return [name, kept, merged] if kept else None


def failed(row: list, errors: dict[int, str] | None) -> list:
    """The row with its formulas that failed; the reader gives them as empty, or as 0."""
    return [errors.get(place, cell) for place, cell in enumerate(row)] if errors else row


def saying(rows: Iterable[list], most: int) -> list[list]:
    """The rows up to the last one that says anything, at most so many of those; the others among them are []."""
    kept: list[list] = []
    last = count = 0
    for row in rows:
        says = any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)
        kept.append(row if says else [])
        if says:
            last, count = len(kept), count + 1
            if count == most:
                break
    return kept[:last]


def plain(cell):
    """What JSON can say of a cell; a time of day or a duration is nothing to us."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return {DATE: cell.isoformat()}
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, bool):
        return cell
    return float(cell) if isinstance(cell, int | float) else None


def undone(cell):
    return dt.date.fromisoformat(cell[DATE]) if isinstance(cell, dict) else cell


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
