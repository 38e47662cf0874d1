"""Workbooks of any length, written straight into their archive: neither memory nor temporary files grow with the rows.

XlsxWriter keeps each sheet in a file of its own, a kilobyte a row, before it packs them, and takes many times as long.
It writes everything else. What is here is what a long list needs: texts, numbers and moments in columns, a frozen head,
several sheets one after another. Same calls, same bytes.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from expo.sheets.ods import FORBIDDEN

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet ends at 1,048,576 rows; a member of more than two gigabytes needs a form of ZIP that Excel does not open.
MOST_ROWS = 1_048_576
MOST_BYTES = 1_500_000_000
LONGEST_TEXT = 32_767
ROWS_AT_ONCE = 500

TEXT, HEAD, TITLE, NOTE, COUNT, MONEY, MOMENT, TOTAL_TEXT, TOTAL_COUNT, TOTAL_MONEY = range(10)
Value = str | int | dt.datetime | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RUPIAH = "[$Rp-421]#,##0;-[$Rp-421]#,##0"
# Font, fill, border, number format and wrapping of each style, in the order of their names above.
STYLES = (
    (0, 0, 0, 0, False),
    (1, 2, 1, 0, True),
    (2, 0, 0, 0, False),
    (3, 0, 0, 0, True),
    (0, 0, 0, 3, False),
    (0, 0, 0, 164, False),
    (0, 0, 0, 165, False),
    (1, 0, 2, 0, False),
    (1, 0, 2, 3, False),
    (1, 0, 2, 164, False),
)
BEGINNING = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
ENCODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class StreamedWorkbook:
    """Use it with ``with``: the archive is whole only at its end. ``target`` is a file that can be written anywhere."""

    def __init__(self, target: IO[bytes], *, title: str, author: str, moment: dt.datetime):
        self.archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.title, self.author, self.moment = title, author, moment
        self.written = 0
        self.names: list[tuple[int, str, int]] = []  # number of the part, name of the sheet, row of its head

    def __enter__(self) -> "StreamedWorkbook":
        return self

    def __exit__(self, kind, error, trace) -> None:
        if kind is None:
            self._finish()
        self.archive.close()

    @contextmanager
    def sheet(
        self, name: str, widths: Sequence[int], *, head_row: int = 0, front: bool = False
    ) -> Iterator["StreamedSheet"]:
        """One sheet, to be filled before the next one. ``head_row`` (from 1) stays in sight and is printed on every
        page; ``front`` puts the sheet before those that were written until now."""
        self.written += 1
        self.names.insert(0 if front else len(self.names), (self.written, name, head_row))
        with self.archive.open(self._member(f"xl/worksheets/sheet{self.written}.xml"), "w") as part:
            sheet = StreamedSheet(part)
            sheet.begin(widths, head_row)
            yield sheet
            sheet.end()

    def _finish(self) -> None:
        parts = [number for number, _name, _head in self.names]
        self._add("xl/workbook.xml", self._workbook())
        self._add("xl/_rels/workbook.xml.rels", _relations(parts))
        self._add("xl/styles.xml", _styles())
        self._add("docProps/core.xml", self._properties())
        self._add(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        )
        self._add("[Content_Types].xml", _content_types(parts))

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name, _head in self.names
        )
        titles = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
            f"{escape(_quoted(name))}!${head}:${head}</definedName>"
            for place, (_number, name, head) in enumerate(self.names)
            if head
        )
        names = f"<definedNames>{titles}</definedNames>" if titles else ""
        return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{names}</workbook>'

    def _properties(self) -> str:
        created = self.moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_letters(self.title)}</dc:title><dc:creator>{_letters(self.author)}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>'
        )

    def _add(self, name: str, text: str) -> None:
        self.archive.writestr(self._member(name), DECLARATION + text)

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name, date_time=self.moment.timetuple()[:6])
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        return member


class StreamedSheet:
    def __init__(self, part: IO[bytes]):
        self.part = part
        self.rows = 0
        self.bytes = 0
        self._waiting: list[str] = []

    @property
    def is_full(self) -> bool:
        return self.rows >= MOST_ROWS or self.bytes > MOST_BYTES

    def row(self, values: Sequence[Value], styles: Sequence[int]) -> None:
        """The next row; "" and None leave their cell empty. Moments stand as they read, without their zone."""
        self.rows += 1
        number, cells = self.rows, []
        for letter, value, style in zip(LETTERS, values, styles, strict=False):
            if type(value) is str:
                if value:
                    text = f't="inlineStr"><is><t xml:space="preserve">{_letters(value)}</t></is>'
                    cells.append(f'<c r="{letter}{number}" s="{style}" {text}</c>')
            elif value is not None:
                plain = _serial(value) if isinstance(value, dt.datetime) else value
                cells.append(f'<c r="{letter}{number}" s="{style}"><v>{plain}</v></c>')
        self._waiting.append(f'<row r="{number}">{"".join(cells)}</row>')
        if len(self._waiting) == ROWS_AT_ONCE:
            self._write()

    def begin(self, widths: Sequence[int], head_row: int) -> None:
        pane = f'<pane ySplit="{head_row}" topLeftCell="A{head_row + 1}" activePane="bottomLeft" state="frozen"/>'
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, start=1)
        )
        self._waiting.append(
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{pane if head_row else ""}</sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>"
        )

    def end(self) -> None:
        self._waiting.append(
            '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        )
        self._write()

    def _write(self) -> None:
        data = "".join(self._waiting).encode()
        self._waiting.clear()
        self.bytes += len(data)
        self.part.write(data)


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    """As XML holds it, and without what a spreadsheet would read as a letter in code (``_x000D_``)."""
    plain = FORBIDDEN.sub("", text)[:LONGEST_TEXT]
    return escape(ENCODED.sub("_x005F_", plain) if "_x" in plain else plain)


def _serial(moment: dt.datetime) -> str:
    return f"{(moment.replace(tzinfo=dt.UTC) - BEGINNING) / dt.timedelta(days=1):.8f}"


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _relations(parts: Sequence[int]) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in parts
    )
    styles = f'<Relationship Id="rId{len(parts) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{sheets}{styles}</Relationships>'


def _content_types(parts: Sequence[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for number in sorted(parts)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{sheets}</Types>"
    )


def _styles() -> str:
    def font(*, size: int = 11, bold: bool = False, color: str = "FF1C1917") -> str:
        weight = "<b/>" if bold else ""
        return f'<font>{weight}<sz val="{size}"/><color rgb="{color}"/><name val="Calibri"/><family val="2"/></font>'

    def border(top: str = "", bottom: str = "") -> str:
        edges = (("left", ""), ("right", ""), ("top", top), ("bottom", bottom), ("diagonal", ""))
        drawn = (f'<{side} style="{style}"/>' if style else f"<{side}/>" for side, style in edges)
        return f"<border>{''.join(drawn)}</border>"

    fonts = (font(), font(bold=True), font(size=14, bold=True), font(color="FF4D463E"))
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="{letters}" fillId="{fill}" borderId="{edge}" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment vertical="{"center" if fill else "top"}" wrapText="{int(wrapped)}"/></xf>'
        for letters, fill, edge, number, wrapped in STYLES
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="{RUPIAH}"/>'
        '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFF6F2EC"/></patternFill></fill></fills>'
        f'<borders count="3">{border()}{border(bottom="medium")}{border(top="thin")}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(STYLES)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
