"""Which part of a question rollups can answer: whole days, of occurring and of being recorded, that are rolled up.

For each edition the days before the first that is missing count, never one behind a gap; the rest is asked of the
entries. So a rollup that is not there costs time and changes nothing.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from expo.formats import WIB
from journal.totals.values import AsOf

# The days in a row from the day of an edition's first entry on, up to the recorded cut-off's.
ROLLED = """
SELECT edition_id, max(day) + 1 FROM (
    SELECT edition_id, day, day - row_number() OVER (PARTITION BY edition_id ORDER BY day)::int AS island,
        min(day) OVER (PARTITION BY edition_id) AS first
    FROM journal_closedday
    WHERE edition_id = ANY(%(editions)s) AND day < %(recorded_day)s AND built_at IS NOT NULL
) AS days
WHERE island = first - 1 AND first <= (
    SELECT (min(recorded_at) AT TIME ZONE 'Asia/Jakarta')::date FROM journal_entry
    WHERE journal_entry.edition_id = days.edition_id
)
GROUP BY edition_id
"""
SHARED = """
SELECT EXISTS (
    SELECT FROM journal_sharedtransaction WHERE edition_id = ANY(%(editions)s) AND other_id = ANY(%(editions)s)
)
"""


@dataclass(frozen=True)
class Region:
    """Rollups hold, for each edition in ``until``, what was recorded before that day and occurred before ``occurred``.

    Its conditions are written out edition by edition: so the database knows each range when it plans.
    """

    asof: AsOf
    until: dict[int, dt.date]
    occurred: dt.date

    @cached_property
    def parameters(self) -> dict:
        named = self.asof.parameters | {"whole_day": self.occurred, "whole": midnight(self.occurred)}
        for number, (edition, until) in enumerate(self.until.items()):
            named |= {f"edition{number}": edition, f"until{number}": until, f"since{number}": midnight(until)}
        return named | {"unrolled": [pk for pk in self.asof.editions if pk not in self.until]}

    @cached_property
    def rolled(self) -> str:
        """The rows of a rollup that count."""
        return f"(occurred_day < %(whole_day)s AND ({self._any('recorded_day < %(until{n})s')}))"

    @cached_property
    def inside(self) -> str:
        """The entries that these rows stand for."""
        return f"(occurred_at < %(whole)s AND ({self._any('recorded_at < %(since{n})s')}))"

    @cached_property
    def rest(self) -> list[str]:
        """The visible entries outside: conditions of which each entry fulfils at most one."""
        seen = "occurred_at < %(occurred)s AND recorded_at < %(recorded)s"
        conditions = [f"edition_id = ANY(%(unrolled)s) AND {seen}"]
        for n in range(len(self.until)):
            one = f"edition_id = %(edition{n})s AND {seen}"
            conditions += [
                f"{one} AND recorded_at >= %(since{n})s",
                f"{one} AND recorded_at < %(since{n})s AND occurred_at >= %(whole)s",
            ]
        return conditions

    def _any(self, condition: str) -> str:
        parts = (f"edition_id = %(edition{n})s AND {condition.format(n=n)}" for n in range(len(self.until)))
        return " OR ".join(f"({part})" for part in parts)


def region_of(asof: AsOf) -> Region | None:
    """What rollups know of the question; None when nothing, or nothing that several editions could share.

    A period is asked of its entries: of what happened before it and during it, rollups know the sums, but not which
    transactions of the one go on in the other.
    """
    if asof.since is not None:
        return None
    recorded_day, occurred_day = day_of(asof.recorded), day_of(asof.occurred)
    if asof.from_entries or recorded_day is None or occurred_day is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(ROLLED, {"editions": list(asof.editions), "recorded_day": recorded_day})
        until = dict(cursor.fetchall())
        if len(until) > 1:
            cursor.execute(SHARED, asof.parameters)
            if cursor.fetchone()[0]:
                return None
    return Region(asof=asof, until=until, occurred=occurred_day) if until else None


def day_of(moment: dt.datetime) -> dt.date | None:
    """The WIB day in which a moment lies; None at the ends of time."""
    try:
        return moment.astimezone(WIB).date()
    except OverflowError:
        return None


def midnight(day: dt.date) -> dt.datetime:
    """Its first moment."""
    return dt.datetime.combine(day, dt.time(), WIB)
