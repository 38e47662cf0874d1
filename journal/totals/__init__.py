"""Totals of the journal as of two cut-offs: what happened before one, as known before the other.

What they are is said by ``entries``: sums over the entries visible at the cut-offs. What can be answered by rollups
of whole days is (``rolled``), with the entries of the days that are not whole or not rolled up; to the rupiah the
same. A question that asks several things at once should run in one REPEATABLE READ transaction, so that its parts
agree.
"""

from dataclasses import replace

from journal.models import Measure, Nature
from journal.totals import entries, rolled
from journal.totals.dimensions import DIMENSIONS, LABELS
from journal.totals.region import region_of
from journal.totals.values import ALWAYS, STEPS, AsOf, Cell, Group, Largest, Steps

__all__ = ["ALWAYS", "DIMENSIONS", "LABELS", "STEPS", "AsOf", "Cell", "Group", "Largest", "Steps"]


def groups(asof: AsOf) -> list[Group]:
    """Sums by measure, evidence, nature and kind of payment, grade D included."""
    region = region_of(asof)
    return rolled.groups(region) if region else entries.groups(asof)


def tables(asof: AsOf) -> dict[str, list[Cell]]:
    """Every table at once. Realised transactions are those with a sale: a refund alone makes none."""
    region = region_of(asof)
    return rolled.tables(region) if region else entries.tables(asof)


def labels(asof: AsOf) -> dict[str, dict[str, str]]:
    """For each table with names: code → the label that was frozen last, as known at the cut-offs."""
    region = region_of(asof)
    return rolled.labels(region) if region else entries.labels(asof)


def transactions(asof: AsOf) -> dict[str, int]:
    """Transactions by measure: realised ones with a sale; promises that are not paid or taken back yet."""
    region = region_of(asof)
    return rolled.transactions(region) if region else entries.transactions(asof)


def largest_transaction(asof: AsOf) -> Largest | None:
    """The transaction with the highest realised + committed value, if any is above zero."""
    if region := region_of(asof):
        is_known, largest = rolled.largest_transaction(region)
        if is_known:
            return largest
    return entries.largest_transaction(asof)


def products_sold(asof: AsOf) -> int:
    """Distinct products of which, net of refunds, at least one unit was paid. Unnamed products are not counted."""
    region = region_of(asof)
    return rolled.products_sold(region) if region else entries.products_sold(asof)


def exhibitors(asof: AsOf) -> set[int]:
    """Of whom the journal tells, whatever it tells of them."""
    region = region_of(asof)
    return rolled.exhibitors(region) if region else entries.exhibitors(asof)


def steps(now: AsOf, before: AsOf) -> Steps:
    """What lies between two recaps of the same editions: the entries that ``now`` counts and ``before`` did not.

    ``before`` must not reach further than ``now`` in either time. A late entry is a sale that occurred before the
    earlier cut-off and was recorded too late for it.
    """
    if before.occurred > now.occurred or before.recorded > now.recorded:
        raise ValueError("the earlier recap knows of entries that the later one does not")
    if region_of(now) is None:
        return entries.steps(now, before)
    reached, known, since = (_turnover(asof) for asof in (now, before, replace(now, occurred=before.occurred)))
    return entries.steps_of(
        {
            "new_sales": _less(reached[Nature.SALE], since[Nature.SALE]),
            "late_entries": _less(since[Nature.SALE], known[Nature.SALE]),
            "refunds": _less(reached[Nature.REFUND], known[Nature.REFUND]),
            "corrections": _less(reached[Nature.CORRECTION], known[Nature.CORRECTION]),
        }
    )


def _turnover(asof: AsOf) -> dict[str, tuple[int, int]]:
    """Realised rupiah and entries by what these do to it (nature), grade D left out."""
    sums = dict.fromkeys(Nature.values, (0, 0))
    if asof.occurred == ALWAYS or asof.recorded == ALWAYS:
        return sums
    for group in groups(asof):
        if group.measure == Measure.REALISED and group.evidence != "D":
            amount, number = sums[group.nature]
            sums[group.nature] = amount + group.amount, number + group.entries
    return sums


def _less(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] - other[0], one[1] - other[1]
