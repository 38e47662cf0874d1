"""Counted hours in the database: buckets are added to what is there, sketches merged with it."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection

from exhibitors.models import Booth
from visits.domain.sketches import merged
from visits.domain.stage import add_stage_views
from visits.models import VisitHour

COUNTERS = ("visits", "page_views", "booth_visits", "bots", "staff")


@dataclass
class Bucket:
    """Counts of one hour of an edition under one salt."""

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
    stages: dict[int, int] = field(default_factory=dict)  # views of the lobby by slot of its stage


def add_bucket(bucket: Bucket) -> None:
    """Add ``bucket`` to its hour; call within a transaction."""
    place = {"edition_id": bucket.edition_id, "hour": bucket.hour, "period": bucket.period}
    VisitHour.objects.bulk_create([VisitHour(**place)], ignore_conflicts=True)
    row = VisitHour.objects.select_for_update().get(**place)
    for name in COUNTERS:
        setattr(row, name, getattr(row, name) + getattr(bucket, name))
    if bucket.sketch:
        row.sketch = merged([bytes(row.sketch), bucket.sketch])
    row.save(update_fields=[*COUNTERS, "sketch"])
    add_booth_visits(bucket)
    add_stage_views(bucket.stages)


def add_booth_visits(bucket: Bucket) -> None:
    known = set(Booth.objects.filter(pk__in=bucket.booths).values_list("pk", flat=True))  # a booth may be gone
    rows = [
        (booth, bucket.hour, bucket.period, visits) for booth, visits in sorted(bucket.booths.items()) if booth in known
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO visits_boothvisithour AS had (booth_id, hour, period, visits) VALUES (%s, %s, %s, %s)
            ON CONFLICT (booth_id, hour, period) DO UPDATE SET visits = had.visits + excluded.visits
            """,
            rows,
        )
