"""Sealed figures as the news check knows them: plain values, each with the recap that says so."""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from expo.formats import WIB

MONEY_KEYS = ("realised", "committed", "transaction_value", "potential", "financing")
# Counted again in each edition, or over salts: not to be added up.
NOT_ADDED = {"unique", "regencies"}
SHARES = {"answered": "inquiries", "koperasi": "exhibitors", "ukm": "exhibitors"}
MOST_EDITIONS = 6
MOST_NEAR = 200  # figures of earlier recaps that one amount is compared with

Part = tuple[str, str]  # ("channel", "live"), ("phase", "during"), ("day", "2020-11-19")
WHOLE: Part = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEdition:
    slug: str
    name: str
    name_en: str
    code: str
    sales_open: dt.datetime
    opens_at: dt.datetime
    closes_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecap:
    """`scope`: slugs of its editions, in order. `state`: current, superseded, withdrawn."""

    number: str
    code: str
    state: str
    scope: tuple[str, ...]
    cutoff: dt.datetime

    @property
    def day(self) -> dt.date:
        """The last day of which it can tell: a cut-off at midnight closes the day before."""
        return (self.cutoff - dt.timedelta(microseconds=1)).astimezone(WIB).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFigure:
    """`key`: a measure or what is counted. `part`: the channel, phase or day of it; "" for the whole."""

    key: str
    value: int
    recap: KnownRecap
    part: Part = WHOLE


@dataclass(frozen=True, kw_only=True)
class Book:
    """All that an article is held against. `places`: names of regencies, categories and destinations, as words:
    figures of parts that are not held against anything. `until`: the article's day; what was sealed for later days
    is left out, except where nothing else is there."""

    editions: tuple[KnownEdition, ...]
    figures: tuple[KnownFigure, ...]
    places: frozenset[tuple[str, ...]] = frozenset()
    until: dt.date | None = None

    @cached_property
    def usable(self) -> tuple[KnownFigure, ...]:
        return tuple(figure for figure in self.figures if self.until is None or figure.recap.day <= self.until)

    @cached_property
    def references(self) -> dict[tuple[str, ...], KnownRecap]:
        """For each scope the last valid recap up to the article's day."""
        found: dict[tuple[str, ...], KnownRecap] = {}
        for recap in {figure.recap for figure in self.usable}:
            best = found.get(recap.scope)
            if best is None or _rank(recap) > _rank(best):
                found[recap.scope] = recap
        return found

    @cached_property
    def referred(self) -> tuple[KnownFigure, ...]:
        """Figures of the reference recaps, without those of single days."""
        recaps = set(self.references.values())
        return tuple(figure for figure in self.usable if figure.recap in recaps and figure.part[0] != "day")

    @cached_property
    def wholes(self) -> tuple[KnownFigure, ...]:
        return tuple(figure for figure in self.referred if figure.part == WHOLE)

    @cached_property
    def _by_value(self) -> tuple[KnownFigure, ...]:
        """Everything else, by value: single days, and what earlier recaps said of the whole."""
        recaps = set(self.references.values())
        others = [
            figure
            for figure in self.usable
            if (figure.part[0] == "day" if figure.recap in recaps else figure.part == WHOLE)
        ]
        return tuple(sorted(others, key=lambda figure: figure.value))

    def near(self, low: Decimal, high: Decimal) -> tuple[KnownFigure, ...]:
        """What may agree with an amount from `low` to `high`: references whatever their value, of the others few."""
        first = bisect_left(self._by_value, low, key=_value)
        last = bisect_right(self._by_value, high, key=_value)
        return (*self.referred, *self._by_value[first : min(last, first + MOST_NEAR)])

    @cached_property
    def _sums(self) -> dict[str, list[tuple[KnownFigure, ...]]]:
        single: dict[str, list[KnownFigure]] = {}
        for figure in self.wholes:
            if len(figure.recap.scope) == 1 and figure.key not in NOT_ADDED:
                single.setdefault(figure.key, []).append(figure)
        return {
            key: [tuple(figures)]
            if len(figures) > MOST_EDITIONS
            else [group for size in range(2, len(figures) + 1) for group in combinations(figures, size)]
            for key, figures in single.items()
        }

    def sums(self, key: str) -> list[tuple[KnownFigure, ...]]:
        """Figures of several editions that can be added, where no combined recap says it itself."""
        return self._sums.get(key, [])

    @cached_property
    def shares(self) -> tuple[tuple[KnownFigure, KnownFigure], ...]:
        """What is a share of what: channels and phases of turnover, answers of inquiries, kinds of exhibitors."""
        wholes = {(figure.recap, figure.key): figure for figure in self.wholes}
        found = []
        for figure in self.referred:
            whole = wholes.get((figure.recap, figure.key if figure.part != WHOLE else SHARES.get(figure.key, "")))
            if whole and whole.value > 0 and figure.key in (*SHARES, "realised"):
                found.append((figure, whole))
        return tuple(found)

    def edition(self, slug: str) -> KnownEdition:
        return next(edition for edition in self.editions if edition.slug == slug)


def _value(figure: KnownFigure) -> Decimal:
    return Decimal(figure.value)


def _rank(recap: KnownRecap) -> tuple[bool, dt.datetime, bool, str]:
    return recap.state != "withdrawn", recap.cutoff, recap.state == "current", recap.number
