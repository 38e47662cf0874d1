"""Who may review: the buyer of an order line, by the order's secret link, once the goods must have arrived."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.domain.reviews import LONGEST, ReviewError, keep_review, rewrite_review
from catalog.models import MOST_STARS, Review
from expo.models import Picture
from expo.names import masked_name
from orders.domain.errors import OrderError
from orders.domain.locking import lock_order
from orders.models import Order, OrderEvent, OrderLine
from orders.states import OrderState

ARRIVES_WITHIN = dt.timedelta(days=7)  # of being shipped, when nobody said that it arrived
EDITABLE_FOR = dt.timedelta(days=30)


@dataclass(frozen=True)
class ReviewedLine:
    """An order line as its buyer sees it: with the review, if there is one, and whether it may be (re)written."""

    line: OrderLine
    review: Review | None
    may_write: bool


def may_review(order: Order, now: dt.datetime) -> bool:
    """Whether the buyer has the goods: completed, or shipped long enough ago."""
    if order.state == OrderState.COMPLETED:
        return True
    if order.state != OrderState.SHIPPED:
        return False
    shipped = OrderEvent.objects.filter(order=order, kind="shipped").order_by("at").values_list("at", flat=True).first()
    return shipped is not None and shipped <= now - ARRIVES_WITHIN


def reviewed_lines(order: Order, now: dt.datetime) -> list[ReviewedLine]:
    """The order's lines that are reviewed or may be; none before the goods have come."""
    if order.state not in (OrderState.COMPLETED, OrderState.SHIPPED, OrderState.REFUNDED):
        return []
    allowed = may_review(order, now)
    lines = order.lines.select_related("product__cover", "review").order_by("pk")
    found = [reviewed_line(line, allowed, now) for line in lines]
    return [each for each in found if each.review or each.may_write]


def reviewed_line(line: OrderLine, allowed: bool, now: dt.datetime) -> ReviewedLine:
    review = getattr(line, "review", None)
    if review is None:
        return ReviewedLine(line, None, allowed)
    return ReviewedLine(line, review, is_editable(review, now))


def is_editable(review: Review, now: dt.datetime) -> bool:
    return review.hidden_at is None and now < review.written_at + EDITABLE_FOR


@transaction.atomic
def write_review(
    order: Order,
    line: OrderLine,
    *,
    rating: int,
    body: str = "",
    pictures: Sequence[Picture] = (),
    now: dt.datetime | None = None,
) -> Review:
    """Write the review of a line, or write it anew within 30 days. The same form sent twice is one review.

    Raises ReviewError or OrderError with a sentence for the buyer."""
    now = now or timezone.now()
    order = lock_order(order)
    if line.order_id != order.pk:
        raise OrderError(_("Baris itu bukan bagian dari pesanan ini."))
    body = body.strip()
    if not 1 <= rating <= MOST_STARS:
        raise ReviewError(_("Pilih satu sampai lima bintang."))
    if len(body) > LONGEST:
        raise ReviewError(_("Paling banyak 2.000 huruf."))
    if review := Review.objects.filter(line=line).first():
        if not is_editable(review, now):
            raise ReviewError(review.hidden_reason or _("Ulasan hanya dapat diubah dalam 30 hari."))
        return rewrite_review(review, rating=rating, body=body, pictures=pictures, now=now)
    if not may_review(order, now):
        raise ReviewError(_("Ulasan dapat ditulis setelah barang Anda terima."))
    review = Review(
        line=line,
        product_id=line.product_id,
        exhibitor_id=order.exhibitor_id,
        variant_label=line.variant_label,
        author=masked_name(order.buyer_name) or _("Pembeli"),
        language=order.language,
        rating=rating,
        body=body,
        written_at=now,
    )
    return keep_review(review, pictures)
