"""Questions with their answers on the page of a product: with the asker's consent, chosen by the exhibitor.

It stays the one inquiry that it was: nothing is counted twice. ``Product.question_count`` follows under its lock.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.ratings import lock_product
from catalog.models import Product
from exhibitors.domain.decisions import log
from expo.errors import DomainError
from inquiries.models import Answer, Inquiry

SHOWN, HIDDEN = "shown", "hidden"


class PublishingError(DomainError):
    """The question can't be shown or hidden this way."""


def publish_answer(inquiry: Inquiry, answer: Answer) -> None:
    """Show a locked inquiry with this answer. Call inside a transaction."""
    if not inquiry.may_publish or inquiry.product_id is None:
        raise PublishingError(_("Penanya tidak setuju pertanyaannya ditampilkan."))
    if inquiry.hidden_at:
        raise PublishingError(_("Panitia menyembunyikan pertanyaan ini dari halaman produk."))
    answer.is_public = True
    answer.save(update_fields=["is_public"])
    if inquiry.published_at is None:
        inquiry.published_at = answer.at
        inquiry.save(update_fields=["published_at"])
        _count(inquiry, 1)


@transaction.atomic
def withdraw_consent(inquiry: Inquiry) -> Inquiry:
    """The asker wants it off the page again; doing so twice changes nothing."""
    inquiry = _locked(inquiry)
    was_shown = is_shown(inquiry)
    inquiry.may_publish, inquiry.published_at = False, None
    inquiry.save(update_fields=["may_publish", "published_at"])
    if was_shown:
        _count(inquiry, -1)
    return inquiry


@transaction.atomic
def hide_question(inquiry: Inquiry, *, by, reason: str, now: dt.datetime | None = None) -> Inquiry:
    """Staff take it off the product's page; logged. Asker and exhibitor keep it in their pages."""
    inquiry = _locked(inquiry)
    if not reason.strip():
        raise PublishingError(_("Tuliskan alasannya."))
    if not is_shown(inquiry):
        raise PublishingError(_("Pertanyaan ini tidak tampil di halaman produk."))
    inquiry.hidden_at, inquiry.hidden_reason = now or timezone.now(), reason.strip()[:250]
    inquiry.save(update_fields=["hidden_at", "hidden_reason"])
    _count(inquiry, -1)
    log(inquiry, SHOWN, HIDDEN, by=by, reason=reason.strip())
    return inquiry


@transaction.atomic
def show_question(inquiry: Inquiry, *, by, reason: str = "") -> Inquiry:
    """Put a hidden one back, if its asker still agrees."""
    inquiry = _locked(inquiry)
    if not inquiry.hidden_at:
        raise PublishingError(_("Pertanyaan ini tidak disembunyikan."))
    inquiry.hidden_at, inquiry.hidden_reason = None, ""
    inquiry.save(update_fields=["hidden_at", "hidden_reason"])
    if is_shown(inquiry):
        _count(inquiry, 1)
    log(inquiry, HIDDEN, SHOWN, by=by, reason=reason.strip())
    return inquiry


def is_shown(inquiry: Inquiry) -> bool:
    return inquiry.published_at is not None and inquiry.hidden_at is None


def _count(inquiry: Inquiry, change: int) -> None:
    if inquiry.product_id is None:
        raise ValueError(f"inquiry {inquiry.pk} is about no product")
    product = lock_product(inquiry.product_id)
    Product.objects.filter(pk=product.pk).update(question_count=F("question_count") + change)


def _locked(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
