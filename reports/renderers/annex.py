"""The annex's rows as texts for the paper, and as a workbook of their own."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from expo import formats
from expo.formats import WIB
from expo.sheets.safe import neutral
from journal.listing import ListedEntry
from journal.models import Nature
from reports.annex import MOST_PRINTED, Annex
from reports.envelope import Envelope
from reports.figures import Figures
from reports.labels import channel_names, edition_names, measure_names
from reports.quote import recap_name
from reports.renderers.xlsx import FORMATS

WIDTHS = (9, 17, 17, 16, 34, 34, 20, 18, 18, 16, 8, 22, 9, 18, 22)


def heads() -> list[str]:
    return [
        _("Catatan"),
        _("Terjadi (WIB)"),
        _("Tercatat (WIB)"),
        _("Transaksi"),
        pgettext("satu", "Peserta"),
        pgettext("satu", "Produk"),
        _("Kategori"),
        _("Saluran"),
        _("Ukuran"),
        _("Jenis"),
        _("Bukti"),
        _("Tujuan"),
        _("Unit"),
        _("Rupiah"),
        _("Langkah jembatan"),
    ]


def steps() -> dict[str, str]:
    return {
        "": "",
        "new_sales": _("Baru"),
        "late_entries": _("Terlambat"),
        "refunds": _("Pengembalian"),
        "corrections": _("Koreksi"),
    }


def annex_part(annex: Annex, language: str) -> dict[str, Any]:
    """For the paper: fewer columns, so that a line can be read; the workbook has them all."""
    title = _("Lampiran: catatan jurnal di balik angka")
    if not annex.printed:
        note = _(
            "Rekap ini memuat %(count)s catatan. Lebih dari %(most)s baris tidak dicetak: daftarnya ada dalam berkas "
            "XLSX lampiran rekap ini."
        ) % {"count": formats.number(annex.total, language), "most": formats.number(MOST_PRINTED, language)}
        return {"title": title, "note": note, "head": [], "rows": []}
    channels, measures, marks = channel_names(), measure_names(), steps()
    rows = [
        [
            str(row.number),
            _moment(row.occurred_at),
            row.transaction,
            row.exhibitor,
            row.destination or "–",
            channels.get(row.channel, row.channel),
            f"{measures[row.measure]}: {Nature(row.nature).label}",
            row.evidence,
            formats.number(row.amount, language),
            marks[row.step],
        ]
        for row in annex.rows
    ]
    names = heads()
    head = [names[at] for at in (0, 1, 3, 4, 11, 7, 8, 10, 13)]
    note = _(
        "Setiap catatan yang dikenal rekap ini. Bukti D tidak dihitung. Kolom terakhir: langkah jembatan dari rekap "
        "sebelumnya; kosong berarti sudah termuat di sana."
    )
    return {"title": title, "note": note, "head": [*head, _("Jembatan")], "rows": rows}


def render_annex(figures: Figures, envelope: Envelope | None, language: str, rows: Iterable[ListedEntry]) -> bytes:
    """A workbook with every entry on a line, written row by row: its memory does not grow with their number."""
    packed = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with translation.override(language), xlsxwriter.Workbook(packed, options) as workbook:
        styles = {name: workbook.add_format(FORMATS[name]) for name in ("head", "text", "count", "money", "title")}
        moment = (envelope.sealed_at if envelope else figures.cutoff.recorded).replace(tzinfo=None)
        name = recap_name(envelope) if envelope else _("BELUM DISEGEL")
        title = _("Lampiran rekap %(number)s: %(editions)s") % {
            "number": name,
            "editions": edition_names(figures, language),
        }
        workbook.set_properties({"title": title, "author": figures.editions[0].organiser, "created": moment})
        sheet = workbook.add_worksheet(_("Transaksi"))
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 0)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, styles["title"])
        for column, head in enumerate(heads()):
            sheet.write_string(2, column, head, styles["head"])
        _write(sheet, rows, styles)
    return packed.getvalue()


def _write(sheet, rows: Iterable[ListedEntry], styles: dict) -> None:
    channels, measures, marks = channel_names(), measure_names(), steps()
    for at, row in enumerate(rows, start=3):
        texts = (
            _moment(row.occurred_at),
            _moment(row.recorded_at),
            row.transaction,
            row.exhibitor,
            row.product,
            row.category,
            channels.get(row.channel, row.channel),
            measures[row.measure],
            str(Nature(row.nature).label),
            row.evidence,
            row.destination,
        )
        sheet.write_number(at, 0, row.number, styles["count"])
        for column, text in enumerate(texts, start=1):
            sheet.write_string(at, column, neutral(text), styles["text"])
        sheet.write_number(at, 12, row.quantity, styles["count"])
        sheet.write_number(at, 13, row.amount, styles["money"])
        sheet.write_string(at, 14, marks[row.step], styles["text"])


def _moment(moment) -> str:
    return f"{moment.astimezone(WIB):%Y-%m-%d %H:%M}"
