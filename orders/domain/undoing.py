"""Mistakes about money: a confirmation taken back, and a payment that came after its order had expired."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.codes import lock_accounts
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer
from orders.domain.ledger import take_back
from orders.domain.locking import lock_order, payment_of
from orders.domain.payment import settle
from orders.domain.stock import retake_stock
from orders.domain.vouchers import retake_voucher
from orders.models import Match, Method, Order, Payment, Purpose, StatementRow
from orders.states import (
    ORDER_TRANSITIONS,
    PAYMENT_TRANSITIONS,
    OrderState,
    PaymentState,
    TransitionError,
    require_transition,
)

AGAIN = dt.timedelta(hours=24)


@transaction.atomic
def undo_confirmation(order: Order, *, by, reason: str, now: dt.datetime | None = None) -> Order:
    """The money had not come after all: the order waits for its payment again, the journal gets corrections.

    Possible until the goods have left; afterwards it is a matter of refunds or claims. The goods stay reserved; the
    buyer has a day from now at least. TransitionError or OrderError when it is too late. Mails the buyer.
    """
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    require_undoable(order, payment)
    take_back(order, payment, by=by, now=now, note=reason)
    reopen_payment(payment)
    release_row(payment, by=by, now=now)
    order.state = OrderState.PLACED
    order.paid_at = None
    order.expires_at = max(order.expires_at, now + AGAIN)
    order.save(update_fields=["state", "paid_at", "expires_at"])
    event = log_event(order, "confirmation_undone", at=now, by=by, reason=reason)
    tell_buyer(order, "undone", event)
    return order


def may_be_undone(order: Order, payment: Payment) -> bool:
    """Whether a page may offer it; ``undo_confirmation`` asks again under the lock."""
    return payment.state == PaymentState.CONFIRMED and not refusal_to_undo(order, payment)


def require_undoable(order: Order, payment: Payment) -> None:
    if payment.state != PaymentState.CONFIRMED:
        raise TransitionError(payment.state, PaymentState.PENDING)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.PLACED)
    if refusal := refusal_to_undo(order, payment):
        raise OrderError(refusal)


def refusal_to_undo(order: Order, payment: Payment) -> str:
    if OrderState.PLACED not in ORDER_TRANSITIONS[order.state]:
        return _("Barangnya sudah dikirim atau diambil.")
    if payment.method == Method.GATEWAY:
        return _("Pembayaran otomatis dikonfirmasi oleh Midtrans dan tidak dapat dibatalkan di sini.")
    if payment.purpose != Purpose.FULL:
        return _("Uang muka dan pelunasan tidak dapat dibatalkan di sini. Hubungi petugas.")
    if order.refunds.exists():
        return _("Sudah ada dana yang dikembalikan untuk pesanan ini. Hubungi petugas.")
    return ""


def reopen_payment(payment: Payment) -> None:
    """As before the confirmation. Its unique code may have gone to another order: then it stays closed.

    A closed payment can be confirmed all the same; only its amount no longer is unique among the open ones.
    """
    after = PaymentState.PROOF_SUBMITTED if payment.proof_at else PaymentState.PENDING
    require_transition(PAYMENT_TRANSITIONS, payment.state, after)
    payment.state = after
    payment.is_open = not is_code_taken(payment)
    payment.confirmed_at = None
    payment.confirmed_by = None
    payment.evidence = ""
    payment.undone += 1
    payment.save(update_fields=["state", "is_open", "confirmed_at", "confirmed_by", "evidence", "undone"])


def release_row(payment: Payment, *, by, now: dt.datetime) -> None:
    """The row of a bank statement that had confirmed this payment is open again, once none of its payments is."""
    match = Match.objects.filter(payment=payment, undone_at=None).first()
    if match is None:
        return
    match.undone_at, match.undone_by = now, by
    match.save(update_fields=["undone_at", "undone_by"])
    if not Match.objects.filter(row=match.row_id, undone_at=None).exists():
        StatementRow.objects.filter(pk=match.row_id).update(is_open=True)


def is_code_taken(payment: Payment) -> bool:
    lock_accounts([payment.account_key])
    return (
        payment.unique_code > 0
        and Payment.objects.filter(
            account_key=payment.account_key, unique_code=payment.unique_code, is_open=True
        ).exists()
    )


@transaction.atomic
def confirm_late(order: Order, *, by, grade: str = "", stored: str = "", now: dt.datetime | None = None) -> Order:
    """The money came after the order had expired: take its goods again and confirm. OrderError when they are gone."""
    now = now or timezone.now()
    order = lock_order(order)
    require_transition(ORDER_TRANSITIONS, order.state, OrderState.PLACED)
    if order.state != OrderState.EXPIRED or order.was_never_due:
        raise OrderError(_("Pesanan ini tidak kedaluwarsa."))
    retake_stock(order.lines.all())
    retake_voucher(order)
    order.state = OrderState.PLACED
    order.expired_at = None
    order.expires_at = max(order.expires_at, now + AGAIN)
    order.save(update_fields=["state", "expired_at", "expires_at"])
    log_event(order, "revived", at=now, by=by)
    return settle(order, by=by, grade=grade, stored=stored, now=now)
