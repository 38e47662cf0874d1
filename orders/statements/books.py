"""The rows of a spreadsheet, read by a process of its own: a crafted file may cost that process, never a web worker.

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


class BookError(Exception):
    """The file is damaged, locked, or too much to read."""


def read_rows(data: bytes, *, most_rows: int, most_columns: int) -> list[list]:
    """Rows of the first sheet that has any, at most one more than ``most_rows``. BookError when there are none."""
    command = [sys.executable, "-I", __file__, str(most_rows + 1), str(most_columns)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS * 2, check=True)  # noqa: S603 (our own words)
        rows = json.loads(done.stdout[:MOST_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise BookError from error
    return [[dt.date.fromisoformat(cell[DATE]) if isinstance(cell, dict) else cell for cell in row] for row in rows]


def main(most_rows: int, most_columns: int) -> None:
    import io
    import itertools
    import resource

    from python_calamine import CalamineWorkbook

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    rows: list = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height:
            rows = list(itertools.islice(sheet.iter_rows(), most_rows))
            break
    json.dump([[plain(cell) for cell in row[:most_columns]] for row in rows], sys.stdout)


def plain(cell):
    """What JSON can say of a cell; a time of day or a duration is nothing to us."""
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return {DATE: cell.isoformat()}
    if isinstance(cell, str):
        return cell.replace("\0", "")
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return float(cell)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
