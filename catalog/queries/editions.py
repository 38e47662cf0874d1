"""Editions and their halls."""

import datetime as dt
from functools import cache

from django.db.models import Count, F, Q

from catalog.moments import precedence_of
from exhibitors.states import CurationState
from expo.memo import remembered
from expo.models import Edition, Hall
from expo.prepared import IDS, Among, Prepared, PreparedObjects, number_slot, text_slot

KEPT_SECONDS = 10
PEOPLED = Q(booths__is_open=True, booths__exhibitor__state=CurationState.APPROVED)


def editions_by_precedence(now: dt.datetime) -> list[Edition]:
    """All editions, the one to lead with first."""
    return sorted(_editions(), key=lambda edition: precedence_of(edition, now), reverse=True)


def halls_of(edition_ids: list[int]) -> list[Hall]:
    """Halls in order, each with ``stands``: its open booths."""
    return list(_halls(*edition_ids))


@remembered(KEPT_SECONDS)
def _editions() -> list[Edition]:
    return _editions_query().objects()


@remembered(KEPT_SECONDS)
def _halls(*edition_ids: int) -> list[Hall]:
    counts = _stands_query().rows(ids=list(edition_ids))
    halls = []
    for pk, edition, slug, letter, name, name_en, stands in counts:
        hall = Hall(pk=pk, edition_id=edition, slug=slug, letter=letter, name=name, name_en=name_en)
        hall.stands = stands
        halls.append(hall)
    return halls


def hall_of(slug: str) -> Hall | None:
    """A hall with its edition."""
    return _hall_query().first(slug=slug)


def neighbours_of(hall: Hall) -> list[Hall]:
    """All halls of its edition in order, the hall itself among them."""
    return _neighbours_query().objects(edition=hall.edition_id)


@cache
def _editions_query() -> PreparedObjects:
    return PreparedObjects(Edition.objects.order_by())


@cache
def _stands_query() -> Prepared:
    halls = Hall.objects.filter(Among(F("edition"))).annotate(stands=Count("booths", filter=PEOPLED))
    fields = ("pk", "edition_id", "slug", "letter", "name", "name_en", "stands")
    return Prepared(halls.order_by("edition_id", "position", "pk").values_list(*fields), ids=IDS)


@cache
def _hall_query() -> PreparedObjects:
    return PreparedObjects(Hall.objects.filter(slug=text_slot("slug")).order_by(), "edition", slug=text_slot("slug"))


@cache
def _neighbours_query() -> PreparedObjects:
    halls = Hall.objects.filter(edition=number_slot(1)).order_by("position", "pk")
    return PreparedObjects(halls, edition=number_slot(1))
