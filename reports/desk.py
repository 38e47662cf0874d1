"""What of the recaps waits for staff, for the start page of the administration."""

import datetime as dt

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from expo.delivery import TROUBLED, UNDER_WAY
from reports.checks import last_check
from reports.models import Delivery, IssueProblem, Recap, RecapState

SLOW = dt.timedelta(minutes=30)


def waiting_recaps() -> tuple[int, dt.datetime | None]:
    found = IssueProblem.objects.aggregate(count=Count("pk"), oldest=Min("since"))
    return found["count"], found["oldest"]


def undelivered() -> QuerySet[Delivery]:
    """Mails of valid recaps that have not reached their reader, or perhaps not: given up, returned, left open, or on
    their way for too long."""
    slow = Q(mail__state__in=UNDER_WAY, queued_at__lt=timezone.now() - SLOW)
    found = Delivery.objects.filter(Q(mail__state__in=TROUBLED) | slow, recap__state=RecapState.CURRENT)
    return found.order_by()


def undelivered_recaps() -> tuple[int, dt.datetime | None]:
    found = undelivered().aggregate(count=Count("recap", distinct=True), oldest=Min("queued_at"))
    return found["count"], found["oldest"]


def doubtful_recaps() -> tuple[int, dt.datetime | None]:
    """Valid recaps that were not sent, as the entries give other figures; a revision ends it."""
    found = Recap.objects.in_doubt().aggregate(count=Count("pk"), oldest=Min("recount__at"))
    return found["count"], found["oldest"]


def broken_seals() -> tuple[int, dt.datetime | None]:
    check = last_check()
    return (len(check.findings), check.at) if check and check.findings else (0, None)
