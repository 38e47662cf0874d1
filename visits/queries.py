"""What was counted, as a recap and the pages ask for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from exhibitors.models import Booth
from expo.models import Edition
from visits.domain.counting import WIB, Moments, full_hour, next_hour
from visits.domain.sketches import ERROR_BASIS_POINTS, unique
from visits.domain.store import COUNTERS
from visits.models import BoothVisitHour, GateCount, VisitHour

MICROSECOND = dt.timedelta(microseconds=1)
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
POPULAR_FOR = dt.timedelta(days=7)


def snapshot(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None = None) -> dict:
    """The visits of these editions before ``cutoff``, from ``since`` on, as the "visits" of a recap's figures.

    As far as they were counted apart (``counted_between``): ``until`` says up to when.

    Only JSON types; moments in UTC, days in WIB. Visitors are never counted across salts: ``unique_total`` is None
    where there are several, and a day whose visits lie under several salts is not among ``unique_days``.
    """
    start, until = counted_between(edition_ids, cutoff, since)
    counted = VisitHour.objects.filter(edition_id__in=edition_ids, hour__gte=start, hour__lt=until)
    rows = list(counted.order_by("hour"))
    return {
        **{name: sum(getattr(row, name) for row in rows) for name in COUNTERS},
        "busiest_booth": busiest_booth(edition_ids, until, start),
        "unique_days": unique_days(rows),
        "unique_total": unique_under_one_salt(rows),
        "unique_error_bp": ERROR_BASIS_POINTS,
        "gate": gate_count(edition_ids, until, start),
        "until": f"{until.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "days": days(rows),
    }


def counted_between(
    edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None
) -> tuple[dt.datetime, dt.datetime]:
    """From when and until when visits are counted apart for all these editions: full hours from ``since`` on and before
    ``cutoff``, or these moments themselves where the edition opens or closes at them."""
    moments = [Moments.of(edition) for edition in Edition.objects.filter(pk__in=edition_ids)]
    start, until = since or BEGINNING, min(cutoff, timezone.now())
    while since and (later := max([each.part_from(start) for each in moments] or [next_hour(start)])) > start:
        start = later
    while (earlier := min([each.part_at(until) for each in moments] or [full_hour(until)])) < until:
        until = earlier
    return start, until


def gate_days(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None) -> list[dict]:
    """People at the gate of each day that was over; they sum to ``gate``."""
    start, until = counted_between(edition_ids, cutoff, since)
    people = gates(edition_ids, until, start).values("day").annotate(total=Sum("people")).order_by("day")
    return [{"day": row["day"].isoformat(), "people": row["total"]} for row in people]


def busiest_booth(edition_ids: Sequence[int], until: dt.datetime, start: dt.datetime = BEGINNING) -> dict | None:
    counted = (
        BoothVisitHour.objects.filter(booth__edition_id__in=edition_ids, hour__gte=start, hour__lt=until)
        .values("booth_id")
        .annotate(total=Sum("visits"))
        .order_by("-total", "booth_id")
        .first()
    )
    if not counted or not counted["total"]:
        return None
    booth = Booth.objects.select_related("exhibitor").get(pk=counted["booth_id"])
    return {"label": f"{booth.number} {booth.exhibitor.name}", "visits": counted["total"]}


def most_visited_booths(now: dt.datetime, count: int) -> QuerySet:
    """Ids of the booths with the most visits of the last week."""
    lately = BoothVisitHour.objects.filter(hour__gt=now - POPULAR_FOR, booth__is_open=True).values("booth")
    return lately.annotate(total=Sum("visits")).order_by("-total", "booth").values("booth")[:count]


def unique_days(rows: Iterable[VisitHour]) -> list[dict]:
    by_day = defaultdict(list)
    for row in rows:
        by_day[wib_day(row.hour)].append(row)
    counted = ((day, unique_under_one_salt(of_day)) for day, of_day in sorted(by_day.items()))
    return [{"day": day.isoformat(), "unique": number} for day, number in counted if number is not None]


def unique_under_one_salt(rows: Iterable[VisitHour]) -> int | None:
    sketched = [row for row in rows if row.sketch]
    if len({(row.edition_id, row.period) for row in sketched}) > 1:
        return None
    return unique([bytes(row.sketch) for row in sketched])


def gates(edition_ids: Sequence[int], until: dt.datetime, start: dt.datetime) -> QuerySet[GateCount]:
    """Counts of whole WIB days, as nobody counts by the hour: those that began from ``start`` on and were over, also
    because the gate had closed for good."""
    first = wib_day(start + dt.timedelta(days=1) - MICROSECOND)
    counts = GateCount.objects.in_force().filter(edition_id__in=edition_ids, day__gte=first)
    return counts.filter(Q(day__lt=wib_day(until)) | Q(day=wib_day(until), edition__closes_at__lte=until))


def gate_count(edition_ids: Sequence[int], until: dt.datetime, start: dt.datetime = BEGINNING) -> int | None:
    """People at the gate on the days that were over, or None where nobody counted."""
    return gates(edition_ids, until, start).aggregate(people=Sum("people"))["people"]


def days(rows: Sequence[VisitHour]) -> list[dict]:
    """Every day from the first to the last that has something, days without visits as 0."""
    if not rows:
        return []
    first, last = wib_day(rows[0].hour), wib_day(rows[-1].hour)
    every = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    sums = {day: [0, 0] for day in every}
    for row in rows:
        sums[wib_day(row.hour)][0] += row.visits
        sums[wib_day(row.hour)][1] += row.page_views
    return [{"day": day.isoformat(), "visits": sums[day][0], "page_views": sums[day][1]} for day in every]


def wib_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(WIB).date()
