"""Rollups compared with the entries: every closed day, once a day, and whoever keeps the figures is told.

Then each checkpoint is compared with the one before it and the days between them, which by then are right.

A day is counted again and compared under the lock of the writers, so nothing changes meanwhile. Rows that differ are
kept as they were found, and the day is made again at once: figures are right from then on, and the alarm stays.
"""

import datetime as dt
import logging
import time

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from expo.formats import WIB
from journal.models import Checkpoint, ClosedDay, RollupCheck, RollupDifference, SharedTransaction
from journal.rollups import ahead, checkpoints, sums
from journal.rollups.alarm import alarm, alarm_of_untold
from journal.rollups.build import (
    NOTHING_RECORDED,
    NOTHING_ROLLED,
    SECONDS_PER_TICK,
    close_days,
    missing_days,
    note_shared,
    roll_up,
    span,
    write,
)
from journal.rollups.comparing import MOST_KEPT, differing
from journal.rollups.days import SELECTS, SHARED, SHARED_BY_THEN
from journal.rollups.writing import writing
from journal.totals.region import held_of

logger = logging.getLogger(__name__)
LONGEST_SILENCE = dt.timedelta(hours=1)

EMPTY = f"""
UPDATE journal_closedday SET checked_at = %(now)s
WHERE built_at < %(due)s AND (checked_at IS NULL OR checked_at < %(due)s) AND entries = 0
    AND {NOTHING_RECORDED} AND {NOTHING_ROLLED}
"""  # noqa: S608 (names of our own models alone)


def check_due(now: dt.datetime, *, at: dt.time, seconds: float = SECONDS_PER_TICK) -> int:
    """Go on with the check of the last time ``at`` (WIB) before ``now``, or one that was asked for since. Returns the
    days compared.

    Several workers take different days; a check that was interrupted is gone on with by the next tick.
    """
    last = last_due(now, at)
    if not RollupCheck.objects.filter(due_at__range=(last, now)).exists():
        RollupCheck.objects.get_or_create(due_at=last)
    compared = 0
    if run := RollupCheck.objects.filter(finished_at=None, due_at__lte=now).order_by("due_at").first():
        compared = go_on(run, now, seconds)
    tell()
    return compared


def ask_for_check() -> None:
    """Have everything compared soon. What a check that is under way has compared before is compared once more: another
    one follows it, however often somebody asks meanwhile."""
    now = timezone.now()
    unfinished = list(RollupCheck.objects.filter(finished_at=None).order_by("due_at"))
    if len(unfinished) > 1:
        RollupCheck.objects.filter(pk=unfinished[-1].pk, finished_at=None).update(due_at=now)
    elif not unfinished or has_compared(unfinished[0]):
        RollupCheck.objects.create(due_at=now)


def has_compared(run: RollupCheck) -> bool:
    return any(model.objects.filter(checked_at__gte=run.due_at).exists() for model in (ClosedDay, Checkpoint))


def go_on(run: RollupCheck, now: dt.datetime, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    count(run, differences=ahead.mend(now))
    compared = pass_empty_days(run.due_at, run=run)
    for edition, day in waiting(run.due_at):
        if time.monotonic() > deadline:
            return compared
        compared += check_day(edition, day, run=run) is not None
    for edition, before in waiting_checkpoints(run.due_at):
        if time.monotonic() > deadline:
            return compared
        check_checkpoint(edition, before, run=run)
    if gaps := missing_days():
        # Noted before they are mended: whoever goes on after a crash finds none.
        RollupCheck.objects.filter(pk=run.pk).update(gaps=Greatest("gaps", gaps))
        close_days(now, gaps=True)
    finish(run)
    return compared


def waiting(due: dt.datetime) -> list[tuple[int, dt.date]]:
    """Days that were rolled up before the check was due and not compared since, oldest first."""
    days = ClosedDay.objects.filter(built_at__lt=due).exclude(checked_at__gte=due)
    return list(days.order_by("edition", "day").values_list("edition", "day"))


def waiting_checkpoints(due: dt.datetime) -> list[tuple[int, dt.date]]:
    """Checkpoints that were made before the check was due and not compared since, oldest first: each on the last."""
    found = Checkpoint.objects.filter(built_at__lt=due).exclude(checked_at__gte=due)
    return list(found.order_by("edition", "before").values_list("edition", "before"))


def pass_empty_days(due: dt.datetime, *, run: RollupCheck | None = None) -> int:
    """Days on which nothing was recorded, and nothing is rolled up, hold: all at once."""
    with writing() as cursor:
        cursor.execute(EMPTY, {"due": due, "now": timezone.now()})
        count(run, days=cursor.rowcount)
        return cursor.rowcount


def count(run: RollupCheck | None, *, days: int = 0, differences: int = 0) -> None:
    """In the transaction that compared: who finds everything compared finds it counted, too."""
    if run and (days or differences):
        RollupCheck.objects.filter(pk=run.pk).update(days=F("days") + days, differences=F("differences") + differences)


def check_all() -> tuple[int, int]:
    """Compare everything now, as the command does: days and differing rows."""
    started = timezone.now()
    differences = ahead.mend(started)
    days = pass_empty_days(started)
    for edition, day in waiting(started):
        found = check_day(edition, day)
        if found is not None:
            days, differences = days + 1, differences + found
    differences += sum(check_checkpoint(*which) or 0 for which in waiting_checkpoints(started))
    tell()
    return days, differences


def rebuild(edition_ids: list[int]) -> int:
    """Make every day of these editions anew, without comparing. Returns the days with entries."""
    with writing():
        ClosedDay.objects.filter(edition__in=edition_ids).update(built_at=None, checked_at=None)
    return roll_up(timezone.now(), seconds=float("inf"))


def check_day(edition: int, day: dt.date, *, run: RollupCheck | None = None) -> int | None:
    """How many rows of a day differed; they are kept, and the day is made again.

    None if it is closed no longer, or if another worker of the same run was quicker.
    """
    with writing() as cursor:
        closed = ClosedDay.objects.filter(edition=edition, day=day, built_at__isnull=False).first()
        if closed is None or is_compared(closed, run):
            return None
        found = differences(cursor, closed)
        if found:
            RollupDifference.objects.bulk_create(found[:MOST_KEPT])
            closed.entries = write(cursor, edition, day)
            logger.error("%s rows of the rollups of %s differ from the entries", len(found), closed)
        note_shared(cursor, edition, day)
        closed.checked_at = timezone.now()
        closed.save(update_fields=["entries", "checked_at"])
        count(run, days=1, differences=len(found))
    return len(found)


def is_compared(row: ClosedDay | Checkpoint, run: RollupCheck | None) -> bool:
    return bool(run and row.checked_at and row.checked_at >= run.due_at)


def check_checkpoint(edition: int, before: dt.date, *, run: RollupCheck | None = None) -> int | None:
    """How many rows of a checkpoint differed from those of the one before it and the days since; it is made again.

    None if it is there no longer, if another worker of the same run was quicker, or if an import has opened one of its
    days again: nobody asks it then, and it goes when that day is rolled up. One whose predecessor was taken away goes,
    too: both are soon made again.
    """
    with writing() as cursor:
        checkpoint = Checkpoint.objects.filter(edition=edition, before=before).first()
        if checkpoint is None or is_compared(checkpoint, run) or not is_held(checkpoint):
            return None
        since = checkpoint.since
        if since and not Checkpoint.objects.filter(edition=edition, before=since).exists():
            checkpoints.forget(cursor, edition, since)
            found = [of_checkpoint(checkpoint, table="checkpoint", key=str(since), counted={"before": str(since)})]
        elif found := differing_sums(cursor, checkpoint):
            checkpoints.write(cursor, checkpoint)
        if found:
            RollupDifference.objects.bulk_create(found[:MOST_KEPT])
            logger.error("%s rows of the checkpoint %s differ from its days", len(found), checkpoint)
        Checkpoint.objects.filter(pk=checkpoint.pk).update(checked_at=timezone.now())
        count(run, differences=len(found))
    return len(found)


def is_held(checkpoint: Checkpoint) -> bool:
    """Whether all its days are rolled up."""
    held = held_of([checkpoint.edition_id], dt.date.max, dt.date.max)
    return bool(held) and checkpoint.before <= held[0].until


def differing_sums(cursor, checkpoint: Checkpoint) -> list[RollupDifference]:
    where = sums.span(checkpoint.edition_id, checkpoint.since, checkpoint.before)
    return [
        of_checkpoint(checkpoint, **row)
        for model, select in sums.selects(cursor, where).items()
        for row in differing(cursor, model, select, where)
    ]


def of_checkpoint(checkpoint: Checkpoint, **row) -> RollupDifference:
    """Told with the last day that the checkpoint counts."""
    last = checkpoint.before - dt.timedelta(days=1)
    return RollupDifference(edition_id=checkpoint.edition_id, recorded_day=last, **row)


def differences(cursor, closed: ClosedDay) -> list[RollupDifference]:
    where = span(closed.edition_id, closed.day)
    found = [row for model, select in SELECTS.items() for row in differing(cursor, model, select, where)]
    found += differing_shared(cursor, closed, where)
    entries = sum_of_entries(cursor, where)
    if entries != closed.entries:
        kept, counted = {"entries": closed.entries}, {"entries": entries}
        found.append({"table": "closedday", "key": str(closed.day), "stored": kept, "counted": counted})
    return [RollupDifference(edition_id=closed.edition_id, recorded_day=closed.day, **row) for row in found]


def differing_shared(cursor, closed: ClosedDay, where: dict) -> list[dict]:
    """Transactions noted as shared that are not, and those that are and were noted once.

    What the other edition's days brought since this one was made or compared is not noted here yet, by right."""
    found = differing(cursor, SharedTransaction, SHARED, where)
    missing = [row for row in found if row["stored"] is None]
    if missing:
        seen = where | {"seen": closed.checked_at or closed.built_at}
        wanted = {row["key"] for row in differing(cursor, SharedTransaction, SHARED_BY_THEN, seen)}
        missing = [row for row in missing if row["key"] in wanted]
    return [row for row in found if row["counted"] is None] + missing


def sum_of_entries(cursor, where: dict) -> int:
    cursor.execute(
        "SELECT count(*) FROM journal_entry "
        "WHERE edition_id = %(edition)s AND recorded_at >= %(start)s AND recorded_at < %(end)s",
        where,
    )
    return cursor.fetchone()[0]


def finish(run: RollupCheck) -> None:
    """Once, by whoever comes first: say that the check is over, and raise the alarm if there is a reason."""
    with transaction.atomic():
        if not RollupCheck.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now()):
            return
        run.refresh_from_db()
        if run.gaps:
            alarm(run.due_at.isoformat(), gaps=run.gaps)


def tell() -> None:
    """Raise the alarm about differences of which nobody was told, when the check that found them is over or goes on for
    long."""
    untold = RollupDifference.objects.filter(told_at=None)
    if RollupCheck.objects.filter(finished_at=None).exists():
        untold = untold.filter(found_at__lt=timezone.now() - LONGEST_SILENCE)
    if untold.exists():
        alarm_of_untold()


def last_due(now: dt.datetime, at: dt.time) -> dt.datetime:
    """The last moment not after ``now`` at which it is ``at`` in WIB."""
    today = dt.datetime.combine(now.astimezone(WIB).date(), at, WIB)
    return today if today <= now else today - dt.timedelta(days=1)
