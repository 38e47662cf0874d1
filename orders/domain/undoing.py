"""Mistakes about money: a confirmation taken back, and a payment that came after its order had expired."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.balances import awaits_balance
from orders.domain.cancellation import release
from orders.domain.codes import lock_accounts
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer
from orders.domain.ledger import posting_key
from orders.domain.locking import lock_order, payment_of
from orders.domain.payment import settle
from orders.domain.promises import take_back
from orders.domain.stock import lock_products, retake_stock
from orders.domain.vouchers import lock_voucher, retake_voucher
from orders.models import Match, Method, Order, Payment, Purpose, StatementRow
from orders.states import (
    ORDER_TRANSITIONS,
    PAYMENT_TRANSITIONS,
    OrderState,
    PaymentState,
    RequestState,
    TransitionError,
    require_transition,
)

AGAIN = dt.timedelta(hours=24)


@transaction.atomic
def undo_confirmation(order: Order, *, by, reason: str, now: dt.datetime | None = None) -> Order:
    """The money had not come after all: the order waits for this payment again, the journal gets corrections.

    Of a deposit the whole promise goes, also when its balance was asked for and nobody has answered yet: that is
    withdrawn. Of a balance its part is promised again. Possible until the goods have left; afterwards it is a matter of
    refunds or claims. The goods stay reserved; the buyer has a day from now at least.
    An order that was stopped meanwhile does not wait again. TransitionError or OrderError when it is too late. Mails
    the buyer.
    """
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    if deposit := deposit_below(order, payment):
        payment = withdraw_balance(order, payment, deposit, now=now)
    require_undoable(order, payment)
    stopped = order.cancellation_requests.filter(state=RequestState.ACCEPTED).exists()
    if stopped:
        lock_held(order)
    posted = posting_key(order, payment)
    release_row(payment, by=by, now=now)
    reopen_payment(payment)
    if stopped:
        leave_stopped(order, payment, now=now)
    else:
        wait_again(order, payment, now=now)
    take_back(order, payment, key=posted, promised=not stopped, by=by, now=now, note=reason)
    event = log_event(order, "confirmation_undone", at=now, by=by, reason=reason)
    if not stopped:
        tell_buyer(order, "undone", event)
    return order


def lock_held(order: Order) -> None:
    """Goods and voucher that the order may give back, before the locks that come after theirs (``locking.py``)."""
    lock_products(order.lines.values_list("product_id", flat=True))
    lock_voucher(order)


def deposit_below(order: Order, payment: Payment) -> Payment | None:
    """The deposit, where its balance is asked for and nothing was heard of it since."""
    if not awaits_balance(order, payment) or payment.state != PaymentState.PENDING or payment.claimed_at is not None:
        return None
    if payment.proofs.exists() or payment.charges.exists():
        return None
    return Payment.objects.filter(order=order, purpose=Purpose.DEPOSIT).first()


def withdraw_balance(order: Order, balance: Payment, deposit: Payment, *, now: dt.datetime) -> Payment:
    """The deposit is what the order turns on again, and the long time to pay the balance ends with it.

    The balance's row waits to be asked for once more.
    """
    balance.is_current = balance.is_open = False
    balance.save(update_fields=["is_current", "is_open"])
    deposit.is_current = True
    deposit.save(update_fields=["is_current"])
    deposit.order = order
    order.unique_code, order.expires_at = deposit.unique_code, now
    order.save(update_fields=["unique_code", "expires_at"])
    return deposit


def wait_again(order: Order, payment: Payment, *, now: dt.datetime) -> None:
    """As before the payment was confirmed; what was packed already is unpacked for a balance."""
    if payment.purpose == Purpose.BALANCE:
        order.state = OrderState.PAID
    else:
        order.state, order.paid_at = OrderState.PLACED, None
    order.expires_at = max(order.expires_at, now + AGAIN)
    order.save(update_fields=["state", "paid_at", "expires_at"])


def leave_stopped(order: Order, payment: Payment, *, now: dt.datetime) -> None:
    """Nothing is to be returned but a deposit; without one the order is over, and what it held is free again."""
    payment.is_open = False
    payment.save(update_fields=["is_open"])
    if payment.purpose == Purpose.BALANCE:
        return
    order.state, order.paid_at, order.cancelled_at = OrderState.CANCELLED, None, now
    order.save(update_fields=["state", "paid_at", "cancelled_at"])
    release(order, payment)


def may_be_undone(order: Order, payment: Payment) -> bool:
    """Whether a page may offer it; ``undo_confirmation`` asks again under the lock."""
    payment = deposit_below(order, payment) or payment
    return payment.state == PaymentState.CONFIRMED and not refusal_to_undo(order, payment)


def require_undoable(order: Order, payment: Payment) -> None:
    if payment.state != PaymentState.CONFIRMED:
        raise TransitionError(payment.state, PaymentState.PENDING)
    if OrderState.PLACED not in ORDER_TRANSITIONS[order.state]:
        raise TransitionError(order.state, OrderState.PLACED)
    if refusal := refusal_to_undo(order, payment):
        raise OrderError(refusal)


def refusal_to_undo(order: Order, payment: Payment) -> str:
    if OrderState.PLACED not in ORDER_TRANSITIONS[order.state]:
        return _("Barangnya sudah dikirim atau diambil. Hubungi pembelinya, atau catat pengembalian dana.")
    if payment.method == Method.GATEWAY:
        return _("Midtrans yang mengonfirmasi pembayaran ini. Kembalikan uangnya di Midtrans, lalu catat di sini.")
    if order.refunds.exists():
        return _("Sebagian dananya sudah dikembalikan. Catat sisanya juga sebagai pengembalian dana.")
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
    StatementRow.objects.select_for_update().get(pk=match.row_id)  # two payments of one row see each other's end
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
