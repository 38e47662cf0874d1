"""Today so far: figures of this very moment, not sealed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from expo.formats import WIB
from expo.memo import remembered
from expo.models import Edition
from journal.models import Entry
from reports import figures as f
from reports.officials.asking import Asked, asked_at
from reports.officials.drill import SHOWN
from reports.recompute import figures_at

# However many officials watch: a process asks the journal this often.
SECONDS = 10
LATEST = 8


@dataclass(frozen=True, slots=True)
class Live:
    """``today`` is the day's own row, ``visits`` the visits of its full hours."""

    asked: Asked
    figures: f.Figures
    today: f.Row
    visits: int
    latest: tuple[Entry, ...]

    @property
    def moment(self) -> dt.datetime:
        return self.asked.asof.occurred


def watched_edition(editions: list[Edition], slug: str, now: dt.datetime) -> Edition | None:
    """The one that is asked for; otherwise what runs, what opened last, or what comes first."""
    if slug:
        return next((edition for edition in editions if edition.slug == slug), None)
    running = [edition for edition in editions if edition.opens_at <= now < edition.closes_at]
    opened = [edition for edition in editions if edition.opens_at <= now]
    soonest = sorted(editions, key=lambda edition: (edition.opens_at, edition.pk))
    return max(running or opened, key=lambda edition: (edition.opens_at, edition.pk), default=next(iter(soonest), None))


@remembered(SECONDS)
def live_figures(edition: Edition) -> Live:
    now = timezone.now().replace(microsecond=0)
    asked = asked_at([edition], now)
    figures, _recap = figures_at(list(asked.editions), asked.asof)
    day = now.astimezone(WIB).date()
    key = day.isoformat()
    today = next((row for row in figures.tables.day if row.key == key), f.Row(key=key, label=key))
    visits = next((counted.visits for counted in figures.visits.days if counted.day == day), 0)
    return Live(asked, figures, today, visits, latest_entries(asked))


def latest_entries(asked: Asked) -> tuple[Entry, ...]:
    """What the journal learned of last."""
    known = Entry.objects.filter(edition__in=asked.asof.editions, recorded_at__lt=asked.asof.recorded)
    return tuple(known.only(*SHOWN).order_by("-recorded_at", "-pk")[:LATEST])
