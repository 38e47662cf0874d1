"""Mails of which nobody knows whether they arrived: what staff decide about them, each time with a reason."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from expo.delivery import anew
from expo.errors import DomainError
from expo.models import MailEvent, MailState, OutgoingMail


@transaction.atomic
def send_again(mails: QuerySet[OutgoingMail], *, by, reason: str) -> int:
    """Send those of them that are uncertain anew, though they may arrive twice; returns how many."""
    _require_reason(reason)
    return anew(mails.filter(state=MailState.UNCERTAIN), by=by, reason=reason)


@transaction.atomic
def assume_sent(mails: QuerySet[OutgoingMail], *, by, reason: str) -> int:
    """Take those of them that are uncertain for sent when they were handed over; returns how many."""
    _require_reason(reason)
    uncertain = mails.filter(state=MailState.UNCERTAIN).select_for_update(of=("self",)).order_by("pk")
    found = list(uncertain.values_list("pk", flat=True))
    OutgoingMail.objects.filter(pk__in=found).update(state=MailState.SENT, sent_at=F("handed_over_at"))
    assumed = MailEvent.What.ASSUMED
    MailEvent.objects.bulk_create(MailEvent(mail_id=pk, what=assumed, by=by, reason=reason) for pk in found)
    return len(found)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Tulis alasannya."))
