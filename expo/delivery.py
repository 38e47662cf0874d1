"""Delivering the rows of OutgoingMail: claimed, handed over, sent, marked; tried again with growing pauses.

Before a message can have arrived, its row says so in a commit of its own (``HandOver``). What breaks before that is
tried again. What breaks after it, or dies, leaves open whether it arrived: most mails then go again, with the same
Message-ID; one that must not arrive twice (``once``) is left to staff (``expo/uncertain.py``).
"""

import hmac
import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.models import MailEvent, MailState, OutgoingMail

logger = logging.getLogger(__name__)

# A worker that dies while sending leaves the row claimed; after this it is free again.
LEASE = timedelta(minutes=10)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
BATCH = 200
SECONDS_PER_TICK = 40
UNDELIVERED = (MailState.FAILED, MailState.BOUNCED)
TROUBLED = (*UNDELIVERED, MailState.UNCERTAIN)
UNDER_WAY = (MailState.PENDING, MailState.SENDING, MailState.HANDED)
NOT_ARRIVED = (*UNDER_WAY, *TROUBLED)
# Whom a mail has reached, as far as we know, or may have reached: also one that is being sent anew.
MAY_HAVE_ARRIVED = Q(state=MailState.SENT) | Q(handed_over_at__isnull=False)


class TakenBackError(Exception):
    """The row is not ours to send any more: cancelled, or claimed by another worker while this one slept."""


class HandOver:
    """The last moment at which nothing has been sent: whoever sends a message calls this, and sends it then."""

    def __init__(self, mail: OutgoingMail):
        self.mail, self.done = mail, False

    def __call__(self) -> None:
        now = timezone.now()
        with transaction.atomic(durable=True):
            ours = this_attempt(self.mail).filter(state=MailState.SENDING)
            if not ours.update(state=MailState.HANDED, handed_over_at=now, next_attempt_at=now + LEASE):
                raise TakenBackError(self.mail.key)
        self.done = True


def deliver(pk: int) -> bool:
    """Send one mail if it is due and nobody else has it; True if it was sent now."""
    if not claim(pk):
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    hand_over = HandOver(mail)
    try:
        send(build_message(mail), hand_over)
    except TakenBackError:
        return False
    except Exception as error:
        logger.warning("Mail %s was not delivered: %s", mail.key, error)
        mark_unsent(mail, error, handed_over=hand_over.done)
        return False
    this_attempt(mail).exclude(state=MailState.BOUNCED).update(
        state=MailState.SENT, sent_at=timezone.now(), next_attempt_at=None, error=""
    )
    return True


def send(message: EmailMultiAlternatives, hand_over: Callable[[], None]) -> None:
    """Send it, calling ``hand_over`` before it can have arrived: as late as the backend knows how to."""
    connection: Any = message.connection
    if getattr(connection, "says_when", False):
        connection.before_end = hand_over
    else:
        hand_over()
    message.send()


def deliver_pending() -> int:
    """Send whatever is due: new rows whose task was lost, repeated attempts, abandoned claims.

    Where a server is slow the next tick goes on: a task that is stopped for its length leaves a mail unanswered.
    """
    deadline = monotonic() + SECONDS_PER_TICK
    give_up_unanswered()
    due_rows = OutgoingMail.objects.filter(due()).order_by("created_at").values_list("pk", flat=True)
    return sum(deliver(pk) for pk in list(due_rows[:BATCH]) if monotonic() < deadline)


def give_up_unanswered() -> int:
    """Leave to staff what was handed over once by a worker that has died since; returns how many."""
    left = OutgoingMail.objects.filter(once=True, state=MailState.HANDED, next_attempt_at__lte=timezone.now())
    return left.update(state=MailState.UNCERTAIN, next_attempt_at=None, error=_("Pengirim berhenti sebelum dijawab."))


@transaction.atomic
def try_again(mails: QuerySet[OutgoingMail], *, by=None) -> int:
    """Have what failed or came back sent anew by the next tick; returns how many. What arrived is not sent again, nor
    what may have."""
    return anew(mails.filter(state__in=UNDELIVERED), by=by)


def anew(mails: QuerySet[OutgoingMail], *, by, reason: str = "") -> int:
    """A new round of these, whatever became of the last one. Call it in a transaction."""
    found = list(mails.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    OutgoingMail.objects.filter(pk__in=found).update(
        state=MailState.PENDING, attempts=0, round=F("round") + 1, next_attempt_at=timezone.now()
    )
    if by:
        again = MailEvent.What.AGAIN
        MailEvent.objects.bulk_create(MailEvent(mail_id=pk, what=again, by=by, reason=reason) for pk in found)
    return len(found)


def cancel(mails: QuerySet[OutgoingMail]) -> int:
    """Never send these, whoever asks; returns how many had not arrived. One that is just leaving may still arrive."""
    return mails.filter(state__in=NOT_ARRIVED).update(state=MailState.CANCELLED, next_attempt_at=None)


def undelivered() -> tuple[int, datetime | None]:
    """How many mails nobody will receive, or perhaps nobody, and since when the oldest waits: for staff."""
    found = OutgoingMail.objects.filter(state__in=TROUBLED).aggregate(count=Count("pk"), oldest=Min("created_at"))
    return found["count"], found["oldest"]


def due() -> Q:
    now = timezone.now()
    waits = Q(state__in=UNDER_WAY) & ~Q(state=MailState.HANDED, once=True)
    return waits & (Q(next_attempt_at__lte=now) | Q(state=MailState.PENDING, next_attempt_at=None))


def this_attempt(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    """Its row, unless another worker or another round has begun since."""
    return OutgoingMail.objects.filter(pk=mail.pk, round=mail.round, attempts=mail.attempts)


def claim(pk: int) -> bool:
    """Take the row by an UPDATE on its old state: of two workers, one changes no row."""
    return bool(
        OutgoingMail.objects.filter(due(), pk=pk).update(
            state=MailState.SENDING, attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE
        )
    )


def mark_unsent(mail: OutgoingMail, error: Exception, *, handed_over: bool) -> None:
    """After an error: to be tried again, hopeless, or left open. One that was cancelled meanwhile stays so."""
    refused = handed_over and is_refusal(error)
    ours = this_attempt(mail).filter(state__in=[MailState.SENDING, MailState.HANDED, MailState.UNCERTAIN])
    state: MailState
    if handed_over and mail.once and not refused:
        state, next_attempt = MailState.UNCERTAIN, None
    elif mail.attempts > len(PAUSES) or is_permanent(error):
        state, next_attempt = MailState.FAILED, None
    else:
        state, next_attempt = MailState.PENDING, timezone.now() + PAUSES[mail.attempts - 1]
    ours.update(state=state, next_attempt_at=next_attempt, error=f"{type(error).__name__}: {error}"[:2000])
    if refused or not handed_over:  # whether it may have arrived is what it was before this attempt
        this_attempt(mail).update(handed_over_at=mail.handed_over_at)


def is_refusal(error: Exception) -> bool:
    """Whether the server has read the whole message and said that it does not take it."""
    return isinstance(error, smtplib.SMTPDataError) and 400 <= error.smtp_code <= 599


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
