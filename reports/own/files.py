"""The own figures as a workbook and as CSV: real numbers, and texts that no spreadsheet calculates."""

import csv
import datetime as dt
import io

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from expo import formats
from expo.sheets.safe import neutral
from reports.own.figures import OwnFigures, Span
from reports.own.sheets import SHARE, Sheet, all_sheets, headlines
from reports.renderers.xlsx import FORMATS as RECAP_FORMATS
from reports.renderers.xlsx import MEDIA_TYPE

MEDIA_TYPES = {"xlsx": MEDIA_TYPE, "csv": "text/csv; charset=utf-8"}
FORMATS = RECAP_FORMATS | {"share": {"num_format": "0.00%", "valign": "top"}, "day": RECAP_FORMATS["date"]}
BASIS = 10_000
MARK = "\ufeff"  # by which Excel knows UTF-8


def span_name(span: Span) -> str:
    if span.edition:
        return span.edition.display_name
    if span.first and span.last:
        return f"{formats.tanggal(span.first)} – {formats.tanggal(span.last)}"
    return _("Semua")


def file_name(figures: OwnFigures, kind: str) -> str:
    span = figures.span
    what = span.edition.slug if span.edition else f"{span.first}-{span.last}"
    return f"angka-{what}.{kind}"


def own_file(figures: OwnFigures, kind: str, language: str) -> bytes:
    """The bytes of an ``xlsx`` or ``csv``."""
    with translation.override(language):
        return _xlsx(figures) if kind == "xlsx" else _csv(figures)


def _xlsx(figures: OwnFigures) -> bytes:
    packed = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(packed, options) as book:
        styles = {name: book.add_format(properties) for name, properties in FORMATS.items()}
        book.set_properties({"title": _("Angka %(name)s") % {"name": figures.exhibitor}})
        _cover(book.add_worksheet(_("Ringkasan")), figures, styles)
        for sheet in all_sheets(figures):
            _table(book.add_worksheet(sheet.title[:31]), sheet, styles)
    return packed.getvalue()


def _cover(page, figures: OwnFigures, styles) -> None:
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 22)
    page.set_column(2, 2, 80)
    page.write_string(0, 0, neutral(figures.exhibitor), styles["title"])
    page.write_string(1, 0, neutral(span_name(figures.span)), styles["text"])
    page.write_string(2, 0, _("Sampai %(moment)s") % {"moment": formats.wib(_minute(figures.until))}, styles["text"])
    for column, head in enumerate((_("Ukuran"), _("Angka"), _("Arti"))):
        page.write_string(4, column, head, styles["head"])
    for row, (_key, label, value, kind, note) in enumerate(headlines(figures), start=5):
        page.write_string(row, 0, label, styles["text"])
        _cell(page, row, 1, value, kind, styles)
        page.write_string(row, 2, note, styles["note"])


def _table(page, sheet: Sheet, styles) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, len(sheet.columns) - 1, 18)
    page.freeze_panes(1, 1)
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, neutral(column.head), styles["head"])
    for number, row in enumerate(sheet.rows, start=1):
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _cell(page, number, place, value, column.kind, styles)
    last = len(sheet.rows) + 1
    for place, value in enumerate(sheet.total or ()):
        if isinstance(value, str):
            page.write_string(last, place, value, styles["total_text"])
        elif value is not None:
            page.write_number(last, place, value, styles[f"total_{sheet.columns[place].kind}"])


def _cell(page, row: int, column: int, value, kind: str, styles) -> None:
    if value is None:
        return
    if isinstance(value, dt.date):
        page.write_datetime(row, column, value, styles[kind])
    elif isinstance(value, str):
        page.write_string(row, column, neutral(value), styles["text"])
    else:
        page.write_number(row, column, value / BASIS if kind == SHARE else value, styles[kind])


def _csv(figures: OwnFigures) -> bytes:
    """One flat table: section, row, figure, value; days as ISO, whole rupiah, shares in hundredths."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((_("Bagian"), _("Baris"), _("Ukuran"), _("Angka")))
    for _key, label, value, kind, _note in headlines(figures):
        writer.writerow((_("Ringkasan"), "", label, _plain(value, kind)))
    for sheet in all_sheets(figures):
        for row in sheet.rows:
            name = row[0].isoformat() if isinstance(row[0], dt.date) else neutral(row[0])
            for value, column in zip(row[1:], sheet.columns[1:], strict=True):
                writer.writerow((sheet.title, name, neutral(column.head), _plain(value, column.kind)))
    return (MARK + text.getvalue()).encode()


def _plain(value, kind: str):
    if value is None:
        return ""
    return f"{value // 100}.{value % 100:02}" if kind == SHARE else value


def _minute(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)
