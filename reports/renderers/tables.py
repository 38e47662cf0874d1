"""The tables of a recap as plain rows of numbers with names, the same for PDF, XLSX and CSV."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.figures import Figures, Row
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
