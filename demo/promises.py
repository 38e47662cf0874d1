"""Orders that were agreed first and paid later, so that committed figures and turnover both come out."""

import datetime as dt
from dataclasses import dataclass

from demo.figures import Figure, Show

ROUND = 500  # prices are; published figures need not be


@dataclass(frozen=True)
class Stretch:
    """A time between two published turnovers, and what came in during it. The last one has no published end."""

    start: dt.datetime
    end: dt.datetime
    amount: int


@dataclass
class Promise:
    """An order of ``amount`` rupiah for the figure that tells of it; paid in a later stretch, if any has room."""

    figure: Figure
    amount: int
    after: dt.datetime
    paid_in: int | None = None


def stretches(show: Show, targets: list[int]) -> list[Stretch]:
    """The stretches between the published turnovers, which ``targets`` are to be reached at."""
    found, start, before = [], show.sales_open, 0
    for figure, target in zip(show.figures_of("realised"), targets, strict=True):
        found.append(Stretch(start, figure.as_of, target - before))
        start, before = figure.as_of, target
    return found


def choose_targets(show: Show, chance) -> list[int]:
    """What turnover to reach at each published one: exact, or somewhere within what was cut off."""
    figures = show.figures_of("realised")
    targets, least = [], 0
    for place, figure in enumerate(figures):
        most = min(later.high for later in figures[place:])
        low = max(least, figure.low)
        target = low + int((most - low) * chance.uniform(0.2, 0.6))
        targets.append(max(low, target // ROUND * ROUND))
        least = targets[-1]
    return targets


def plan_promises(show: Show, along: list[Stretch]) -> list[Promise]:
    """Orders behind the committed figures. Each is paid in the first stretch that begins later and has room."""
    promises: list[Promise] = []
    room = [stretch.amount for stretch in along]
    after = show.sales_open
    for figure in show.figures_of("committed"):
        for promise in promises:
            pay(promise, along, room, by=figure.as_of)
        open_ones = sum(promise.amount for promise in promises if promise.paid_in is None)
        if figure.low > open_ones:
            promises.append(Promise(figure, figure.low - open_ones, after))
        after = figure.as_of
    for promise in promises:
        pay(promise, along, room)
    return promises


def pay(promise: Promise, along: list[Stretch], room: list[int], by: dt.datetime | None = None) -> None:
    if promise.paid_in is not None:
        return
    for place, stretch in enumerate(along):
        in_time = stretch.start >= promise.figure.as_of and (by is None or stretch.end <= by)
        if in_time and room[place] >= promise.amount:
            promise.paid_in = place
            room[place] -= promise.amount
            return
