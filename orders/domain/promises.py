"""Orders paid in two parts, in the journal: committed when the deposit is confirmed, realised part by part.

With the confirmed deposit both sides have accepted the order: its goods are committed, and the deposit's part of them
is realised at once. The balance realises the rest. Each rupiah is in one of the two, never in both.
"""

import datetime as dt

from journal.models import Channel, Entry, Evidence, Measure
from journal.posting import post_commitment, post_correction, post_payment_on_order, post_refund
from journal.values import Correction, Reversal
from journal.values import Payment as JournalPayment
from journal.values import Refund as JournalRefund
from orders.domain.deposits import prorate
from orders.domain.ledger import PROMISE, credited_moment, paid_by, posting_key, sale_of, standing_in_both
from orders.domain.standing import Standing, standing, taken_back_at
from orders.models import Order, Payment, Purpose


def post_deposit(order: Order, payment: Payment, *, by, paid_at: dt.datetime) -> list[Entry]:
    """The order is accepted; ``payment`` (a deposit) pays its part of every line, and no piece yet.

    Nothing but the deposit shows that there is a buyer: the promise is no surer than that, and no bank has seen it.
    """
    key = f"{posting_key(order, payment)}/{PROMISE}"
    grade = max(payment.evidence, Evidence.B)
    post_commitment(sale_of(order, key=key, evidence=grade, by=by, moment=paid_at))
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


def take_back(order: Order, payment: Payment, *, key: str, promised: bool, by, now: dt.datetime, note: str) -> None:
    """The payment had not come after all: take out what it posted under ``key``, as one correction.

    Of an only payment and of a deposit that is all there is, the promise included. What a balance realised is
    ``promised`` again, unless the order was stopped meanwhile. Corrections keep edition and phase of what they correct.
    """
    moment = now
    if payment.purpose == Purpose.BALANCE:
        paid = paid_by(order, f"{key}/{payment.purpose}:")
        lines = [taken(one) for one in paid]
        lines += promised_again(paid) if promised else []
    else:
        stands = standing_in_both(order)
        lines = [taken(one) for one in stands]
        claimed_at = min((one.entry.occurred_at for one in stands), default=now)
        moment = taken_back_at(stands, claimed_at=claimed_at, now=now)
    suffix = "batal" if payment.purpose == Purpose.FULL else f"{payment.purpose}/batal"
    post_correction(
        Correction(key=f"{key}/{suffix}", occurred_at=moment, lines=tuple(lines), note=note, recorded_by_id=by.pk)
    )


def taken(one: Standing) -> Reversal:
    return Reversal(entry_id=one.entry.pk, amount=-one.amount, quantity=-one.quantity)


def promised_again(paid: list[Standing]) -> list[Reversal]:
    """What these payments took off promises, put back onto the very entries that they were taken from."""
    amounts: dict[int, tuple[int, int]] = {}
    for one in paid:
        promise = promise_of(one.entry)
        amount, quantity = amounts.get(promise.pk, (0, 0))
        amounts[promise.pk] = (amount + one.amount, quantity + one.quantity)
    return [Reversal(entry_id=pk, amount=amount, quantity=quantity) for pk, (amount, quantity) in amounts.items()]


def promise_of(entry: Entry) -> Entry:
    """The promise from which turnover was paid, also if that turnover took another's place since."""
    while entry.measure != Measure.COMMITTED:
        assert entry.reverses is not None
        entry = entry.reverses
    return entry


def deposit_of(order: Order) -> int:
    """The goods' part of the order's deposit in rupiah; 0 without one."""
    deposit = next((payment for payment in order.payments.all() if payment.purpose == Purpose.DEPOSIT), None)
    return deposit.amount - deposit.unique_code if deposit else 0
