"""The verbs of a review after its buyer may write it: kept, rewritten, answered, hidden, shown again.

Each takes the product's lock first, then the review's, so that the product's stars follow."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.ratings import add_rating, lock_product
from catalog.models import Review
from exhibitors.domain.decisions import log, tell_people
from expo.errors import DomainError
from expo.models import Picture

MOST_PHOTOS = 4
LONGEST = 2000
SHOWN, HIDDEN = "shown", "hidden"


class ReviewError(DomainError):
    """The review can't be written or changed this way."""


@transaction.atomic
def keep_review(review: Review, pictures: Sequence[Picture]) -> Review:
    """Save a new review with its photos and tell the exhibitor's people."""
    product = lock_product(review.product_id)
    review.save()
    _hang(review, pictures)
    add_rating(product, reviews=1, stars=review.rating)
    tell_people(
        product.exhibitor,
        "catalog/mail/reviewed",
        {"review": review, "product": product},
        key=f"review:{review.pk}",
    )
    return review


@transaction.atomic
def rewrite_review(
    review: Review, *, rating: int, body: str, pictures: Sequence[Picture], now: dt.datetime | None = None
) -> Review:
    """Let its writer say it differently; sending the same again changes nothing."""
    product, review = _locked(review)
    if review.hidden_at:
        raise ReviewError(_("Ulasan ini disembunyikan panitia dan tidak dapat diubah."))
    old = review.rating, review.body, [photo.picture_id for photo in review.photos.all()]
    if old == (rating, body, [picture.pk for picture in pictures]):
        return review
    add_rating(product, reviews=0, stars=rating - review.rating)
    review.rating, review.body, review.edited_at = rating, body, now or timezone.now()
    review.save(update_fields=["rating", "body", "edited_at"])
    _hang(review, pictures)
    return review


@transaction.atomic
def answer_review(review: Review, text: str, *, by, now: dt.datetime | None = None) -> Review:
    """The exhibitor answers, once: what was said publicly stays said."""
    _product, review = _locked(review)
    if review.answer:
        raise ReviewError(_("Ulasan ini sudah ditanggapi."))
    if review.hidden_at:
        raise ReviewError(_("Ulasan ini disembunyikan panitia."))
    if not text.strip():
        raise ReviewError(_("Tulis tanggapan Anda."))
    review.answer, review.answered_at, review.answered_by = text.strip(), now or timezone.now(), by
    review.save(update_fields=["answer", "answered_at", "answered_by"])
    return review


@transaction.atomic
def hide_review(review: Review, *, by, reason: str, now: dt.datetime | None = None) -> Review:
    """Take it off the product's page and out of its stars; logged with the reason, which its writer reads."""
    product, review = _locked(review)
    reason = reason.strip()[:250]
    if not reason:
        raise ReviewError(_("Tuliskan alasannya: penulis ulasan akan membacanya."))
    if review.hidden_at:
        raise ReviewError(_("Ulasan ini sudah disembunyikan."))
    review.hidden_at, review.hidden_reason = now or timezone.now(), reason
    review.save(update_fields=["hidden_at", "hidden_reason"])
    add_rating(product, reviews=-1, stars=-review.rating)
    log(review, SHOWN, HIDDEN, by=by, reason=reason)
    return review


@transaction.atomic
def show_review(review: Review, *, by, reason: str = "") -> Review:
    """Put a hidden one back."""
    product, review = _locked(review)
    if not review.hidden_at:
        raise ReviewError(_("Ulasan ini tidak disembunyikan."))
    review.hidden_at, review.hidden_reason = None, ""
    review.save(update_fields=["hidden_at", "hidden_reason"])
    add_rating(product, reviews=1, stars=review.rating)
    log(review, HIDDEN, SHOWN, by=by, reason=reason.strip())
    return review


def _locked(review: Review):
    product = lock_product(review.product_id)
    return product, Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _hang(review: Review, pictures: Sequence[Picture]) -> None:
    if len(pictures) > MOST_PHOTOS:
        raise ReviewError(_("Paling banyak %(most)s foto.") % {"most": MOST_PHOTOS})
    review.photos.all().delete()
    unique = {picture.pk: picture for picture in pictures}.values()
    review.photos.bulk_create(
        [review.photos.model(review=review, picture=picture, position=n) for n, picture in enumerate(unique)]
    )
