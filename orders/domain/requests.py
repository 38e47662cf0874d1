"""Cancelling what is paid: the buyer asks with a reason, the exhibitor agrees or says why not; or refuses by themself.

Agreeing moves no money. It stops the order, and the exhibitor owes the refund, which ``refund.py`` records.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.locking import lock_order, payment_of
from orders.domain.promises import end_promise
from orders.models import CancellationRequest, DepositRule, Initiator, Order, Payment, Purpose
from orders.states import (
    REQUEST_TRANSITIONS,
    OrderState,
    PaymentState,
    RequestState,
    TransitionError,
    require_transition,
)

CANCELLABLE = (OrderState.PAID, OrderState.PACKED)


@transaction.atomic
def request_cancellation(
    order: Order, *, reason: str, refund_to: str = "", now: dt.datetime | None = None
) -> CancellationRequest:
    """The buyer wants out of a paid order that has not left yet. Until it is answered the order is not sent.

    ``refund_to`` is where the money may go. OrderError when a request is open or was accepted. Mails the exhibitor.
    """
    now = now or timezone.now()
    order = lock_order(order)
    if order.state not in CANCELLABLE:
        raise TransitionError(order.state, OrderState.CANCELLED)
    require_no_request(order)
    request = CancellationRequest.objects.create(order=order, reason=reason, refund_to=refund_to, asked_at=now)
    event = log_event(order, "cancellation_requested", at=now, reason=reason)
    tell_exhibitor(order, "request", event, request=request)
    return request


@transaction.atomic
def withdraw_request(order: Order, *, now: dt.datetime | None = None) -> CancellationRequest:
    """The buyer wants the goods after all."""
    order = lock_order(order)
    request = open_request(order)
    change(request, RequestState.WITHDRAWN)
    log_event(order, "request_withdrawn", at=now or timezone.now())
    return request


@transaction.atomic
def accept_request(order: Order, *, by, now: dt.datetime | None = None) -> Order:
    """Agree to the buyer's request. What is still to be paid is no longer; what was paid waits to be returned.

    A deposit that by the order's own rule is forfeited stays with the exhibitor, and the order is cancelled at once.
    """
    now = now or timezone.now()
    order = lock_order(order)
    request = open_request(order)
    change(request, RequestState.ACCEPTED, by=by, now=now)
    event = log_event(order, "request_accepted", at=now, by=by)
    stop(order, by=by, now=now, note=request.reason, forfeits=is_forfeited(order))
    tell_buyer(order, "request_accepted", event, forfeited=order.state == OrderState.CANCELLED)
    return order


@transaction.atomic
def decline_request(order: Order, *, by, reason: str, now: dt.datetime | None = None) -> Order:
    """Say why the order can't be cancelled any more. Mails the buyer."""
    now = now or timezone.now()
    order = lock_order(order)
    request = open_request(order)
    change(request, RequestState.DECLINED, by=by, now=now, answer=reason)
    event = log_event(order, "request_declined", at=now, by=by, reason=reason)
    tell_buyer(order, "request_declined", event)
    return order


@transaction.atomic
def refuse_order(order: Order, *, by, reason: str, now: dt.datetime | None = None) -> Order:
    """The exhibitor can't deliver what is paid: everything goes back, a deposit too, whatever its rule.

    Also ends an order whose balance never came: then the rule for deposits holds. Mails the buyer.
    """
    now = now or timezone.now()
    order = lock_order(order)
    if order.state not in CANCELLABLE:
        raise TransitionError(order.state, OrderState.CANCELLED)
    require_no_request(order)
    overdue = is_overdue(order, payment_of(order), now)
    CancellationRequest.objects.create(
        order=order,
        initiator=Initiator.EXHIBITOR,
        state=RequestState.ACCEPTED,
        reason=reason,
        asked_at=now,
        answered_at=now,
        answered_by=by,
    )
    event = log_event(order, "refused", at=now, by=by, reason=reason)
    stop(order, by=by, now=now, note=reason, forfeits=overdue and is_forfeited(order))
    tell_buyer(order, "refused", event, forfeited=order.state == OrderState.CANCELLED)
    return order


def stop(order: Order, *, by, now: dt.datetime, note: str, forfeits: bool) -> None:
    """Nothing more is asked for; with a forfeited deposit nothing is returned either, and that is the end."""
    end_promise(order, by=by, now=now, note=note)
    order.payments.filter(is_open=True).update(is_open=False)
    if forfeits:
        order.state = OrderState.CANCELLED
        order.cancelled_at = now
        order.save(update_fields=["state", "cancelled_at"])


def is_forfeited(order: Order) -> bool:
    """Whether the order's deposit stays with the exhibitor if the buyer does not keep to it; never the full price."""
    settled = order.payments.filter(
        purpose__in=[Purpose.FULL, Purpose.BALANCE], state__in=[PaymentState.CONFIRMED, PaymentState.REFUNDED]
    )
    return order.deposit_rule == DepositRule.FORFEITED and not settled.exists()


def is_overdue(order: Order, payment: Payment, now: dt.datetime) -> bool:
    """The balance was asked for and has not come in time; a proof that nobody looked at yet is no delay."""
    return (
        payment.purpose == Purpose.BALANCE
        and payment.state in (PaymentState.PENDING, PaymentState.REJECTED)
        and order.expires_at <= now
    )


def open_request(order: Order) -> CancellationRequest:
    """The request that waits for an answer (of a locked order); TransitionError or OrderError without one."""
    latest = order.cancellation_requests.first()
    if latest is None:
        raise OrderError(_("Tidak ada permintaan pembatalan untuk pesanan ini."))
    if latest.state != RequestState.OPEN:
        raise TransitionError(latest.state, RequestState.ACCEPTED)
    return latest


def change(
    request: CancellationRequest, state: RequestState, *, by=None, now: dt.datetime | None = None, answer: str = ""
) -> None:
    require_transition(REQUEST_TRANSITIONS, request.state, state)
    request.state = state
    request.answered_by, request.answered_at, request.answer = by, now, answer
    request.save(update_fields=["state", "answered_by", "answered_at", "answer"])


def require_no_request(order: Order) -> None:
    """OrderError while a request waits for its answer, or once the order was stopped."""
    states = set(order.cancellation_requests.values_list("state", flat=True))
    if RequestState.ACCEPTED in states:
        raise OrderError(_("Pesanan ini sudah dibatalkan; tinggal pengembalian dananya."))
    if RequestState.OPEN in states:
        raise OrderError(_("Pembeli meminta pembatalan. Jawab permintaan itu dahulu."))
