"""Which recaps are due. Beat only ticks; this decides, and sealing makes each exactly once.

The moments are those of ``cutoffs.py``. Nights that were missed are made up for, each with its own cut-offs, oldest
first. What cannot be issued is tried again with every tick, and staff see it (``IssueProblem``).
"""

import datetime as dt
import logging
import time
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from expo.errors import DomainError
from expo.models import Edition
from reports.attempts import attempt
from reports.book.keeping import keep_up
from reports.cutoffs import cutoffs, is_scheduled
from reports.dispatch import send_waiting
from reports.doubts import raise_doubts
from reports.errors import BusyError, NotWantedError
from reports.extra import is_set, waiting_cutoffs
from reports.models import Recap
from reports.problems import forget_sealed, forget_unsealed, note_unsealed
from reports.seal import seal

logger = logging.getLogger(__name__)

# One tick's share of a long backlog; the next tick goes on.
SECONDS_PER_TICK = 40


def due(now: dt.datetime) -> Iterator[tuple[Edition, dt.datetime]]:
    """Edition and cut-off of every recap that should be there by ``now`` and is not."""
    extra = waiting_cutoffs(now)
    editions = Edition.objects.filter(Q(recaps_from__lte=now) | Q(pk__in=extra))
    for edition in editions.order_by("opens_at", "slug"):
        done = set(Recap.objects.filter(scope=edition.slug).values_list("occurred_cutoff", flat=True))
        for cutoff in sorted({*cutoffs(edition, now), *extra.get(edition.pk, ())}):
            if cutoff not in done:
                yield edition, cutoff


def issue_due(now: dt.datetime | None = None) -> list[Recap]:
    """Seal what is due and send it. May run any number of times at once; what fails is told and tried again."""
    now = now or timezone.now()
    issued = seal_due(now)
    send_waiting(now)
    return issued


def seal_due(now: dt.datetime | None = None) -> list[Recap]:
    """Seal what is due; what another worker is sealing for long is left to it, and to the next tick.

    The journal behind it is noted as far as the time of a tick allows.
    """
    deadline = time.monotonic() + SECONDS_PER_TICK
    now = now or timezone.now()
    issued, waiting = [], list(due(now))
    forget_unsealed(except_of=waiting)
    for edition, cutoff in waiting:
        if time.monotonic() > deadline:
            break
        try:
            recap = _issue(edition, cutoff, now)
        except BusyError:
            break
        if recap:
            issued.append(recap)
    attempt(keep_up)
    attempt(raise_doubts)
    return issued


def _issue(edition: Edition, cutoff: dt.datetime, now: dt.datetime) -> Recap | None:
    """One recap; None if it has to wait. One that fails must not keep the others from their readers."""

    def still_due() -> bool:
        return is_set(edition, cutoff) or is_scheduled(edition, cutoff, until=now)

    try:
        recap = seal([edition], occurred_cutoff=cutoff, scheduled=True, wanted=still_due)
    except NotWantedError:
        return None
    except BusyError:
        raise
    except Exception as error:
        level = logging.ERROR if isinstance(error, DomainError) else logging.CRITICAL
        logger.log(level, "recap of %s at %s not sealed", edition.slug, cutoff.isoformat(), exc_info=error)
        note_unsealed(edition, cutoff, error)
        return None
    forget_sealed(edition, cutoff)
    return recap
