"""Every day the chain is walked and what it says is kept, so that staff see since when it holds, or what does not."""

import datetime as dt
import logging

from django.db import connection, transaction
from django.utils import timezone

from accounts.roles import answering_for_figures
from expo.mail import queue_mail
from reports.models import SealCheck
from reports.verify import Verification, verify_recaps

logger = logging.getLogger(__name__)
EVERY = dt.timedelta(days=1)
CHECK_LOCK = 0x554B4D434845434B  # "UKMCHECK"


def check_when_due(now: dt.datetime | None = None) -> SealCheck | None:
    """One check a day, whoever ticks. Of two that walk at the same time the second keeps nothing and alarms nobody."""
    since = (now or timezone.now()) - EVERY
    if _is_checked(since):
        return None
    result = verify_recaps()
    with transaction.atomic():
        _one_at_a_time()
        return None if _is_checked(since) else _keep(result)


def check_seals(*, by=None) -> SealCheck:
    """Walk the chain now and keep the result. New findings are mailed to those who answer for the figures."""
    result = verify_recaps()
    with transaction.atomic():
        _one_at_a_time()
        return _keep(result, by=by)


def _is_checked(since: dt.datetime) -> bool:
    last = SealCheck.objects.first()
    return last is not None and last.at > since


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHECK_LOCK])


def _keep(result: Verification, *, by=None) -> SealCheck:
    findings = [{"number": finding.number, "what": finding.what} for finding in result.findings]
    last = SealCheck.objects.first()
    check = SealCheck.objects.create(recaps=result.recaps, findings=findings, by=by)
    if findings and (last is None or last.findings != findings):
        logger.critical("sealed recaps differ: %s", findings[:5])
        _raise_alarm(check)
    return check


def last_check() -> SealCheck | None:
    return SealCheck.objects.first()


def _raise_alarm(check: SealCheck) -> None:
    for user in answering_for_figures():
        queue_mail(
            to=user.email,
            template="reports/mail/broken_seal",
            context={"findings": check.findings[:20], "count": len(check.findings)},
            language=user.language,
            key=f"seal-check:{check.pk}:{user.pk}",
        )
