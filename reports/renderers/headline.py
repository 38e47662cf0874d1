"""The figures outside the tables as flat lines: one name, one number, what it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures import Figures
from reports.labels import definitions, measure_names

MEASURES = ("realised", "committed", "potential", "financing")


@dataclass(frozen=True, slots=True)
class Headline:
    """`key` is the path among the canonical figures; `money` tells rupiah from counts."""

    key: str
    label: str
    value: int | None
    money: bool = False
    note: str = ""


def headlines(figures: Figures) -> list[Headline]:
    """Call it inside `translation.override(language)`."""
    return [
        *_measures(figures),
        *_evidence(figures),
        *_counts(figures),
        *_audience(figures),
        *_bridge(figures),
    ]


def _measures(figures: Figures) -> Iterator[Headline]:
    names, meaning = measure_names(), definitions()
    realised = figures.realised
    yield Headline("realised.total", names["realised"], realised.total, True, meaning["realised"])
    yield Headline("realised.direct", _("Omzet: penjualan langsung"), realised.direct, True)
    yield Headline("realised.on_orders", _("Omzet: pembayaran atas pesanan"), realised.on_orders, True)
    yield Headline("realised.sales", _("Penjualan sebelum pengembalian"), realised.sales, True)
    yield Headline("realised.refunds", _("Pengembalian dana"), realised.refunds, True)
    yield Headline("realised.corrections", _("Koreksi"), realised.corrections, True)
    yield Headline("realised.transactions", _("Transaksi terbayar"), realised.transactions)
    for name in ("committed", "potential", "financing"):
        promise = getattr(figures, name)
        yield Headline(f"{name}.total", names[name], promise.total, True, meaning[name])
        yield Headline(f"{name}.transactions", f"{names[name]}: {_('Transaksi')}", promise.transactions)
    value = figures.transaction_value.total
    yield Headline("transaction_value.total", names["transaction_value"], value, True, meaning["transaction_value"])


def _evidence(figures: Figures) -> Iterator[Headline]:
    names = measure_names()
    for name in MEASURES:
        for grade in "ABC":
            amount = getattr(getattr(figures, name).evidence, grade)
            label = _("%(measure)s: bukti %(grade)s") % {"measure": names[name], "grade": grade}
            yield Headline(f"{name}.evidence.{grade}", label, amount, True)
    for name in MEASURES:
        label = _("%(measure)s: bukti D, tidak dihitung") % {"measure": names[name]}
        yield Headline(f"pending_evidence.{name}", label, getattr(figures.pending_evidence, name), True)


def _counts(figures: Figures) -> Iterator[Headline]:
    products, people, orders = figures.products, figures.participants, figures.orders
    yield Headline("products.on_show", _("Produk dipajang"), products.on_show)
    yield Headline("products.sold", _("Macam produk terjual"), products.sold)
    yield Headline("products.units", _("Unit terjual"), products.units)
    yield Headline("participants.exhibitors", _("Peserta"), people.exhibitors)
    yield Headline("participants.ukm", _("UKM"), people.ukm)
    yield Headline("participants.koperasi", _("Koperasi"), people.koperasi)
    yield Headline("participants.regencies", _("Kabupaten/kota asal peserta"), people.regencies)
    yield Headline("orders.placed", _("Pesanan masuk di toko daring"), orders.placed)
    yield Headline("orders.expired", _("Kedaluwarsa tanpa pembayaran"), orders.expired)
    yield Headline("orders.cancelled", _("Dibatalkan"), orders.cancelled)
    yield Headline("entries", _("Catatan jurnal"), figures.entries)


def _audience(figures: Figures) -> Iterator[Headline]:
    visits, inquiries = figures.visits, figures.inquiries
    yield Headline("visits.visits", _("Kunjungan"), visits.visits)
    yield Headline("visits.page_views", _("Halaman dilihat"), visits.page_views)
    yield Headline("visits.booth_visits", _("Kunjungan stan"), visits.booth_visits)
    yield Headline("visits.unique_total", _("Pengunjung unik sepanjang masa"), visits.unique_total)
    yield Headline("visits.gate", _("Hitungan di pintu (luring)"), visits.gate)
    yield Headline("visits.bots", _("Tidak dihitung: bot"), visits.bots)
    yield Headline("visits.staff", _("Tidak dihitung: petugas dan peserta"), visits.staff)
    yield Headline("inquiries.sent", _("Permintaan informasi: dikirim"), inquiries.sent)
    yield Headline("inquiries.answered", _("Permintaan informasi: dijawab"), inquiries.answered)
    median = inquiries.median_first_answer_minutes
    yield Headline("inquiries.median_first_answer_minutes", _("Median waktu jawaban pertama (menit)"), median)


def _bridge(figures: Figures) -> Iterator[Headline]:
    bridge = figures.bridge
    yield Headline("bridge.opening", _("Jembatan: omzet menurut rekap sebelumnya"), bridge.opening, True)
    yield Headline("bridge.new_sales", _("Jembatan: + penjualan baru"), bridge.new_sales, True)
    yield Headline("bridge.late_entries", _("Jembatan: + catatan terlambat"), bridge.late_entries, True)
    yield Headline("bridge.refunds", _("Jembatan: − pengembalian dana"), bridge.refunds, True)
    yield Headline("bridge.corrections", _("Jembatan: ± koreksi"), bridge.corrections, True)
    yield Headline("bridge.closing", _("Jembatan: omzet menurut rekap ini"), bridge.closing, True)
