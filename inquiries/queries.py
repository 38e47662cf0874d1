"""Lists of inquiries, and the booth through which a product is asked about."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from catalog.models import Placement
from catalog.selling import shown_at
from exhibitors.models import Booth
from exhibitors.states import CurationState
from expo.prepared import Count, number_slot
from inquiries.models import Inquiry, InquiryState

PAGE = 30


@dataclass(frozen=True)
class InquiryPage:
    inquiries: list[Inquiry]
    status: str
    after: str


def inbox_page(exhibitor, parameters) -> InquiryPage:
    """Inquiries of an exhibitor, newest first; ``status`` open or answered, ``sesudah`` the key to go on from."""
    status, key = parameters.get("status", ""), parameters.get("sesudah", "")
    found = received(exhibitor).select_related("product")
    if status in (InquiryState.OPEN, InquiryState.ANSWERED):
        found = found.filter(state=status)
    else:
        status = ""
    rows = list(_after(found, key).order_by("-sent_at", "-pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return InquiryPage(rows[:PAGE], status, f"{last.sent_at.timestamp():.6f}_{last.pk}" if last else "")


def received(exhibitor) -> QuerySet[Inquiry]:
    """What an exhibitor may see: all but what is held as spam."""
    return Inquiry.objects.filter(exhibitor=exhibitor).exclude(state=InquiryState.SPAM)


def unanswered(exhibitor) -> int:
    """How many wait for an answer: the same that the list shows."""
    return _unanswered_query().number(exhibitor=exhibitor.pk)


@cache
def _unanswered_query() -> Count:
    exhibitor = number_slot(1)
    return Count(received(exhibitor).filter(state=InquiryState.OPEN), exhibitor=exhibitor)


def open_booth_at(edition: str, booth: str) -> Booth:
    """An open booth of an approved exhibitor, else 404."""
    return get_object_or_404(
        Booth.objects.select_related("edition", "exhibitor", "hall"),
        edition__slug=edition,
        slug=booth,
        is_open=True,
        exhibitor__state=CurationState.APPROVED,
    )


def placement_of(slug: str, moment: dt.datetime, booth: Booth | None = None) -> Placement | None:
    """Where a product stands: in ``booth``, otherwise in the running edition, otherwise in the newest."""
    found = Placement.objects.filter(shown_at(moment), product__slug=slug)
    if booth is not None:
        found = found.filter(booth=booth)
    runs = Q(booth__edition__opens_at__lte=moment, booth__edition__closes_at__gt=moment)
    order = Case(When(runs, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        found.select_related("product__cover", "booth__edition", "booth__exhibitor", "booth__hall")
        .order_by(order, "-booth__edition__opens_at")
        .first()
    )


def _after(inquiries: QuerySet, key: str) -> QuerySet:
    try:
        seconds, number = key.split("_")
        moment, pk = dt.datetime.fromtimestamp(float(seconds), tz=dt.UTC), int(number)
    except (ValueError, OverflowError, OSError):
        return inquiries
    return inquiries.filter(Q(sent_at__lt=moment) | Q(sent_at=moment, pk__lt=pk))
