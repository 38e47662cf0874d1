"""The printed tables of a recap: headers, aligned cells and totals as texts."""

import re
from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from expo import formats
from reports.figures import BoothVisits, Bridge, Comparison, Evidence, Figures, InquiryRow, Row
from reports.labels import (
    compared,
    comparison_names,
    country_name,
    duration,
    language_name,
    measure_names,
    rules_differ,
)
from reports.periods import Period, periods
from reports.renderers.tables import Line, Table, all_tables, booth_columns, column_names, line, visit_days

RANKED = ("exhibitor",)
DASH = "–"
BOOTHS_PRINTED = 40


def printed_tables(figures: Figures, language: str) -> list[dict[str, Any]]:
    """The nine tables. Many days are printed as months or years; every day stays in XLSX and CSV."""
    printed = []
    for table in all_tables(figures, language):
        note, lines = "", table.lines
        if table.name == "day":
            shown = periods(figures.tables.day, language)
            lines = tuple(line(period.row, period.label) for period in shown)
            note = _day_note(shown)
        printed.append(_printed(table, lines, note, figures.realised.total))
    return printed


def chart_alt(title: str, svg: str) -> str:
    """The chart's own description, for readers who cannot see it."""
    found = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
    return f"{title}. {found.group(1) if found else ''}".strip()


def evidence_table(figures: Figures) -> dict[str, Any]:
    names = measure_names()
    pending = figures.pending_evidence
    rows = [
        _evidence_row(names[name], getattr(figures, name).evidence, getattr(pending, name))
        for name in ("realised", "committed", "potential", "financing")
    ]
    return {
        "title": _("Bukti"),
        "head": [
            _("Ukuran"),
            _("A: bank/gerbang pembayaran"),
            _("B: bukti + penjual"),
            _("C: nota stan"),
            _("D: menunggu, tidak dihitung"),
        ],
        "rows": rows,
        "columns": [1.25, 1.2, 1.2, 1.2, 1.2],
    }


def visit_parts(figures: Figures, language: str) -> dict[str, Any]:
    visits = figures.visits
    facts = [
        [_("Kunjungan"), formats.number(visits.visits)],
        [_("Halaman dilihat"), formats.number(visits.page_views)],
        [_("Kunjungan stan"), formats.number(visits.booth_visits)],
        [_("Stan tersibuk"), _busiest(figures)],
        [_("Pengunjung unik sepanjang masa"), _uniques(figures)],
        *_booth_visitors(figures),
        [_("Hitungan di pintu (luring)"), DASH if visits.gate is None else formats.number(visits.gate)],
        [_("Tidak dihitung: bot"), formats.number(visits.bots)],
        [_("Tidak dihitung: petugas dan peserta"), formats.number(visits.staff)],
        [_("Dihitung s.d."), formats.wib(visits.until, language)],
    ]
    tables = [table for table in (_visit_days(figures, language), _booths(figures, language)) if table]
    return {"title": _("Kunjungan"), "facts": facts, "tables": tables}


def _booths(figures: Figures, language: str) -> dict[str, Any] | None:
    """The booths with the most visits; the others in one row, so that the column still sums."""
    booths = figures.visits.booths
    if not booths:
        return None
    shown, others = booths[:BOOTHS_PRINTED], booths[BOOTHS_PRINTED:]
    rows = [[booth.label or _("Tidak diketahui"), formats.number(booth.visits), _visitors(booth)] for booth in shown]
    if others:
        name = _("%(count)s stan lain (rinciannya dalam berkas XLSX dan CSV)") % {
            "count": formats.number(len(others), language)
        }
        rows.append([name, formats.number(sum(booth.visits for booth in others)), ""])
    told = 1 + len(booth_columns(figures))
    return {
        "head": [_("Stan"), _("Kunjungan"), _("Pengunjung unik")][:told],
        "rows": [row[:told] for row in rows],
        "total": [_("Jumlah"), formats.number(figures.visits.booth_visits), ""][:told],
        "columns": [4, 1, 1][:told],
    }


def _visitors(booth: BoothVisits) -> str:
    return DASH if booth.unique is None else formats.number(booth.unique)


def comparison_part(figures: Figures, language: str) -> dict[str, Any] | None:
    """Beside the edition before, on the same day of its run; None where there was none."""
    earlier = figures.comparison
    if earlier is None:
        return None
    own = compared(figures)
    this = figures.editions[0]
    name = earlier.name_en if language == "en" and earlier.name_en else earlier.name
    note = _("Hari ke-%(day)s: %(edition)s s.d. %(cutoff)s, sebagaimana tercatat s.d. %(recorded)s.") % {
        "day": earlier.day,
        "edition": name,
        "cutoff": formats.wib(earlier.occurred, language, weekday=True),
        "recorded": formats.wib(earlier.recorded, language),
    }
    return {
        "title": _("Perbandingan dengan hari yang sama pada pameran sebelumnya"),
        "note": note,
        "head": [_("Angka"), this.code, earlier.code, _("Selisih")],
        "rows": [
            [
                label,
                *(_counted(value, money) for value in (own[key], getattr(earlier, key))),
                _gap(own[key], earlier, key),
            ]
            for key, (label, money) in comparison_names().items()
        ],
        "columns": [2, 1.2, 1.2, 1.2],
    }


def _counted(value: int, money: bool) -> str:
    return formats.rupiah(value) if money else formats.number(value)


def _gap(own: int, earlier: Comparison, key: str) -> str:
    gap = own - getattr(earlier, key)
    return f"{'+' if gap > 0 else ''}{formats.number(gap)}"


def inquiry_parts(figures: Figures, language: str) -> dict[str, Any]:
    inquiries = figures.inquiries
    minutes = inquiries.median_first_answer_minutes
    by_language = [_inquiry(row, language_name(row.key, language)) for row in inquiries.by_language]
    by_country = [_inquiry(row, _country(row, language)) for row in inquiries.by_country]
    total = [_("Jumlah"), formats.number(inquiries.sent), formats.number(inquiries.answered)]
    return {
        "title": _("Permintaan informasi"),
        "facts": [
            [_("Dikirim"), formats.number(inquiries.sent)],
            [_("Dijawab"), formats.number(inquiries.answered)],
            [_("Median waktu jawaban pertama"), DASH if minutes is None else duration(minutes, language)],
        ],
        "tables": [
            {"head": [head, _("Dikirim"), _("Dijawab")], "rows": rows, "total": total, "columns": [2, 1, 1]}
            for head, rows in ((_("Bahasa"), by_language), (_("Negara"), by_country))
            if rows
        ],
    }


def other_facts(figures: Figures, language: str) -> dict[str, Any]:
    orders, products = figures.orders, figures.products
    return {
        "title": _("Keterangan lain (bukan omzet)"),
        "facts": [
            [_("Pesanan masuk di toko daring"), formats.number(orders.placed)],
            [_("Kedaluwarsa tanpa pembayaran"), _lost(orders.expired, orders.expired_value)],
            [_("Dibatalkan"), _lost(orders.cancelled, orders.cancelled_value)],
            [_("Produk dipajang"), formats.number(products.on_show)],
            [_("Macam produk terjual"), formats.number(products.sold)],
            [_("Unit terjual"), formats.number(products.units)],
        ],
    }


def _lost(count: int, value: int) -> str:
    """Orders and what their goods would have been worth; figures of the first rules know no value."""
    return f"{formats.number(count)} ({formats.rupiah(value)})" if value else formats.number(count)


def bridge_part(figures: Figures, language: str) -> dict[str, Any]:
    bridge = figures.bridge
    note = _("Belum ada rekap sebelumnya.")
    if bridge.previous:
        note = _("Rekap sebelumnya: %(number)s, s.d. %(cutoff)s.") % {
            "number": bridge.previous.number or _("belum disegel"),
            "cutoff": formats.wib(bridge.previous.occurred, language, weekday=True),
        }
        note = f"{note} {rules_differ(bridge.previous.by_rules, figures.rules)}".strip()
    steps = [
        (_("Omzet menurut rekap sebelumnya"), bridge.opening, ""),
        (_("+ penjualan baru"), bridge.new_sales, "new_sales"),
        (_("+ catatan terlambat"), bridge.late_entries, "late_entries"),
        (_("− pengembalian dana"), -bridge.refunds, "refunds"),
        (_("± koreksi"), bridge.corrections, "corrections"),
    ]
    return {
        "title": _("Jembatan dari rekap sebelumnya"),
        "note": note,
        "head": [_("Langkah"), _("Catatan jurnal"), _("Omzet (Rp)")],
        "rows": [[name, _behind(bridge, key), formats.number(amount)] for name, amount, key in steps],
        "total": [_("Omzet menurut rekap ini"), "", formats.number(bridge.closing)],
        "columns": [3, 1, 1.2],
    }


def _behind(bridge: Bridge, step: str) -> str:
    """How many entries stand behind a step; those themselves are listed in the annex."""
    return formats.number(getattr(bridge.entries, step)) if bridge.entries and step else ""


def _printed(table: Table, lines: tuple[Line, ...], note: str, realised: int) -> dict[str, Any]:
    names = column_names()
    ranked = table.name in RANKED
    head = [
        *([_("No.")] if ranked else []),
        table.head,
        *(names[name] for name in ("transactions", "units", "realised")),
        "%",
        names["committed"],
    ]
    rows = [[*([str(at)] if ranked else []), *_cells(item, realised)] for at, item in enumerate(lines, start=1)]
    return {
        "name": table.name,
        "title": table.title,
        "note": note,
        "head": head,
        "rows": rows,
        "total": [*([""] if ranked else []), *_cells(table.total, realised)],
        "ranked": ranked,
    }


def _cells(item: Line, realised: int) -> list[str]:
    return [
        item.label,
        formats.number(item.transactions),
        formats.number(item.units),
        formats.number(item.realised),
        _share(item.realised, realised),
        formats.number(item.committed),
    ]


def _share(part: int, whole: int) -> str:
    """The share to a tenth of a per cent, cut towards zero; a dash where there is no whole to divide."""
    if whole <= 0:
        return DASH
    whole_percent, tenth = divmod(abs(part) * 1000 // whole, 10)
    comma = "." if formats.current_language() == "en" else ","
    sign = "-" if part < 0 and (whole_percent or tenth) else ""
    return f"{sign}{formats.number(whole_percent)}{comma}{tenth}%"


def _day_note(shown: tuple[Period, ...]) -> str:
    if max((len(period.key) for period in shown), default=10) == 10:
        return ""
    return _("Digabung agar terbaca; rincian setiap hari ada dalam berkas XLSX dan CSV rekap ini.")


def _evidence_row(name: str, evidence: Evidence, pending: int) -> list[str]:
    graded = [
        f"{formats.rupiah(amount)} ({_share(amount, evidence.total)})" if evidence.total > 0 else formats.rupiah(amount)
        for amount in (evidence.A, evidence.B, evidence.C)
    ]
    return [name, *graded, formats.rupiah(pending)]


def _busiest(figures: Figures) -> str:
    booth = figures.visits.busiest_booth
    return f"{booth.label} ({formats.number(booth.visits)})" if booth else DASH


def _uniques(figures: Figures) -> str:
    visits = figures.visits
    if visits.unique_total is None:
        return _("tidak dinyatakan (lebih dari satu masa hitung)")
    return f"{formats.number(visits.unique_total)} ±{formats.percent(visits.unique_error_bp)}"


def _booth_visitors(figures: Figures) -> list[list[str]]:
    """How far the visitors of each booth can be trusted, and what a dash among them means."""
    visits = figures.visits
    if not any(booth.unique is not None for booth in visits.booths):
        return []
    told = _("perkiraan ±%(error)s untuk stan yang paling ramai; tidak dijumlahkan: satu orang mengunjungi banyak stan")
    return [[_("Pengunjung unik tiap stan"), told % {"error": formats.percent(visits.unique_error_bp)}]]


def _visit_days(figures: Figures, language: str) -> dict[str, Any] | None:
    visits = figures.visits
    if not visits.days and not visits.gate_days:
        return None
    head = [_("Hari"), _("Kunjungan"), _("Pengunjung unik"), _("Halaman dilihat")]
    total = [
        _("Jumlah (pengunjung unik tidak dijumlahkan)"),
        formats.number(visits.visits),
        DASH,
        formats.number(visits.page_views),
    ]
    if visits.gate_days:
        head.append(_("Di pintu"))
        total.append(formats.number(visits.gate or 0))
    return {"head": head, "rows": _visit_rows(figures, language), "total": total, "columns": [2, *[1] * len(total[1:])]}


def _visit_rows(figures: Figures, language: str) -> list[list[str]]:
    """Days, or months where there are too many; uniques of single days are never added up to a month."""
    uniques = {item.day.isoformat(): formats.number(item.unique) for item in figures.visits.unique_days}
    views: dict[str, int] = defaultdict(int)
    gates: dict[str, int] = {}
    counted = visit_days(figures.visits)
    days = [Row(key=day.isoformat(), label="", transactions=visits or 0) for day, visits, *_rest in counted]
    shown = periods(days, language)
    for day, _visits, _unique, seen, people in counted:
        key = day.isoformat()[: len(shown[0].key)]
        views[key] += seen or 0
        if people is not None:
            gates[key] = gates.get(key, 0) + people
    return [
        [
            period.label,
            formats.number(period.row.transactions),
            uniques.get(period.key, DASH),
            formats.number(views[period.key]),
            *([formats.number(gates[period.key]) if period.key in gates else DASH] if figures.visits.gate_days else []),
        ]
        for period in shown
    ]


def _inquiry(row: InquiryRow, label: str) -> list[str]:
    return [label, formats.number(row.sent), formats.number(row.answered)]


def _country(row: InquiryRow, language: str) -> str:
    return country_name(row.key, language) or (row.label if row.key else _("Tidak diketahui"))
