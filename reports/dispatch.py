"""Sending the recaps that the schedule issued to those who asked for them, each exactly once."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from expo.mail import queue_mail
from reports.documents import FORMATS, document_of, file_name
from reports.models import Dispatch, Recap
from reports.queries import envelope_of, figures_of
from reports.quote import quotable_sentence

logger = logging.getLogger(__name__)


def send_waiting() -> int:
    """Queue the mail of every scheduled recap that has none yet; also after a crash between seal and mail."""
    sent = 0
    waiting = Recap.objects.filter(scheduled=True, dispatch__isnull=True).exclude(state="withdrawn")
    for recap in waiting.order_by("pk"):
        try:
            sent += dispatch(recap)
        except Exception:
            # One recap that cannot be printed must not keep the others from their readers; the next tick tries again.
            logger.exception("recap %s could not be sent", recap.number)
    return sent


def dispatch(recap: Recap) -> int:
    """Queue a recap for its recipients; the number of mails, 0 when another worker has done it."""
    (edition,) = recap.editions.all()
    recipients = addresses(edition.recap_recipients)
    attachments = [_attachment(recap)] if recipients else []
    try:
        with transaction.atomic():
            Dispatch.objects.create(recap=recap, recipients=len(recipients))
            for address in recipients:
                queue_mail(
                    to=address,
                    template="reports/mail/recap",
                    context=_context(recap, edition),
                    language="id",
                    key=f"recap:{recap.number}:{address}",
                    attachments=attachments,
                )
    except IntegrityError:
        if Dispatch.objects.filter(recap=recap).exists():
            return 0
        raise
    return len(recipients)


def addresses(text: str) -> list[str]:
    """The valid addresses of ``recap_recipients``, each once."""
    found = {}
    for line in text.replace(",", "\n").replace(";", "\n").splitlines():
        if address := line.strip().lower():
            try:
                validate_email(address)
            except ValidationError:
                logger.warning("not an e-mail address among the recipients of recaps: %r", address)
            else:
                found[address] = True
    return list(found)


def _context(recap: Recap, edition) -> dict:
    figures, envelope = figures_of(recap), envelope_of(recap)
    return {
        "recap": recap,
        "edition": edition,
        "figures": figures,
        "envelope": envelope,
        "sentence": quotable_sentence(figures, envelope, "id"),
    }


def _attachment(recap: Recap) -> dict:
    """Print the recap to a private file. The same recap gives the same bytes, so writing it twice does no harm."""
    name = file_name(recap, "pdf")
    path = Path("recaps") / f"{recap.chain_sha256[:2]}" / name
    target = Path(settings.PRIVATE_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(document_of(recap, "pdf"))
    draft.replace(target)
    return {"path": str(path), "name": name, "type": FORMATS["pdf"].media_type}
