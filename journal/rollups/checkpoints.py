"""Checkpoints: sums of all days so far, made now and then, so that a question need not add up every day.

A checkpoint is due when as many entries have come since the last as that one has rows: so all of them together have no
more rows than the journal, and a question adds up a bounded number of days. It is made in one transaction, under the
lock of whoever writes rollups. What occurred later than it was recorded is not parted: such days are passed over.
"""

import datetime as dt
import time

from django.db import connection
from django.db.models import F

from journal.models import Checkpoint, ClosedDay, GroupDay
from journal.rollups import sums
from journal.rollups.writing import columns_of, writing
from journal.totals.region import held_of

FEWEST_ENTRIES = 1000
SINCE_THE_LAST = """
SELECT edition_id, sum(entries)::bigint, coalesce(max(rows), 0)
FROM journal_closedday LEFT JOIN (
    SELECT DISTINCT ON (edition_id) edition_id, before, rows FROM journal_checkpoint ORDER BY edition_id, before DESC
) AS last USING (edition_id)
WHERE built_at IS NOT NULL AND (before IS NULL OR day >= before) GROUP BY edition_id ORDER BY edition_id
"""


def is_due(entries: int, rows: int) -> bool:
    """Whether so many entries since a checkpoint of so many rows are worth the next."""
    return entries >= max(FEWEST_ENTRIES, rows)


def make_checkpoints(deadline: float) -> int:
    """Make those that are due, oldest first. Returns how many were made."""
    made = 0
    with connection.cursor() as cursor:
        cursor.execute(SINCE_THE_LAST)
        editions = [edition for edition, entries, rows in cursor.fetchall() if is_due(entries, rows)]
    for edition in editions:
        while time.monotonic() <= deadline and make_next(edition):
            made += 1
    return made


def make_next(edition: int) -> bool:
    """Make the edition's next checkpoint, if it is due."""
    with writing() as cursor:
        last = Checkpoint.objects.filter(edition=edition).order_by("-before").first()
        since = last.before if last else None
        before = next_end(edition, since, last.rows if last else 0)
        if before is None:
            return False
        checkpoint = Checkpoint.objects.create(edition_id=edition, before=before, since=since)
        write(cursor, checkpoint)
    return True


def next_end(edition: int, since: dt.date | None, rows: int) -> dt.date | None:
    """The day before which the next checkpoint ends: the first on which it is due, and that parts nothing."""
    held = held_of([edition], dt.date.max, dt.date.max)
    if not held:
        return None
    ahead = GroupDay.objects.filter(edition=edition, occurred_day__gt=F("recorded_day"))
    parted = list(ahead.values_list("recorded_day", "occurred_day").distinct())
    days = ClosedDay.objects.filter(edition=edition, day__gte=since or held[0].first, day__lt=held[0].until)
    entries = 0
    for day, more in days.order_by("day").values_list("day", "entries"):
        entries += more
        end = day + dt.timedelta(days=1)
        if is_due(entries, rows) and not any(recorded < end <= occurred for recorded, occurred in parted):
            return end
    return None


def write(cursor, checkpoint: Checkpoint) -> None:
    """Make the rows of a checkpoint anew. Call it while writing()."""
    where = sums.span(checkpoint.edition_id, checkpoint.since, checkpoint.before)
    checkpoint.rows = 0
    for model, select in sums.selects(cursor, where).items():
        table, columns = model._meta.db_table, ", ".join(columns_of(model))
        cursor.execute(f"DELETE FROM {table} WHERE edition_id = %(edition)s AND before = %(before)s", where)  # noqa: S608
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ({select}) AS made", where)  # noqa: S608
        checkpoint.rows += cursor.rowcount
    checkpoint.save(update_fields=["rows"])


def forget(cursor, edition: int, day: dt.date) -> None:
    """Take away the checkpoints that count a day. Call it while writing()."""
    if Checkpoint.objects.filter(edition=edition, before__gt=day).exists():
        for model in (*sums.MODELS, Checkpoint):
            cursor.execute(
                f"DELETE FROM {model._meta.db_table} WHERE edition_id = %s AND before > %s",  # noqa: S608
                [edition, day],
            )
