"""Recaps that are due and could not be sealed, or not sent: for staff to see, with what the error says.

A row goes when it could be done, or when nobody wants it any more.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone

from expo.errors import DomainError
from expo.models import Edition
from reports.models import IssueProblem, Recap

UNSEALED = IssueProblem.objects.filter(recap=None)
UNSENT = IssueProblem.objects.exclude(recap=None)


def note_unsealed(edition: Edition, cutoff: dt.datetime, error: Exception) -> None:
    _note(error, edition=edition, cutoff=cutoff, recap=None)


def forget_sealed(edition: Edition, cutoff: dt.datetime) -> None:
    UNSEALED.filter(edition=edition, cutoff=cutoff).delete()


def forget_unsealed(*, except_of: Iterable[tuple[Edition, dt.datetime]]) -> None:
    """What is sealed by hand, cancelled or off the schedule troubles nobody any more."""
    kept = {(edition.pk, cutoff) for edition, cutoff in except_of}
    problems = UNSEALED.values_list("pk", "edition", "cutoff")
    UNSEALED.filter(pk__in=[pk for pk, *of in problems if tuple(of) not in kept]).delete()


def note_unsent(recap: Recap, error: Exception) -> None:
    """Its mails could not be made: it could not be counted again, or not be printed."""
    _note(error, edition=recap.editions.get(), cutoff=recap.occurred_cutoff, recap=recap)


def forget_unsent(recap: Recap) -> None:
    UNSENT.filter(recap=recap).delete()


def forget_sent(*, except_of: Iterable[Recap]) -> None:
    """What was sent, superseded or withdrawn meanwhile."""
    UNSENT.exclude(recap__in=[recap.pk for recap in except_of]).delete()


def _note(error: Exception, **what) -> None:
    """Keep what the error says: a sentence of ours, or the kind of a fault of the system."""
    reason = str(error) if isinstance(error, DomainError) else f"{type(error).__name__}: {error}"
    now = timezone.now()
    IssueProblem.objects.update_or_create(
        **what,
        defaults={"reason": reason[:2000], "tried_at": now, "tries": F("tries") + 1},
        create_defaults={"reason": reason[:2000], "tried_at": now, "since": now},
    )
