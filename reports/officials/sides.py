"""Editions side by side on the same day of their run: the third day of one beside the third day of another.

Day 1 is the WIB day of the opening. Each edition is counted up to the same time of the same day of its own run, as it
was known then or as it is known now.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from expo.formats import WIB, number, rupiah
from expo.models import Edition
from reports import figures as f
from reports.labels import measure_names
from reports.models import Recap
from reports.officials.asking import Asked, asked_at
from reports.recompute import figures_at

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An edition up to its ``moment``; without figures where that is yet to come."""

    edition: Edition
    moment: dt.datetime
    asked: Asked | None = None
    figures: f.Figures | None = None
    recap: Recap | None = None

    def day(self, place: int) -> int | None:
        """Turnover of a day of the run; place 0 holds all that came before the opening day."""
        if self.figures is None:
            return None
        first = first_day(self.edition)
        days = [(dt.date.fromisoformat(row.key) - first).days + 1 for row in self.figures.tables.day]
        rows = zip(days, self.figures.tables.day, strict=True)
        return sum(row.realised for day, row in rows if (day == place if place else day < 1))


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[str, ...]
    note: str = ""


def first_day(edition: Edition) -> dt.date:
    return edition.opens_at.astimezone(WIB).date()


def days_of_run(edition: Edition) -> int:
    """The closing moment is outside: an edition that closes at midnight ends the day before."""
    last = (edition.closes_at - dt.timedelta(microseconds=1)).astimezone(WIB).date()
    return (last - first_day(edition)).days + 1


def moment_of(edition: Edition, day: int, clock: dt.time | None) -> dt.datetime:
    """The end of a day of its run, or a time of that day."""
    date = first_day(edition) + ONE_DAY * (day - 1)
    return dt.datetime.combine(date, clock, WIB) if clock else dt.datetime.combine(date + ONE_DAY, dt.time(), WIB)


def side_of(edition: Edition, day: int, clock: dt.time | None, *, now: dt.datetime, known_now: bool) -> Side:
    moment = moment_of(edition, day, clock)
    if moment > now:
        return Side(edition=edition, moment=moment)
    asked = asked_at([edition], moment, now.replace(microsecond=0) if known_now else None)
    figures, recap = figures_at(list(asked.editions), asked.asof)
    return Side(edition=edition, moment=moment, asked=asked, figures=figures, recap=recap)


def summary(sides: Sequence[Side], day: int) -> list[Line]:
    """The figures of each up to its moment."""
    names = measure_names()
    figures: list[tuple[str, Callable[[Side, f.Figures], str]]] = [
        (names["realised"], lambda side, of: rupiah(of.realised.total)),
        (_("Omzet hari ke-%(day)s") % {"day": day}, lambda side, of: rupiah(side.day(day) or 0)),
        (names["committed"], lambda side, of: rupiah(of.committed.total)),
        (_("Transaksi terbayar"), lambda side, of: number(of.realised.transactions)),
        (_("Unit terjual"), lambda side, of: number(of.products.units)),
        (_("Produk dipajang"), lambda side, of: number(of.products.on_show)),
        (_("Kunjungan"), lambda side, of: number(of.visits.visits)),
        (_("Permintaan informasi"), lambda side, of: number(of.inquiries.sent)),
        (_("Peserta"), lambda side, of: number(of.participants.exhibitors)),
    ]
    return [
        Line(label, tuple(tell(side, side.figures) if side.figures else "–" for side in sides))
        for label, tell in figures
    ]


def by_day(sides: Sequence[Side], last: int) -> list[Line]:
    """Turnover by day of the run; with what came before it, each column sums to its total."""
    labels = [_("Sebelum hari pembukaan"), *(_("Hari ke-%(day)s") % {"day": day} for day in range(1, last + 1))]
    return [
        Line(label, tuple("–" if (value := side.day(place)) is None else rupiah(value) for side in sides))
        for place, label in enumerate(labels)
    ]
