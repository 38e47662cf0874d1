"""Mail that came back: reports of mail servers (RFC 3464) are read and the row says so.

A report is believed only with the Message-ID that we gave the mail, a keyed hash that nobody but its readers knows.
"""

import email
import email.policy
import email.utils
import logging
from dataclasses import dataclass
from email.message import EmailMessage, Message

from expo.delivery import message_id
from expo.models import MailState, OutgoingMail

logger = logging.getLogger(__name__)

LOOKED_THROUGH = 500


@dataclass(frozen=True, slots=True)
class Bounce:
    """To whom a mail could not be delivered, why, and which one it was."""

    address: str
    reason: str
    message_id: str


def read_bounce(data: bytes) -> Bounce | None:
    """What a report says; None for anything else, also for "still trying" and for answers while away."""
    try:
        return _read(data)
    except Exception as error:  # whatever the library makes of a crafted mail: unknown charsets, broken headers
        logger.warning("A mail that came back cannot be read: %r", error)
        return None


def _read(data: bytes) -> Bounce | None:
    report = email.message_from_bytes(data, policy=email.policy.default)
    if report.get_content_type() != "multipart/report":
        return None
    failed, original = None, None
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failed = failed or _failed(part)
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            original = original or _headers(part)
    if failed is None or original is None or not original.get("Message-ID"):
        return None
    address = email.utils.parseaddr(str(original.get("To", "")))[1]
    reason = failed.get("Diagnostic-Code") or failed.get("Status") or "returned"
    return Bounce(_storable(address.lower()), _storable(str(reason))[:2000], _storable(str(original["Message-ID"])))


def record_bounce(bounce: Bounce) -> OutgoingMail | None:
    """Mark the mail as returned; None if we sent no such mail, or not yet."""
    sent = OutgoingMail.objects.filter(to__iexact=bounce.address, state=MailState.SENT).order_by("-pk")
    for mail in sent.only("pk", "key", "round")[:LOOKED_THROUGH]:
        if message_id(mail) == bounce.message_id:
            marked = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENT)
            return mail if marked.update(state=MailState.BOUNCED, error=bounce.reason) else None
    return None


def _storable(text: str) -> str:
    """On one line, without what the database takes in no text."""
    return " ".join(text.replace("\0", "").encode("utf-8", "replace").decode().split())


def _failed(part: Message) -> Message | None:
    """The first recipient of whom the server has given up."""
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return None
    return next((block for block in blocks if str(block.get("Action", "")).strip().lower() == "failed"), None)


def _headers(part: Message) -> Message:
    payload = part.get_payload()
    if isinstance(payload, list) and payload:
        return payload[0]
    text = part.get_content() if isinstance(part, EmailMessage) else str(payload)
    return email.message_from_string(str(text), policy=email.policy.default)
