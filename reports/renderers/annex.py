"""The annex's rows as texts for the paper, and what its columns are called everywhere."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from expo import formats
from expo.formats import WIB
from journal.models import Nature
from reports.annex import MOST_PRINTED, Annex
from reports.labels import channel_names, measure_names


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


def _moment(moment) -> str:
    return f"{moment.astimezone(WIB):%Y-%m-%d %H:%M}"
