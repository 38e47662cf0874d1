"""Lists that go on: each page begins where the one before ended."""

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
    return page_by(rows, by, "lt", before, size)


def due_first(rows, after: str, size: int) -> Page:
    """``size`` rows (annotated with ``due``) that are due later than the one that ``after`` names."""
    return page_by(rows, "due", "gt", after, size)


def page_by(rows, field: str, side: str, key: str, size: int) -> Page:
    sign = "-" if side == "lt" else ""
    rows = rows.order_by(f"{sign}{field}", f"{sign}pk")
    moment_text, _dot, pk_text = key.rpartition("_")
    moment = parse_moment(moment_text)
    if moment and pk_text.isdecimal():
        beyond = Q(**{f"{field}__{side}": moment})
        rows = rows.filter(beyond | Q(**{field: moment, f"pk__{side}": int(pk_text[:18])}))
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field).isoformat()}_{last.pk}" if last else "")


def parse_moment(text: str):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is None or timezone.is_aware(moment) else None
