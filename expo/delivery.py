"""Delivering the rows of OutgoingMail: claimed, sent, marked; tried again with growing pauses."""

import hmac
import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from expo.models import MailState, OutgoingMail

logger = logging.getLogger(__name__)

# A worker that dies while sending leaves the row claimed; after this it is free again.
LEASE = timedelta(minutes=10)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
BATCH = 200
UNDELIVERED = (MailState.FAILED, MailState.BOUNCED)
NOT_ARRIVED = (MailState.PENDING, MailState.SENDING, *UNDELIVERED)


def deliver(pk: int) -> bool:
    """Send one mail if it is due and nobody else has it; True if it was sent now."""
    if not claim(pk):
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        build_message(mail).send()
    except Exception as error:
        logger.warning("Mail %s was not delivered: %s", mail.key, error)
        mark_undelivered(mail, error)
        return False
    OutgoingMail.objects.filter(pk=pk).update(
        state=MailState.SENT, sent_at=timezone.now(), next_attempt_at=None, error=""
    )
    return True


def deliver_pending() -> int:
    """Send whatever is due: new rows whose task was lost, repeated attempts, abandoned claims."""
    due_rows = OutgoingMail.objects.filter(due()).order_by("created_at").values_list("pk", flat=True)
    return sum(deliver(pk) for pk in list(due_rows[:BATCH]))


def try_again(mails: QuerySet[OutgoingMail]) -> int:
    """Have what failed or came back sent anew by the next tick; returns how many. What arrived is not sent again."""
    failed = mails.filter(state__in=UNDELIVERED)
    return failed.update(state=MailState.PENDING, attempts=0, round=F("round") + 1, next_attempt_at=timezone.now())


def cancel(mails: QuerySet[OutgoingMail]) -> int:
    """Never send these, whoever asks; returns how many had not arrived. One that is just leaving may still arrive."""
    return mails.filter(state__in=NOT_ARRIVED).update(state=MailState.CANCELLED, next_attempt_at=None)


def undelivered() -> tuple[int, datetime | None]:
    """How many mails nobody will receive, and since when the oldest waits: for staff."""
    found = OutgoingMail.objects.filter(state__in=UNDELIVERED).aggregate(count=Count("pk"), oldest=Min("created_at"))
    return found["count"], found["oldest"]


def due() -> Q:
    undelivered = Q(state__in=[MailState.PENDING, MailState.SENDING])
    return undelivered & (Q(next_attempt_at__lte=timezone.now()) | Q(state=MailState.PENDING, next_attempt_at=None))


def claim(pk: int) -> bool:
    """Take the row by an UPDATE on its old state: of two workers, one changes no row."""
    return bool(
        OutgoingMail.objects.filter(due(), pk=pk).update(
            state=MailState.SENDING, attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE
        )
    )


def mark_undelivered(mail: OutgoingMail, error: Exception) -> None:
    hopeless = mail.attempts > len(PAUSES) or is_permanent(error)
    # One that was cancelled meanwhile stays so.
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(
        state=MailState.FAILED if hopeless else MailState.PENDING,
        next_attempt_at=None if hopeless else timezone.now() + PAUSES[mail.attempts - 1],
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def is_permanent(error: Exception) -> bool:
    """Errors that no later attempt mends: the server's 5xx, a lost attachment, a broken address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # ours to mend, and then the mail should still go
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, FileNotFoundError | ValueError)


def build_message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        from_email=formataddr(parseaddr(settings.DEFAULT_FROM_EMAIL)),
        to=[mail.to],
        headers={"Message-ID": message_id(mail), "Content-Language": mail.language},
        connection=get_connection(**dict[str, Any](settings.DELIVERY)),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        message.attach(attachment["name"], attachment_path(attachment).read_bytes(), attachment.get("type"))
    return message


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt, so that a mailbox can drop a second copy; another one when somebody has it sent
    anew, so that a late report of the first sending is not taken for one of the second. A keyed hash: a report that
    names it (``expo.bounces``) comes from somebody who has the mail."""
    said = f"message-id:{mail.pk}:{mail.key}:{mail.round}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, sha256).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def attachment_path(attachment: dict) -> Path:
    """The file of an attachment; ValueError if its path leads out of PRIVATE_ROOT."""
    root = Path(settings.PRIVATE_ROOT).resolve()
    path = (root / attachment["path"]).resolve()
    if not path.is_relative_to(root):
        raise ValueError(f"{attachment['path']} is not below PRIVATE_ROOT")
    return path
