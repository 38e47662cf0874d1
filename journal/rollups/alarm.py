"""Who is told that rollups and entries differed."""

import datetime as dt

from django.db import transaction
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from journal.models import RollupDifference


def alarm_of_untold() -> None:
    """Each difference is told of once, whoever comes first: rows are marked with the mail."""
    with transaction.atomic():
        untold = RollupDifference.objects.select_for_update(skip_locked=True).filter(told_at=None)
        if keys := list(untold.order_by("pk").values_list("pk", flat=True)):
            RollupDifference.objects.filter(pk__in=keys).update(told_at=timezone.now())
            alarm(f"from:{keys[0]}", differences=len(keys))


def alarm(occasion: str, *, differences: int = 0, gaps: int = 0) -> None:
    """A mail to those who answer for the figures and can open the list in the admin."""
    days = RollupDifference.objects.filter(seen_at=None).values("edition__name", "recorded_day").distinct()
    for person in answering_for_figures().filter(is_staff=True):
        queue_mail(
            to=person.email,
            template="journal/mail/rollups_differ",
            context={
                "differences": differences,
                "gaps": gaps,
                "days": days.order_by("edition__name", "recorded_day")[:20],
                "path": reverse("admin:journal_rollupdifference_changelist"),
            },
            language=person.language,
            key=f"rollups:{occasion}:{person.pk}",
        )


def waiting_differences() -> tuple[int, dt.datetime | None]:
    """How many differing rows nobody has dealt with, and since when."""
    rows = RollupDifference.objects.filter(seen_at=None)
    return rows.count(), rows.aggregate(since=Min("found_at"))["since"]
