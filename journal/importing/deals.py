"""Deals: the entries that a reference joins, and what is left of each of them.

Exhibitors number their papers alike, so a reference means something only beside its exhibitor and stands so in the
transaction key. Imports of before knew the reference alone: whoever has entries under such a key goes on with it, so
that what comes later of a deal finds it (ADR 0209).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection

from expo.models import Edition
from journal.models import Entry, SourceKind

LONGEST = 120
Deal = tuple[int, str]
"""An exhibitor's id and its reference."""
LEFT = """
SELECT target, sum(amount)::bigint, sum(quantity)::bigint
FROM (
    SELECT amount, quantity, CASE
        WHEN reverses_id IS NULL OR source_key LIKE '%%:' || reverses_id || 'on' THEN id ELSE reverses_id END AS target
    FROM journal_entry
    WHERE edition_id = %s AND measure = ANY(%s) AND transaction_key = ANY(%s) AND exhibitor_id = ANY(%s)
) AS moved
GROUP BY target
"""


@dataclass(slots=True)
class Part:
    """How much of which entry is left, paid or given back."""

    entry: Entry
    amount: int
    quantity: int


@dataclass(slots=True)
class Account:
    """What one deal has of one measure: its sales or promises, oldest first, with what is left of each.

    ``total`` is what is left of them together: a reversal that named none of them counts in it alone.
    """

    left: list[Part] = field(default_factory=list)
    total: int = 0

    def take(self, amount: int, quantity: int, product: str, *, of_others: bool = True) -> list[Part]:
        """Take rupiah and pieces off: first where the product is the same, then in order; never more than is left.

        Together the parts may be less than ``amount``. Without ``of_others`` other products are not touched.
        """
        parts = []
        for one in self.named(product, of_others=of_others):
            paid = min(amount, one.amount, self.total)
            if paid <= 0:
                continue
            pieces = max(0, min(quantity, one.quantity))
            one.amount, one.quantity, self.total = one.amount - paid, one.quantity - pieces, self.total - paid
            amount, quantity = amount - paid, quantity - pieces
            parts.append(Part(one.entry, paid, pieces))
        return parts

    def named(self, product: str, *, of_others: bool) -> list[Part]:
        same = [one for one in self.left if one.entry.product_key == product]
        return same + [one for one in self.left if one.entry.product_key != product] if of_others else same


Accounts = dict[tuple[Deal, str], Account]


class Deals:
    """The deals of an edition: under which key they stand, and what stands there."""

    def __init__(self, edition: Edition):
        self.edition = edition

    def key(self, deal: Deal) -> str:
        """The transaction key of new deals. No key of before looks like it: a slug has no colon."""
        exhibitor, reference = deal
        key = f"{self.edition.slug}:{exhibitor}/{reference}"
        if len(key) <= LONGEST:
            return key
        return f"{key[: LONGEST - 33]}~{hashlib.sha256(key.encode()).hexdigest()[:32]}"

    def old_key(self, reference: str) -> str:
        return f"{self.edition.slug}/{reference}"[:LONGEST]

    def keys(self, deal: Deal) -> tuple[str, str]:
        """Every key under which the deal may stand."""
        return self.key(deal), self.old_key(deal[1])

    def known_as(self, deals: Iterable[Deal]) -> dict[Deal, str]:
        """The transaction key of each deal: one of before where its exhibitor has entries under it."""
        asked = set(deals)
        old = {(exhibitor, self.old_key(reference)) for exhibitor, reference in asked}
        found = Entry.objects.filter(
            edition=self.edition,
            source_kind=SourceKind.IMPORT,
            transaction_key__in={key for _exhibitor, key in old},
            exhibitor_id__in={exhibitor for exhibitor, _key in old},
        )
        there = set(found.order_by().values_list("exhibitor_id", "transaction_key").distinct()) if asked else set()
        return {
            deal: self.old_key(deal[1]) if (deal[0], self.old_key(deal[1])) in there else self.key(deal)
            for deal in asked
        }

    def accounts(self, known_as: dict[Deal, str], measures: Iterable[str]) -> Accounts:
        """By deal and measure, those that have any entries."""
        deals = {(exhibitor, key): (exhibitor, reference) for (exhibitor, reference), key in known_as.items()}
        accounts: Accounts = {}
        for part in self._left(known_as, list(measures)) if known_as else ():
            deal = deals.get((part.entry.exhibitor_id, part.entry.transaction_key))
            if deal is None:
                continue  # of another exhibitor under the same key
            account = accounts.setdefault((deal, part.entry.measure), Account())
            account.total += part.amount
            if part.entry.amount > 0:
                account.left.append(part)
        return accounts

    def _left(self, known_as: dict[Deal, str], measures: list[str]) -> Iterator[Part]:
        """Each entry that stands for itself, with what its reversals have left of it; oldest first.

        Locked in id order before it is asked what is left, as everybody does who takes something off an entry.
        """
        exhibitors = list({exhibitor for exhibitor, _reference in known_as})
        opened = Entry.objects.filter(
            edition=self.edition,
            measure__in=measures,
            transaction_key__in=set(known_as.values()),
            exhibitor_id__in=exhibitors,
            amount__gt=0,
        )
        list(opened.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(LEFT, [self.edition.pk, measures, list(known_as.values()), exhibitors])
            left = {pk: (int(amount), int(quantity)) for pk, amount, quantity in cursor.fetchall()}
        for entry in Entry.objects.filter(pk__in=left).order_by("occurred_at", "pk"):
            yield Part(entry, *left[entry.pk])
