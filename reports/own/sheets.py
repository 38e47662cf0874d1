"""The own figures as tables of plain cells: the same on the page, in the workbook and in the CSV."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from expo import formats
from journal.own import Sums
from reports.labels import channel_names, definitions
from reports.own.charts import run_label
from reports.own.figures import OwnFigures
from reports.own.ranked import of_visits, steps
from visits.domain.sketches import ERROR_BASIS_POINTS

TEXT, MONEY, COUNT, DAY, SHARE = "text", "money", "count", "day", "share"


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` says how a cell is written; a share is in ten-thousandths."""

    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] | None = None

    def narrowed(self, *places: int) -> "Sheet":
        """Some of its columns, for a narrow screen."""

        def pick(cells):
            return tuple(cells[place] for place in places)

        total = pick(self.total) if self.total else None
        return replace(self, columns=pick(self.columns), rows=tuple(pick(row) for row in self.rows), total=total)

    def shown_rows(self, most: int | None = None) -> list[list[dict]]:
        return [self.shown(row) for row in self.rows[:most]]

    def shown_total(self) -> list[dict]:
        return self.shown(self.total) if self.total else []

    def shown(self, row: tuple[Any, ...]) -> list[dict]:
        """The cells as a reader writes them."""
        return [
            {"text": shown_cell(cell, column.kind), "is_number": column.kind in (MONEY, COUNT, SHARE)}
            for cell, column in zip(row, self.columns, strict=True)
        ]


def shown_cell(cell: Any, kind: str) -> str:
    if cell is None:
        return "–"
    match kind:
        case "money":
            return formats.rupiah(cell)
        case "count":
            return formats.number(cell)
        case "share":
            return formats.percent(cell)
        case "day":
            return formats.tanggal(cell, weekday=True) if isinstance(cell, dt.date) else str(cell)
    return str(cell)


def all_sheets(figures: OwnFigures) -> list[Sheet]:
    """Every table in its order. Call it inside ``translation.override(language)``."""
    found = [days(figures), channels(figures), products(figures), conversion(figures)]
    return [*found, comparison(figures)] if figures.comparison else found


def headlines(figures: OwnFigures) -> list[tuple[str, str, Any, str, str]]:
    """(key, label, value, kind, definition): no figure without what it counts."""
    defined, total = definitions(), figures.total
    return [
        ("realised", _("Omzet"), total.realised, MONEY, defined["realised"]),
        ("committed", _("Pesanan belum dibayar"), total.committed, MONEY, defined["committed"]),
        ("transactions", _("Transaksi"), total.transactions, COUNT, _("Penjualan yang dibayar, dari semua saluran.")),
        ("units", _("Barang terjual"), total.units, COUNT, _("Potong, dikurangi yang dikembalikan.")),
        (
            "visits",
            _("Kunjungan stan"),
            figures.visits,
            COUNT,
            _("Setelah 30 menit tanpa kegiatan, kunjungan berikutnya dihitung baru. Bot, petugas, dan peserta tidak."),
        ),
        visitors(figures),
        (
            "conversion",
            _("Konversi"),
            figures.conversion_bp,
            SHARE,
            _("Transaksi dibayar di toko daring dibagi kunjungan stan pada masa yang sama."),
        ),
        (
            "claimed",
            _("Belum dihitung"),
            total.claimed,
            MONEY,
            _("Baru pengakuan: tunggu tutup kas, bukti transfer, atau pemeriksaan panitia. Tidak termasuk omzet."),
        ),
    ]


def visitors(figures: OwnFigures) -> tuple[str, str, Any, str, str]:
    """Unique visitors of all the time shown; or of the run, where a mall with other salts has followed."""
    visited = figures.visited
    is_run = visited.unique is None and visited.unique_run is not None
    label = _("Pengunjung unik sampai penutupan") if is_run else _("Pengunjung unik")
    note = _(
        "Perkiraan: 95 dari 100 kali meleset paling banyak %(error)s. Yang datang berkali-kali dihitung sekali. "
        "Bulan-bulan mal tidak dapat digabung."
    ) % {"error": formats.percent(2 * ERROR_BASIS_POINTS)}
    return "visitors", label, visited.unique_run if is_run else visited.unique, COUNT, note


def sum_columns() -> tuple[Column, ...]:
    return (
        Column(_("Omzet"), MONEY),
        Column(_("Pesanan"), MONEY),
        Column(_("Barang"), COUNT),
        Column(_("Transaksi"), COUNT),
    )


def cells(sums: Sums) -> tuple[int, ...]:
    return sums.realised, sums.committed, sums.units, sums.transactions


def days(figures: OwnFigures) -> Sheet:
    return Sheet(
        "days",
        _("Per hari"),
        (Column(_("Hari"), DAY), *sum_columns(), Column(_("Kunjungan"), COUNT), Column(_("Pengunjung unik"), COUNT)),
        tuple((row.day, *cells(row.sums), row.visits, row.unique) for row in figures.days),
        (_("Jumlah"), *cells(figures.total), figures.visits, figures.visited.unique),
    )


def channels(figures: OwnFigures) -> Sheet:
    names = channel_names()
    return Sheet(
        "channels",
        _("Menurut saluran"),
        (Column(_("Saluran"), TEXT), *sum_columns()),
        tuple((names[key], *cells(sums)) for key, sums in figures.channels),
        (_("Jumlah"), *cells(figures.total)),
    )


def products(figures: OwnFigures) -> Sheet:
    """With the turnover of the edition before as its last column, where there is one to compare with."""
    found = figures.comparison
    columns = [Column(pgettext("satu", "Produk"), TEXT), *sum_columns()]
    rows = [(row.label or _("Tanpa nama produk"), *cells(row.sums)) for row in figures.products]
    total: tuple = (_("Jumlah"), *cells(figures.total))
    if found:
        columns.append(Column(_("Omzet %(edition)s") % {"edition": found.edition.display_name}, MONEY))
        rows = [(*cells_of_row, row.then) for cells_of_row, row in zip(rows, figures.products, strict=True)]
        total = (*total, found.then)
    return Sheet("products", _("Produk terlaris"), tuple(columns), tuple(rows), total)


def conversion(figures: OwnFigures) -> Sheet:
    """From a visit to a paid order, each step also as a share of the visits."""
    sides = [(figures.span.edition.display_name if figures.span.edition else _("Jumlah"), figures.funnel)]
    if figures.comparison:
        sides.append((figures.comparison.edition.display_name, figures.comparison.funnel))
    columns = [Column(_("Langkah"), TEXT)]
    for name, _funnel in sides:
        columns += [Column(name, COUNT), Column(_("%(edition)s, dari kunjungan") % {"edition": name}, SHARE)]
    rows = []
    for member, label, _meaning in steps():
        row: list[Any] = [label]
        for _name, funnel in sides:
            value = getattr(funnel, member)
            row += [value, of_visits(funnel, value)]
        rows.append(tuple(row))
    return Sheet("conversion", _("Konversi"), tuple(columns), tuple(rows))


def comparison(figures: OwnFigures) -> Sheet:
    found, edition = figures.comparison, figures.span.edition
    assert found is not None
    assert edition is not None
    return Sheet(
        "comparison",
        _("Dibanding pameran lalu"),
        (
            Column(_("Hari pameran"), TEXT),
            Column(edition.display_name, MONEY),
            Column(found.edition.display_name, MONEY),
        ),
        tuple((run_label(row.key), row.now, row.then) for row in found.rows),
        (_("Jumlah"), found.now, found.then),
    )
