"""Lists that go on: newest first, each page begins where the one before ended."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime


@dataclass(frozen=True, slots=True)
class Page:
    items: list
    next_key: str


def newest_first(rows, before: str, size: int, by: str = "placed_at") -> Page:
    """``size`` rows older than the one that ``before`` names, by the moment ``by`` and id; a broken key is page one."""
    rows = rows.order_by(f"-{by}", "-pk")
    moment_text, _dot, pk_text = before.rpartition("_")
    moment = parse_moment(moment_text)
    if moment and pk_text.isdecimal():
        rows = rows.filter(Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": int(pk_text[:18])}))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, by).isoformat()}_{last.pk}" if last else "")


def parse_moment(text: str):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is None or timezone.is_aware(moment) else None
