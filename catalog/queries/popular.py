"""Booths that many visit, for those who found nothing. Who counts visits registers the source from above."""

import datetime as dt
from collections.abc import Callable

from django.core.cache import cache
from django.db.models import QuerySet

from catalog.queries.booths import open_booths, rows

FRESH_SECONDS = 600
Source = Callable[[dt.datetime, int], QuerySet]
_sources: list[Source] = []


def register_popularity(source: Source) -> None:
    """``source(now, count)``: a query of the ids of the booths that most have visited lately."""
    _sources[:] = [source]


def popular_booths(now: dt.datetime, count: int) -> list[dict]:
    """Rows for ``booth_card``; one query, remembered for some minutes."""
    return cache.get_or_set(f"catalog:popular:{count}", lambda: _popular(now, count), FRESH_SECONDS)


def _popular(now: dt.datetime, count: int) -> list[dict]:
    found = [rows(open_booths().filter(pk__in=source(now, count)).order_by("number")) for source in _sources]
    return found[0] if found else []
