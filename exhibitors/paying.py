"""In which ways exhibitors can be paid: whoever knows a way registers it, everyone asks here.

An app registers in ``AppConfig.ready``::

    register_way("qris", lambda moment, exhibitor: Q(Exists(codes_in_use(moment, OuterRef(f"{exhibitor}pk")))))

The conditions are for queries, so that pages and lists ask nothing more: ``exhibitor`` and ``booth`` are the paths
that lead there from the rows of the query ("" when these are the rows).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from exhibitors.models import Exhibitor

Condition = Callable[[dt.datetime, str], Q]


@dataclass(frozen=True, slots=True)
class Way:
    """``given``: exhibitors that have set it up; ``where``: booths at which it counts then, None for all."""

    given: Condition
    where: Condition | None = None


_ways: dict[str, Way] = {}


def register_way(name: str, given: Condition, *, where: Condition | None = None) -> None:
    """Let exhibitors be paid in one more way; it may need one of its own booths to be open for it."""
    _ways[name] = Way(given, where)


def payable(moment: dt.datetime, *, exhibitor: str, booth: str) -> Q:
    """Rows whose seller can be paid at ``moment``, in whichever way."""
    return any_of(
        way.given(moment, exhibitor) & way.where(moment, booth) if way.where else way.given(moment, exhibitor)
        for way in _ways.values()
    )


def has_way(exhibitor: Exhibitor, moment: dt.datetime) -> bool:
    """Whether the exhibitor has set up any way to be paid, be it for one of its booths only."""
    given = any_of(way.given(moment, "") for way in _ways.values())
    return Exhibitor.objects.filter(given, pk=exhibitor.pk).exists()


def any_of(conditions) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))
