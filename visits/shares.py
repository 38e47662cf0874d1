"""Each booth's share of the lobby's stage: what it had, and what would be its fair part."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from exhibitors.models import Booth
from visits.models import StageDay

BASIS = 10_000


@dataclass(frozen=True, slots=True)
class Share:
    """``views`` on stage; ``fair``: its part of the same days' views, had all booths on stage those days the same."""

    booth: Booth
    views: int
    days: int
    fair: int
    share_bp: int  # of all views of the period, in ten-thousandths

    @property
    def difference(self) -> int:
        return self.views - self.fair


def shares(since: dt.date, until: dt.date) -> tuple[list[Share], int]:
    """The shares of the days from ``since`` to ``until`` (both included), the largest first, and all views."""
    counted = StageDay.objects.filter(day__range=(since, until))
    fair_of_day = {
        row["day"]: row["total"] / row["booths"]
        for row in counted.values("day").annotate(total=Sum("views"), booths=Count("pk"))
    }
    rows: dict[int, list[tuple[dt.date, int]]] = {}
    for booth, day, views in counted.values_list("booth_id", "day", "views"):
        rows.setdefault(booth, []).append((day, views))
    total = sum(views for days in rows.values() for _day, views in days)
    booths = Booth.objects.select_related("exhibitor", "edition").in_bulk(rows)
    found = [
        Share(
            booth=booths[pk],
            views=sum(views for _day, views in days),
            days=len(days),
            fair=round(sum(fair_of_day[day] for day, _views in days)),
            share_bp=sum(views for _day, views in days) * BASIS // total if total else 0,
        )
        for pk, days in rows.items()
    ]
    return sorted(found, key=lambda share: (-share.views, share.booth.pk)), total


def share_of(exhibitor, since: dt.date) -> dict[str, int]:
    """``own`` views of an exhibitor's booths since a day, ``total`` of all and ``booths``: how many took part. One
    query."""
    counted = StageDay.objects.filter(day__gte=since)
    return counted.aggregate(
        own=Sum("views", filter=Q(booth__exhibitor=exhibitor), default=0),
        total=Sum("views", default=0),
        booths=Count("booth", distinct=True),
    )
