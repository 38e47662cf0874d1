"""Named counts that recaps ask of the orders when they are sealed. For information: none is turnover."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet, Sum

from orders.models import Order, OrderEvent
from orders.states import OrderState

BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def order_counts(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None = None) -> dict[str, int]:
    """Orders placed, expired and cancelled before the cut-off (from ``since`` on), by these names."""
    start = since or BEGINNING
    placed = Order.objects.filter(edition_id__in=edition_ids, placed_at__gte=start, placed_at__lt=cutoff)
    return {
        "placed": placed.count(),
        "expired": _expired(edition_ids, cutoff, start).count(),
        "cancelled": _cancelled(edition_ids, cutoff, start).count(),
    }


def lost_values(edition_ids: Sequence[int], cutoff: dt.datetime, since: dt.datetime | None = None) -> dict[str, int]:
    """Rupiah of the goods in the orders that expired and were cancelled: ``expired_value``, ``cancelled_value``."""
    start = since or BEGINNING
    lost = {
        "expired_value": _expired(edition_ids, cutoff, start),
        "cancelled_value": _cancelled(edition_ids, cutoff, start),
    }
    return {name: orders.aggregate(value=Sum("goods_total"))["value"] or 0 for name, orders in lost.items()}


def _expired(edition_ids: Sequence[int], cutoff: dt.datetime, start: dt.datetime) -> QuerySet:
    return Order.objects.filter(
        edition_id__in=edition_ids, state=OrderState.EXPIRED, expires_at__gte=start, expires_at__lt=cutoff
    )


def _cancelled(edition_ids: Sequence[int], cutoff: dt.datetime, start: dt.datetime) -> QuerySet:
    told = OrderEvent.objects.filter(order=OuterRef("pk"), kind="cancelled", at__gte=start, at__lt=cutoff)
    return Order.objects.filter(Exists(told), edition_id__in=edition_ids, state=OrderState.CANCELLED)
