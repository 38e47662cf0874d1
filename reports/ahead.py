"""Moments that are yet to come where only what has happened is written down.

What is closed, recorded or checked in times to come is passed over by everything that asks what is due, so it switches
off what would find it. The nightly check takes some of it back (``journal/rollups/ahead.py``), all of it is told of.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min, Model

from expo.models import Edition
from journal.models import Entry, RollupCheck
from journal.rollups.ahead import LEEWAY, checkpoints_ahead, clock, days_ahead, seals_ahead
from reports.book.checking import Difference
from reports.models import Recap, Recount, SealCheck, SealWalk
from visits.models import Salt

# Of tables that are not noted as they grow: the database's owner may write any moment there.
MOMENTS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Recap, ("sealed_at", "recorded_cutoff", "occurred_cutoff")),
    (Recount, ("at", "doubted_at", "restored_at")),
    (SealCheck, ("at",)),
    (SealWalk, ("stepped_at",)),  # one that would begin later keeps no walk from being due (walk.py)
    (RollupCheck, ("due_at", "finished_at")),
    (Salt, ("destroyed_at",)),
)


def moments_to_come() -> Iterator[Difference]:
    limit = clock() + LEEWAY
    slugs = dict(Edition.objects.values_list("pk", "slug"))
    for seal in seals_ahead(limit):
        yield slugs[seal.edition_id], f"the journal is closed up to {seal.recorded_until}, which is yet to come"
    for day in days_ahead(limit):
        yield slugs[day.edition_id], f"the day {day.day} is closed, rolled up or compared in times to come"
    for checkpoint in checkpoints_ahead(limit):
        yield slugs[checkpoint.edition_id], f"the checkpoint of {checkpoint.before} was made in times to come"
    yield from _entries(limit, slugs)
    for model, names in MOMENTS:
        for name in names:
            for pk in model._base_manager.filter(**{f"{name}__gt": limit}).order_by("pk").values_list("pk", flat=True):
                yield f"{model._meta.db_table} {pk}", f"{name} is yet to come"


def _entries(limit: dt.datetime, slugs: dict[int, str]) -> Iterator[Difference]:
    counted = Entry.objects.filter(recorded_at__gt=limit).values("edition").order_by("edition")
    for row in counted.annotate(entries=Count("pk"), first=Min("pk")):
        name = slugs.get(row["edition"], f"edition {row['edition']}")
        yield name, f"{row['entries']} entries from {row['first']} on are recorded at moments yet to come"
