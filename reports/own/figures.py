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
from orders.counts import placed_with
from reports.figures import CHANNELS, Row
from visits.booths import BoothDay, BoothVisits, booth_visits

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
    unique: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """``key`` "" is everything that names no product; ``then``: its turnover in the edition before, if compared."""

    key: str
    label: str
    sums: Sums
    then: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The way to a sale in the web shop, each step of the same time: orders may be paid later than they were placed."""

    visits: int
    placed: int
    paid: int


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
    funnel: Funnel


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigures:
    """``days`` has every day from the first to the last with something."""

    exhibitor: str
    span: Span
    until: dt.datetime
    total: Sums
    days: tuple[DayRow, ...]
    channels: tuple[tuple[str, Sums], ...]
    products: tuple[ProductRow, ...]
    funnel: Funnel
    visited: BoothVisits
    comparison: Comparison | None = None

    @property
    def visits(self) -> int:
        return self.funnel.visits

    @property
    def conversion_bp(self) -> int | None:
        """Transactions of the web shop to 10,000 visits to the booth; None without visits."""
        return self.funnel.paid * BASIS // self.visits if self.visits else None

    @property
    def is_empty(self) -> bool:
        return not (self.days or self.total.claimed)


def own_figures(exhibitor: Exhibitor, span: Span, before: Edition | None, *, now: dt.datetime) -> OwnFigures:
    """The figures as of ``now``; ``before`` is the edition to compare with, if there is one. Six queries at most."""
    end = span.end(now)
    sums = own_sums(Scope(exhibitor=exhibitor.pk, editions=span.editions, start=span.start, end=end))
    visited = booth_visits(exhibitor.pk, span.editions, span.start, end)
    earlier, compared = None, None
    if span.edition and before:
        until = as_far(span.edition, before, now)
        earlier = own_sums(Scope(exhibitor=exhibitor.pk, editions=(before.pk,), end=until))
        compared = comparison(exhibitor, (span.edition, before), (sums, earlier), until)
    return OwnFigures(
        exhibitor=exhibitor.name,
        span=span,
        until=end,
        total=sums.total,
        days=tuple(day_rows(sums, visited.days)),
        channels=tuple((channel, sums.channels.get(channel, Sums())) for channel in CHANNELS),
        products=tuple(product_rows(sums, earlier)),
        funnel=funnel(exhibitor, span.editions, (span.start, end), visited, sums),
        visited=visited,
        comparison=compared,
    )


def funnel(
    exhibitor: Exhibitor, editions: tuple[int, ...] | None, between, visited: BoothVisits, sums: OwnSums
) -> Funnel:
    return Funnel(
        visits=visited.visits,
        placed=placed_with(exhibitor.pk, editions, *between),
        paid=sums.channels.get(Channel.ONLINE, Sums()).transactions,
    )


def day_rows(sums: OwnSums, visits: dict[dt.date, BoothDay]) -> Iterable[DayRow]:
    known = sums.days.keys() | visits.keys()
    if not known:
        return
    first, last = min(known), max(known)
    for number in range((last - first).days + 1):
        day = first + number * DAY
        found = visits.get(day, BoothDay())
        yield DayRow(day=day, sums=sums.days.get(day, Sums()), visits=found.visits, unique=found.unique)


def product_rows(sums: OwnSums, earlier: OwnSums | None = None) -> list[ProductRow]:
    """The best first; what names no product is last. With ``earlier``, also what was sold only then."""
    then = {key: found.realised for key, found in earlier.products.items()} if earlier else {}
    labels = (earlier.labels if earlier else {}) | sums.labels
    rows = [
        ProductRow(
            key=key,
            label=labels[key],
            sums=sums.products.get(key, Sums()),
            then=then.get(key, 0) if earlier else None,
        )
        for key in sums.products.keys() | then.keys()
    ]
    return sorted(
        rows, key=lambda row: (not row.key, -row.sums.realised, -row.sums.units, -(row.then or 0), row.label, row.key)
    )


def as_far(edition: Edition, before: Edition, now: dt.datetime) -> dt.datetime:
    """The moment at which the earlier edition was as far from its opening day as this one is at ``now``."""
    return midnight(opening(before)) + (now - midnight(opening(edition)))


def comparison(
    exhibitor: Exhibitor, editions: tuple[Edition, Edition], sums: tuple[OwnSums, OwnSums], until: dt.datetime
) -> Comparison:
    """This edition and the one before by day of their run; the earlier one no further than this one has come."""
    (edition, before), (now, earlier) = editions, sums
    length = max(run_days(edition), run_days(before))
    mine, theirs = by_run_day(now, edition, length), by_run_day(earlier, before, length)
    keys = [BEFORE, *(str(number) for number in range(1, length + 1)), AFTER]
    visited = booth_visits(exhibitor.pk, (before.pk,), BEGINNING, until)
    return Comparison(
        edition=before,
        until=until,
        rows=tuple(RunRow(key=key, now=mine.get(key, 0), then=theirs.get(key, 0)) for key in keys),
        now=now.total.realised,
        then=earlier.total.realised,
        funnel=funnel(exhibitor, (before.pk,), (BEGINNING, until), visited, earlier),
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
