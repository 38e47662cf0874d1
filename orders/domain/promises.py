"""Orders paid in two parts, in the journal: committed when the deposit is confirmed, realised part by part.

With the confirmed deposit both sides have accepted the order: its goods are committed, and the deposit's part of them
is realised at once. The balance realises the rest. Each rupiah is in one of the two, never in both.
"""

import datetime as dt

from journal.models import Channel, Entry, Evidence, Measure
from journal.posting import post_commitment, post_payment_on_order, post_refund
from journal.values import Payment as JournalPayment
from journal.values import Refund as JournalRefund
from journal.values import Reversal
from orders.domain.deposits import prorate
from orders.domain.ledger import credited_moment, posting_key, sale_of
from orders.domain.standing import standing
from orders.models import Order, Payment, Purpose


def post_deposit(order: Order, payment: Payment, *, by, paid_at: dt.datetime) -> list[Entry]:
    """The order is accepted; ``payment`` (a deposit) pays its part of every line, and no piece yet."""
    key = f"{posting_key(order, payment)}/janji"
    post_commitment(sale_of(order, key=key, evidence=Evidence.B, by=by, moment=paid_at))
    open_parts = sorted(standing(order, Measure.COMMITTED), key=lambda one: one.line_id)
    parts = prorate(payment.amount - payment.unique_code, [one.amount for one in open_parts])
    lines = [Reversal(entry_id=one.entry.pk, amount=part) for one, part in zip(open_parts, parts, strict=True) if part]
    return pay(order, payment, lines, by=by, paid_at=paid_at)


def post_balance(order: Order, payment: Payment, *, by, paid_at: dt.datetime) -> list[Entry]:
    """Whatever is still committed is paid, with its pieces."""
    lines = [
        Reversal(entry_id=one.entry.pk, amount=one.amount, quantity=one.quantity)
        for one in standing(order, Measure.COMMITTED)
        if one.amount
    ]
    return pay(order, payment, lines, by=by, paid_at=paid_at)


def pay(order: Order, payment: Payment, lines: list[Reversal], *, by, paid_at: dt.datetime) -> list[Entry]:
    occurred_at, note = credited_moment(order, paid_at)
    return post_payment_on_order(
        JournalPayment(
            key=f"{posting_key(order, payment)}/{payment.purpose}",
            occurred_at=occurred_at,
            lines=tuple(lines),
            evidence=payment.evidence,
            channel=Channel.ONLINE,
            recorded_by_id=by.pk if by else None,
            note=note,
        )
    )


def end_promise(order: Order, *, by, now: dt.datetime, note: str) -> int:
    """Nothing more will be paid: take what is still committed out of the journal. Returns how much that was."""
    lines = tuple(
        Reversal(entry_id=one.entry.pk, amount=one.amount, quantity=one.quantity)
        for one in standing(order, Measure.COMMITTED)
        if one.amount
    )
    if lines:
        key = f"{order.code}/berakhir"
        post_refund(
            JournalRefund(key=key, occurred_at=now, lines=lines, recorded_by_id=by.pk if by else None, note=note)
        )
    return sum(line.amount for line in lines)


def deposit_of(order: Order) -> int:
    """The goods' part of the order's deposit in rupiah; 0 without one."""
    deposit = next((payment for payment in order.payments.all() if payment.purpose == Purpose.DEPOSIT), None)
    return deposit.amount - deposit.unique_code if deposit else 0
