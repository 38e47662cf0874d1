"""Sending recaps to those who asked for them, to each address once.

What the schedule names is sent by itself, whoever sealed it: its ``Dispatch`` row is the claim. Each mail has a
``Delivery`` row for its recap and address, which the database takes once; whoever asks again, a second worker or staff,
reaches only those whom no mail has reached. What supersedes a recap that was sent so is sent like it: nobody is left
with figures that are valid no more, or with none. Nothing leaves before it was counted again from the entries
(``recount.py``).
"""

import datetime as dt
import logging
import os
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.delivery import MAY_HAVE_ARRIVED, cancel, try_again
from expo.mail import queue_mail
from expo.models import Edition, OutgoingMail, Recipient
from reports.attempts import attempt
from reports.cutoffs import is_scheduled
from reports.documents import FORMATS, document_of, file_name
from reports.errors import RecapError
from reports.labels import edition_names
from reports.models import Delivery, Dispatch, ExtraCutoff, Recap, RecapEvent, RecapState, Sending
from reports.problems import forget_sent, forget_unsent, note_unsent
from reports.queries import envelope_of, figures_of
from reports.quote import quotable_sentence
from reports.recount import recounted, require_recounted

logger = logging.getLogger(__name__)
# One tick's share of a long backlog; the next tick goes on. A recap that takes longer is counted to its end.
SECONDS_PER_TICK = 40


def send_waiting(now: dt.datetime | None = None) -> int:
    """Queue the mail of every recap that is to be sent by itself and has none yet; also after a crash between seal and
    mail."""
    attempt(call_off)
    waiting = waiting_for_mail(now or timezone.now())
    forget_sent(except_of=waiting)
    deadline, sent = time.monotonic() + SECONDS_PER_TICK, 0
    for recap in waiting:
        mails = _send(recap)
        sent += mails or 0
        if mails is not None and time.monotonic() > deadline:
            break
    return sent


def _send(recap: Recap) -> int | None:
    """One that cannot be counted or printed (None) must not keep the others from their readers; the next tick tries
    again, and staff see it meanwhile."""
    try:
        recount = recounted(recap)
        sent = dispatch(recap) if recount and recount.holds else 0
    except Exception as error:
        logger.exception("recap %s could not be sent", recap.number)
        note_unsent(recap, error)
        return None
    forget_unsent(recap)
    return sent


def waiting_for_mail(now: dt.datetime) -> list[Recap]:
    """Valid recaps of cut-offs that the schedule issued or would have, had nobody sealed them first, the first one or a
    revision, which nobody has mailed yet."""
    same = Recap.objects.filter(scope=OuterRef("scope"), occurred_cutoff=OuterRef("occurred_cutoff"), scheduled=True)
    extra = ExtraCutoff.objects.filter(
        edition__slug=OuterRef("scope"), moment=OuterRef("occurred_cutoff"), cancelled_at=None
    )
    unsent = Recap.objects.of_single_editions().filter(dispatch__isnull=True, state=RecapState.CURRENT)
    found = unsent.defer("figures", "snapshot").annotate(is_named=Exists(same) | Exists(extra)).order_by("pk")
    others = {recap.scope for recap in found if not recap.is_named}
    editions = {edition.slug: edition for edition in Edition.objects.filter(slug__in=others)} if others else {}
    return [
        recap
        for recap in found
        if recap.is_named or is_scheduled(editions[recap.scope], recap.occurred_cutoff, until=now)
    ]


def dispatch(recap: Recap) -> int:
    """Queue a recap for its recipients; the number of mails, 0 when another worker has done it."""
    recipients = readers_of(recap)
    prints = _printed(recap, recipients)
    try:
        with transaction.atomic():
            if _locked(recap).state != RecapState.CURRENT:
                return 0
            Dispatch.objects.create(recap=recap, recipients=len(recipients))
            sent = sum(_deliver(recap, recipient, prints) for recipient in recipients)
    except IntegrityError:
        if Dispatch.objects.filter(recap=recap).exists():
            return 0
        raise
    return sent


def send_to_missing(recap: Recap, *, by, asked: Sending | None = None) -> int:
    """Send a recap to every recipient whom it has not reached: new ones, failed ones, returned ones.

    Returns how many; what was ``asked`` is finished with it. What is under way or has arrived is never sent again.
    RecapError for a recap that is withdrawn or superseded: nobody shall get it any more; and for one that the entries
    do not give. BusyError while another worker counts it.
    """
    require_recounted(recap)
    recipients = [one for one in readers_of(recap) if not recap.deliveries.filter(address=one.email).exists()]
    prints = _printed(recap, recipients)
    with transaction.atomic():
        if _locked(recap).state != RecapState.CURRENT:
            raise RecapError(_("Rekap ini tidak berlaku lagi; kirim penggantinya."))
        held = {recipient.email for recipient in readers_of(recap)}
        own = recap.deliveries.filter(address__in=held).values("mail")
        again = try_again(OutgoingMail.objects.filter(pk__in=own), by=by)
        new = sum(_deliver(recap, recipient, prints, by=by) for recipient in recipients)
        if again + new:
            told = _("%(count)s surel") % {"count": again + new}
            RecapEvent.objects.create(recap=recap, what=RecapEvent.What.SENT, by=by, reason=told)
        if asked:
            Sending.objects.filter(pk=asked.pk, finished_at=None).update(finished_at=timezone.now(), sent=again + new)
    return again + new


def call_off() -> int:
    """Cancel what has not arrived of recaps that are not valid any more, also what came back since."""
    gone = Delivery.objects.exclude(recap__state=RecapState.CURRENT)
    return cancel(OutgoingMail.objects.filter(pk__in=gone.values("mail")))


def tell_of_withdrawal(recap: Recap) -> int:
    """Cancel what has not left, and tell those to whom this recap went, or may have gone, that it must not be quoted
    any more.

    Call it in the transaction that has locked the recap.
    """
    mails = OutgoingMail.objects.filter(pk__in=recap.deliveries.values("mail"))
    list(mails.select_for_update().order_by("pk").values_list("pk"))  # no sender hands one over from here on
    left = list(mails.filter(MAY_HAVE_ARRIVED).values_list("pk", flat=True))
    cancel(mails)
    told = list(recap.deliveries.filter(mail__in=left))
    for delivery in told:
        queue_mail(
            to=delivery.address,
            template="reports/mail/withdrawn",
            context={"recap": recap, "envelope": envelope_of(recap)},
            language=delivery.language,
            key=f"recap-withdrawn:{recap.pk}:{delivery.pk}",
            once=True,
        )
    return len(told)


def readers_of(recap: Recap) -> list[Recipient]:
    """The recipients of its editions, each address once."""
    found = Recipient.objects.filter(edition__in=recap.editions.all(), is_active=True).order_by("pk")
    return list({recipient.email: recipient for recipient in found}.values())


def _locked(recap: Recap) -> Recap:
    """Sending and withdrawing follow each other."""
    return Recap.objects.select_for_update(of=("self",)).defer("figures", "snapshot").get(pk=recap.pk)


def _printed(recap: Recap, recipients: Iterable[Recipient]) -> dict[str, dict]:
    """The PDF in each language that is read."""
    return {language: _attachment(recap, language) for language in sorted({one.language for one in recipients})}


def _deliver(recap: Recap, recipient: Recipient, prints: dict[str, dict], *, by=None) -> bool:
    """Queue one mail; False if this address has been served. Call it in the transaction that has locked the recap."""
    if Delivery.objects.filter(recap=recap, address=recipient.email).exists():
        return False
    mail = queue_mail(
        to=recipient.email,
        template="reports/mail/recap",
        context=_context(recap, recipient.language),
        language=recipient.language,
        key=f"recap:{recap.pk}:{sha256(recipient.email.encode()).hexdigest()[:32]}",
        attachments=[prints[recipient.language]],
        once=True,
    )
    Delivery.objects.create(recap=recap, address=recipient.email, language=recipient.language, mail=mail, queued_by=by)
    return True


def _context(recap: Recap, language: str) -> dict:
    figures, envelope = figures_of(recap), envelope_of(recap)
    return {
        "recap": recap,
        "name": edition_names(figures, language),
        "figures": figures,
        "envelope": envelope,
        "sentence": quotable_sentence(figures, envelope, language),
        "superseded": recap.supersedes.first(),
    }


def _attachment(recap: Recap, language: str) -> dict:
    """Print the recap to a private file. The same recap gives the same bytes, so writing it twice does no harm."""
    name = file_name(recap, "pdf")
    path = Path("recaps") / recap.chain_sha256[:2] / language / name
    target = Path(settings.PRIVATE_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.part")
    draft.write_bytes(document_of(recap, "pdf", language))
    draft.replace(target)
    return {"path": str(path), "name": name, "type": FORMATS["pdf"].media_type}
