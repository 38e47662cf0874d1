"""The tables of a recap as plain rows of numbers with names, the same for PDF, XLSX and CSV."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from reports.figures import Figures, Row, Visits
from reports.labels import row_heads, row_label, table_titles


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    label: str
    realised: int
    committed: int
    units: int
    transactions: int


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is the key among the figures; `total` carries the recap's own totals, not a sum made here."""

    name: str
    title: str
    head: str
    lines: tuple[Line, ...]
    total: Line


def all_tables(figures: Figures, language: str) -> list[Table]:
    """Every table in its order. Call it inside `translation.override(language)`."""
    titles, heads = table_titles(), row_heads()
    return [
        Table(
            name=name,
            title=titles[name],
            head=heads[name],
            lines=tuple(line(row, row_label(name, row, language)) for row in rows),
            total=total_line(figures),
        )
        for name, rows in figures.tables.items()
    ]


def line(row: Row, label: str) -> Line:
    return Line(row.key, label, row.realised, row.committed, row.units, row.transactions)


def total_line(figures: Figures) -> Line:
    return Line(
        key="total",
        label=_("Jumlah"),
        realised=figures.realised.total,
        committed=figures.committed.total,
        units=figures.products.units,
        transactions=figures.realised.transactions,
    )


def column_names() -> dict[str, str]:
    return {
        "transactions": _("Transaksi"),
        "units": _("Unit"),
        "realised": _("Omzet (Rp)"),
        "committed": _("Pesanan (Rp)"),
    }


def booth_columns(figures: Figures) -> tuple[str, ...]:
    """What is told of each booth: its visitors since rules 3."""
    return ("visits", "unique") if figures.rules > 2 else ("visits",)


def visit_days(visits: Visits) -> list[tuple[date, int | None, int | None, int | None, int | None]]:
    """Every day of which anything was counted: visits, unique visitors, page views, people at the gate."""
    counted = {item.day: item for item in visits.days}
    uniques = {item.day: item.unique for item in visits.unique_days}
    gates = {item.day: item.people for item in visits.gate_days}
    return [
        (
            day,
            counted[day].visits if day in counted else None,
            uniques.get(day),
            counted[day].page_views if day in counted else None,
            gates.get(day),
        )
        for day in sorted({*counted, *uniques, *gates})
    ]
