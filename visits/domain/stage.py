"""How often each booth was seen on the lobby's stage.

A page of the lobby says in its counting picture which slot of the rotation it shows, and the lineup of a slot is fixed
(``catalog.stage``). So a view of the lobby is one view of each of its booths: exact, also for pages out of a cache, and
nothing more is written per visit.
"""

import datetime as dt
from collections import Counter

from django.db import connection

from catalog.stage import KEEP_SECONDS, SLOT_SECONDS, lineup, slot_at, slot_start
from exhibitors.models import Booth
from visits.domain.counting import WIB


def shown_slot(text: str, now: dt.datetime) -> int | None:
    """The slot that a page says it showed; None for one that no page can show now."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    slot, latest = int(text), slot_at(now)
    return slot if latest - KEEP_SECONDS // SLOT_SECONDS < slot <= latest else None


def add_stage_views(stages: dict[int, int]) -> None:
    """Add the views of some slots to the days of their booths; call within a transaction."""
    seen: Counter[tuple[int, dt.date]] = Counter()
    for slot, views in stages.items():
        for booth in lineup(slot):
            seen[booth, slot_start(slot).astimezone(WIB).date()] += views
    known = set(Booth.objects.filter(pk__in={booth for booth, _day in seen}).values_list("pk", flat=True))
    rows = [(booth, day, views) for (booth, day), views in sorted(seen.items()) if booth in known]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            INSERT INTO visits_stageday AS had (booth_id, day, views) VALUES (%s, %s, %s)
            ON CONFLICT (day, booth_id) DO UPDATE SET views = had.views + excluded.views
            """,
            rows,
        )
