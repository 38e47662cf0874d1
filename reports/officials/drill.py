"""From a figure down to the entries that it is the sum of.

A figure is named as among the headlines (``realised.evidence.A``); a row of a table narrows it. Nothing of a buyer is
read: an entry holds no name or address, and its note, which people write freely, is left in the administration.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour

from expo.formats import WIB
from journal.models import Entry, Measure, Nature
from journal.totals import AsOf, Cell, Group, Totals
from reports import figures as f
from reports.compute import provinces_of, reach_of

PAGE = 50
FIRST_YEAR, LAST_YEAR = 2000, 2199
COUNTED = "ABC"
PAID = Q(evidence__in=COUNTED, measure=Measure.REALISED)
STEPS = ("bridge.new_sales", "bridge.late_entries", "bridge.refunds", "bridge.corrections")
LARGEST = "concentration.transaction"
ROW = "transaction_value.total"  # what a row of a table is made of: its own four columns
COLUMNS = {
    "phase": "phase",
    "channel": "channel",
    "category": "category_code",
    "kind": "kind",
    "regency": "regency_code",
    "destination": "destination_code",
}
REACH = "reach"  # destinations, gathered
TABLES = frozenset({*COLUMNS, REACH, "exhibitor", "day", "hour"})
SHOWN = (
    "id", "edition", "phase", "exhibitor", "exhibitor_label", "regency_label", "category_label", "product_label",
    "transaction_key", "channel", "measure", "nature", "on_order", "evidence", "amount", "quantity",
    "destination_label", "occurred_at", "recorded_at", "source_kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Which entries make a figure (empty: whatever), and how: their rupiah, rupiah taken away, units, or a count."""

    of: str = "amount"
    measures: tuple[str, ...] = ()
    grades: str = COUNTED
    nature: str = ""
    on_order: bool | None = None
    named: bool = False

    @property
    def entries(self) -> Q:
        found = Q(evidence__in=self.grades)
        if self.measures:
            found &= Q(measure__in=self.measures)
        if self.nature:
            found &= Q(nature=self.nature)
        if self.on_order is not None:
            found &= Q(on_order=self.on_order)
        return found & ~Q(product_key="") if self.named else found

    def holds(self, group: Group) -> bool:
        """Whether the entries of a group of the totals are among its entries: all of them, or none."""
        return (
            group.evidence in self.grades
            and (not self.measures or group.measure in self.measures)
            and self.nature in ("", group.nature)
            and self.on_order in (None, group.on_order)
        )


def _figures() -> dict[str, Figure]:
    paid, value = (Measure.REALISED,), (Measure.REALISED, Measure.COMMITTED)
    found = {
        "entries": Figure(of="entries", grades="ABCD"),
        "realised.direct": Figure(measures=paid, on_order=False),
        "realised.on_orders": Figure(measures=paid, on_order=True),
        "realised.transactions": Figure(of="transactions", measures=paid, nature=Nature.SALE),
        ROW: Figure(measures=value),
        "transaction_value.realised": Figure(measures=paid),
        "transaction_value.committed": Figure(measures=(Measure.COMMITTED,)),
        "products.sold": Figure(of="products", measures=paid, named=True),
        "products.units": Figure(of="units", measures=paid),
        LARGEST: Figure(measures=value),
    }
    for nature, name, of in (
        (Nature.SALE, "realised.sales", "amount"),
        (Nature.REFUND, "realised.refunds", "taken"),
        (Nature.CORRECTION, "realised.corrections", "amount"),
        (Nature.SALE, "bridge.new_sales", "amount"),
        (Nature.SALE, "bridge.late_entries", "amount"),
        (Nature.REFUND, "bridge.refunds", "taken"),
        (Nature.CORRECTION, "bridge.corrections", "amount"),
    ):
        found[name] = Figure(of=of, measures=paid, nature=nature)
    for measure in Measure.values:
        found[f"{measure}.total"] = Figure(measures=(measure,))
        found.setdefault(f"{measure}.transactions", Figure(of="open", measures=(measure,)))
        found[f"pending_evidence.{measure}"] = Figure(measures=(measure,), grades="D")
        for grade in COUNTED:
            found[f"{measure}.evidence.{grade}"] = Figure(measures=(measure,), grades=grade)
    return found


FIGURES = _figures()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A figure at two cut-offs, or a row of one of its tables.

    ``without``: only what those cut-offs did not count, for the steps between two recaps. ``provinces_own``: the
    regencies that have a row of their own, for the row of all others and for what went to their province. ``rules``:
    those of the recap that says it.
    """

    asof: AsOf
    figure: str
    table: str = ""
    row: str = ""
    without: AsOf | None = None
    provinces_own: frozenset[str] = frozenset()
    rules: int = f.RULES_VERSION


def drilling(query: str) -> dict:
    """What a template needs to lead from a figure or a row down to its entries; ``query``: what the page shows."""
    return {"drill": query, "drill_tables": TABLES, "drill_figures": FIGURES}


def entries_of(question: Question) -> QuerySet[Entry]:
    """Every entry behind the figure, in no order. ValueError for a figure, table or row that does not exist."""
    figure = FIGURES.get(question.figure)
    if figure is None:
        raise ValueError(f"no figure {question.figure!r}")
    found = Entry.objects.filter(_seen_by(question.asof), figure.entries)
    if question.without is not None:
        found = found.exclude(_seen_by(question.without))
    if question.figure in ("bridge.new_sales", "bridge.late_entries"):
        found = _bridge_step(found, question)
    if question.figure == LARGEST:
        found = _largest(found, question)
    return _row_of(found, question) if question.table else found


def _largest(entries: QuerySet[Entry], question: Question) -> QuerySet[Entry]:
    """Its entries; without its promise where this period only takes it off, as that counts for nothing in its size."""
    known = Totals(question.asof)
    largest = known.largest_transaction if question.rules > 2 else known.largest_netted
    if largest is None:
        return entries.none()
    found = entries.filter(transaction_key=largest.transaction_key)
    promised = found.filter(measure=Measure.COMMITTED).aggregate(left=Sum("amount", default=0))["left"]
    return found.filter(measure=Measure.REALISED) if question.rules > 2 and promised < 0 else found


def page_of(question: Question, after: tuple[dt.datetime, int] | None) -> list[Entry]:
    """Fifty entries and one, newest first, behind the one that ``after`` names: the last tells that there are more."""
    found = entries_of(question)
    if after:
        moment, pk = after
        found = found.filter(Q(occurred_at__lt=moment) | Q(occurred_at=moment, pk__lt=pk), occurred_at__lte=moment)
    return list(found.select_related("edition").only(*SHOWN, *_EDITION).order_by("-occurred_at", "-pk")[: PAGE + 1])


_EDITION = ("edition__slug", "edition__name", "edition__name_en")


def _seen_by(asof: AsOf) -> Q:
    seen = Q(edition__in=asof.editions, occurred_at__lt=asof.occurred, recorded_at__lt=asof.recorded)
    return seen & Q(occurred_at__gte=asof.since) if asof.since else seen


def _bridge_step(entries: QuerySet[Entry], question: Question) -> QuerySet[Entry]:
    """A late entry had occurred when the earlier recap was made; a new sale had not, or was of another edition."""
    before = question.without
    if before is None:
        return entries if question.figure == "bridge.new_sales" else entries.none()
    late = _known_too_late_for(before)
    return entries.filter(late) if question.figure == "bridge.late_entries" else entries.exclude(late)


def _known_too_late_for(before: AsOf) -> Q:
    return Q(edition__in=before.editions, occurred_at__lt=before.occurred)


def steps_between(asof: AsOf, without: AsOf) -> dict[str, tuple[int, int]]:
    """Rupiah and number of the paid entries that ``asof`` counts and ``without`` does not, step by step of a bridge."""
    sale, late = Q(nature=Nature.SALE), _known_too_late_for(without)
    conditions = {
        "new_sales": sale & ~late,
        "late_entries": sale & late,
        "refunds": Q(nature=Nature.REFUND),
        "corrections": Q(nature=Nature.CORRECTION),
    }
    sums = {f"{name}_sum": Sum("amount", default=0, filter=condition) for name, condition in conditions.items()}
    counts = {f"{name}_count": Count("pk", filter=condition) for name, condition in conditions.items()}
    found = Entry.objects.filter(_seen_by(asof), PAID).exclude(_seen_by(without)).aggregate(**sums, **counts)
    return {f"bridge.{name}": (found[f"{name}_sum"], found[f"{name}_count"]) for name in conditions}


def _row_of(entries: QuerySet[Entry], question: Question) -> QuerySet[Entry]:
    table, row = question.table, question.row
    if table not in TABLES:
        raise ValueError(f"no table {table!r}")
    if table == "regency" and row == f.OTHER:
        return entries.exclude(regency_code__in=[*question.provinces_own, f.UNKNOWN])
    if table == "day":
        start = dt.datetime.combine(_day(row), dt.time(), WIB)
        return entries.filter(occurred_at__gte=start, occurred_at__lt=start + dt.timedelta(days=1))
    if table == "hour":
        return entries.alias(hour=ExtractHour("occurred_at", tzinfo=WIB)).filter(hour=_number(row))
    if table == "exhibitor":
        return entries.filter(exhibitor=_number(row))
    if table == REACH:
        return entries.filter(destination_code__in=[cell.key for cell in destinations(question)])
    return entries.filter(**{COLUMNS[table]: row})


def destinations(question: Question) -> list[Cell]:
    """Those that a row of the table of reaches gathers."""
    if question.row not in f.REACHES:
        raise ValueError(f"no reach {question.row!r}")
    own = provinces_of(question.provinces_own)
    return [cell for cell in Totals(question.asof).tables["destination"] if reach_of(cell.key, own) == question.row]


def _day(text: str) -> dt.date:
    day = dt.date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"no day of an edition: {text!r}")
    return day


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError(f"not a key: {text!r}")
    return int(text)
