"""Which part of a question rollups can answer: whole days, of occurring and of being recorded, that are rolled up.

For each edition the days before the first that is missing count, never one behind a gap; the rest is asked of the
entries. Of these days the newest checkpoint that fits stands for all that it sums up. So a rollup or a checkpoint that
is not there costs time and changes nothing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from expo.formats import WIB
from journal.totals.values import AsOf

# The days in a row from the day of an edition's first entry on, up to the recorded cut-off's; and the newest checkpoint
# of nothing but these, and nothing that occurred on a given day or later.
ROLLED = """
SELECT edition_id, first, until, (
    SELECT max(before) FROM journal_checkpoint AS checkpoint
    WHERE checkpoint.edition_id = rolled.edition_id AND before <= least(until, %(parted_day)s)
) FROM (
    SELECT edition_id, first, max(day) + 1 AS until FROM (
        SELECT edition_id, day, day - row_number() OVER (PARTITION BY edition_id ORDER BY day)::int AS island,
            min(day) OVER (PARTITION BY edition_id) AS first
        FROM journal_closedday
        WHERE edition_id = ANY(%(editions)s) AND day < %(recorded_day)s AND built_at IS NOT NULL
    ) AS days
    WHERE island = first - 1 AND first <= (
        SELECT (min(recorded_at) AT TIME ZONE 'Asia/Jakarta')::date FROM journal_entry
        WHERE journal_entry.edition_id = days.edition_id
    )
    GROUP BY edition_id, first
) AS rolled ORDER BY edition_id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What is rolled up of an edition: a checkpoint of all that was recorded before it, then day by day.

    Of a period the checkpoint is one of what occurred before it, and not read: the days after it hold all there is.
    """

    edition: int
    first: dt.date
    until: dt.date
    checkpoint: dt.date | None

    @property
    def days(self) -> list[dt.date]:
        start = self.checkpoint or self.first
        return [start + dt.timedelta(days=number) for number in range((self.until - start).days)]


@dataclass(frozen=True)
class Region:
    """Rollups hold, for each edition in ``held``, what was recorded before a day and occurred before ``occurred``.

    ``start`` is the first whole day of a period: what occurred before it is not in the region. Conditions are written
    out edition by edition: so the database knows each range when it plans.
    """

    asof: AsOf
    held: tuple[Held, ...]
    occurred: dt.date
    start: dt.date | None = None

    @cached_property
    def parameters(self) -> dict:
        named = self.asof.parameters | {"whole_day": self.occurred, "whole": midnight(self.occurred)}
        if self.start:
            named |= {"start_day": self.start, "start": midnight(self.start)}
        for n, held in enumerate(self.held):
            named |= {
                f"edition{n}": held.edition,
                f"since{n}": midnight(held.until),
                f"days{n}": held.days,
                f"checkpoint{n}": held.checkpoint,
            }
        rolled = {held.edition for held in self.held}
        return named | {"unrolled": [pk for pk in self.asof.editions if pk not in rolled]}

    def rows(self, kind: str, columns: str, *, of_days: str = "", of_sums: str = "") -> str:
        """The rows of a rollup that count (``kind``: group, cell, product, peak), as a relation.

        ``of_days`` and ``of_sums`` are columns that rows of days and of checkpoints tell in different ways.
        Days are named one by one: where few of what they recorded had occurred before the cut-off, only that is read.
        """
        parts, start = [], " AND occurred_day >= %(start_day)s" if self.start else ""
        for n, held in enumerate(self.held):
            parts.append(
                f"SELECT {columns}{of_days} FROM journal_{kind}day WHERE edition_id = %(edition{n})s "  # noqa: S608
                f"AND recorded_day = ANY(%(days{n})s::date[]) AND occurred_day < %(whole_day)s{start}"
            )
            if held.checkpoint and not self.start:
                parts.append(
                    f"SELECT {columns}{of_sums} FROM journal_{kind}sum "  # noqa: S608
                    f"WHERE edition_id = %(edition{n})s AND before = %(checkpoint{n})s"
                )
        return f"({' UNION ALL '.join(parts)}) AS {kind}s"

    @cached_property
    def inside(self) -> str:
        """The entries that these rows stand for."""
        start = " AND occurred_at >= %(start)s" if self.start else ""
        return f"(occurred_at < %(whole)s{start} AND {self.rolled})"

    @cached_property
    def before(self) -> str:
        """The entries of the same days of being recorded that occurred before the period's first whole day."""
        return f"(occurred_at < %(start)s AND {self.rolled})"

    @property
    def rolled(self) -> str:
        parts = (f"edition_id = %(edition{n})s AND recorded_at < %(since{n})s" for n in range(len(self.held)))
        return f"({' OR '.join(f'({part})' for part in parts)})"

    @property
    def long(self) -> list[str]:
        """The keys of transactions on both sides of a period's beginning, and of some that only were once."""
        return (
            []
            if self.start is None
            else [
                "SELECT transaction_key FROM journal_longtransaction "  # noqa: S608
                f"WHERE edition_id = %(edition{n})s AND recorded_day = ANY(%(days{n})s::date[]) "
                "AND first_day < %(start_day)s AND last_day >= %(start_day)s"
                for n in range(len(self.held))
            ]
        )

    @cached_property
    def rest(self) -> list[str]:
        """The visible entries outside: conditions of which each entry fulfils at most one."""
        seen = "occurred_at < %(occurred)s AND recorded_at < %(recorded)s AND occurred_at >= %(since)s"
        conditions = [f"edition_id = ANY(%(unrolled)s) AND {seen}"] if self.parameters["unrolled"] else []
        for n in range(len(self.held)):
            one = f"edition_id = %(edition{n})s AND {seen}"
            conditions += [
                f"{one} AND recorded_at >= %(since{n})s",
                f"{one} AND recorded_at < %(since{n})s AND occurred_at >= %(whole)s",
            ]
            if self.start:
                conditions.append(f"{one} AND recorded_at < %(since{n})s AND occurred_at < %(start)s")
        return conditions


def region_of(asof: AsOf) -> Region | None:
    """What rollups know of the question; None when nothing, and of a period without a whole day."""
    recorded_day, occurred_day = day_of(asof.recorded), day_of(asof.occurred)
    if asof.from_entries or recorded_day is None or occurred_day is None:
        return None
    start = None if asof.since is None else first_whole_day(asof.since)
    if asof.since is not None and (start is None or start >= occurred_day):
        return None
    held = held_of(asof.editions, recorded_day, start or occurred_day)
    return Region(asof=asof, held=held, occurred=occurred_day, start=start) if held else None


def first_whole_day(since: dt.datetime) -> dt.date | None:
    """The first WIB day that begins at a moment or after it; None at the beginning of time."""
    day = day_of(since)
    return day if day is None or midnight(day) == since else day + dt.timedelta(days=1)


def held_of(editions: Sequence[int], recorded_day: dt.date, parted_day: dt.date) -> tuple[Held, ...]:
    """What rollups hold of what was recorded before a day; in one sum what of it had occurred before the other."""
    with connection.cursor() as cursor:
        cursor.execute(ROLLED, {"editions": list(editions), "recorded_day": recorded_day, "parted_day": parted_day})
        return tuple(Held(*row) for row in cursor.fetchall())


def day_of(moment: dt.datetime) -> dt.date | None:
    """The WIB day in which a moment lies; None at the ends of time."""
    try:
        return moment.astimezone(WIB).date()
    except OverflowError:
        return None


def midnight(day: dt.date) -> dt.datetime:
    """Its first moment."""
    return dt.datetime.combine(day, dt.time(), WIB)
