"""The recap as a workbook: a cover with the headline figures, then a sheet for each table.

Amounts are real numbers; the totals are sums that the reader can follow, with the recap's own total as their
stored value. Same figures, same bytes. The same ``Book`` writes XLSX and OpenDocument.
"""

import io
from datetime import date

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from expo import formats
from expo.sheets.ods import OdsSheet, OdsWorkbook
from expo.sheets.safe import neutral
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import compared, comparison_names, country_name, edition_names, language_name
from reports.quote import recap_name
from reports.renderers.headline import headlines
from reports.renderers.tables import Table, all_tables, booth_columns, column_names, visit_days

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = ("transactions", "units", "realised", "committed")
MONEY = {"realised", "committed"}
FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter", "bg_color": "#F6F2EC"},
    "text": {"valign": "top"},
    "note": {"font_color": "#4D463E", "text_wrap": True, "valign": "top"},
    "alarm": {"bold": True, "border": 2},
    "count": {"num_format": "#,##0", "valign": "top"},
    "money": {"num_format": "[$Rp-421]#,##0;-[$Rp-421]#,##0", "valign": "top"},
    "date": {"num_format": "[$-421]dd mmmm yyyy", "align": "left"},
    "share": {"num_format": "0.00%", "valign": "top"},
    "total_text": {"bold": True, "top": 1},
    "total_count": {"bold": True, "top": 1, "num_format": "#,##0"},
    "total_money": {"bold": True, "top": 1, "num_format": "[$Rp-421]#,##0;-[$Rp-421]#,##0"},
}


def render_xlsx(figures: Figures, envelope: Envelope | None = None, language: str = "id") -> bytes:
    """The workbook's bytes."""
    packed = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with translation.override(language), xlsxwriter.Workbook(packed, options) as workbook:
        Book(workbook, figures, envelope, language).write()
    return packed.getvalue()


def render_ods(figures: Figures, envelope: Envelope | None = None, language: str = "id") -> bytes:
    """The same workbook as OpenDocument spreadsheet."""
    packed = io.BytesIO()
    with translation.override(language), OdsWorkbook(packed) as workbook:
        Book(workbook, figures, envelope, language).write()
    return packed.getvalue()


class Book:
    """Writes the sheets, in the language that is active."""

    def __init__(self, workbook: Workbook | OdsWorkbook, figures: Figures, envelope: Envelope | None, language: str):
        self.workbook, self.figures, self.envelope, self.language = workbook, figures, envelope, language
        self.styles = {name: workbook.add_format(properties) for name, properties in FORMATS.items()}
        moment = (envelope.sealed_at if envelope else figures.cutoff.recorded).replace(tzinfo=None)
        workbook.set_properties({"title": self._title(), "author": figures.editions[0].organiser, "created": moment})

    def write(self) -> None:
        self.cover()
        for table in all_tables(self.figures, self.language):
            self.table(table)
        self.visits()
        self.booths()
        self.inquiries()
        self.comparison()

    def cover(self) -> None:
        sheet = self._sheet(_("Ringkasan"), landscape=False)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 70)
        sheet.write_string(0, 0, self._title(), self.styles["title"])
        row = 1
        for label, value in self._facts():
            sheet.write_string(row, 0, label, self.styles["text"])
            sheet.write_string(row, 1, neutral(value), self.styles["text"])
            row += 1
        self._cover_figures(sheet, row + 1)

    def table(self, table: Table) -> None:
        sheet = self._sheet(table.title.replace("/", "-")[:31])
        names = column_names()
        self._head(sheet, [table.head, *(names[name] for name in COLUMNS)], first_width=44)
        for row, line in enumerate(table.lines, start=1):
            self._first_cell(sheet, row, table.name, line.key, line.label)
            for column, name in enumerate(COLUMNS, start=1):
                sheet.write_number(row, column, getattr(line, name), self._style(name))
        self._totals(sheet, table)

    def visits(self) -> None:
        visits = self.figures.visits
        sheet = self._sheet(_("Kunjungan"))
        self._head(sheet, [_("Hari"), _("Kunjungan"), _("Pengunjung unik"), _("Halaman dilihat"), _("Di pintu")])
        for row, (day, *counts) in enumerate(visit_days(visits), start=1):
            sheet.write_datetime(row, 0, day, self.styles["date"])
            for column, count in enumerate(counts, start=1):
                if count is not None:
                    sheet.write_number(row, column, count, self.styles["count"])

    def booths(self) -> None:
        sheet = self._sheet(_("Kunjungan stan"))
        names = {"visits": _("Kunjungan"), "unique": _("Pengunjung unik")}
        columns = booth_columns(self.figures)
        self._head(sheet, [_("Stan"), *(names[column] for column in columns)], first_width=44)
        for row, booth in enumerate(self.figures.visits.booths, start=1):
            sheet.write_string(row, 0, neutral(booth.label or _("Tidak diketahui")), self.styles["text"])
            for at, column in enumerate(columns, start=1):
                if (count := getattr(booth, column)) is not None:
                    sheet.write_number(row, at, count, self.styles["count"])

    def comparison(self) -> None:
        """Beside the edition before; the sheet is there, and empty, where there was none."""
        sheet = self._sheet(_("Perbandingan"))
        earlier, own = self.figures.comparison, compared(self.figures)
        head = [_("Angka"), self.figures.editions[0].code, earlier.code if earlier else "–"]
        self._head(sheet, head)
        for row, (name, (label, money)) in enumerate(comparison_names().items() if earlier else (), start=1):
            style = self.styles["money" if money else "count"]
            sheet.write_string(row, 0, label, self.styles["text"])
            sheet.write_number(row, 1, own[name], style)
            sheet.write_number(row, 2, getattr(earlier, name), style)

    def inquiries(self) -> None:
        sheet = self._sheet(_("Permintaan informasi"))
        self._head(sheet, [_("Menurut"), _("Nama"), _("Dikirim"), _("Dijawab")])
        inquiries, row = self.figures.inquiries, 1
        for by, rows, name_of in (
            (_("Bahasa"), inquiries.by_language, language_name),
            (_("Negara"), inquiries.by_country, country_name),
        ):
            for item in rows:
                name = name_of(item.key, self.language) or item.label
                sheet.write_string(row, 0, by, self.styles["text"])
                sheet.write_string(row, 1, neutral(name), self.styles["text"])
                sheet.write_number(row, 2, item.sent, self.styles["count"])
                sheet.write_number(row, 3, item.answered, self.styles["count"])
                row += 1

    def _cover_figures(self, sheet: Worksheet | OdsSheet, row: int) -> None:
        for column, name in enumerate((_("Ukuran"), _("Angka"), _("Arti"))):
            sheet.write_string(row, column, name, self.styles["head"])
        for at, item in enumerate(headlines(self.figures), start=row + 1):
            sheet.write_string(at, 0, neutral(item.label), self.styles["text"])
            if item.share and item.value is not None:
                sheet.write_number(at, 1, item.value / 10_000, self.styles["share"])
            elif item.value is not None:
                sheet.write_number(at, 1, item.value, self.styles["money" if item.money else "count"])
            sheet.write_string(at, 2, item.note, self.styles["note"])

    def _totals(self, sheet: Worksheet | OdsSheet, table: Table) -> None:
        row = len(table.lines) + 1
        sheet.write_string(row, 0, table.total.label, self.styles["total_text"])
        for column, name in enumerate(COLUMNS, start=1):
            value, style = getattr(table.total, name), self._style(name, "total_")
            # A transaction may touch two rows, so its column has a count of its own and no sum.
            if name == "transactions" or not table.lines:
                sheet.write_number(row, column, value, style)
            else:
                letter = "ABCDE"[column]
                sheet.write_formula(row, column, f"=SUM({letter}2:{letter}{row})", style, value)

    def _first_cell(self, sheet: Worksheet | OdsSheet, row: int, table: str, key: str, label: str) -> None:
        if table == "day" and key:
            sheet.write_datetime(row, 0, date.fromisoformat(key), self.styles["date"])
        else:
            sheet.write_string(row, 0, neutral(label), self.styles["text"])

    def _head(self, sheet: Worksheet | OdsSheet, names: list[str], first_width: int = 30) -> None:
        sheet.set_column(0, 0, first_width)
        sheet.set_column(1, len(names) - 1, 20)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self.styles["head"])
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def _sheet(self, name: str, *, landscape: bool = True) -> Worksheet | OdsSheet:
        sheet = self.workbook.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        number = recap_name(self.envelope) if self.envelope else _("BELUM DISEGEL")
        sheet.set_footer(f"&L{number}&R&P/&N")
        return sheet

    def _style(self, name: str, prefix: str = ""):
        return self.styles[prefix + ("money" if name in MONEY else "count")]

    def _title(self) -> str:
        return _("Rekapitulasi transaksi %(editions)s") % {"editions": edition_names(self.figures, self.language)}

    def _facts(self) -> list[tuple[str, str]]:
        cutoff = self.figures.cutoff
        facts = [
            (_("Terjadi s.d."), formats.wib(cutoff.occurred, self.language, weekday=True)),
            (_("Tercatat s.d."), formats.wib(cutoff.recorded, self.language, weekday=True)),
        ]
        if self.figures.since:
            facts.insert(0, (_("Terjadi sejak"), formats.wib(self.figures.since, self.language, weekday=True)))
        if not self.envelope:
            return [*facts, (_("Keadaan"), _("BELUM DISEGEL – tidak untuk dikutip"))]
        return [
            (_("Nomor"), recap_name(self.envelope)),
            *facts,
            (_("Disegel"), formats.wib(self.envelope.sealed_at, self.language)),
            (_("Kode verifikasi"), self.envelope.code),
            (_("Alamat verifikasi"), self.envelope.url),
            (_("SHA-256 angka"), self.envelope.sha256),
        ]
