"""Cash at the stand: paid and fetched in one moment, and the day's cash signed off by the exhibitor.

Until the sign-off a cash sale is only the seller's word (D); counting the drawer against the list makes it C.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.formats import WIB, rupiah
from journal.models import Evidence
from orders.domain.errors import OrderError
from orders.domain.fulfilment import complete_order
from orders.domain.history import log_event
from orders.domain.ledger import raise_evidence
from orders.domain.locking import lock_orders
from orders.domain.payment import settle
from orders.models import CashSignOff, Method, Order, Payment
from orders.states import PaymentState


@dataclass(frozen=True, slots=True)
class CashDay:
    """Cash of one WIB day that is not signed off: how many payments, how many rupiah."""

    day: dt.date
    count: int
    amount: int


@transaction.atomic
def hand_over(order: Order, *, by, now: dt.datetime | None = None) -> Order:
    """The buyer has paid cash and taken the goods: paid and completed. OrderError unless cash was agreed."""
    now = now or timezone.now()
    payment = order.payments.filter(is_current=True, method=Method.CASH).first()
    if payment is None:
        raise OrderError(_("Pesanan ini tidak dibayar tunai di stan."))
    order = settle(order, by=by, now=now)
    return complete_order(order, by=by, now=now)


def unsigned_days(exhibitor: Exhibitor) -> list[CashDay]:
    """Days with cash that wait for their sign-off, oldest first."""
    days: dict[dt.date, list[int]] = {}
    for payment in unsigned(exhibitor):
        days.setdefault(day_of(payment), []).append(payment.amount)
    return [CashDay(day, len(amounts), sum(amounts)) for day, amounts in sorted(days.items())]


def unsigned(exhibitor: Exhibitor):
    return Payment.objects.filter(
        order__exhibitor=exhibitor, method=Method.CASH, state=PaymentState.CONFIRMED, evidence=Evidence.D
    ).order_by("confirmed_at", "pk")


def day_of(payment: Payment) -> dt.date:
    if payment.confirmed_at is None:
        raise ValueError("not confirmed")
    return payment.confirmed_at.astimezone(WIB).date()


@transaction.atomic
def sign_off(exhibitor: Exhibitor, day: dt.date, *, seen: int, by, now: dt.datetime | None = None) -> CashSignOff:
    """The drawer holds ``seen`` rupiah of these orders: their claims (D) become stand receipts (C).

    OrderError when the list is no longer what was seen. A day may be signed off in parts, as more cash comes.
    """
    now = now or timezone.now()
    Exhibitor.objects.select_for_update(no_key=True).only("pk").get(pk=exhibitor.pk)
    lock_orders(payment.order_id for payment in unsigned(exhibitor) if day_of(payment) == day)
    payments = [payment for payment in unsigned(exhibitor).select_related("order") if day_of(payment) == day]
    amount = sum(payment.amount for payment in payments)
    if not payments or amount != seen:
        raise OrderError(_("Daftar tunai hari itu sudah berubah. Periksa lagi jumlahnya."))
    note = _("Tutup kas %(day)s: %(amount)s") % {"day": day.isoformat(), "amount": rupiah(amount, "id")}
    for payment in payments:
        raise_evidence(payment.order, by=by, now=now, note=note, grade=Evidence.C)
        log_event(payment.order, "cash_signed_off", at=now, by=by)
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(evidence=Evidence.C)
    return CashSignOff.objects.create(
        exhibitor=exhibitor, day=day, count=len(payments), amount=amount, signed_at=now, signed_by=by
    )
