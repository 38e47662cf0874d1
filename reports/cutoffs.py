"""Which moments the schedule names. For an edition with ``recaps_from`` the cut-offs are

- every midnight (00.00 WIB) from ``recaps_from`` until the closing, for the day before;
- the closing itself: the final recap of the event;
- afterwards every Monday midnight, for the week of the mall from Monday to Sunday;
- the end of the mall, if it has one.

A midnight's recap is due at the edition's ``recap_time`` of that day, all others at once. The cut-off does not depend
on ``recap_time``, so a change of the time neither repeats nor skips a recap. Beside them every edition has the extra
cut-offs that staff set (``extra.py``), schedule or not.
"""

import datetime as dt
from collections.abc import Iterator

from expo.formats import WIB
from expo.models import Edition

MONDAY = 0


def cutoffs(edition: Edition, until: dt.datetime) -> Iterator[dt.datetime]:
    """The scheduled cut-offs of an edition that are due at ``until``, oldest first."""
    if edition.recaps_from is None:
        return
    for cutoff in _all_cutoffs(edition, edition.recaps_from, until):
        if edition.recaps_from <= cutoff and _issue_time(edition, cutoff) <= until:
            yield cutoff


def is_scheduled(edition: Edition, cutoff: dt.datetime, *, until: dt.datetime) -> bool:
    """Whether this is one of them."""
    start = edition.recaps_from
    if start is None or cutoff < start or _issue_time(edition, cutoff) > until:
        return False
    return cutoff in _all_cutoffs(edition, cutoff, cutoff)


def _all_cutoffs(edition: Edition, start: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    end = edition.mall_closes_at
    for midnight in _midnights(start, until):
        moments = set()
        if (midnight < edition.closes_at or midnight.weekday() == MONDAY) and (end is None or midnight < end):
            moments.add(midnight)
        for last in (edition.closes_at, end):
            if last and midnight <= last < midnight + dt.timedelta(days=1):
                moments.add(last)
        yield from sorted(moments)


def _midnights(start: dt.datetime, until: dt.datetime) -> Iterator[dt.datetime]:
    """Midnights in WIB from the day of ``start`` to that of ``until``."""
    day, last = start.astimezone(WIB).date(), until.astimezone(WIB).date()
    while day <= last:
        yield dt.datetime.combine(day, dt.time(), WIB)
        day += dt.timedelta(days=1)


def _issue_time(edition: Edition, cutoff: dt.datetime) -> dt.datetime:
    if cutoff in (edition.closes_at, edition.mall_closes_at):
        return cutoff
    return dt.datetime.combine(cutoff.astimezone(WIB).date(), edition.recap_time, WIB)
