"""The rows of a workbook, read by a process of its own: a crafted file may cost that process, never a web worker.

Two cells in far corners make the reader reserve terabytes, and an archive may say less of its size than it unpacks to;
so the child has bounds for memory and time. Run as a script it reads a file from stdin and writes JSON to stdout; it
imports nothing of the project, so that it starts quickly.
"""

import datetime as dt
import json
import subprocess
import sys

MEMORY = 400 * 1024 * 1024
SECONDS = 10
MOST_OUTPUT = 60 * 1024 * 1024
DATE = "date"
LOCKED = 3  # the status with which the child says that the book has a password


class BookError(Exception):
    """The file is damaged, or too much to read."""


class LockedBookError(BookError):
    """The file wants a password."""


def read_book(data: bytes, *, most_rows: int, most_columns: int, most_sheets: int) -> list[tuple[str, list[list]]]:
    """Names and rows of the first sheets that have any, at most one row more than ``most_rows`` of each."""
    command = [sys.executable, "-I", __file__, str(most_rows + 1), str(most_columns), str(most_sheets)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS * 2)  # noqa: S603 (our own words)
        if done.returncode == LOCKED:
            raise LockedBookError
        done.check_returncode()
        sheets = json.loads(done.stdout[:MOST_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise BookError from error
    return [(name, [[undone(cell) for cell in row] for row in rows]) for name, rows in sheets]


def main(most_rows: int, most_columns: int, most_sheets: int) -> None:
    import io
    import itertools
    import resource

    from python_calamine import CalamineWorkbook, PasswordError

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        sys.exit(LOCKED)
    sheets: list = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            rows = itertools.islice(sheet.iter_rows(), most_rows)
            sheets.append([name, [[plain(cell) for cell in row[:most_columns]] for row in rows]])
        if len(sheets) == most_sheets:
            break
    json.dump(sheets, sys.stdout)


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
