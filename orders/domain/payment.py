"""Paying: the buyer says so or shows a proof, the exhibitor confirms that the money has come, or says why not.

How sure a confirmation is: A when a bank statement or the gateway says so, B with a proof that the seller confirmed,
C for cash of a day that the seller has signed off, D when there is only somebody's word.
"""

import datetime as dt
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.pictures import store_private
from journal.models import Evidence
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.ledger import post_sale, raise_evidence
from orders.domain.locking import lock_order, payment_of
from orders.domain.promises import post_balance, post_deposit
from orders.models import Method, Order, Payment, Proof, Purpose
from orders.states import (
    PAYMENT_TRANSITIONS,
    OrderState,
    PaymentState,
    RequestState,
    TransitionError,
    require_transition,
)

PROOF_FOLDER = "proofs"
MOST_PROOFS = 10
CLAIM_PROLONGS = dt.timedelta(hours=24)


def submit_proof(order: Order, *, file: IO[bytes], note: str = "", now: dt.datetime | None = None) -> Proof:
    """Keep the buyer's photo of the transfer; from now on the order does not expire.

    ``file`` is any picture; it is encoded anew. Raises PictureError, OrderError or TransitionError. Mails the
    exhibitor. After the deadline a proof is still taken, as long as the order has not expired.
    """
    if order.state not in (OrderState.PLACED, OrderState.PAID):
        raise TransitionError(order.state, OrderState.PLACED)
    stored = store_private(file, PROOF_FOLDER)  # slow, and so done before the lock
    return keep_proof(order, stored=stored, note=note, now=now or timezone.now())


@transaction.atomic
def keep_proof(order: Order, *, stored: str, note: str, now: dt.datetime) -> Proof:
    order = lock_order(order)
    payment = payment_of(order)
    require_asked(order, payment)
    require_transition(PAYMENT_TRANSITIONS, payment.state, PaymentState.PROOF_SUBMITTED)
    if payment.proofs.count() >= MOST_PROOFS:
        raise OrderError(_("Sudah terlalu banyak bukti diunggah. Hubungi penjualnya."))
    proof = Proof.objects.create(payment=payment, file=stored, note=note, at=now)
    payment.state = PaymentState.PROOF_SUBMITTED
    payment.proof_at = now
    payment.rejection = ""
    payment.save(update_fields=["state", "proof_at", "rejection"])
    event = log_event(order, "proof_submitted", at=now)
    tell_buyer(order, "proof", event)
    tell_exhibitor(order, "proof", event, payment=payment)
    return proof


def confirm_payment(order: Order, *, by, evidence: IO[bytes] | None = None, now: dt.datetime | None = None) -> Order:
    """The exhibitor (or staff for them) says that the money has come: the order is paid and in the journal.

    ``evidence`` is a picture of the bank's record, for a transfer of which the buyer uploaded no proof. With a proof
    of either kind the entries have grade B, without one grade D, which waits for staff (docs/adr). Posts exactly
    once: a second confirmation raises TransitionError. Mails the buyer.
    """
    stored = store_private(evidence, PROOF_FOLDER) if evidence else ""
    return settle(order, by=by, stored=stored, now=now or timezone.now())


@transaction.atomic
def settle(order: Order, *, by, now: dt.datetime, grade: str = "", stored: str = "") -> Order:
    """Confirm the order's current payment, exactly once; ``by`` None is the gateway.

    ``grade`` "" means: B if there is a proof, else D. Cash is D until its day is signed off, whatever was uploaded.
    """
    order = lock_order(order)
    payment = payment_of(order)
    require_asked(order, payment)
    require_transition(PAYMENT_TRANSITIONS, payment.state, PaymentState.CONFIRMED)
    if stored:
        Proof.objects.create(payment=payment, file=stored, by=by, at=now)
    close_payment(payment, by=by, now=now, grade=grade or own_grade(payment))
    if payment.purpose != Purpose.BALANCE:
        order.state = OrderState.PAID
        order.paid_at = now
        order.save(update_fields=["state", "paid_at"])
    post, kind = CREDITED[Purpose(payment.purpose)]
    post(order, payment, by=by, paid_at=now)
    event = log_event(order, kind, at=now, by=by)
    tell_buyer(order, kind, event, payment=payment)
    return order


CREDITED = {
    Purpose.FULL: (post_sale, "paid"),
    Purpose.DEPOSIT: (post_deposit, "deposit_paid"),
    Purpose.BALANCE: (post_balance, "balance_paid"),
}
"""For each purpose of a payment what it posts to the journal, and the kind of its event and mail."""


def require_asked(order: Order, payment: Payment) -> None:
    """TransitionError unless this payment is what the order waits for."""
    if not is_asked(order, payment):
        raise TransitionError(order.state, OrderState.PAID)


def is_asked(order: Order, payment: Payment) -> bool:
    """Whether the order waits for this payment: a balance follows a paid deposit; nothing follows a stopped order."""
    wanted = OrderState.PAID if payment.purpose == Purpose.BALANCE else OrderState.PLACED
    return order.state == wanted and not order.cancellation_requests.filter(state=RequestState.ACCEPTED).exists()


def own_grade(payment: Payment) -> str:
    if payment.method == Method.CASH or not payment.proofs.exists():
        return Evidence.D
    return Evidence.B


def close_payment(payment: Payment, *, by, now: dt.datetime, grade: str) -> None:
    """Confirmed: the unique code is free for others again."""
    payment.state = PaymentState.CONFIRMED
    payment.is_open = False
    payment.confirmed_at = now
    payment.confirmed_by = by
    payment.evidence = grade
    payment.save(update_fields=["state", "is_open", "confirmed_at", "confirmed_by", "evidence"])


@transaction.atomic
def claim_payment(order: Order, *, now: dt.datetime | None = None) -> Order:
    """ "Saya sudah transfer", without a proof: the seller is told, and has a day from now to look. Only once.

    A word is no proof: after that day the order expires like any other.
    """
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    require_asked(order, payment)
    if payment.claimed_at is not None or payment.state == PaymentState.PROOF_SUBMITTED:
        return order
    if payment.method not in (Method.TRANSFER, Method.QRIS):
        raise OrderError(_("Cara pembayaran ini tidak perlu dilaporkan: penjual melihatnya sendiri."))
    payment.claimed_at = now
    payment.save(update_fields=["claimed_at"])
    order.expires_at = max(order.expires_at, now + CLAIM_PROLONGS)
    order.save(update_fields=["expires_at"])
    event = log_event(order, "claimed", at=now)
    tell_exhibitor(order, "claimed", event, payment=payment)
    return order


@transaction.atomic
def reject_proof(order: Order, *, by, reason: str, now: dt.datetime | None = None) -> Order:
    """The proof (or the buyer's word) does not show this payment: the buyer is told why and may upload another.

    The stock stays reserved. TransitionError while the buyer has said nothing.
    """
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    require_asked(order, payment)
    if payment.state == PaymentState.PENDING and payment.claimed_at is None:
        raise TransitionError(payment.state, PaymentState.REJECTED)
    require_transition(PAYMENT_TRANSITIONS, payment.state, PaymentState.REJECTED)
    payment.state = PaymentState.REJECTED
    payment.rejection = reason
    payment.save(update_fields=["state", "rejection"])
    event = log_event(order, "proof_rejected", at=now, by=by, reason=reason)
    tell_buyer(order, "rejected", event)
    return order


@transaction.atomic
def verify_claim(order: Order, *, by, note: str, evidence: IO[bytes] | None = None) -> int:
    """Staff have seen proof of what was confirmed without one: its claims (D), paid or promised, become B.

    Also while the balance is asked for: what is raised is the deposit then. Returns how many entries were raised; 0
    when there was none to raise, also at a second call.
    """
    now = timezone.now()
    stored = store_private(evidence, PROOF_FOLDER) if evidence else ""
    order = lock_order(order)
    confirmed = list(order.payments.filter(state=PaymentState.CONFIRMED).order_by("-is_current", "-pk"))
    if not confirmed:
        raise TransitionError(payment_of(order).state, PaymentState.CONFIRMED)
    if stored:
        Proof.objects.create(payment=confirmed[0], file=stored, by=by, at=now)
    raised = raise_evidence(order, by=by, note=note)
    if raised:
        claimed = [payment.pk for payment in confirmed if payment.evidence == Evidence.D]
        Payment.objects.filter(pk__in=claimed).update(evidence=Evidence.B)
        log_event(order, "verified", at=now, by=by, reason=note)
    return raised
