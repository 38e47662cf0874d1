"""Where goods go: mostly to customers on Java, and to the far places that were published."""

import datetime as dt
import random

from demo.figures import Show
from demo.places import NEAR
from expo.models import Region, RegionLevel
from journal.keys import country_name, is_country

UNKNOWN = 0.03
TIMES = 3  # that each published place is delivered to before its figure


class Destinations:
    def __init__(self, show: Show, chance: random.Random):
        self.chance = chance
        self.near = list(Region.objects.filter(code__in=NEAR).values_list("code", "name"))
        self.weights = [NEAR[code] for code, _ in self.near]
        published = [(figure.as_of, place) for figure in show.figures_of("destinations") for place in figure.places]
        self.due = [(as_of, self.resolve(place)) for as_of, place in published for _ in range(TIMES)]

    def shared(self, number: int, until: dt.datetime) -> list[tuple[str, str]]:
        """Destinations of ``number`` sales recorded before ``until``, the published ones among them."""
        near = [self.near_by() for _ in range(number)]
        due = [destination for as_of, destination in self.due if until <= as_of][:number]
        self.due = [(as_of, destination) for as_of, destination in self.due if until > as_of]
        for place, destination in zip(self.chance.sample(range(number), len(due)), due, strict=True):
            near[place] = destination
        return near

    def near_by(self) -> tuple[str, str]:
        """A code and its label, sometimes not known."""
        if self.chance.random() < UNKNOWN:
            return "", ""
        return self.chance.choices(self.near, self.weights)[0]

    def resolve(self, place: str) -> tuple[str, str]:
        """A published place: a country's code, or the name of a city or regency."""
        if not place:
            return "", ""
        if is_country(place):
            return place, country_name(place)
        region = Region.objects.filter(level=RegionLevel.REGENCY, name__iendswith=place).order_by("-code").first()
        return (region.code, region.name) if region else ("", place)
