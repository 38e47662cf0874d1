"""Counted hours in the database: buckets are added to what is there, sketches merged with it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from exhibitors.models import Booth
from visits.domain.salts import is_destroyed
from visits.domain.sketches import merged, merged_each
from visits.domain.stage import add_stage_views
from visits.models import BoothVisitHour, VisitHour

COUNTERS = ("visits", "page_views", "booth_visits", "bots", "staff")


class DestroyedSaltError(Exception):
    """Counted under a salt that is destroyed: what a recap says of its time is final."""


@dataclass
class Bucket:
    """Counts of one hour of an edition, or of a part of one, under one salt."""

    edition_id: int
    period: str
    hour: dt.datetime
    visits: int = 0
    page_views: int = 0
    booth_visits: int = 0
    bots: int = 0
    staff: int = 0
    sketch: bytes = b""
    booths: dict[int, int] = field(default_factory=dict)
    booth_sketches: dict[int, bytes] = field(default_factory=dict)
    stages: dict[int, int] = field(default_factory=dict)  # views of the lobby by slot of its stage

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNTERS}


@contextmanager
def counting() -> Iterator[None]:
    """Within the transaction: what is written to the hours of visits is meant (``visits/triggers.py``)."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL visits.counting = 'on'")
        yield
        # After an error the savepoint's rollback takes it back.
        cursor.execute("SET LOCAL visits.counting = 'off'")


def add_bucket(bucket: Bucket) -> None:
    """Add ``bucket`` to its hour; call within a transaction. DestroyedSaltError: nothing is added."""
    if is_destroyed(bucket.edition_id, bucket.period):
        raise DestroyedSaltError(
            f"edition {bucket.edition_id}, salt {bucket.period}, hour {bucket.hour:%Y-%m-%d %H:%M}"
        )
    with counting():
        add_visits(bucket)
        add_booth_visits(bucket)
    add_stage_views(bucket.stages)


def add_visits(bucket: Bucket) -> None:
    place = {"edition_id": bucket.edition_id, "hour": bucket.hour, "period": bucket.period}
    VisitHour.objects.bulk_create([VisitHour(**place)], ignore_conflicts=True)
    row = VisitHour.objects.select_for_update().get(**place)
    for name in COUNTERS:
        setattr(row, name, getattr(row, name) + getattr(bucket, name))
    if bucket.sketch:
        row.sketch = merged([bytes(row.sketch), bucket.sketch])
    row.save(update_fields=[*COUNTERS, "sketch"])


def add_booth_visits(bucket: Bucket) -> None:
    """Visits are added, sketches merged. A visitor may go on at a booth without beginning a visit in this hour."""
    named = bucket.booths.keys() | bucket.booth_sketches.keys()
    known = set(Booth.objects.filter(pk__in=named).values_list("pk", flat=True))  # a booth may be gone
    had = BoothVisitHour.objects.filter(booth__in=known, hour=bucket.hour, period=bucket.period)
    parts = {booth: [sketch] for booth, sketch in bucket.booth_sketches.items() if booth in known}
    for booth, sketch in had.values_list("booth", "sketch"):
        if sketch and booth in parts:
            parts[booth].append(bytes(sketch))
    sketches = merged_each(parts)
    rows = [
        (booth, bucket.hour, bucket.period, bucket.booths.get(booth, 0), sketches.get(booth, b""))
        for booth in sorted(known)
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO visits_boothvisithour AS had (booth_id, hour, period, visits, sketch)
            VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (booth_id, hour, period) DO UPDATE SET visits = had.visits + excluded.visits,
                sketch = CASE WHEN excluded.sketch = '' THEN had.sketch ELSE excluded.sketch END
            """,
            rows,
        )
