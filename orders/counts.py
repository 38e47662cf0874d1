"""Named counts that recaps ask of the orders when they are sealed. For information: none is turnover."""

import datetime as dt
from collections.abc import Sequence

from orders.models import Order, OrderEvent
from orders.states import OrderState


def order_counts(edition_ids: Sequence[int], cutoff: dt.datetime) -> dict[str, int]:
    """Orders placed, expired and cancelled before the cut-off, as ``placed``, ``expired``, ``cancelled``."""
    orders = Order.objects.filter(edition_id__in=edition_ids)
    cancelled = OrderEvent.objects.filter(
        order__edition_id__in=edition_ids, order__state=OrderState.CANCELLED, kind="cancelled", at__lt=cutoff
    )
    return {
        "placed": orders.filter(placed_at__lt=cutoff).count(),
        "expired": orders.filter(state=OrderState.EXPIRED, expires_at__lt=cutoff).count(),
        "cancelled": cancelled.values("order_id").distinct().count(),
    }
