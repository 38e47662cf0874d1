"""Visits and visitors of booths: of an exhibitor's, for its own figures, and of all of an edition's, for a recap."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q, Sum

from visits.domain.counting import RUN
from visits.domain.sketches import Name, unique_each
from visits.models import BoothVisitHour
from visits.queries import counted_between, wib_day

MOST_DAYS = 100  # whose visitors are told day by day: the last ones; a year costs half a second

# Of an edition the most visited booths have their visitors counted: so many, and no more than so many hours of them.
MOST_BOOTHS = 40
MOST_HOURS = 10_000  # 0.4 s of processor


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothDay:
    """``unique`` is None where nobody can tell (several salts, or visits from before that was counted) or nobody asks:
    days that are long over."""

    visits: int = 0
    unique: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothVisits:
    """By WIB day. ``unique`` is of all the time if it has one salt; ``unique_run`` of the runs of the editions in it,
    which is a number only if that is one edition."""

    days: dict[dt.date, BoothDay] = field(default_factory=dict)
    unique: int | None = 0
    unique_run: int | None = None

    @property
    def visits(self) -> int:
        return sum(day.visits for day in self.days.values())


def booth_visits(
    exhibitor_id: int, editions: Sequence[int] | None, start: dt.datetime, end: dt.datetime
) -> BoothVisits:
    """Of the hours from ``start`` until before ``end``. One query, two questions to the store.

    Visitors are never counted across salts."""
    counted = BoothVisitHour.objects.filter(booth__exhibitor=exhibitor_id, hour__gte=start, hour__lt=end)
    if editions is not None:
        counted = counted.filter(booth__edition__in=editions)
    rows = list(counted.order_by("hour").values_list("hour", "booth__edition", "period", "visits", "sketch"))
    by_day: dict[dt.date, list[tuple]] = defaultdict(list)
    for row in rows:
        by_day[wib_day(row[0])].append(row)
    of_run = [row for row in rows if row[2].partition("/")[0] in (RUN, "")]
    by_salt = uniques({"all": rows, "run": of_run})
    of_days = uniques({day: by_day[day] for day in sorted(by_day)[-MOST_DAYS:]})
    return BoothVisits(
        days={day: BoothDay(visits=sum(row[3] for row in of), unique=of_days.get(day)) for day, of in by_day.items()},
        unique=by_salt.get("all") if rows else 0,
        unique_run=by_salt.get("run"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothCount:
    """``label`` is its number and exhibitor; ``unique`` None where nobody can tell, or the booth is not among the most
    visited ones."""

    label: str
    visits: int
    unique: int | None = None


def booth_counts(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None) -> list[BoothCount]:
    """Every booth that was visited in these hours, most visited first. Two queries, one question to the store."""
    start, until = counted_between(edition_ids, cutoff, since)
    hours = BoothVisitHour.objects.filter(booth__edition_id__in=edition_ids, hour__gte=start, hour__lt=until)
    counted = (
        hours.values("booth_id", "booth__number", "booth__exhibitor__name")
        .annotate(
            total=Sum("visits"),
            hours=Count("pk"),
            first_salt=Min("period"),
            last_salt=Max("period"),
            unknown=Count("pk", filter=Q(sketch=b"")),
        )
        .filter(total__gt=0)
        .order_by("-total", "booth_id")
    )
    rows = list(counted)
    sketches: dict[int, list[bytes]] = {pk: [] for pk in asked_for(rows)}
    for pk, sketch in hours.filter(booth__in=sketches).values_list("booth_id", "sketch"):
        sketches[pk].append(bytes(sketch))
    unique = unique_each(sketches)
    return [
        BoothCount(
            label=f"{row['booth__number']} {row['booth__exhibitor__name']}",
            visits=row["total"],
            unique=unique.get(row["booth_id"]),
        )
        for row in rows
    ]


def asked_for(rows: Sequence[Mapping]) -> list[int]:
    """Of the most visited booths those whose hours lie under one salt and all say who was there."""
    found, left = [], MOST_HOURS
    for row in rows[:MOST_BOOTHS]:
        if row["first_salt"] == row["last_salt"] and not row["unknown"]:
            left -= row["hours"]
            if left < 0:
                break
            found.append(row["booth_id"])
    return found


def uniques(groups: Mapping[Name, Sequence[tuple]]) -> dict[Name, int]:
    """The visitors of each group of hours that can be counted."""
    return unique_each({name: [bytes(row[4]) for row in rows] for name, rows in groups.items() if countable(rows)})


def countable(rows: Sequence[tuple]) -> bool:
    """Whether all of these hours lie under one salt and say who was there."""
    salts = {(edition, period) for _hour, edition, period, _visits, _sketch in rows}
    return len(salts) == 1 and all(sketch for *_rest, visits, sketch in rows)
