"""Named counts that recaps, when they are sealed, and own figures ask of the orders. None is turnover."""

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


def placed_with(exhibitor_id: int, edition_ids: Sequence[int] | None, start: dt.datetime, cutoff: dt.datetime) -> int:
    """Orders of the web shop that were placed with an exhibitor from ``start`` until before the cut-off, of these
    editions or of all. One query."""
    placed = Order.objects.filter(exhibitor=exhibitor_id, placed_at__gte=start, placed_at__lt=cutoff)
    return (placed if edition_ids is None else placed.filter(edition_id__in=edition_ids)).count()


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
