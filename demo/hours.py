"""When things happen: more by day than by night, more during the event than before and after it."""

import datetime as dt
import random
from itertools import accumulate

from demo.figures import Show
from expo.formats import WIB

HOUR = dt.timedelta(hours=1)
# How much of a day falls into each of its hours (WIB).
BY_HOUR = (2, 1, 1, 1, 2, 5, 12, 22, 38, 52, 60, 58, 46, 48, 54, 52, 46, 40, 44, 58, 62, 48, 24, 8)
DURING, BEFORE, AFTER = 6.0, 2.2, 0.6


class Hours:
    """The hours from ``start`` to ``end`` of a show, with how much happens in each."""

    def __init__(self, show: Show, start: dt.datetime, end: dt.datetime):
        if not start < end:
            raise ValueError("an empty time")
        self.start, self.end = start, end
        self.hours = list(hours_between(start, end))
        self.weights = [self.weight(show, hour) for hour in self.hours]
        self.cumulative = list(accumulate(self.weights))

    def weight(self, show: Show, hour: dt.datetime) -> float:
        part = (min(hour + HOUR, self.end) - max(hour, self.start)) / HOUR
        busy = BY_HOUR[hour.astimezone(WIB).hour] * part
        if hour + HOUR <= show.opens_at:
            return busy * BEFORE
        if hour < show.closes_at:
            return busy * DURING
        days = (hour - show.closes_at) / dt.timedelta(days=1)
        return busy * AFTER / (1 + days / 6)

    def moments(self, chance: random.Random, number: int) -> list[dt.datetime]:
        """``number`` moments in order, to the second, all in ``start ≤ moment < end``."""
        hours = chance.choices(self.hours, cum_weights=self.cumulative, k=number)
        return sorted(self.within(chance, hour) for hour in hours)

    def within(self, chance: random.Random, hour: dt.datetime) -> dt.datetime:
        first, last = max(hour, self.start), min(hour + HOUR, self.end)
        seconds = max(1, int((last - first).total_seconds()))
        return first + dt.timedelta(seconds=chance.randrange(seconds))

    def shared(self, chance: random.Random, total: int) -> list[int]:
        """``total`` things over the hours, by their weights; adds up to ``total`` exactly."""
        numbers = [0] * len(self.hours)
        for place in chance.choices(range(len(self.hours)), cum_weights=self.cumulative, k=total):
            numbers[place] += 1
        return numbers


def hours_between(start: dt.datetime, end: dt.datetime):
    hour = start.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
    while hour < end:
        yield hour
        hour += HOUR
