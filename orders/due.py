"""When something of an order is due: its deadline, or when its buyer may begin to wonder (ADR 0115)."""

import datetime as dt

from django.conf import settings
from django.db.models import Case, DurationField, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.models import CancellationRequest, OrderLine, Payment
from orders.models.querysets import OrderQuerySet, Purpose
from orders.states import OrderState, PaymentState, RequestState

DAY = dt.timedelta(days=1)
ANSWERED_WITHIN = DAY
"""A payment that is said to have come is looked at, a request to cancel is answered."""
SENT_WITHIN = 2 * DAY
REFUNDED_WITHIN = 3 * DAY


def with_due(orders: OrderQuerySet) -> OrderQuerySet:
    """Each with ``due``, by which the queues are sorted."""
    current = Payment.objects.filter(order=OuterRef("pk"), is_current=True)
    said = current.filter(
        Q(state=PaymentState.PROOF_SUBMITTED) | Q(state=PaymentState.PENDING, claimed_at__isnull=False)
    )
    asked = CancellationRequest.objects.filter(order=OuterRef("pk"))
    days = (
        OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order").annotate(n=Max("product__lead_days"))
    )
    lead = ExpressionWrapper(Subquery(days.values("n")) * DAY, output_field=DurationField())
    settled = ~Q(payment_purpose=Purpose.DEPOSIT) & Q(payment_confirmed__isnull=False)
    return orders.annotate(
        payment_purpose=Subquery(current.values("purpose")[:1]),
        payment_confirmed=Subquery(current.values("confirmed_at")[:1]),
        said_at=Subquery(said.values(at=Coalesce("proof_at", "claimed_at"))[:1]),
        asked_at=Subquery(asked.filter(state=RequestState.OPEN).values("asked_at")[:1]),
        stopped_at=Subquery(asked.filter(state=RequestState.ACCEPTED).values("answered_at")[:1]),
    ).annotate(
        due=Case(
            When(state=OrderState.SHIPPED, then=F("shipped_at") + settings.RECEIVED_AFTER_DAYS * DAY),
            When(asked_at__isnull=False, then=F("asked_at") + ANSWERED_WITHIN),
            When(stopped_at__isnull=False, then=F("stopped_at") + REFUNDED_WITHIN),
            When(said_at__isnull=False, then=F("said_at") + ANSWERED_WITHIN),
            When(settled, state__in=[OrderState.PAID, OrderState.PACKED], then=F("payment_confirmed") + SENT_WITHIN),
            When(payment_purpose=Purpose.DEPOSIT, state=OrderState.PAID, then=F("paid_at") + lead),
            default=F("expires_at"),
        )
    )


def spoken(span: dt.timedelta) -> str:
    """ "3 hari", "5 jam", "12 menit": as people say how long."""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes >= 2 * 24 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)s hari", "%(n)s hari", days) % {"n": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours}
    return ngettext("%(n)s menit", "%(n)s menit", minutes) % {"n": minutes}


def until_due(due: dt.datetime, now: dt.datetime) -> str:
    """ "5 jam lagi", or "lewat 2 hari"."""
    if due <= now:
        return _("lewat %(time)s") % {"time": spoken(now - due)}
    return _("%(time)s lagi") % {"time": spoken(due - now)}
