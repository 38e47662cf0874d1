"""Booths on the plan, in lists and on the lobby's stage."""

import datetime as dt
from collections import defaultdict
from functools import cache

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from catalog.cards import BOOTH_FIELDS, COVER, THUMB_SIZES, photo
from catalog.models import Placement
from exhibitors.models import Booth
from exhibitors.states import CurationState
from expo.prepared import IDS, MOMENT, Among, Prepared, PreparedObjects, number_slot, text_slot
from expo.templatetags.pictures import THUMB_WIDTHS

PLAN_FIELDS = (*BOOTH_FIELDS, "column", "row")
POOL = 6  # times as many rows as asked for are looked through for different exhibitors
PHOTO_FIELDS = ("booth_id", *(f"product__{field}" for field in COVER))


def open_booths() -> QuerySet[Booth]:
    return Booth.objects.filter(is_open=True, exhibitor__state=CurationState.APPROVED)


def on_show(moment: dt.datetime) -> Q:
    """Booths of editions whose mall has not closed."""
    return Q(edition__mall_closes_at__isnull=True) | Q(edition__mall_closes_at__gt=moment)


def rows(booths: QuerySet[Booth], *more: str) -> list[dict]:
    """Values for ``catalog.cards.booth_card``."""
    return list(booths.values(*BOOTH_FIELDS, *more))


def rows_by_id(ids: list[int]) -> list[dict]:
    """The same for booths in the order of ``ids``."""
    found = {row["pk"]: row for row in _by_id_query().dicts(BOOTH_FIELDS, ids=ids)}
    return [found[pk] for pk in ids if pk in found]


def open_booth(edition: str, slug: str) -> Booth | None:
    """One booth with everything its page says about it."""
    return _booth_query().first(edition=edition, slug=slug)


def in_hall(hall: int) -> list[dict]:
    """A hall's booths in the order of a stroll, with their places on the plan."""
    return _hall_query().dicts(PLAN_FIELDS, hall=hall)


def stage_ids(now: dt.datetime) -> list[int]:
    """Open booths of all selling editions, once per exhibitor: its newest booth."""
    return [pk for (pk,) in _stage_query().rows(now=now)]


@cache
def _by_id_query() -> Prepared:
    return Prepared(Booth.objects.filter(Among(F("pk"))).order_by().values_list(*BOOTH_FIELDS), ids=IDS)


@cache
def _booth_query() -> PreparedObjects:
    slots = {"edition": text_slot("edition"), "slug": text_slot("slug")}
    booths = open_booths().filter(edition__slug=slots["edition"], slug=slots["slug"]).order_by()
    related = ("edition", "hall", "exhibitor", "exhibitor__regency", "exhibitor__banner")
    return PreparedObjects(booths, *related, **slots)


@cache
def _hall_query() -> Prepared:
    booths = open_booths().filter(hall=number_slot(1)).order_by("row", "column", "pk")
    return Prepared(booths.values_list(*PLAN_FIELDS), hall=number_slot(1))


@cache
def _stage_query() -> Prepared:
    booths = open_booths().filter(on_show(MOMENT), edition__sales_open__lte=MOMENT)
    newest = booths.order_by("exhibitor_id", "-edition__opens_at").distinct("exhibitor_id")
    return Prepared(newest.values_list("pk"), now=MOMENT)


def photos_of(booth_ids: list[int], now: dt.datetime, count: int = 3) -> dict[int, list[str]]:
    """The newest ``count`` covers of each booth, as elements."""
    found = defaultdict(list)
    for row in _photos_query(count).dicts(PHOTO_FIELDS, ids=booth_ids, now=now):
        found[row["booth_id"]].append(photo(row, "product__cover__", THUMB_SIZES, among=THUMB_WIDTHS))
    return found


@cache
def _photos_query(count: int) -> Prepared:
    turn = Window(RowNumber(), partition_by=F("booth"), order_by=[F("product__approved_at").desc(), F("pk").desc()])
    placements = Placement.objects.shown_at(MOMENT).filter(Among(F("booth")), product__cover__isnull=False)
    firsts = placements.annotate(turn=turn).filter(turn__lte=count)
    return Prepared(firsts.values_list(*PHOTO_FIELDS), ids=IDS, now=MOMENT)


def matching_booths(words: str, in_name: str, now: dt.datetime, count: int) -> list[dict]:
    """Booths whose exhibitor's name or story matches the tsquery ``words``, those that match ``in_name`` first; of
    each exhibitor the newest booth."""
    found = _matching_query().dicts(BOOTH_FIELDS, limit=POOL * count, words=words, in_name=in_name, now=now)
    once = {row["exhibitor__name"]: row for row in reversed(found)}
    return [row for row in found if once[row["exhibitor__name"]] is row][:count]


@cache
def _matching_query() -> Prepared:
    """Names before stories, the newest editions first."""
    booths = open_booths().filter(on_show(MOMENT))
    ordered = booths.filter(_found("words")).order_by(
        Case(When(_found("in_name"), then=0), default=1), "-edition__opens_at", "exhibitor__name", "pk"
    )
    return Prepared(
        ordered.values_list(*BOOTH_FIELDS), words=text_slot("words"), in_name=text_slot("in_name"), now=MOMENT
    )


def _found(slot: str) -> Q:
    return Q(exhibitor__search=SearchQuery(text_slot(slot), config="simple", search_type="raw"))
