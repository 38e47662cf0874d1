"""Seals a recap for every moment at which something was published, so that the papers can be compared with it."""

import datetime as dt

from demo.figures import Show
from expo.formats import WIB
from expo.models import Edition
from reports.models import Recap
from reports.seal import seal


def seal_published(shows: list[Show], *, by) -> int:
    """Seal each edition, or several together, at the moments of their figures, oldest first."""
    moments = {(figure.as_of, figure.editions) for show in shows for figure in show.figures}
    # At one moment the editions' own recaps come before those of several together.
    ordered = sorted(moments, key=lambda item: (item[0], len(item[1]), item[1]))
    for moment, slugs in ordered:
        seal(Edition.objects.filter(slug__in=slugs), occurred_cutoff=moment, by=by)
    return len(ordered)


def seal_month(shows: list[Show], *, by) -> Recap | None:
    """The month in which editions that were published together closed, as a recap of that period, counted once."""
    together = max((figure.editions for show in shows for figure in show.figures), key=len, default=())
    if len(together) < 2:
        return None
    editions = Edition.objects.filter(slug__in=together)
    closed = max(edition.closes_at for edition in editions).astimezone(WIB)
    first = closed.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return seal(editions, since=first, occurred_cutoff=following, by=by)
