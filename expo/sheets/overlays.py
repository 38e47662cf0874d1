"""What the reader of workbooks keeps to itself: formulas that failed, and merged cells of OpenDocument.

It gives a failed formula as an empty cell (or as 0), so a wrong price or stock would come in silently. Each format says
it in a place of its own: ``t="e"`` in XLSX, ``calcext:value-type`` in ODS, two kinds of records in XLS. Loaded by the
process that reads a workbook (``books.py``), within its bounds; a file that is odd in these places has no overlay.
"""

import io
import struct
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from xml.parsers import expat

CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
KNOWN = frozenset(CODES.values())
OTHER = "#VALUE!"  # of a failure that is called otherwise, as "Err:502" or in another language
MOST_MERGED = 20_000
MOST_REPEATED = 2_000  # of one row in ODS: the empty ones below a table are a million
LAST_SECTOR = 0xFFFFFFFA


@dataclass
class Overlay:
    """``errors``: row → column → text of the failure; ``merged``: first row and column, last row and column."""

    errors: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def fail(self, row: int, column: int, text: str) -> None:
        self.errors[row][column] = text if text in KNOWN else OTHER


def overlays(data: bytes) -> dict[str, Overlay]:
    """By the names of the sheets."""
    try:
        if not data.startswith(b"PK"):
            return of_xls(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return of_xlsx(archive) if "xl/workbook.xml" in archive.namelist() else of_ods(archive)
    except Exception:  # whatever an odd file makes this trip over; the reader itself has read it
        return {}


# --- XML ---------------------------------------------------------------------------------------


def walk(text: bytes, start, end=None, said=None) -> None:
    """Call ``start`` with each element's name without its prefix, and ``said`` with texts. No entities are expanded."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, values: start(name.rpartition(":")[2], values)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if said:
        parser.CharacterDataHandler = said

    def refuse(*declared):
        raise ValueError("an entity")

    parser.EntityDeclHandler = refuse
    parser.Parse(text, True)


def of_xlsx(archive: zipfile.ZipFile) -> dict[str, Overlay]:
    found = {}
    for name, path in parts_of(archive).items():
        text = archive.read(path)
        if b't="e"' in text:
            found[name] = of_worksheet(text)
    return found


def parts_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which member holds which sheet."""
    names, targets = {}, {}

    def sheet(tag, values):
        if tag == "sheet":
            names[next(value for key, value in values.items() if key.endswith(":id"))] = values["name"]

    def relation(tag, values):
        if tag == "Relationship":
            path = values["Target"]
            targets[values["Id"]] = path[1:] if path.startswith("/") else f"xl/{path}"

    walk(archive.read("xl/workbook.xml"), sheet)
    walk(archive.read("xl/_rels/workbook.xml.rels"), relation)
    return {name: targets[key] for key, name in names.items() if targets.get(key, "").endswith(".xml")}


def of_worksheet(text: bytes) -> Overlay:
    overlay, cell, words = Overlay(), [""], [""]

    def start(tag, values):
        if tag == "c":
            cell[0] = values.get("r", "") if values.get("t") == "e" else ""
        words[0] = ""

    def end(tag):
        if tag == "v" and cell[0]:
            overlay.fail(*place_of(cell[0]), words[0])

    def said(text):
        words[0] += text

    walk(text, start, end, said)
    return overlay


def place_of(reference: str) -> tuple[int, int]:
    """ "C5" → row 4, column 2."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]) - 1, column - 1


def of_ods(archive: zipfile.ZipFile) -> dict[str, Overlay]:
    text, reading = archive.read("content.xml"), OpenDocument()
    if b'-spanned="' in text or b'="error"' in text:
        walk(text, reading.start, reading.end, reading.said)
    return reading.found


class OpenDocument:
    """The tables of a document, cell by cell; rows and cells that are repeated count as often."""

    def __init__(self):
        self.found: dict[str, Overlay] = {}
        self.overlay = Overlay()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.failed, self.words = False, ""

    def start(self, tag, values) -> None:
        if tag == "table":
            self.overlay = self.found.setdefault(values.get("table:name", ""), Overlay())
            self.row = 0
        elif tag == "table-row":
            self.rows, self.column = int(values.get("table:number-rows-repeated", 1)), 0
        elif tag in ("table-cell", "covered-table-cell"):
            self.columns = int(values.get("table:number-columns-repeated", 1))
            self.failed, self.words = values.get("calcext:value-type") == "error", ""
            self.span(*(int(values.get(f"table:number-{of}-spanned", 1)) for of in ("rows", "columns")))

    def span(self, rows: int, columns: int) -> None:
        if (rows > 1 or columns > 1) and len(self.overlay.merged) < MOST_MERGED:
            last = (self.row + rows - 1, self.column + columns - 1)
            self.overlay.merged.append((self.row, self.column, *last))

    def said(self, text: str) -> None:
        if self.failed:
            self.words += text

    def end(self, tag) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            if self.failed:
                for row in range(self.row, self.row + min(self.rows, MOST_REPEATED)):
                    self.overlay.fail(row, self.column, self.words.strip())
            self.column, self.failed = self.column + self.columns, False
        elif tag == "table-row":
            self.row += self.rows


# --- XLS: a file system of sectors, in it a stream of records -----------------------------------


def of_xls(data: bytes) -> dict[str, Overlay]:
    stream = workbook_stream(data)
    found = {}
    for kind, body, _place in records(stream, 0):
        if kind == 0x85:  # a sheet: where it begins, and its name in one or two bytes a letter
            begin, length, is_wide = *struct.unpack_from("<I", body), body[6], body[7] & 1
            name = body[8 : 8 + length * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1")
            overlay = of_sheet(stream, begin)
            if overlay.errors:
                found[name] = overlay
    return found


def of_sheet(stream: bytes, begin: int) -> Overlay:
    overlay = Overlay()
    for kind, body, _place in records(stream, begin):
        row, column = struct.unpack_from("<HH", body) if len(body) >= 4 else (0, 0)
        if kind == 0x205 and body[7]:  # a cell that holds a failure
            overlay.fail(row, column, CODES.get(body[6], OTHER))
        elif kind == 0x06 and body[12:14] == b"\xff\xff" and body[6] == 2:  # a formula that came to one
            overlay.fail(row, column, CODES.get(body[8], OTHER))
    return overlay


def records(stream: bytes, place: int):
    """Kind, content and place of the records up to the end of this part; parts inside (charts) are skipped."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == 0x809) - (kind == 0x0A)
        if depth <= 1:
            yield kind, stream[place + 4 : place + 4 + length], place
        place += 4 + length
        if depth <= 0:
            return


def workbook_stream(data: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    directory_at, small_below, small_fat_at = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    fats, more = list(struct.unpack_from("<109I", data, 76)), struct.unpack_from("<I", data, 68)[0]
    while more < LAST_SECTOR and len(fats) < len(data) // size:
        block = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        fats, more = [*fats, *block[:-1]], block[-1]
    fat = [n for at in fats if at < LAST_SECTOR for n in struct.unpack_from(f"<{size // 4}I", data, (at + 1) * size)]

    def chained(at: int) -> bytes:
        return b"".join(data[(n + 1) * size : (n + 2) * size] for n in chain(fat, at))

    directory = chained(directory_at)
    entries = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    small = chained(struct.unpack_from("<I", entries[0], 116)[0])
    for entry in entries:
        name = entry[: max(0, entry[64] - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            at, length = struct.unpack_from("<II", entry, 116)
            if length >= small_below:
                return chained(at)[:length]
            raw = chained(small_fat_at)
            small_fat = struct.unpack(f"<{len(raw) // 4}I", raw)
            return b"".join(small[n * 64 : n * 64 + 64] for n in chain(small_fat, at))[:length]
    raise ValueError("no workbook")


def chain(fat, at: int):
    """The sectors from this one on; a crafted circle ends."""
    for _sector in range(len(fat)):
        if at >= LAST_SECTOR:
            return
        yield at
        at = fat[at]
