"""Editions and their halls."""

import datetime as dt
from functools import cache

from django.db.models import Count, F, Q

from catalog.moments import precedence_of
from exhibitors.states import CurationState
from expo.models import Edition, Hall
from expo.prepared import IDS, Among, Prepared, PreparedObjects

PEOPLED = Q(booths__is_open=True, booths__exhibitor__state=CurationState.APPROVED)


def editions_by_precedence(now: dt.datetime) -> list[Edition]:
    """All editions, the one to lead with first."""
    return sorted(_editions_query().objects(), key=lambda edition: precedence_of(edition, now), reverse=True)


def halls_of(edition_ids: list[int]) -> list[Hall]:
    """Halls in order, each with ``stands``: its open booths."""
    counts = _stands_query().rows(ids=edition_ids)
    halls = []
    for pk, edition, slug, letter, name, name_en, stands in counts:
        hall = Hall(pk=pk, edition_id=edition, slug=slug, letter=letter, name=name, name_en=name_en)
        hall.stands = stands
        halls.append(hall)
    return halls


@cache
def _editions_query() -> PreparedObjects:
    return PreparedObjects(Edition.objects.order_by())


@cache
def _stands_query() -> Prepared:
    halls = Hall.objects.filter(Among(F("edition"))).annotate(stands=Count("booths", filter=PEOPLED))
    fields = ("pk", "edition_id", "slug", "letter", "name", "name_en", "stands")
    return Prepared(halls.order_by("edition_id", "position", "pk").values_list(*fields), ids=IDS)
