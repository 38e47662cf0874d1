"""Certificates that end: their people are told 60 and 14 days before and on the last day, each once.

Nothing here decides what shoppers see: that follows from the date (``Certificate.objects.valid_on``). A run that was
missed is made up by the next: who was not told at 60 days hears it later, but not together with what is more urgent.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from exhibitors.domain.decisions import tell_people
from exhibitors.models import Certificate, ExpiryNotice, Standing
from exhibitors.states import CurationState
from expo.formats import WIB

STAGES = (0, 14, 60)
LATEST = 30  # days after the end on which its people are still told, should nothing have run before
BATCH = 200


def stage_on(expires_on: dt.date, today: dt.date) -> int | None:
    """The most urgent warning that is due on this day (WIB)."""
    left = (expires_on - today).days
    return next((days for days in STAGES if left <= days), None) if left >= -LATEST else None


def ending(today: dt.date) -> QuerySet[Certificate]:
    """Those that end within the longest stage or have just ended, and that nothing renews yet."""
    renewals = Certificate.objects.filter(renews=OuterRef("pk"), returned_at__isnull=True)
    return (
        Certificate.objects.filter(
            ~Exists(renewals),
            expires_on__range=(today - dt.timedelta(days=LATEST), today + dt.timedelta(days=max(STAGES))),
            returned_at__isnull=True,
            standing=Standing.ISSUED,
        )
        .exclude(exhibitor__state=CurationState.REJECTED)
        .order_by("expires_on", "pk")
    )


def unwarned(today: dt.date) -> QuerySet[Certificate]:
    """Of those, the ones whose people have not been told what is due on this day."""
    due, first = Q(), today - dt.timedelta(days=LATEST)
    for days in STAGES:
        last = today + dt.timedelta(days=days)
        told = ExpiryNotice.objects.filter(certificate=OuterRef("pk"), expires_on=OuterRef("expires_on"), days=days)
        due |= Q(~Exists(told), expires_on__range=(first, last))
        first = last + dt.timedelta(days=1)
    return ending(today).filter(due)


def warn_of_expiry(now: dt.datetime) -> int:
    """Mail the people of what is due at ``now``; how many certificates that was. May run twice, or late."""
    today = now.astimezone(WIB).date()
    found = unwarned(today).select_related("exhibitor", "product")[:BATCH]
    return sum(warn(certificate, today) for certificate in found)


@transaction.atomic
def warn(certificate: Certificate, today: dt.date) -> bool:
    """Claim the warning and queue its mails together. False: another worker was faster."""
    days = stage_on(certificate.expires_on, today)  # type: ignore[arg-type]
    if days is None:
        return False
    _notice, is_mine = ExpiryNotice.objects.get_or_create(
        certificate=certificate, expires_on=certificate.expires_on, days=days
    )
    if is_mine:
        tell_people(
            certificate.exhibitor,
            "exhibitors/mail/certificate_ending",
            {"certificate": certificate, "left": (certificate.expires_on - today).days},  # type: ignore[operator]
            key=f"certificate:{certificate.pk}:{certificate.expires_on:%Y%m%d}:{days}",
        )
    return is_mine
