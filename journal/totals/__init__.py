"""Totals of the journal as of two cut-offs: what happened before one, as known before the other.

What they are is said by ``entries``: sums over the entries visible at the cut-offs. What can be answered by rollups
of whole days is (``rolled``), with the entries of the days that are not whole or not rolled up; to the rupiah the
same. Who asks several things at once asks one ``Totals``, in one REPEATABLE READ transaction, so that its parts agree.
"""

from dataclasses import replace
from functools import cached_property

from journal.models import Measure, Nature
from journal.totals import entries, rolled
from journal.totals.dimensions import DIMENSIONS, LABELS
from journal.totals.outside import Answers
from journal.totals.region import region_of
from journal.totals.sizes import NETTED, SIZE
from journal.totals.values import ALWAYS, STEPS, AsOf, Cell, Group, Largest, Steps

__all__ = [
    "ALWAYS",
    "DIMENSIONS",
    "LABELS",
    "STEPS",
    "AsOf",
    "Cell",
    "Group",
    "Largest",
    "Steps",
    "Totals",
    "groups",
    "tables",
]


class Totals:
    """What the journal says at two cut-offs; what rollups know of it is looked up once."""

    def __init__(self, asof: AsOf):
        self.asof = asof

    @cached_property
    def rolled(self) -> Answers | None:
        """What rollups know of the question; None when nothing."""
        region = region_of(self.asof)
        return Answers(region, rolled.SELECTS) if region else None

    def read_all(self) -> None:
        """Whoever asks for most of it saves the database from reading the same entries for each question."""
        if self.rolled:
            self.rolled.of(*rolled.OF_A_RECAP)

    @cached_property
    def groups(self) -> list[Group]:
        """Sums by measure, evidence, nature and kind of payment, grade D included."""
        return rolled.groups(self.rolled) if self.rolled else entries.groups(self.asof)

    @cached_property
    def tables(self) -> dict[str, list[Cell]]:
        """Every table at once. Realised transactions are those with a sale: a refund alone makes none."""
        return rolled.tables(self.rolled) if self.rolled else entries.tables(self.asof)

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """For each table with names: code → the label that was frozen last, as known at the cut-offs."""
        return rolled.labels(self.rolled) if self.rolled else entries.labels(self.asof)

    @cached_property
    def transactions(self) -> dict[str, int]:
        """Transactions by measure: realised ones with a sale; promises that are not paid or taken back yet."""
        return rolled.transactions(self.rolled) if self.rolled else entries.transactions(self.asof)

    @cached_property
    def largest_transaction(self) -> Largest | None:
        """The transaction with the highest realised value and what it still promises, if any is above zero."""
        return self._largest("best", SIZE)

    @cached_property
    def largest_netted(self) -> Largest | None:
        """The same as rules 1 and 2 had it: a payment cancels itself out where its promise is older than the period."""
        return self._largest("best_netted", NETTED)

    def _largest(self, name: str, size: str) -> Largest | None:
        if self.rolled:
            is_known, largest = rolled.largest_transaction(self.rolled, name)
            if is_known:
                return largest
        return entries.largest_transaction(self.asof, size)

    @cached_property
    def products_sold(self) -> int:
        """Distinct products of which, net of refunds, at least one unit was paid. Unnamed products are not counted."""
        return rolled.products_sold(self.rolled) if self.rolled else entries.products_sold(self.asof)

    @cached_property
    def exhibitors(self) -> set[int]:
        """Of whom the journal tells, whatever it tells of them."""
        return rolled.exhibitors(self.rolled) if self.rolled else entries.exhibitors(self.asof)

    def steps_from(self, before: AsOf) -> Steps:
        """What lies between two recaps of the same editions: the entries that this one counts and ``before`` did not.

        ``before`` must not reach further in either time. A late entry is a sale that occurred before the earlier
        cut-off and was recorded too late for it.
        """
        if before.occurred > self.asof.occurred or before.recorded > self.asof.recorded:
            raise ValueError("the earlier recap knows of entries that the later one does not")
        if self.rolled is None:
            return entries.steps(self.asof, before)
        late = replace(self.asof, occurred=before.occurred)
        reached, known, since = _turnover(self), _turnover(Totals(before)), _turnover(Totals(late))
        return entries.steps_of(
            {
                "new_sales": _less(reached[Nature.SALE], since[Nature.SALE]),
                "late_entries": _less(since[Nature.SALE], known[Nature.SALE]),
                "refunds": _less(reached[Nature.REFUND], known[Nature.REFUND]),
                "corrections": _less(reached[Nature.CORRECTION], known[Nature.CORRECTION]),
            }
        )


def groups(asof: AsOf) -> list[Group]:
    """The one question alone."""
    return Totals(asof).groups


def tables(asof: AsOf) -> dict[str, list[Cell]]:
    """The one question alone."""
    return Totals(asof).tables


def _turnover(totals: Totals) -> dict[str, tuple[int, int]]:
    """Realised rupiah and entries by what these do to it (nature), grade D left out."""
    sums = dict.fromkeys(Nature.values, (0, 0))
    if totals.asof.occurred == ALWAYS or totals.asof.recorded == ALWAYS:
        return sums
    for group in totals.groups:
        if group.measure == Measure.REALISED and group.evidence != "D":
            amount, number = sums[group.nature]
            sums[group.nature] = amount + group.amount, number + group.entries
    return sums


def _less(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] - other[0], one[1] - other[1]
