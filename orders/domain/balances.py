"""The second half of an order with a deposit: the goods are finished, the rest is asked for."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.destinations import start_payment
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer
from orders.domain.locking import lock_order, payment_of
from orders.domain.promises import deposit_of
from orders.domain.requests import require_no_request
from orders.models import Order, Payment, Purpose
from orders.states import OrderState, PaymentState, TransitionError


@transaction.atomic
def ask_balance(order: Order, *, by, now: dt.datetime | None = None) -> Payment:
    """The goods are finished: ask for the rest with its own unique code and deadline. Exactly once; mails the buyer."""
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    if order.state != OrderState.PAID:
        raise TransitionError(order.state, OrderState.PAID)
    if payment.purpose != Purpose.DEPOSIT or payment.state != PaymentState.CONFIRMED:
        raise OrderError(_("Pesanan ini tidak menunggu pelunasan untuk ditagih."))
    require_no_request(order)
    balance = start_payment(order, total=balance_due(order), purpose=Purpose.BALANCE, now=now)
    order.refresh_from_db()
    order.expires_at = now + dt.timedelta(days=settings.BALANCE_DAYS)
    order.save(update_fields=["expires_at"])
    event = log_event(order, "balance_asked", at=now, by=by)
    tell_buyer(order, "balance_asked", event, payment=balance)
    return balance


def balance_due(order: Order) -> int:
    """Goods that the deposit did not pay, and shipping; rupiah, without unique code."""
    return order.goods_total + order.shipping_fee - deposit_of(order)


def is_in_production(order: Order, payment: Payment) -> bool:
    """The deposit has come, the balance was not asked for yet."""
    return (
        order.state == OrderState.PAID
        and payment.purpose == Purpose.DEPOSIT
        and payment.state == PaymentState.CONFIRMED
    )


def awaits_balance(order: Order, payment: Payment) -> bool:
    return (
        order.state == OrderState.PAID
        and payment.purpose == Purpose.BALANCE
        and payment.state not in (PaymentState.CONFIRMED, PaymentState.REFUNDED)
    )


def require_settled(order: Order, payment: Payment) -> None:
    """OrderError unless everything is paid: what is half paid is not packed and not sent."""
    if is_in_production(order, payment):
        raise OrderError(_("Baru uang muka yang dibayar. Minta pelunasan dahulu setelah barangnya jadi."))
    if awaits_balance(order, payment):
        raise OrderError(_("Pelunasan belum diterima. Konfirmasi pelunasan dahulu."))
