"""What the entries behind a figure add up to: from the totals, where these can say it, otherwise from the entries.

The totals know all that rollups know, whatever the number of entries. Of a row of a table they know its columns but not
how many entries it has: these are counted up to ``MOST_COUNTED``. What they cannot tell apart (a column's refunds,
products that have a name, the entries of the largest transaction) is added up from the entries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Count, Q, QuerySet, Sum

from journal.models import Entry, Measure, Nature
from journal.totals import Cell, Group, Totals
from reports import figures as f
from reports.officials.drill import FIGURES, LARGEST, PAID, REACH, ROW, TABLES, Question, destinations, entries_of

MOST_COUNTED = 10_000
# Figures of a row of a table: rupiah by measure, and the column that they are.
COLUMNS = {
    ROW: (Measure.REALISED, Measure.COMMITTED),
    "realised.total": (Measure.REALISED,),
    "committed.total": (Measure.COMMITTED,),
    "products.units": (Measure.REALISED,),
}
COUNTED_ONCE = ("transactions", "open", "products")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the listed entries add up to. ``value`` is the figure that was asked for; of ``entries`` there may be more.

    ``at_least``: there are.
    """

    value: int
    entries: int
    units: int
    transactions: int | None = None
    measures: dict[str, int] = field(default_factory=dict)
    at_least: bool = False


def sums_of(question: Question) -> Sums:
    """ValueError for a figure, table or row that does not exist."""
    entries = entries_of(question)
    if question.table:
        return _of_row(question, entries) if _is_column(question) else _of_entries(question, entries)
    groups = _groups_behind(question)
    return _of_entries(question, entries) if groups is None else _of_groups(question, groups)


def _is_column(question: Question) -> bool:
    return question.without is None and question.figure in COLUMNS and question.table in TABLES


def _of_row(question: Question, entries: QuerySet[Entry]) -> Sums:
    cells = destinations(question) if question.table == REACH else _cells(question)
    amounts = {
        Measure.REALISED: sum(cell.realised for cell in cells),
        Measure.COMMITTED: sum(cell.committed for cell in cells),
    }
    measures = {name: amounts[name] for name in COLUMNS[question.figure]}
    is_paid = Measure.REALISED in measures
    units = sum(cell.units for cell in cells) if is_paid else 0
    # A transaction has one exhibitor, but may go to several regencies: of rows together it is counted once.
    apart = is_paid and len(cells) > 1
    transactions = _transactions(entries) if apart else sum(cell.transactions for cell in cells) if is_paid else 0
    number = entries.order_by()[: MOST_COUNTED + 1].count()
    return Sums(
        value=units if FIGURES[question.figure].of == "units" else sum(measures.values()),
        entries=min(number, MOST_COUNTED),
        at_least=number > MOST_COUNTED,
        units=units,
        transactions=transactions,
        measures={name: amount for name, amount in measures.items() if amount},
    )


def _cells(question: Question) -> list[Cell]:
    return [cell for cell in Totals(question.asof).tables[question.table] if _is_asked(question, cell)]


def _is_asked(question: Question, cell: Cell) -> bool:
    if (question.table, question.row) == ("regency", f.OTHER):
        return cell.key not in question.provinces_own and cell.key != f.UNKNOWN
    if question.table in ("exhibitor", "hour"):
        return int(cell.key) == int(question.row)
    if question.table == "day":
        return cell.key == dt.date.fromisoformat(question.row).isoformat()
    return cell.key == question.row


def _groups_behind(question: Question) -> list[Group] | None:
    """The groups that the entries make; None where the totals can't tell them apart from others."""
    figure, asof, before = FIGURES[question.figure], question.asof, question.without
    if figure.named or question.figure == LARGEST:
        return None
    now = Totals(asof).groups
    if before is None:
        return [] if question.figure == "bridge.late_entries" else [group for group in now if figure.holds(group)]
    is_earlier = before.occurred <= asof.occurred and before.recorded <= asof.recorded
    if (before.editions, before.since) != (asof.editions, asof.since) or not is_earlier or figure.of in COUNTED_ONCE:
        return None
    late = replace(asof, occurred=before.occurred)
    match question.figure:
        case "bridge.new_sales":
            found = _less(now, Totals(late).groups)
        case "bridge.late_entries":
            found = _less(Totals(late).groups, Totals(before).groups)
        case _:
            found = _less(now, Totals(before).groups)
    return [group for group in found if figure.holds(group)]


def _less(groups: Iterable[Group], others: Iterable[Group]) -> list[Group]:
    """What is in the groups beyond the others."""
    left: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sign, some in ((1, groups), (-1, others)):
        for group in some:
            key = (group.measure, group.evidence, group.nature, group.on_order)
            numbers = (group.amount, group.quantity, group.entries)
            left[key] = [had + sign * more for had, more in zip(left[key], numbers, strict=True)]
    names = ("measure", "evidence", "nature", "on_order", "amount", "quantity", "entries")
    return [Group(**dict(zip(names, (*key, *numbers), strict=True))) for key, numbers in left.items()]


def _of_groups(question: Question, groups: list[Group]) -> Sums:
    figure = FIGURES[question.figure]
    measures = {name: sum(group.amount for group in groups if group.measure == name) for name in Measure.values}
    amount, entries = sum(measures.values()), sum(group.entries for group in groups)
    units = sum(group.quantity for group in groups if group.measure == Measure.REALISED)
    if figure.of in COUNTED_ONCE:
        value = Totals(question.asof).transactions[figure.measures[0]]
    else:
        value = {"amount": amount, "taken": -amount, "entries": entries, "units": units}[figure.of]
    found = {name: amount for name, amount in measures.items() if amount}
    return Sums(value=value, entries=entries, units=units, measures=found)


def _of_entries(question: Question, entries: QuerySet[Entry]) -> Sums:
    """One query, and one more for what is counted once however many entries it has."""
    figure = FIGURES[question.figure]
    found = entries.order_by().aggregate(
        rows=Count("pk"),
        all_rupiah=Sum("amount", default=0),
        units=Sum("quantity", default=0, filter=Q(measure=Measure.REALISED)),
        **{name: Sum("amount", default=0, filter=Q(measure=name)) for name in Measure.values},
    )
    value = {
        "amount": lambda: found["all_rupiah"],
        "taken": lambda: -found["all_rupiah"],
        "entries": lambda: found["rows"],
        "units": lambda: found["units"],
        "transactions": lambda: _transactions(entries),
        "open": lambda: _open(entries),
        "products": lambda: _products(entries),
    }[figure.of]()
    return Sums(
        value=value,
        entries=found["rows"],
        units=found["units"],
        transactions=_transactions(entries) if question.table else None,
        measures={name: found[name] for name in Measure.values if found[name]},
    )


def _transactions(entries: QuerySet[Entry]) -> int:
    sold = entries.filter(PAID, nature=Nature.SALE)
    return sold.order_by().values("transaction_key").distinct().count()


def _open(entries: QuerySet[Entry]) -> int:
    """Promises of which something is left."""
    left = entries.order_by().values("transaction_key").annotate(left=Sum("amount"))
    return left.exclude(left=0).count()


def _products(entries: QuerySet[Entry]) -> int:
    """Products of which, net of refunds, at least one unit was paid."""
    left = entries.order_by().values("product_key").annotate(left=Sum("quantity"))
    return left.filter(left__gt=0).count()
