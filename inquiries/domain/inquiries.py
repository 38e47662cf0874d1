"""The verbs of an inquiry: asked, answered, held back as spam, released."""

import re
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.decisions import tell_people
from expo.errors import DomainError
from expo.mail import queue_mail
from inquiries.domain.publishing import publish_answer
from inquiries.models import Answer, Inquiry, InquiryState

LINKS = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MOST_LINKS = 2


class InquiryError(DomainError):
    """The inquiry can't be answered or moved this way."""


@transaction.atomic
def ask(inquiry: Inquiry, *, trapped: bool = False) -> Inquiry:
    """Save a new inquiry and tell the exhibitor's people; what looks like spam is held for staff instead.

    ``trapped``: a field that people do not see was filled in.
    """
    inquiry.token = secrets.token_urlsafe(32)
    inquiry.sent_at = timezone.now()
    inquiry.state = InquiryState.SPAM if trapped or looks_like_spam(inquiry) else InquiryState.OPEN
    inquiry.save()
    if inquiry.state == InquiryState.OPEN:
        _tell_exhibitor(inquiry)
    return inquiry


def looks_like_spam(inquiry: Inquiry) -> bool:
    """Many links, or the very message that is held already."""
    if len(LINKS.findall(inquiry.message)) > MOST_LINKS or LINKS.search(inquiry.name):
        return True
    return Inquiry.objects.filter(email=inquiry.email, state=InquiryState.SPAM, message=inquiry.message).exists()


@transaction.atomic
def answer(inquiry: Inquiry, body: str, *, by, publish: bool = False) -> Answer:
    """Answer an inquiry by mail and on its page. The first answer stops the clock (``answered_at``).

    ``publish``: show both on the product's page, which the asker must have agreed to."""
    inquiry = _locked(inquiry)
    if inquiry.state == InquiryState.SPAM:
        raise InquiryError(_("Permintaan ini ditahan sebagai spam."))
    written = Answer.objects.create(inquiry=inquiry, body=body.strip(), by=by)
    if inquiry.answered_at is None:
        inquiry.answered_at = written.at
        inquiry.state = InquiryState.ANSWERED
        inquiry.save(update_fields=["answered_at", "state"])
    if publish:
        publish_answer(inquiry, written)
    queue_mail(
        to=inquiry.email,
        template="inquiries/mail/answered",
        context={"inquiry": inquiry, "answer": written},
        language=mail_language(inquiry),
        key=f"answer:{written.pk}",
    )
    return written


@transaction.atomic
def hold_inquiry(inquiry: Inquiry) -> bool:
    """Hold an unanswered inquiry back as spam: it counts nowhere. False if it was answered or held already."""
    inquiry = _locked(inquiry)
    if inquiry.state != InquiryState.OPEN:
        return False
    inquiry.state = InquiryState.SPAM
    inquiry.save(update_fields=["state"])
    return True


@transaction.atomic
def release_inquiry(inquiry: Inquiry) -> bool:
    """Pass on what was held by mistake. False if it was not held."""
    inquiry = _locked(inquiry)
    if inquiry.state != InquiryState.SPAM:
        return False
    inquiry.state = InquiryState.OPEN
    inquiry.save(update_fields=["state"])
    _tell_exhibitor(inquiry)
    return True


def mail_language(inquiry: Inquiry) -> str:
    """The asker's language if the site speaks it, otherwise English."""
    return inquiry.language if inquiry.language in dict(settings.LANGUAGES) else "en"


def _locked(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).select_related("exhibitor", "product").get(pk=inquiry.pk)


def _tell_exhibitor(inquiry: Inquiry) -> None:
    tell_people(inquiry.exhibitor, "inquiries/mail/asked", {"inquiry": inquiry}, key=f"inquiry:{inquiry.pk}")
