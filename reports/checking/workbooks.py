"""A recap's workbook (XLSX, ODS) that was opened and saved again, cell by cell beside the one that we issue.

What is compared is what the cells hold. How a program shows them (formats, charts, hidden rows, formulas that it
reckons anew) is not, and the answer says so. It names the first public cell that differs, what the file says there, and
how many such cells there are. Of a sheet in which others differ it says no more than that: whoever was told which ones,
or how many, could find out by trying what an exhibitor sold.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from expo.archives import ArchiveError, members_of
from expo.sheets.tables import Limits, Sheet, TableError, read_sheets
from reports.attachments import MOST_BYTES
from reports.checking.answers import Checked, Kind
from reports.documents import render
from reports.figures import Figures
from reports.models import Recap
from reports.public.figures import public_figures
from reports.queries import envelope_of, figures_of, recap_by_code, slim

LIMITS = Limits(bytes=MOST_BYTES, rows=20_000, columns=16, sheets=40)
COVER_ROWS = 30  # among which the cover names its recap
HASH = re.compile(r"[0-9a-f]{64}")
MOST_TRIED = 60  # texts of the cover that may be a code
MOST_NAMED = 3
FIGURES = (int, float, dt.date)


def check_workbook(data: bytes) -> Checked | None:
    """None for what is no workbook, cannot be read, or names no recap of ours."""
    format = format_of(data)
    if format is None:
        return None
    try:
        theirs = read_sheets(data, LIMITS)
    except TableError:
        return None
    recap = recap_named_in(theirs[0])
    if recap is None:
        return None
    return compare(recap, format, {sheet.name: sheet for sheet in theirs})


def format_of(data: bytes) -> str | None:
    try:
        names = {member.filename for member in members_of(io.BytesIO(data))}
    except ArchiveError:
        return None
    return "xlsx" if "xl/workbook.xml" in names else "ods" if "content.xml" in names else None


def recap_named_in(cover: Sheet) -> Recap | None:
    """By its code, else by the hash of its figures."""
    said = [cell.strip() for row in cover.rows[:COVER_ROWS] for cell in row if isinstance(cell, str)]
    found = (recap_by_code(text) for text in [text for text in said if 9 <= len(text) <= 20][:MOST_TRIED])
    if recap := next((each for each in found if each), None):
        return recap
    return slim(Recap.objects.filter(sha256__in=[text for text in said if HASH.fullmatch(text)])).first()


def compare(recap: Recap, format: str, theirs: dict[str, Sheet]) -> Checked:
    language = language_of(theirs)
    ours = issued(figures_of(recap), recap, format, language)

    @cache
    def shown() -> dict[str, Sheet]:
        """What anyone may see of it: made at the first cell that differs, which most files do not have."""
        return issued(public_figures([recap.sha256])[recap.sha256], recap, format, language)

    there = [name for name in ours if name in theirs]
    missing = tuple(name for name in ours if name not in theirs)
    differing, hidden = [], {}
    for name in there:
        for row, column, said, sealed in differences(theirs[name].rows, ours[name].rows):
            if sealed is not None and same(sealed, cell_of(shown().get(name), row, column)):
                differing.append((name, row, column, said, sealed))
            else:
                hidden[name] = True
    parts = list(told_differences(differing, list(hidden)))
    if strange := [name for name in theirs if name not in ours]:
        parts.append(_("Bukan lembar kami: %(names)s.") % {"names": ", ".join(strange[:MOST_NAMED])[:200]})
    if parts:
        return Checked(Kind.ALTERED, recap, "sheet", parts=tuple(parts), missing=missing)
    return Checked(Kind.CELLS, recap, "sheet", missing=missing)


def told_differences(differing: list[tuple], hidden: list[str]) -> Iterator[str]:
    """Of public cells the first that is wrong; of others the sheets alone."""
    if differing:
        # A wrong figure says more than the label beside it.
        figures = [each for each in differing if isinstance(each[4], FIGURES) and not isinstance(each[4], bool)]
        name, row, column, said, _ours = (figures or differing)[0]
        place = {"sheet": name, "cell": f"{letters(column)}{row + 1}", "said": told(said), "count": len(differing)}
        yield _("Lembar “%(sheet)s”, sel %(cell)s: di berkas ini %(said)s. Sel umum yang berbeda: %(count)s.") % place
    if hidden:
        names = ", ".join(f"“{name}”" for name in hidden)[:200]
        yield _("Ada isi lain yang tidak sama dengan yang disegel, di lembar %(names)s.") % {"names": names}
    if differing or hidden:
        yield _("Dibandingkan dengan lembar kerja yang kami terbitkan sekarang. Berkas lama dapat lain tata letaknya.")


def language_of(theirs: dict[str, Sheet]) -> str:
    with translation.override("en"):
        return "en" if _("Ringkasan") in theirs else "id"


def issued(figures: Figures, recap: Recap, format: str, language: str) -> dict[str, Sheet]:
    """Read as theirs was, so that a cell of the same content is the same. Not noted as issued: nobody is given it."""
    data = render(figures, envelope_of(recap), format, language)
    return {sheet.name: sheet for sheet in read_sheets(data, LIMITS)}


def cell_of(sheet: Sheet | None, row: int, column: int):
    rows = sheet.rows[row : row + 1] if sheet else []
    return rows[0][column] if rows and column < len(rows[0]) else None


def differences(theirs: Sequence[list], ours: Sequence[list]) -> Iterator[tuple[int, int, object, object]]:
    """Row and column from 0, what the file says and what was sealed."""
    for row in range(max(len(theirs), len(ours))):
        said, sealed = (rows[row] if row < len(rows) else [] for rows in (theirs, ours))
        for column in range(max(len(said), len(sealed))):
            one, other = (cells[column] if column < len(cells) else None for cells in (said, sealed))
            if not same(one, other):
                yield row, column, one, other


def same(one, other) -> bool:
    one, other = plain(one), plain(other)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9  # rupiah are whole and read exactly; shares are written in ten thousandths
    return type(one) is type(other) and one == other


def plain(cell):
    """Without what programs change when they save: spaces, whole numbers written as fractions, empty texts."""
    if isinstance(cell, str):
        return " ".join(cell.split()) or None
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def told(cell) -> str:
    if cell is None or cell == "":
        return _("kosong")
    if isinstance(cell, float) and cell.is_integer():
        return formats.number(int(cell))
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"“{str(cell)[:80]}”"


def letters(column: int) -> str:
    """A, B … Z; there are no more."""
    return chr(ord("A") + column)
