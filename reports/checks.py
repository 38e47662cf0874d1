"""What came of walks along the chain (``walk.py``), and who is told of what differs, is whole again, or is late."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from reports.models import Recap, RecapEvent, SealCheck, SealWalk

logger = logging.getLogger(__name__)
# A walk is begun every day. On large journals it takes longer than a tick, but not as long as this.
LATE_AFTER = dt.timedelta(days=2)
REMINDED_EVERY = dt.timedelta(days=7)
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """The last walk that came to its end, the one under way, of how many recaps, and whether the last is too old."""

    last: SealCheck | None
    walk: SealWalk | None
    recaps: int
    is_late: bool


def standing(now: dt.datetime | None = None) -> Standing:
    walk = SealWalk.objects.filter(is_open=True).first()
    return Standing(last_check(), walk, Recap.objects.count(), late_since(now or timezone.now()) is not None)


def last_check() -> SealCheck | None:
    return SealCheck.objects.first()


def conclude(walk: SealWalk) -> SealCheck:
    """The result of a walk that is at its end, and the mails about it. In the transaction of its last step."""
    new = new_findings(walk)
    told = SealWalk.objects.values_list("told", flat=True).get(pk=walk.pk)
    check = SealCheck.objects.create(recaps=walk.recaps, findings=walk.findings, by=walk.by)
    walk.outcome, walk.is_open = check, False
    if len(new) > told:
        logger.critical("sealed recaps differ: %s", new[:5])
        _tell("broken_seal", {"findings": new[:MOST_NAMED], "count": len(new)}, f"seal-check:{walk.pk}")
    whole = RecapEvent.objects.filter(what=RecapEvent.What.WHOLE, at__gte=walk.begun_at)
    if numbers := list(whole.order_by("recap").values_list("recap__number", flat=True).distinct()):
        context = {"numbers": numbers[:MOST_NAMED], "count": len(numbers)}
        _tell("seals_whole", context, f"seal-whole:{walk.pk}")
    return check


def tell_so_far(walk: SealWalk) -> None:
    """Nobody has to wait for the end of a long walk to learn of what it has found. Once a walk."""
    new = new_findings(walk)
    if not new or walk.told:
        return
    with transaction.atomic():
        if SealWalk.objects.filter(pk=walk.pk, is_open=True, told=0).update(told=len(new)):
            context = {"findings": new[:MOST_NAMED], "count": len(new), "goes_on": True}
            _tell("broken_seal", context, f"seal-check:{walk.pk}:soon")


def new_findings(walk: SealWalk) -> list[dict]:
    """Those that the last walk had not."""
    last = last_check()
    known = last.findings if last else []
    return [finding for finding in walk.findings if finding not in known]


def late_since(now: dt.datetime) -> dt.datetime | None:
    """When the last walk ended, or the first one began, if that is too long ago."""
    last = last_check()
    first = None if last else SealWalk.objects.order_by("pk").first()
    since = last.at if last else first.begun_at if first else None
    return since if since and now - since > LATE_AFTER else None


def tell_if_late(now: dt.datetime) -> None:
    """No news is not good news: a walk that never ends finds nothing. Told once, and again every week."""
    since = late_since(now)
    if since is None:
        return
    week = (now - since - LATE_AFTER) // REMINDED_EVERY
    context = {"since": since, "standing": standing(now)}
    _tell("seals_late", context, f"seal-late:{since.timestamp():.0f}:{week}")


def _tell(template: str, context: dict, key: str) -> None:
    for user in answering_for_figures():
        queue_mail(
            to=user.email,
            template=f"reports/mail/{template}",
            context=context,
            language=user.language,
            key=f"{key}:{user.pk}",
        )
