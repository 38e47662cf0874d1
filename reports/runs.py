"""Days of an edition's run, by which editions are held side by side."""

import datetime as dt

from expo.formats import WIB
from expo.models import Edition
from journal.totals import AsOf

DAY = dt.timedelta(days=1)


def run_day(edition: Edition, cutoff: dt.datetime) -> int:
    """Which day of the run the last counted moment lies in: 1 is the WIB day of the opening, 0 the day before it."""
    last = (cutoff - dt.timedelta(microseconds=1)).astimezone(WIB).date()
    return (last - edition.opens_at.astimezone(WIB).date()).days + 1


def earlier_edition(edition: Edition) -> Edition | None:
    """The one that opened last before this one."""
    return Edition.objects.filter(opens_at__lt=edition.opens_at).order_by("-opens_at", "-pk").first()


def same_day(asof: AsOf, edition: Edition, other: Edition) -> AsOf:
    """The cut-offs of another edition on the same day of its run, at the same time of day in WIB.

    What is known of it is what is known now: the recorded cut-off stays.
    """
    shift = (edition.opens_at.astimezone(WIB).date() - other.opens_at.astimezone(WIB).date()).days * DAY
    return AsOf(
        editions=(other.pk,),
        occurred=asof.occurred - shift,
        recorded=asof.recorded,
        since=asof.since - shift if asof.since else None,
    )
