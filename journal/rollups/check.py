"""Rollups compared with the entries: every closed day, once a day, and whoever keeps the figures is told.

A day is counted again and compared under the lock of the writers, so nothing changes meanwhile. Rows that differ are
kept as they were found, and the day is made again at once: figures are right from then on, and the alarm stays.
"""

import datetime as dt
import json
import logging
import time

from django.db.models import F
from django.utils import timezone

from expo.formats import WIB
from journal.models import CellDay, ClosedDay, GroupDay, PeakDay, ProductDay, RollupCheck, RollupDifference
from journal.rollups.alarm import alarm
from journal.rollups.build import (
    NOTHING_RECORDED,
    NOTHING_ROLLED,
    SECONDS_PER_TICK,
    close_days,
    columns_of,
    missing_days,
    note_shared,
    roll_up,
    span,
    write,
    writing,
)
from journal.rollups.days import SELECTS

logger = logging.getLogger(__name__)

EMPTY = f"""
UPDATE journal_closedday SET checked_at = %(now)s
WHERE built_at < %(due)s AND (checked_at IS NULL OR checked_at < %(due)s) AND entries = 0
    AND {NOTHING_RECORDED} AND {NOTHING_ROLLED}
"""  # noqa: S608 (names of our own models alone)
MOST_KEPT = 200  # differing rows of one day; all of them are counted
# What names a row within its edition and recorded day.
KEYS = {
    GroupDay: ("occurred_day", "measure", "evidence", "nature", "on_order"),
    CellDay: ("occurred_day", "dimension", "key"),
    ProductDay: ("occurred_day", "product_key"),
    PeakDay: ("occurred_day", "place"),
}


def check_due(now: dt.datetime, *, at: dt.time, seconds: float = SECONDS_PER_TICK) -> int:
    """Go on with the check of the last time ``at`` (WIB) before ``now``. Returns the days compared.

    Several workers take different days; a check that was interrupted is gone on with by the next tick.
    """
    due = last_due(now, at)
    run, _created = RollupCheck.objects.get_or_create(due_at=due)
    if run.finished_at:
        return 0
    deadline = time.monotonic() + seconds
    compared = pass_empty_days(due)
    RollupCheck.objects.filter(pk=run.pk).update(days=F("days") + compared)
    for edition, day in waiting(due):
        if time.monotonic() > deadline:
            return compared
        differing = check_day(edition, day)
        if differing is None:
            continue
        compared += 1
        RollupCheck.objects.filter(pk=run.pk).update(days=F("days") + 1, differences=F("differences") + differing)
    if gaps := missing_days():
        close_days(now, gaps=True)
    finish(run, gaps)
    return compared


def waiting(due: dt.datetime) -> list[tuple[int, dt.date]]:
    """Days that were rolled up before the check was due and not compared since, oldest first."""
    days = ClosedDay.objects.filter(built_at__lt=due).exclude(checked_at__gte=due)
    return list(days.order_by("edition", "day").values_list("edition", "day"))


def pass_empty_days(due: dt.datetime) -> int:
    """Days on which nothing was recorded, and nothing is rolled up, hold: all at once."""
    with writing() as cursor:
        cursor.execute(EMPTY, {"due": due, "now": timezone.now()})
        return cursor.rowcount


def check_all() -> tuple[int, int]:
    """Compare everything now, as the command does: days and differing rows."""
    started = timezone.now()
    days, differences = pass_empty_days(started), 0
    for edition, day in waiting(started):
        differing = check_day(edition, day)
        if differing is not None:
            days, differences = days + 1, differences + differing
    if differences:
        alarm(f"hand:{started.isoformat()}", differences)
    return days, differences


def rebuild(edition_ids: list[int]) -> int:
    """Make every day of these editions anew, without comparing. Returns the days with entries."""
    with writing():
        ClosedDay.objects.filter(edition__in=edition_ids).update(built_at=None, checked_at=None)
    return roll_up(timezone.now(), seconds=float("inf"))


def check_day(edition: int, day: dt.date) -> int | None:
    """How many rows of a day differed; they are kept, and the day is made again. None if it is closed no longer."""
    with writing() as cursor:
        closed = ClosedDay.objects.filter(edition=edition, day=day, built_at__isnull=False).first()
        if closed is None:
            return None
        found = differences(cursor, closed)
        if found:
            RollupDifference.objects.bulk_create(found[:MOST_KEPT])
            closed.entries = write(cursor, edition, day)
            logger.error("%s rows of the rollups of %s differ from the entries", len(found), closed)
        note_shared(cursor, edition, day)
        closed.checked_at = timezone.now()
        closed.save(update_fields=["entries", "checked_at"])
    return len(found)


def differences(cursor, closed: ClosedDay) -> list[RollupDifference]:
    where = span(closed.edition_id, closed.day)
    found = []
    for model, select in SELECTS.items():
        cursor.execute(_comparison(model, select), where)
        for key, stored, counted in cursor.fetchall():
            found.append(
                RollupDifference(
                    edition_id=closed.edition_id,
                    recorded_day=closed.day,
                    table=model._meta.db_table.removeprefix("journal_"),
                    key=" · ".join(str(part) for part in _loaded(key))[:250],
                    stored=_loaded(stored),
                    counted=_loaded(counted),
                )
            )
    entries = sum_of_entries(cursor, where)
    if entries != closed.entries:
        found.append(
            RollupDifference(
                edition_id=closed.edition_id,
                recorded_day=closed.day,
                table="closedday",
                key=str(closed.day),
                stored={"entries": closed.entries},
                counted={"entries": entries},
            )
        )
    return found


def sum_of_entries(cursor, where: dict) -> int:
    cursor.execute(
        "SELECT count(*) FROM journal_entry "
        "WHERE edition_id = %(edition)s AND recorded_at >= %(start)s AND recorded_at < %(end)s",
        where,
    )
    return cursor.fetchone()[0]


def _comparison(model, select: str) -> str:
    """Key, row as stored and row as counted, where these are not the same."""
    keys = KEYS[model]
    numbers = [name for name in columns_of(model) if name not in (*keys, "edition_id", "recorded_day")]
    columns = ", ".join((*keys, *numbers))

    def row(side: str) -> str:
        parts = ", ".join(f"'{name}', {side}.{name}" for name in numbers)
        return f"CASE WHEN {side}.{keys[0]} IS NOT NULL THEN json_build_object({parts}) END"

    def values(side: str) -> str:
        return "ROW(" + ", ".join(f"{side}.{name}" for name in numbers) + ")"

    return f"""
    SELECT json_build_array({", ".join(keys)}), {row("stored")}, {row("counted")}
    FROM (
        SELECT {columns} FROM {model._meta.db_table} WHERE edition_id = %(edition)s AND recorded_day = %(day)s
    ) AS stored
    FULL JOIN (SELECT {columns} FROM ({select}) AS made) AS counted USING ({", ".join(keys)})
    WHERE {values("stored")} IS DISTINCT FROM {values("counted")}
        OR stored.{numbers[0]} IS NULL OR counted.{numbers[0]} IS NULL
    ORDER BY {", ".join(keys)}
    """  # noqa: S608 (names of our own models alone)


def _loaded(value):
    return json.loads(value) if isinstance(value, str) else value


def finish(run: RollupCheck, gaps: int) -> None:
    """Once, by whoever comes first: say that the check is over, and raise the alarm if there is a reason."""
    if not RollupCheck.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now()):
        return
    run.refresh_from_db()
    if run.differences or gaps:
        alarm(run.due_at.isoformat(), run.differences, gaps=gaps)


def last_due(now: dt.datetime, at: dt.time) -> dt.datetime:
    """The last moment not after ``now`` at which it is ``at`` in WIB."""
    today = dt.datetime.combine(now.astimezone(WIB).date(), at, WIB)
    return today if today <= now else today - dt.timedelta(days=1)
