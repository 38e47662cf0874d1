"""Lists that go on: newest first, each page begins where the one before ended."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime


@dataclass(frozen=True, slots=True)
class Page:
    items: list
    next_key: str


def newest_first(orders, before: str, size: int) -> Page:
    """``size`` orders older than the one that ``before`` names, by moment and id. A broken key is the first page."""
    orders = orders.order_by("-placed_at", "-pk")
    moment_text, _dot, pk_text = before.rpartition("_")
    moment = parse_moment(moment_text)
    if moment and pk_text.isdecimal():
        orders = orders.filter(Q(placed_at__lt=moment) | Q(placed_at=moment, pk__lt=int(pk_text[:18])))
    found = list(orders[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{last.placed_at.isoformat()}_{last.pk}" if last else "")


def parse_moment(text: str):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is None or timezone.is_aware(moment) else None
