"""What mail servers report of our mails (RFC 3464): one that came back is marked so, and one of which nobody knew
whether it had left us is known to have, as soon as any server tells of it.

A report is believed only with the Message-ID that we gave the mail, a keyed hash that nobody but its readers knows.
"""

import email
import email.policy
import email.utils
import logging
from dataclasses import dataclass
from email.message import EmailMessage, Message

from django.db import transaction
from django.db.models import F

from expo.delivery import message_id
from expo.models import MailEvent, MailState, OutgoingMail

logger = logging.getLogger(__name__)

LOOKED_THROUGH = 500
# A server that still tries to deliver it has it as well.
TAKEN = ("delivered", "relayed", "expanded", "delayed")
OPEN = (MailState.HANDED, MailState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Report:
    """What a server says of a mail to an address: that it gave up, and why, or that it took it."""

    address: str
    reason: str
    message_id: str
    failed: bool


def read_report(data: bytes) -> Report | None:
    """What a report says; None for anything else, also for answers while away."""
    try:
        return _read(data)
    except Exception as error:  # whatever the library makes of a crafted mail: unknown charsets, broken headers
        logger.warning("A mail that came back cannot be read: %r", error)
        return None


def _read(data: bytes) -> Report | None:
    report = email.message_from_bytes(data, policy=email.policy.default)
    if report.get_content_type() != "multipart/report":
        return None
    told, original = None, None
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            told = told or _told(part)
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            original = original or _headers(part)
    if told is None or original is None or not original.get("Message-ID"):
        return None
    address = email.utils.parseaddr(str(original.get("To", "")))[1]
    failed = _action(told) == "failed"
    reason = told.get("Diagnostic-Code") or told.get("Status") or ("returned" if failed else "taken")
    return Report(
        _storable(address.lower()), _storable(str(reason))[:2000], _storable(str(original["Message-ID"])), failed
    )


def record_report(report: Report) -> OutgoingMail | None:
    """Mark the mail as returned, or as sent if that was open; None if we sent no such mail, or have nothing to mark."""
    states = (*OPEN, MailState.SENT) if report.failed else OPEN
    found = OutgoingMail.objects.filter(to__iexact=report.address, state__in=states).order_by("-pk")
    for mail in found.only("pk", "key", "round")[:LOOKED_THROUGH]:
        if message_id(mail) == report.message_id:
            return mail if _mark(mail, report, states) else None
    return None


@transaction.atomic
def _mark(mail: OutgoingMail, report: Report, states: tuple[MailState, ...]) -> bool:
    ours = OutgoingMail.objects.filter(pk=mail.pk, round=mail.round, state__in=states)
    if report.failed:
        marked = ours.update(state=MailState.BOUNCED, error=report.reason, handed_over_at=None, next_attempt_at=None)
    else:
        marked = ours.update(state=MailState.SENT, sent_at=F("handed_over_at"), next_attempt_at=None)
    if marked:
        what = MailEvent.What.RETURNED if report.failed else MailEvent.What.TAKEN
        MailEvent.objects.create(mail=mail, what=what, reason=report.reason[:250])
    return bool(marked)


def _storable(text: str) -> str:
    """On one line, without what the database takes in no text."""
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())


def _told(part: Message) -> Message | None:
    """The first recipient of whom the server has given up; else the first whose mail it has."""
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return None
    failed = (block for block in blocks if _action(block) == "failed")
    taken = (block for block in blocks if _action(block) in TAKEN)
    return next(failed, None) or next(taken, None)


def _action(block: Message) -> str:
    return str(block.get("Action", "")).strip().lower()


def _headers(part: Message) -> Message:
    payload = part.get_payload()
    if isinstance(payload, list) and payload:
        return payload[0]
    text = part.get_content() if isinstance(part, EmailMessage) else str(payload)
    return email.message_from_string(str(text), policy=email.policy.default)
