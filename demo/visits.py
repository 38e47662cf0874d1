"""Replays how many visited a past show: hours of visits that add up to the published figures at their moments."""

import datetime as dt
import random
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from demo.figures import Show
from demo.hours import HOUR, Hours
from exhibitors.models import Booth
from expo.models import Edition
from visits.domain.counting import Moments
from visits.domain.sketches import sketch_each, sketch_of
from visits.domain.store import counting
from visits.models import BoothVisitHour, Salt, VisitHour

PAGES = (3.1, 5.4)  # pages of a visit
BOOTHS = 0.9  # booths of a visit, where no busiest booth was published
BOTS, STAFF = 0.22, 0.05  # requests for pages, to one visit
NEW_VISITORS = 0.68  # visits by someone who was not there before
AFTERWARDS = (0.04, dt.timedelta(days=9))  # a few visits to the mall behind the last published figure


class VisitReplay:
    def __init__(self, show: Show, edition: Edition, booths: list[Booth]):
        self.show, self.edition, self.booths = show, edition, booths
        self.chance = random.Random(f"visits:{show.slug}")
        self.moments = Moments.of(edition)
        self.visitors: dict[str, list[str]] = defaultdict(list)
        self.hours: dict[dt.datetime, VisitHour] = {}
        self.of_booths: list[BoothVisitHour] = []
        self.guests = random.Random(f"guests:{show.slug}")

    def store(self) -> None:
        before, start = 0, self.show.sales_open
        for figure in self.show.figures_of("visits"):
            self.fill(start, full_hour(figure.as_of), figure.low - before)
            before, start = figure.low, full_hour(figure.as_of)
        self.fill(start, start + AFTERWARDS[1], int(before * AFTERWARDS[0]))
        self.fill_booths()
        self.save()
        self.leave_no_salt()

    def save(self) -> None:
        rows = {(row.booth_id, row.hour): row for row in self.of_booths}
        for place, sketch in sketch_each({place: self.guests_of(row) for place, row in rows.items()}).items():
            rows[place].sketch = sketch
        with transaction.atomic(), counting():
            VisitHour.objects.bulk_create(self.hours.values())
            BoothVisitHour.objects.bulk_create(self.of_booths, batch_size=4000)

    def guests_of(self, row: BoothVisitHour) -> list[str]:
        """Who came to a booth in an hour: some of those who were at the show."""
        return self.guests.choices(self.visitors[row.period], k=row.visits)

    def fill(self, start: dt.datetime, end: dt.datetime, visits: int) -> None:
        if not start < end or visits <= 0:
            return
        hours = Hours(self.show, start, end)
        for hour, number in zip(hours.hours, hours.shared(self.chance, visits), strict=True):
            if number:
                self.hours[hour] = self.counted(hour, number)

    def counted(self, hour: dt.datetime, visits: int) -> VisitHour:
        period = self.moments.period_at(hour)
        return VisitHour(
            edition=self.edition,
            hour=hour,
            period=period,
            visits=visits,
            page_views=round(visits * self.chance.uniform(*PAGES)),
            bots=round(visits * BOTS * self.chance.uniform(0.5, 1.5)),
            staff=round(visits * STAFF * self.chance.uniform(0, 2)),
            sketch=sketch_of(self.came(period) for _ in range(visits)),
        )

    def came(self, period: str) -> str:
        known = self.visitors[period]
        if known and self.chance.random() > NEW_VISITORS:
            return self.chance.choice(known)
        known.append(f"{self.show.slug}:{period}:{len(known)}")
        return known[-1]

    def fill_booths(self) -> None:
        """Visits to booths: the busiest as published, none busier at its moment."""
        start, before = self.show.sales_open, [0] * len(self.booths)
        for figure in self.show.figures_of("booth_visits_max"):
            end = full_hour(figure.as_of)
            totals = self.totals(figure.low, before)
            self.spread(start, end, [total - had for total, had in zip(totals, before, strict=True)])
            start, before = end, totals
        later = [hour for hour in self.hours if hour >= start]
        if later:
            visits = sum(self.hours[hour].visits for hour in later)
            each = visits * BOOTHS / max(1, len(self.booths))
            spread = [int(each * self.chance.uniform(0.3, 1.8)) for _ in self.booths]
            self.spread(start, max(later) + HOUR, spread)

    def totals(self, most: int, before: list[int]) -> list[int]:
        """Visits of each booth until a published maximum, which exactly one booth reaches."""
        weights = sorted((self.chance.betavariate(1.6, 2.6) for _ in self.booths), reverse=True)
        totals = [max(had, min(most - 1, int(most * weight))) for had, weight in zip(before, weights, strict=True)]
        if totals:
            totals[0] = most
        return totals

    def spread(self, start: dt.datetime, end: dt.datetime, totals: list[int]) -> None:
        """Share each booth's visits among the hours of ``start`` … ``end``, by the visits of the hours."""
        hours = [hour for hour in self.hours if start <= hour < end]
        weights = [self.hours[hour].visits for hour in hours]
        for booth, total in zip(self.booths, totals, strict=True):
            if not hours or total <= 0:
                continue
            shared: dict[dt.datetime, int] = defaultdict(int)
            for hour in self.chance.choices(hours, weights, k=total):
                shared[hour] += 1
            for hour, number in shared.items():
                self.of_booths.append(
                    BoothVisitHour(booth=booth, hour=hour, period=self.hours[hour].period, visits=number)
                )
                self.hours[hour].booth_visits += number

    def leave_no_salt(self) -> None:
        """The salts of past periods are destroyed, as after the sealing of their last recap."""
        Salt.objects.bulk_create(
            Salt(edition=self.edition, period=period, secret=None, destroyed_at=timezone.now())
            for period in sorted({hour.period for hour in self.hours.values()})
        )


def full_hour(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
