"""Booths on the plan, in lists and on the lobby's stage."""

import datetime as dt
import hashlib
from collections import defaultdict

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog.cards import BOOTH_FIELDS, COVER, THUMB_SIZES, photo
from catalog.models import Placement
from exhibitors.models import Booth
from exhibitors.states import CurationState


def open_booths() -> QuerySet[Booth]:
    return Booth.objects.filter(is_open=True, exhibitor__state=CurationState.APPROVED)


def rows(booths: QuerySet[Booth], *more: str) -> list[dict]:
    """Values for ``catalog.cards.booth_card``."""
    return list(booths.values(*BOOTH_FIELDS, *more))


def rows_by_id(ids: list[int]) -> list[dict]:
    """The same for booths in the order of ``ids``."""
    found = {row["pk"]: row for row in rows(Booth.objects.filter(pk__in=ids).order_by())}
    return [found[pk] for pk in ids if pk in found]


def stage_ids(now: dt.datetime) -> list[int]:
    """Open booths of all selling editions, once per exhibitor: its newest booth."""
    selling = Q(edition__mall_closes_at__isnull=True) | Q(edition__mall_closes_at__gt=now)
    booths = open_booths().filter(selling, edition__sales_open__lte=now)
    return list(
        booths.order_by("exhibitor_id", "-edition__opens_at").distinct("exhibitor_id").values_list("pk", flat=True)
    )


def on_stage(ids: list[int], count: int, slot: int) -> list[int]:
    """The ``count`` booths whose turn it is in time slot ``slot``.

    All booths are shuffled anew for each round, and rounds follow one another without a gap: after any number of
    slots no booth has been on the stage more than once oftener than another."""
    total = len(ids)
    chosen: list[int] = []
    for position in range(slot * count, slot * count + min(count, total)):
        shuffled = _shuffled(ids, position // total)
        booth = shuffled[position % total]
        if booth not in chosen:
            chosen.append(booth)
    return chosen


def _shuffled(ids: list[int], round_number: int) -> list[int]:
    return sorted(ids, key=lambda pk: hashlib.blake2b(f"{round_number}:{pk}".encode(), digest_size=8).digest())


def photos_of(booth_ids: list[int], now: dt.datetime, count: int = 3) -> dict[int, list[str]]:
    """The newest ``count`` covers of each booth, as elements."""
    turn = Window(RowNumber(), partition_by=F("booth"), order_by=[F("product__approved_at").desc(), F("pk").desc()])
    covers = [f"product__{field}" for field in COVER]
    placements = (
        Placement.objects.shown_at(now)
        .filter(booth__in=booth_ids, product__cover__isnull=False)
        .annotate(turn=turn)
        .filter(turn__lte=count)
        .values("booth_id", *covers)
    )
    found = defaultdict(list)
    for row in placements:
        found[row["booth_id"]].append(photo(row, "product__cover__", THUMB_SIZES))
    return found


def named(words: list[str], now: dt.datetime, count: int = 4) -> list[dict]:
    """Booths whose exhibitor's name has all the words; of each exhibitor the newest booth."""
    booths = open_booths().order_by("exhibitor_id", "-edition__opens_at").distinct("exhibitor_id")
    for word in words:
        booths = booths.filter(exhibitor__name__icontains=word)
    return rows(booths[:count])
