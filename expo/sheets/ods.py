"""Workbooks in OpenDocument's form, written through the few calls of XlsxWriter that our workbooks use.

So one description of a workbook makes both kinds of file, cell by cell. Written by hand because the library that others
use has had no release since 2020; the format's part that we need is small. Same calls, same bytes.
"""

import datetime as dt
import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
# Letters that XML has no place for.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "number": "datastyle",
        "meta": "meta",
        "manifest": "manifest",
    }.items()
)
FORMULAS = 'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{media}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


class OdsWorkbook:
    """Collects sheets; ``close`` (or leaving the ``with``) writes the file."""

    def __init__(self, target: io.BytesIO):
        self.target = target
        self.sheets: list[OdsSheet] = []
        self.formats: list[dict] = []
        self.properties: dict[str, Any] = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.close()

    def add_format(self, properties: dict) -> int:
        self.formats.append(properties)
        return len(self.formats) - 1

    def add_worksheet(self, name: str) -> "OdsSheet":
        self.sheets.append(OdsSheet(name))
        return self.sheets[-1]

    def set_properties(self, properties: dict) -> None:
        self.properties = properties

    def close(self) -> None:
        moment = self.properties["created"]
        with zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED) as archive:
            # A reader knows the kind of file by this first member, which is not compressed.
            archive.writestr(_member("mimetype", moment, zipfile.ZIP_STORED), MEDIA_TYPE)
            archive.writestr(_member("META-INF/manifest.xml", moment), MANIFEST.format(media=MEDIA_TYPE))
            archive.writestr(_member("meta.xml", moment), self._meta(moment))
            archive.writestr(_member("content.xml", moment), self._content())

    def _meta(self, moment: dt.datetime) -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-meta {NAMESPACES} '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
            f"<dc:title>{_text(self.properties.get('title', ''))}</dc:title>"
            f"<dc:creator>{_text(self.properties.get('author', ''))}</dc:creator>"
            f"<dc:date>{moment:%Y-%m-%dT%H:%M:%S}</dc:date></office:meta></office:document-meta>"
        )

    def _content(self) -> str:
        widths = sorted({width for sheet in self.sheets for width in sheet.widths.values()})
        styles = "".join(
            f'<style:style style:name="w{width}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width * 2}mm"/></style:style>'
            for width in widths
        )
        styles += "".join(_style(number, properties) for number, properties in enumerate(self.formats))
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document-content {NAMESPACES} {FORMULAS} office:version="1.3">'
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
            + "".join(sheet.xml() for sheet in self.sheets)
            + "</office:spreadsheet></office:body></office:document-content>"
        )


class OdsSheet:
    """One table. Cells may be written in any order."""

    def __init__(self, name: str):
        self.name = name
        self.widths: dict[int, int] = {}
        self.cells: dict[int, dict[int, str]] = {}
        self.heading = False

    def set_column(self, first: int, last: int, width: int) -> None:
        self.widths |= dict.fromkeys(range(first, last + 1), width)

    def write_string(self, row: int, column: int, text: str, style: int) -> None:
        lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in text.split("\n"))
        self._put(row, column, style, 'office:value-type="string"', lines)

    def write_number(self, row: int, column: int, value: int | float, style: int) -> None:
        kind = f'office:value-type="float" office:value="{value}"'
        self._put(row, column, style, kind, f"<text:p>{value}</text:p>")

    def write_datetime(self, row: int, column: int, day: dt.date, style: int) -> None:
        shown = f"<text:p>{day.isoformat()}</text:p>"
        self._put(row, column, style, f'office:value-type="date" office:date-value="{day.isoformat()}"', shown)

    def write_formula(self, row: int, column: int, formula: str, style: int, value: int) -> None:
        """A formula of plain references such as =SUM(B2:B9)."""
        said = "of:" + re.sub(r"([A-Z]+\d+):([A-Z]+\d+)", r"[.\1:.\2]", formula)
        kind = f'table:formula={quoteattr(said)} office:value-type="float" office:value="{value}"'
        self._put(row, column, style, kind, f"<text:p>{value}</text:p>")

    def repeat_rows(self, first: int) -> None:
        self.heading = True

    def freeze_panes(self, *place) -> None:
        """Kept by XlsxWriter alone: in OpenDocument it is a setting of the view."""

    set_paper = fit_to_pages = set_landscape = set_footer = freeze_panes

    def _put(self, row: int, column: int, style: int, kind: str, content: str) -> None:
        cell = f'<table:table-cell table:style-name="c{style}" {kind}>{content}</table:table-cell>'
        self.cells.setdefault(row, {})[column] = cell

    def xml(self) -> str:
        widths = [self.widths[at] for at in sorted(self.widths)]
        columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in widths)
        rows = [self._row(row) for row in range(max(self.cells, default=-1) + 1)]
        if self.heading and rows:
            rows[0] = f"<table:table-header-rows>{rows[0]}</table:table-header-rows>"
        return f"<table:table table:name={quoteattr(self.name)}>{columns}{''.join(rows)}</table:table>"

    def _row(self, row: int) -> str:
        cells = self.cells.get(row, {})
        written = (cells.get(column, "<table:table-cell/>") for column in range(max(cells, default=0) + 1))
        return f"<table:table-row>{''.join(written)}</table:table-row>"


def _style(number: int, properties: dict) -> str:
    """A cell's style and the form of its number, from XlsxWriter's words for them."""
    cell, text, paragraph = [], [], []
    for side in ("top", "bottom"):
        if side in properties:
            cell.append(f'fo:border-{side}="{properties[side]}pt solid #1f1a15"')
    if "border" in properties:
        cell.append('fo:border="1pt solid #1f1a15"')
    if "bg_color" in properties:
        cell.append(f'fo:background-color="{properties["bg_color"].lower()}"')
    if properties.get("text_wrap"):
        cell.append('fo:wrap-option="wrap"')
    if "valign" in properties:
        cell.append(f'style:vertical-align="{properties["valign"].replace("vcenter", "middle")}"')
    if properties.get("bold"):
        text.append('fo:font-weight="bold"')
    if "font_size" in properties:
        text.append(f'fo:font-size="{properties["font_size"]}pt"')
    if "font_color" in properties:
        text.append(f'fo:color="{properties["font_color"].lower()}"')
    if "align" in properties:
        paragraph.append(f'fo:text-align="{properties["align"].replace("left", "start")}"')
    numbers = _number_style(number, properties.get("num_format", ""))
    used = f' style:data-style-name="n{number}"' if numbers else ""
    return (
        f'{numbers}<style:style style:name="c{number}" style:family="table-cell"{used}>'
        f"<style:table-cell-properties {' '.join(cell)}/><style:paragraph-properties {' '.join(paragraph)}/>"
        f"<style:text-properties {' '.join(text)}/></style:style>"
    )


def _number_style(number: int, form: str) -> str:
    if not form:
        return ""
    if "yy" in form:
        parts = '<number:day number:style="long"/>', '<number:month number:textual="true" number:style="long"/>'
        year = '<number:year number:style="long"/>'
        text = "<number:text> </number:text>".join((*parts, year))
        return f'<number:date-style style:name="n{number}">{text}</number:date-style>'
    if "%" in form:
        digits = '<number:number number:decimal-places="2" number:min-integer-digits="1"/><number:text>%</number:text>'
        return f'<number:percentage-style style:name="n{number}">{digits}</number:percentage-style>'
    unit = "<number:text>Rp</number:text>" if "Rp" in form else ""
    digits = '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    return f'<number:number-style style:name="n{number}">{unit}{digits}</number:number-style>'


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("", str(text))).replace("\t", "<text:tab/>")


def _member(name: str, moment: dt.datetime, packing: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
    member.compress_type = packing
    member.external_attr = 0o644 << 16
    return member
