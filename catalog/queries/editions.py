"""Editions and their halls."""

import datetime as dt
from functools import cache

from django.db.models import Count, Q

from catalog.moments import precedence_of
from exhibitors.states import CurationState
from expo.models import Edition, Hall
from expo.prepared import PreparedObjects

PEOPLED = Q(booths__is_open=True, booths__exhibitor__state=CurationState.APPROVED)


def editions_by_precedence(now: dt.datetime) -> list[Edition]:
    """All editions, the one to lead with first."""
    return sorted(_editions_query().objects(), key=lambda edition: precedence_of(edition, now), reverse=True)


def halls_of(edition_ids: list[int]) -> list[Hall]:
    """Halls in order, each with ``stands``: its open booths."""
    halls = Hall.objects.filter(edition__in=edition_ids).annotate(stands=Count("booths", filter=PEOPLED))
    return list(halls.order_by("edition", "position", "pk"))


@cache
def _editions_query() -> PreparedObjects:
    return PreparedObjects(Edition.objects.order_by())
