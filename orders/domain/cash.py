"""Orders paid in cash at the stand, in the moment in which they are fetched.

Until the day's sign-off (``orders/cashdesk/signing.py``) such a payment is only the seller's word (D); then it is C.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.formats import WIB
from journal.models import Evidence
from orders.domain.errors import OrderError
from orders.domain.fulfilment import complete_order
from orders.domain.history import log_event
from orders.domain.ledger import raise_evidence
from orders.domain.locking import lock_orders
from orders.domain.payment import settle
from orders.models import Method, Order, Payment
from orders.states import PaymentState


@transaction.atomic
def hand_over(order: Order, *, by, now: dt.datetime | None = None) -> Order:
    """The buyer has paid cash and taken the goods: paid and completed. OrderError unless cash was agreed."""
    now = now or timezone.now()
    payment = order.payments.filter(is_current=True, method=Method.CASH).first()
    if payment is None:
        raise OrderError(_("Pesanan ini tidak dibayar tunai di stan."))
    order = settle(order, by=by, now=now)
    return complete_order(order, by=by, now=now)


def unsigned_cash(exhibitor: Exhibitor) -> dict[dt.date, list[int]]:
    """Rupiah of each cash payment that waits for the sign-off of its WIB day."""
    days: dict[dt.date, list[int]] = {}
    for payment in unsigned(exhibitor):
        days.setdefault(day_of(payment), []).append(payment.amount)
    return days


def unsigned(exhibitor: Exhibitor):
    return Payment.objects.filter(
        order__exhibitor=exhibitor, method=Method.CASH, state=PaymentState.CONFIRMED, evidence=Evidence.D
    ).order_by("confirmed_at", "pk")


def day_of(payment: Payment) -> dt.date:
    if payment.confirmed_at is None:
        raise ValueError("not confirmed")
    return payment.confirmed_at.astimezone(WIB).date()


def sign_payments(exhibitor: Exhibitor, day: dt.date, *, by, now: dt.datetime) -> list[Payment]:
    """The drawer was counted: the claims (D) of these orders become stand receipts (C). Inside a transaction."""
    lock_orders(payment.order_id for payment in unsigned(exhibitor) if day_of(payment) == day)
    payments = [payment for payment in unsigned(exhibitor).select_related("order") if day_of(payment) == day]
    for payment in payments:
        raise_evidence(payment.order, by=by, note=signed_note(day), grade=Evidence.C, payment=payment)
        log_event(payment.order, "cash_signed_off", at=now, by=by)
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(evidence=Evidence.C)
    return payments


def signed_note(day: dt.date) -> str:
    return _("Tutup kas %(day)s") % {"day": day.isoformat()}
