"""What lies ahead of the clock in the tables that say where the journal is closed. Nothing puts it there but a hand.

Whatever is posted is recorded behind the last closed day and the last seal (journal/sql/). One that is yet to come
would have every later sale recorded ahead of the clock, where no recap looks, and one that was closed, made or compared
in times to come would be passed over for good. So the check takes back what no clock explains, and tells of it.
"""

import datetime as dt

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from journal.barrier import while_nobody_posts
from journal.models import Checkpoint, ClosedDay, RollupCheck, RollupDifference, SealedUntil
from journal.rollups import checkpoints
from journal.rollups.writing import writing
from journal.totals.region import day_of

# A clock may be set back a little. A seal is taken back only when no clock explains it; sooner it mends itself.
LEEWAY, LEEWAY_OF_SEALS = dt.timedelta(minutes=5), dt.timedelta(days=1)


def clock() -> dt.datetime:
    """By the database, which stamps entries, or by this machine, which stamps the rest: whichever is later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return max(cursor.fetchone()[0], timezone.now())


def seals_ahead(moment: dt.datetime) -> QuerySet[SealedUntil]:
    return SealedUntil.objects.filter(recorded_until__gt=moment).order_by("pk")


def days_ahead(moment: dt.datetime) -> QuerySet[ClosedDay]:
    """Days that are closed and were not over, or were rolled up or compared in times to come."""
    return ClosedDay.objects.filter(Q(day__gte=day_of(moment)) | _stamped_after(moment)).order_by("edition", "day")


def checkpoints_ahead(moment: dt.datetime) -> QuerySet[Checkpoint]:
    return Checkpoint.objects.filter(Q(before__gt=day_of(moment)) | _stamped_after(moment)).order_by(
        "edition", "before"
    )


def _stamped_after(moment: dt.datetime) -> Q:
    return Q(built_at__gt=moment) | Q(checked_at__gt=moment)


def mend(now: dt.datetime) -> int:
    """Take back what no clock explains, and keep it to be told of. How much it was.

    A seal goes back to this moment, so nothing is opened that was sealed; days are closed and rolled up anew.
    """
    now = max(now, clock())
    limit, limit_of_seals = now + LEEWAY, now + LEEWAY_OF_SEALS
    RollupCheck.objects.filter(due_at__gt=limit).delete()
    if not any(rows.exists() for rows in (seals_ahead(limit_of_seals), days_ahead(limit), checkpoints_ahead(limit))):
        return 0
    taken = 0

    def take_back(_cursor) -> None:
        nonlocal taken
        taken = _take_back_days(limit) + _take_back_seals(limit_of_seals)

    # Whoever posts has read what is taken back.
    while_nobody_posts(timezone.now(), take_back)
    return taken


def _take_back_days(limit: dt.datetime) -> int:
    with writing() as cursor:
        found = []
        for checkpoint in checkpoints_ahead(limit):
            last = checkpoint.before - dt.timedelta(days=1)
            found.append(difference(checkpoint, last, "checkpoint", ("before", "built_at", "checked_at")))
            checkpoints.forget(cursor, checkpoint.edition_id, last)
        for day in days_ahead(limit):
            found.append(difference(day, day.day, "closedday", ("day", "built_at", "checked_at")))
        days_ahead(limit).filter(day__gte=day_of(limit)).delete()
        days_ahead(limit).update(built_at=None, checked_at=None)
        RollupDifference.objects.bulk_create(found)
    return len(found)


def _take_back_seals(limit: dt.datetime) -> int:
    found = []
    for seal in seals_ahead(limit):
        found.append(difference(seal, timezone.localdate(), "sealeduntil", ("recorded_until",)))
        seal.recorded_until = timezone.now()
        seal.save(update_fields=["recorded_until"])
    RollupDifference.objects.bulk_create(found)
    return len(found)


def difference(
    row: SealedUntil | ClosedDay | Checkpoint, day: dt.date, table: str, names: tuple[str, ...]
) -> RollupDifference:
    stored = {name: str(getattr(row, name)) for name in names}
    return RollupDifference(edition_id=row.edition_id, recorded_day=day, table=table, key=str(row)[:250], stored=stored)
