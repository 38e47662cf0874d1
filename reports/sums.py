"""Every table of a recap sums to its total, or the recap is not sealed."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from reports.figures import Figures, Promise


class UnbalancedError(DomainError):
    """A table or a figure that does not sum to its total. `table` names it."""

    def __init__(self, table: str, column: str, expected: int, found: int):
        self.table, self.column, self.expected, self.found = table, column, expected, found
        super().__init__(
            _("Tabel %(table)s: %(column)s berjumlah %(found)s, seharusnya %(expected)s.")
            % {"table": table, "column": column, "found": found, "expected": expected}
        )


def check_sums(figures: Figures) -> None:
    """Raise UnbalancedError for the first table that does not sum to its total."""
    for table, column, expected, found in _all_sums(figures):
        if expected != found:
            raise UnbalancedError(table, column, expected, found)


def _all_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    yield from _headline_sums(figures)
    yield from _bridge_sums(figures)
    yield from _table_sums(figures)
    yield from _visit_sums(figures)
    yield from _inquiry_sums(figures)


def _headline_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    realised, value = figures.realised, figures.transaction_value
    yield "realised", "direct + on_orders", realised.total, realised.direct + realised.on_orders
    net = realised.sales - realised.refunds + realised.corrections
    yield "realised", "sales - refunds + corrections", realised.total, net
    yield "realised.evidence", "A + B + C", realised.total, realised.evidence.total
    for name in ("committed", "potential", "financing"):
        promise: Promise = getattr(figures, name)
        yield f"{name}.evidence", "A + B + C", promise.total, promise.evidence.total
    yield "transaction_value", "realised", realised.total, value.realised
    yield "transaction_value", "committed", figures.committed.total, value.committed
    yield "transaction_value", "realised + committed", value.total, value.realised + value.committed
    people = figures.participants
    yield "participants", "ukm + koperasi", people.exhibitors, people.ukm + people.koperasi


def _bridge_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    bridge = figures.bridge
    reached = bridge.opening + bridge.new_sales + bridge.late_entries - bridge.refunds + bridge.corrections
    yield "bridge", "steps", bridge.closing, reached
    yield "bridge", "closing", figures.realised.total, bridge.closing
    if bridge.previous:
        yield "bridge", "opening", bridge.previous.total, bridge.opening


def _table_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    for name, rows in figures.tables.items():
        table = f"tables.{name}"
        yield table, "realised", figures.realised.total, sum(row.realised for row in rows)
        yield table, "committed", figures.committed.total, sum(row.committed for row in rows)
        yield table, "units", figures.products.units, sum(row.units for row in rows)
        yield table, "distinct keys", len(rows), len({row.key for row in rows})


def _visit_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    visits = figures.visits
    yield "visits.days", "visits", visits.visits, sum(day.visits for day in visits.days)
    yield "visits.days", "page_views", visits.page_views, sum(day.page_views for day in visits.days)
    if figures.rules > 1:
        yield "visits.booths", "visits", visits.booth_visits, sum(booth.visits for booth in visits.booths)
        yield "visits.gate_days", "people", visits.gate or 0, sum(day.people for day in visits.gate_days)


def _inquiry_sums(figures: Figures) -> Iterator[tuple[str, str, int, int]]:
    inquiries = figures.inquiries
    for name in ("by_language", "by_country"):
        rows = getattr(inquiries, name)
        yield f"inquiries.{name}", "sent", inquiries.sent, sum(row.sent for row in rows)
        yield f"inquiries.{name}", "answered", inquiries.answered, sum(row.answered for row in rows)
