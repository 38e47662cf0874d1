"""Who is told that rollups and entries differed."""

import datetime as dt

from django.db.models import Min
from django.urls import reverse

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from journal.models import RollupDifference


def alarm(occasion: str, differences: int, *, gaps: int = 0) -> None:
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
