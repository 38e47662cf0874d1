"""Named counts that reports ask for."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Min, Q
from django.utils import timezone

from orders.models import GatewayCharge, Order, Payment, QrisCode, ReportedSale
from orders.states import PaymentState


def order_counts(edition_ids: Collection[int], cutoff: dt.datetime) -> dict[str, int]:
    """Orders of these editions placed, expired and cancelled before ``cutoff`` (half-open: t < cutoff)."""
    return Order.objects.filter(edition__in=edition_ids, placed_at__lt=cutoff).aggregate(
        placed=Count("pk"),
        expired=Count("pk", filter=Q(expired_at__lt=cutoff)),
        cancelled=Count("pk", filter=Q(cancelled_at__lt=cutoff)),
    )


def proofs_waiting() -> tuple[int, dt.datetime | None]:
    """How many proofs of transfer wait for their exhibitor's word, and since when the oldest does."""
    found = Payment.objects.filter(state=PaymentState.PROOF_SUBMITTED).aggregate(
        count=Count("pk"), oldest=Min("proof_at")
    )
    return found["count"], found["oldest"]


def twin_codes() -> tuple[int, dt.datetime | None]:
    """How many QRIS codes share their merchant number with another exhibitor's, and since when."""
    found = QrisCode.objects.suspicious().order_by().aggregate(count=Count("pk"), oldest=Min("added_at"))
    return found["count"], found["oldest"]


def gateway_problems() -> tuple[int, dt.datetime | None]:
    """Money at a gateway that does not fit its order, of the last 30 days: for people to give back or record."""
    recent = GatewayCharge.objects.exclude(problem="").filter(created_at__gt=timezone.now() - dt.timedelta(days=30))
    found = recent.order_by().aggregate(count=Count("pk"), oldest=Min("created_at"))
    return found["count"], found["oldest"]


def reports_waiting() -> tuple[int, dt.datetime | None]:
    """How many reported sales wait for staff, and since when."""
    found = ReportedSale.objects.waiting().aggregate(count=Count("pk"), oldest=Min("waiting_since"))
    return found["count"], found["oldest"]
