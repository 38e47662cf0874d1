"""The figures outside the tables as flat lines: one name, one number, what it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures import Figures
from reports.labels import comparison_names, concentration_meaning, concentration_whole, definitions, measure_names

MEASURES = ("realised", "committed", "potential", "financing")


@dataclass(frozen=True, slots=True)
class Headline:
    """`key` is the path among the canonical figures; `money` tells rupiah from counts, `share` basis points."""

    key: str
    label: str
    value: int | None
    money: bool = False
    note: str = ""
    share: bool = False


def headlines(figures: Figures) -> list[Headline]:
    """Call it inside `translation.override(language)`."""
    return [
        *_measures(figures),
        *_evidence(figures),
        *_concentration(figures),
        *_counts(figures),
        *_audience(figures),
        *_bridge(figures),
        *_comparison(figures),
    ]


def _measures(figures: Figures) -> Iterator[Headline]:
    names, meaning = measure_names(), definitions(period=bool(figures.since))
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
    for part in ("realised", "committed"):
        label = f"{names['transaction_value']}: {names[part]}"
        yield Headline(f"transaction_value.{part}", label, getattr(figures.transaction_value, part), True)


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


def _concentration(figures: Figures) -> Iterator[Headline]:
    meaning, whole = concentration_meaning(figures), concentration_whole(figures)
    for name, label in (("transaction", _("Transaksi terbesar")), ("exhibitor", _("Peserta terbesar"))):
        share = getattr(figures.concentration, name)
        if share:
            yield Headline(f"concentration.{name}.amount", f"{label}: {share.label}", share.amount, True, meaning)
            bp = _("%(label)s: bagian dari %(whole)s") % {"label": label, "whole": whole}
            yield Headline(f"concentration.{name}.share_bp", bp, share.share_bp, share=True)


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
    if figures.rules > 1:
        yield Headline("orders.expired_value", _("Nilai barang pesanan kedaluwarsa"), orders.expired_value, True)
        yield Headline("orders.cancelled_value", _("Nilai barang pesanan dibatalkan"), orders.cancelled_value, True)
    yield Headline("entries", _("Catatan jurnal"), figures.entries)
    yield Headline("rules", _("Versi aturan"), figures.rules)


def _audience(figures: Figures) -> Iterator[Headline]:
    visits, inquiries = figures.visits, figures.inquiries
    yield Headline("visits.visits", _("Kunjungan"), visits.visits)
    yield Headline("visits.page_views", _("Halaman dilihat"), visits.page_views)
    yield Headline("visits.booth_visits", _("Kunjungan stan"), visits.booth_visits)
    if visits.busiest_booth:
        label = _("Stan tersibuk: %(booth)s") % {"booth": visits.busiest_booth.label}
        yield Headline("visits.busiest_booth.visits", label, visits.busiest_booth.visits)
    yield Headline("visits.unique_total", _("Pengunjung unik sepanjang masa"), visits.unique_total)
    yield Headline("visits.unique_error_bp", _("Galat baku pengunjung unik"), visits.unique_error_bp, share=True)
    yield Headline("visits.gate", _("Hitungan di pintu (luring)"), visits.gate)
    yield Headline("visits.bots", _("Tidak dihitung: bot"), visits.bots)
    yield Headline("visits.staff", _("Tidak dihitung: petugas dan peserta"), visits.staff)
    yield Headline("inquiries.sent", _("Permintaan informasi: dikirim"), inquiries.sent)
    yield Headline("inquiries.answered", _("Permintaan informasi: dijawab"), inquiries.answered)
    median = inquiries.median_first_answer_minutes
    yield Headline("inquiries.median_first_answer_minutes", _("Median waktu jawaban pertama (menit)"), median)


def _bridge(figures: Figures) -> Iterator[Headline]:
    bridge = figures.bridge
    if bridge.previous:
        label = _("Omzet rekap sebelumnya (%(number)s)") % {"number": bridge.previous.number or ""}
        yield Headline("bridge.previous.total", label, bridge.previous.total, True)
        if bridge.previous.by_rules is not None:
            yield Headline("bridge.previous.by_rules", _("Versi aturan rekap sebelumnya"), bridge.previous.by_rules)
    yield Headline("bridge.opening", _("Jembatan: omzet menurut rekap sebelumnya"), bridge.opening, True)
    yield Headline("bridge.new_sales", _("Jembatan: + penjualan baru"), bridge.new_sales, True)
    yield Headline("bridge.late_entries", _("Jembatan: + catatan terlambat"), bridge.late_entries, True)
    yield Headline("bridge.refunds", _("Jembatan: − pengembalian dana"), bridge.refunds, True)
    yield Headline("bridge.corrections", _("Jembatan: ± koreksi"), bridge.corrections, True)
    yield Headline("bridge.closing", _("Jembatan: omzet menurut rekap ini"), bridge.closing, True)
    if bridge.entries:
        steps = (
            ("new_sales", _("Jembatan: catatan penjualan baru")),
            ("late_entries", _("Jembatan: catatan terlambat, jumlahnya")),
            ("refunds", _("Jembatan: catatan pengembalian dana")),
            ("corrections", _("Jembatan: catatan koreksi")),
        )
        for name, label in steps:
            yield Headline(f"bridge.entries.{name}", label, getattr(bridge.entries, name))


def _comparison(figures: Figures) -> Iterator[Headline]:
    earlier = figures.comparison
    if earlier is None:
        return
    yield Headline("comparison.day", _("Hari pameran yang dibandingkan"), earlier.day)
    for name, (label, money) in comparison_names().items():
        text = _("%(edition)s, hari yang sama: %(figure)s") % {"edition": earlier.code, "figure": label}
        yield Headline(f"comparison.{name}", text, getattr(earlier, name), money)
