"""What of an order (or stand sale) stands in the journal now, each entry with the line that it came from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from journal.keys import took_a_place
from journal.models import Entry, Evidence, Measure, SourceKind
from orders.models import Order


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry and what its reversals have left of it: rupiah and pieces."""

    entry: Entry
    line_id: int
    amount: int
    quantity: int


def standing(order: Order, measure: str = Measure.REALISED) -> list[Standing]:
    """Whatever of ``measure`` is left of the order. Entries that carry pieces come first, then by age.

    Lines, not products, tell entries apart: two variants of one product are two lines. A line whose deposit and
    balance are paid has two entries; one that was reclassified has the entry that took its place.
    """
    return standing_under(order.code, SourceKind.ORDER, measure)


def standing_under(transaction_key: str, source_kind: str, measure: str = Measure.REALISED) -> list[Standing]:
    """The same for whatever was posted under this key; the lines' ids end the source keys of ``source_kind``."""
    entries = list(Entry.objects.filter(transaction_key=transaction_key).order_by("pk"))
    lines: dict[int, int] = {}
    left: dict[int, list[int]] = {}
    for entry in entries:
        origin = entry.reverses_id
        if origin in lines:
            lines[entry.pk] = lines[origin]
        elif origin is None and entry.source_kind == source_kind:
            lines[entry.pk] = int(entry.source_key.rpartition(":")[2])
        else:
            continue
        target = entry.pk if origin is None or opens(entry) else origin
        amount, quantity = left.get(target, (0, 0))
        left[target] = [amount + entry.amount, quantity + entry.quantity]
    found = [
        Standing(entry, lines[entry.pk], *left[entry.pk])
        for entry in entries
        if entry.pk in left and entry.measure == measure and any(left[entry.pk])
    ]
    return sorted(found, key=lambda one: (not one.quantity, one.entry.pk))


def taken_back_at(stands: Iterable[Standing], *, claimed_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """When what stands is taken out for never having been a sale: mere claims (D) at the time of the claim.

    A claim that was refused waits for nobody, at whatever cut-off it is asked for from then on, as one that was
    verified is a sale of its day. What was counted goes out ``now``: figures that were read change by what came later.
    """
    return claimed_at if all(one.entry.evidence == Evidence.D for one in stands) else now


def opens(entry: Entry) -> bool:
    """Whether the entry stands for itself: a sale, a promise, or what took the place of another entry."""
    return entry.reverses_id is None or took_a_place(entry.source_key, entry.reverses_id)


def left_by_line(order: Order, measure: str = Measure.REALISED) -> dict[int, int]:
    """Rupiah left of ``measure`` by order line id."""
    left: dict[int, int] = {}
    for one in standing(order, measure):
        left[one.line_id] = left.get(one.line_id, 0) + one.amount
    return left
