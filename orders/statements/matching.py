"""Which incoming money belongs to which payments. Pure: suggestions only, somebody's click decides."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

EXACT, SAME, LATE, COMBINED, NEAR = "exact", "same", "late", "combined", "near"
FEES = frozenset({1_000, 2_500, 3_000, 3_500, 4_000, 5_000, 6_500, 7_500})
"""What Indonesian banks take for a transfer; senders sometimes take it off the amount."""
MOST_TOGETHER = 4
MOST_OF_A_BUYER = 8
MOST_SUGGESTIONS = 3
LATEST = dt.timedelta(days=60)
CODES = 999


@dataclass(frozen=True, slots=True)
class Incoming:
    pk: int
    date: dt.date
    text: str
    amount: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A payment that is waited for, or whose order has expired. ``buyers`` are equal for orders of one buyer."""

    pk: int
    amount: int
    unique_code: int
    asked_on: dt.date
    buyer_name: str
    buyers: frozenset[str]
    is_late: bool = False

    @property
    def plain(self) -> int:
        return self.amount - self.unique_code


@dataclass(frozen=True, slots=True)
class Proposal:
    row: int
    payments: tuple[int, ...]
    kind: str
    difference: int = 0
    """How many rupiah more (or, negative, fewer) came in than were asked for."""


def propose(rows: Iterable[Incoming], awaited: Sequence[Awaited]) -> dict[int, list[Proposal]]:
    """Suggestions by row, best first. A row has either one ``exact``, which nothing else contests, or others."""
    rows = list(rows)
    by_amount: dict[int, list[Awaited]] = defaultdict(list)
    for payment in awaited:
        by_amount[payment.amount].append(payment)
    contested = Counter(row.amount for row in rows)
    groups = buyers_with_several(awaited)
    found: dict[int, list[Proposal]] = {}
    for row in rows:
        proposals = same_amount(row, by_amount[row.amount], contested[row.amount])
        if not any(proposal.kind == EXACT for proposal in proposals):
            proposals += together(row, groups.get(row.amount, []))
            proposals += nearly(row, awaited) if not proposals else []
        if proposals:
            found[row.pk] = proposals[:MOST_SUGGESTIONS]
    return found


def same_amount(row: Incoming, payments: list[Awaited], rows_with_it: int) -> list[Proposal]:
    fitting = [payment for payment in payments if in_time(row, payment)]
    waiting = [payment for payment in fitting if not payment.is_late]
    if len(waiting) == 1 and rows_with_it == 1:
        return [Proposal(row.pk, (waiting[0].pk,), EXACT)]
    waiting.sort(key=lambda payment: not is_named(row, payment))
    late = sorted((payment for payment in fitting if payment.is_late), key=lambda payment: not is_named(row, payment))
    return [Proposal(row.pk, (payment.pk,), SAME) for payment in waiting] + [
        Proposal(row.pk, (payment.pk,), LATE) for payment in late
    ]


def buyers_with_several(awaited: Sequence[Awaited]) -> dict[int, list[tuple[Awaited, ...]]]:
    """Sets of two to four payments of one buyer, by the amounts that would pay them: with their codes or without.

    Bounded: a buyer with very many is left to people.
    """
    by_buyer: dict[str, list[Awaited]] = defaultdict(list)
    for payment in awaited:
        if not payment.is_late:
            for key in payment.buyers:
                by_buyer[key].append(payment)
    sets: dict[frozenset[int], tuple[Awaited, ...]] = {}
    for payments in by_buyer.values():
        if 2 <= len(payments) <= MOST_OF_A_BUYER:
            for size in range(2, MOST_TOGETHER + 1):
                for chosen in combinations(payments, size):
                    sets[frozenset(payment.pk for payment in chosen)] = chosen
    by_amount: dict[int, list[tuple[Awaited, ...]]] = defaultdict(list)
    for chosen in sets.values():
        for amount in {sum(one.amount for one in chosen), sum(one.plain for one in chosen)}:
            by_amount[amount].append(chosen)
    return by_amount


def together(row: Incoming, groups: list[tuple[Awaited, ...]]) -> list[Proposal]:
    """``groups`` are those that this row's amount would pay."""
    proposals = []
    for group in groups:
        if all(in_time(row, payment) for payment in group):
            pks = tuple(sorted(payment.pk for payment in group))
            proposals.append(Proposal(row.pk, pks, COMBINED, row.amount - sum(one.amount for one in group)))
    return proposals


def nearly(row: Incoming, awaited: Sequence[Awaited]) -> list[Proposal]:
    """The code left out or mistyped, or the bank's fee taken off. Whose buyer is named in the row comes first."""
    fitting = [
        payment for payment in awaited if not payment.is_late and in_time(row, payment) and is_near(row.amount, payment)
    ]
    fitting.sort(key=lambda payment: (not is_named(row, payment), abs(row.amount - payment.amount)))
    return [Proposal(row.pk, (payment.pk,), NEAR, row.amount - payment.amount) for payment in fitting]


def is_near(amount: int, payment: Awaited) -> bool:
    mistyped = payment.unique_code > 0 and payment.plain <= amount <= payment.plain + CODES
    return mistyped or abs(payment.amount - amount) in FEES or payment.plain - amount in FEES


def in_time(row: Incoming, payment: Awaited) -> bool:
    """Not before it was asked for, and not months after."""
    return payment.asked_on <= row.date <= payment.asked_on + LATEST


def is_named(row: Incoming, payment: Awaited) -> bool:
    words = [word for word in re.findall(r"\w+", payment.buyer_name.casefold()) if len(word) >= 3]
    text = set(re.findall(r"\w+", row.text.casefold()))
    return bool(words) and any(word in text for word in words)
