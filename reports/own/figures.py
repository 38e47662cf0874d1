"""The own figures as values: from the journal and the counted visits alone. Amounts in rupiah, days in WIB."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from exhibitors.models import Exhibitor
from expo.formats import WIB
from expo.models import Edition
from journal.models import Channel
from journal.own import BEGINNING, OwnSums, Scope, Sums, own_sums
from journal.totals.region import midnight
from reports.figures import CHANNELS, Row
from visits.queries import booth_days

BASIS = 10_000
DAY = dt.timedelta(days=1)
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What is asked for: one edition, or the days from ``first`` to ``last`` (both included) of all of them."""

    edition: Edition | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def editions(self) -> tuple[int, ...] | None:
        return (self.edition.pk,) if self.edition else None

    @property
    def start(self) -> dt.datetime:
        return midnight(self.first) if self.first else BEGINNING

    def end(self, now: dt.datetime) -> dt.datetime:
        """Half-open; nothing that has not happened yet."""
        return min(midnight(self.last + DAY), now) if self.last else now


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    day: dt.date
    sums: Sums
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """``key`` "" is everything that names no product."""

    key: str
    label: str
    sums: Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A day of the run, "1" the opening; or all days before it, or after the last."""

    key: str
    now: int
    then: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An edition beside the one before, which counts until ``until``: as far into its run as this one is now."""

    edition: Edition
    until: dt.datetime
    rows: tuple[RunRow, ...]
    now: int
    then: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """``days`` has every day from the first to the last with something. ``online`` are transactions of the web shop."""

    exhibitor: str
    span: Span
    until: dt.datetime
    total: Sums
    days: tuple[DayRow, ...]
    channels: tuple[tuple[str, Sums], ...]
    products: tuple[ProductRow, ...]
    visits: int
    online: int
    comparison: Comparison | None = None

    @property
    def conversion_bp(self) -> int | None:
        """Transactions of the web shop to 10,000 visits to the booth; None without visits."""
        return self.online * BASIS // self.visits if self.visits else None

    @property
    def is_empty(self) -> bool:
        return not (self.days or self.total.claimed)


def own_figures(exhibitor: Exhibitor, span: Span, before: Edition | None, *, now: dt.datetime) -> OwnFigures:
    """The figures as of ``now``; ``before`` is the edition to compare with, if there is one. Three queries at most."""
    end = span.end(now)
    sums = own_sums(Scope(exhibitor=exhibitor.pk, editions=span.editions, start=span.start, end=end))
    visits = booth_days(exhibitor.pk, span.editions, span.start, end)
    return OwnFigures(
        exhibitor=exhibitor.name,
        span=span,
        until=end,
        total=sums.total,
        days=tuple(day_rows(sums, visits)),
        channels=tuple((channel, sums.channels.get(channel, Sums())) for channel in CHANNELS),
        products=tuple(product_rows(sums)),
        visits=sum(visits.values()),
        online=sums.channels.get(Channel.ONLINE, Sums()).transactions,
        comparison=compared(exhibitor, span.edition, before, sums, now) if span.edition and before else None,
    )


def day_rows(sums: OwnSums, visits: dict[dt.date, int]) -> Iterable[DayRow]:
    known = sums.days.keys() | visits.keys()
    if not known:
        return
    first, last = min(known), max(known)
    for number in range((last - first).days + 1):
        day = first + number * DAY
        yield DayRow(day=day, sums=sums.days.get(day, Sums()), visits=visits.get(day, 0))


def product_rows(sums: OwnSums) -> list[ProductRow]:
    """The best first; what names no product is last."""
    rows = [ProductRow(key=key, label=sums.labels[key], sums=found) for key, found in sums.products.items()]
    return sorted(rows, key=lambda row: (not row.key, -row.sums.realised, -row.sums.units, row.label, row.key))


def compared(exhibitor: Exhibitor, edition: Edition, before: Edition, sums: OwnSums, now: dt.datetime) -> Comparison:
    """Both editions by day of their run; the earlier one no further than this one has come."""
    until = midnight(opening(before)) + (now - midnight(opening(edition)))
    earlier = own_sums(Scope(exhibitor=exhibitor.pk, editions=(before.pk,), end=until))
    length = max(run_days(edition), run_days(before))
    mine, theirs = by_run_day(sums, edition, length), by_run_day(earlier, before, length)
    keys = [BEFORE, *(str(number) for number in range(1, length + 1)), AFTER]
    return Comparison(
        edition=before,
        until=until,
        rows=tuple(RunRow(key=key, now=mine.get(key, 0), then=theirs.get(key, 0)) for key in keys),
        now=sums.total.realised,
        then=earlier.total.realised,
    )


def by_run_day(sums: OwnSums, edition: Edition, length: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for day, of_day in sums.days.items():
        number = (day - opening(edition)).days + 1
        key = BEFORE if number < 1 else AFTER if number > length else str(number)
        found[key] = found.get(key, 0) + of_day.realised
    return found


def run_days(edition: Edition) -> int:
    """Days of the exhibition; the closing moment is outside, so that one at midnight ends the day before."""
    last = (edition.closes_at - dt.timedelta(microseconds=1)).astimezone(WIB).date()
    return (last - opening(edition)).days + 1


def opening(edition: Edition) -> dt.date:
    return edition.opens_at.astimezone(WIB).date()


def row_of(day: DayRow) -> Row:
    """As a row of a recap, which gathers days into months where there are many."""
    return Row(
        key=day.day.isoformat(),
        label="",
        realised=day.sums.realised,
        committed=day.sums.committed,
        units=day.sums.units,
        transactions=day.visits,
    )
