"""Closing days and rolling them up. Any number of workers may do it at once; what is killed is done again.

A day is closed first, under the posting lock: then nothing can be recorded on it any more (the database stamps later,
see journal/sql/0006_rollups.sql), but for an import, which opens it again. Each day is rolled up in a transaction of
its own that imports and other workers wait for; the shop does not.
"""

import datetime as dt
import time

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from journal.barrier import while_nobody_posts
from journal.models import ClosedDay, SharedTransaction
from journal.rollups import checkpoints
from journal.rollups.days import SELECTS, SHARED
from journal.rollups.writing import allowed, columns_of, writing
from journal.totals.region import day_of, midnight

# One tick's share of a long backlog; the next tick goes on.
SECONDS_PER_TICK = 40
# Every day from an edition's first entry on, whether anything was recorded on it or not: a gap is something missing.
CLOSE = """
INSERT INTO journal_closedday (edition_id, day, entries)
SELECT edition.id, days.day::date, 0 FROM expo_edition AS edition CROSS JOIN LATERAL (
    SELECT generate_series((min(recorded_at) AT TIME ZONE 'Asia/Jakarta')::date, %(last)s::date, '1 day') AS day
    FROM journal_entry WHERE edition_id = edition.id
) AS days
WHERE NOT EXISTS (
    SELECT FROM journal_closedday WHERE edition_id = edition.id AND journal_closedday.day = days.day::date
)
ON CONFLICT DO NOTHING
"""
WAITING = """
SELECT EXISTS (
    SELECT FROM expo_edition AS edition
    WHERE (SELECT min(recorded_at) FROM journal_entry WHERE edition_id = edition.id) < %(end)s
        AND NOT EXISTS (SELECT FROM journal_closedday WHERE edition_id = edition.id AND day = %(last)s)
)
"""
MISSING = """
SELECT coalesce(sum(missing), 0)::int FROM (
    SELECT max(day) - min(day) + 1 - count(*) AS missing FROM journal_closedday GROUP BY edition_id
) AS editions
"""
NOTHING_RECORDED = """
NOT EXISTS (
    SELECT FROM journal_entry WHERE journal_entry.edition_id = journal_closedday.edition_id
        AND recorded_at >= day::timestamp AT TIME ZONE 'Asia/Jakarta'
        AND recorded_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'
)
"""
NOTHING_ROLLED = " AND ".join(
    f"NOT EXISTS (SELECT FROM {model._meta.db_table} AS rollup "
    "WHERE rollup.edition_id = journal_closedday.edition_id AND recorded_day = day)"
    for model in (*SELECTS, SharedTransaction)
)
EMPTY = f"""
UPDATE journal_closedday SET built_at = %(now)s, entries = 0
WHERE built_at IS NULL AND edition_id = %(edition)s AND {NOTHING_RECORDED} AND {NOTHING_ROLLED}
"""  # noqa: S608 (names of our own models alone)


def roll_up(now: dt.datetime | None = None, *, seconds: float = SECONDS_PER_TICK) -> int:
    """Close the days that are over and roll up what is closed, oldest first; then make the checkpoints that are due.

    Returns the days with entries made.
    """
    close_days(now or timezone.now())
    deadline = time.monotonic() + seconds
    built = 0
    for edition in sorted(set(ClosedDay.objects.filter(built_at=None).values_list("edition_id", flat=True))):
        with writing() as cursor:
            cursor.execute(EMPTY, {"now": timezone.now(), "edition": edition})
        waiting = ClosedDay.objects.filter(built_at=None, edition=edition).order_by("day")
        for day in waiting.values_list("day", flat=True):
            if time.monotonic() > deadline:
                return built
            built += build(edition, day)
    checkpoints.make_checkpoints(deadline)
    return built


def close_days(now: dt.datetime, *, gaps: bool = False) -> int:
    """Close every day that was over at ``now``; with ``gaps`` also when it is only between others that days miss.

    JournalError while an import takes too long, or when the database's clock has not reached ``now``'s day.
    """
    today = day_of(now)
    if today is None:
        return 0
    end = midnight(today)
    limits = {"last": today - dt.timedelta(days=1), "end": end}
    with connection.cursor() as cursor:
        cursor.execute(WAITING, limits)
        if not cursor.fetchone()[0] and not gaps:
            return 0
    closed = 0

    def close(cursor) -> None:
        nonlocal closed
        with allowed(cursor):
            cursor.execute(CLOSE, limits)
            closed = cursor.rowcount

    while_nobody_posts(end, close)
    return closed


def missing_days() -> int:
    """Days that are gone from between closed ones: nothing takes them away but a hand."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING)
        return cursor.fetchone()[0]


def build(edition: int, day: dt.date) -> bool:
    """Roll up one closed day. False if it is rolled up already, or was opened again meanwhile."""
    with writing() as cursor:
        waiting = ClosedDay.objects.filter(edition=edition, day=day, built_at=None)
        if not waiting.exists():
            return False
        entries = write(cursor, edition, day)
        waiting.update(built_at=timezone.now(), entries=entries, checked_at=None)
    return True


def write(cursor, edition: int, day: dt.date) -> int:
    """Make the rows of a day anew; the number of its entries. Call it while writing()."""
    checkpoints.forget(cursor, edition, day)
    where = span(edition, day)
    for model, select in SELECTS.items():
        _replace(cursor, model, select, where)
    note_shared(cursor, edition, day)
    cursor.execute(
        "SELECT coalesce(sum(entries), 0) FROM journal_groupday "
        "WHERE edition_id = %(edition)s AND recorded_day = %(day)s",
        where,
    )
    return int(cursor.fetchone()[0])


def note_shared(cursor, edition: int, day: dt.date) -> None:
    """Note which transactions of the day are found in other editions, too."""
    _replace(cursor, SharedTransaction, SHARED, span(edition, day))


def _replace(cursor, model: type[Model], select: str, where: dict) -> None:
    table, columns = model._meta.db_table, ", ".join(columns_of(model))
    cursor.execute(f"DELETE FROM {table} WHERE edition_id = %(edition)s AND recorded_day = %(day)s", where)  # noqa: S608
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ({select}) AS made", where)  # noqa: S608


def span(edition: int, day: dt.date) -> dict:
    return {"edition": edition, "day": day, "start": midnight(day), "end": midnight(day + dt.timedelta(days=1))}
