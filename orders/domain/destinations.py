"""Where the money of an order goes, frozen when its payment starts: account or QRIS code, unique code, deadline."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.models import Booth, Exhibitor
from orders.domain.codes import account_key, free_codes, lock_accounts
from orders.domain.errors import OrderError
from orders.domain.history import log_event
from orders.domain.locking import lock_order, payment_of
from orders.domain.methods import MethodOption, Ways, methods_for, possible_methods, ways_of
from orders.models import Method, Order, Payment, Purpose, QrisCode
from orders.qris import read_qris, with_amount
from orders.states import OrderState, PaymentState, TransitionError

TIME_TO_PAY = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment to be started: ``total`` rupiah without unique code; ``method`` "" means the first that is possible."""

    exhibitor: Exhibitor
    booth: Booth
    total: int
    delivery: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """How one payment is made. ``unique_code`` is already free and held by the locks of this transaction."""

    method: str
    account_key: str
    unique_code: int
    expires_at: dt.datetime
    qris: QrisCode | None = None
    embeds_amount: bool = False

    def qris_text(self, amount: int) -> str:
        """What the QR code for ``amount`` rupiah says; "" when it is not paid by QRIS."""
        if self.qris is None:
            return ""
        return with_amount(read_qris(self.qris.text), amount).text if self.embeds_amount else self.qris.text


def choose_destinations(
    wanted: Sequence[Wanted], now: dt.datetime, *, ways: Mapping[int, Ways] | None = None
) -> list[Destination]:
    """One destination for each wanted payment, in their order; call it inside the transaction that uses them.

    ``ways`` of these exhibitors if the same transaction has read them already. OrderError when a chosen way is not
    possible (any more), or an account has no free code.
    """
    if ways is None:
        ways = ways_of([item.exhibitor.pk for item in wanted], now)
    methods = [chosen_method(item, ways[item.exhibitor.pk], now) for item in wanted]
    keys = [
        destination_key(item.exhibitor, method, ways[item.exhibitor.pk])
        for item, method in zip(wanted, methods, strict=True)
    ]
    coded = [key for key in keys if key]
    lock_accounts(coded)
    codes = iter(free_codes(coded))
    return [
        Destination(
            method=method,
            account_key=key,
            unique_code=next(codes) if key else 0,
            expires_at=deadline(method, item.booth, ways[item.exhibitor.pk], now),
            qris=ways[item.exhibitor.pk].qris if method == Method.QRIS else None,
            embeds_amount=ways[item.exhibitor.pk].settings.embeds_amount,
        )
        for item, method, key in zip(wanted, methods, keys, strict=True)
    ]


def chosen_method(item: Wanted, ways: Ways, now: dt.datetime) -> str:
    options = methods_for(item.exhibitor, item.booth, item.total, item.delivery, now, ways=ways)
    possible = possible_methods(options)
    method = item.method or (possible[0] if possible else "")
    if method not in possible:
        raise OrderError(refusal(options, method, item.exhibitor))
    return method


def refusal(options: list[MethodOption], method: str, exhibitor: Exhibitor) -> str:
    problem = next((option.problem for option in options if option.method == method), "")
    return problem or _("%(name)s tidak menerima cara pembayaran itu lagi. Pilih cara lain.") % {"name": exhibitor.name}


def destination_key(exhibitor: Exhibitor, method: str, ways: Ways) -> str:
    """What the unique code must be unique for; "" for ways that need no code."""
    if method == Method.QRIS and ways.qris is not None:
        return f"qris:{ways.qris.nmid}"
    return account_key(exhibitor) if method == Method.TRANSFER else ""


def deadline(method: str, booth: Booth, ways: Ways, start: dt.datetime) -> dt.datetime:
    """Until when goods are held: a day; for cash as the exhibitor set it, but not beyond the stand's closing."""
    if method == Method.CASH:
        held = start + dt.timedelta(hours=ways.settings.cash_hours)
        return min(held, booth.edition.closes_at)
    return start + TIME_TO_PAY


def new_payment(
    order: Order, destination: Destination, *, purpose: str = Purpose.FULL, amount: int | None = None
) -> Payment:
    """The unsaved payment of an order whose ``unique_code`` is the destination's. ``amount`` includes that code."""
    amount = order.total if amount is None else amount
    return freeze(Payment(order=order, purpose=purpose), order.exhibitor, destination, amount)


def freeze(payment: Payment, exhibitor: Exhibitor, destination: Destination, amount: int) -> Payment:
    """Write onto the payment what its buyer will see; nothing of it follows later changes of the exhibitor."""
    by_transfer = destination.method == Method.TRANSFER
    payment.method = destination.method
    payment.amount = amount
    payment.unique_code = destination.unique_code
    payment.account_key = destination.account_key
    payment.bank_name = exhibitor.bank_name if by_transfer else ""
    payment.account_number = exhibitor.bank_account_number if by_transfer else ""
    payment.account_holder = exhibitor.bank_account_holder if by_transfer else ""
    payment.qris = destination.qris
    payment.qris_text = destination.qris_text(amount)
    return payment


FROZEN = (
    "method",
    "amount",
    "unique_code",
    "account_key",
    "bank_name",
    "account_number",
    "account_holder",
    "qris",
    "qris_text",
)


@transaction.atomic
def start_payment(
    order: Order,
    method: str = "",
    *,
    total: int | None = None,
    purpose: str = Purpose.FULL,
    now: dt.datetime | None = None,
) -> Payment:
    """Ask for a payment of an order that has none running: after a quoted fee, a deposit, its balance.

    ``total`` is what is due without unique code, by default everything. The order's deadline and unique code become
    this payment's; an earlier payment of the order is no longer the current one. One that was withdrawn is asked for
    anew in the same row, so that its confirmations keep counting. OrderError as ``choose_destinations``.
    """
    now = now or timezone.now()
    order = lock_order(order)
    due = order.goods_total + order.shipping_fee if total is None else total
    wanted = Wanted(order.exhibitor, order.booth, due, order.delivery, method)
    (destination,) = choose_destinations([wanted], now)
    order.payments.filter(is_current=True).update(is_current=False)
    order.unique_code = destination.unique_code
    order.expires_at = destination.expires_at
    order.save(update_fields=["unique_code", "expires_at"])
    payment = new_payment(order, destination, purpose=purpose, amount=due + destination.unique_code)
    if withdrawn := order.payments.filter(purpose=purpose).first():
        payment.pk, payment.undone = withdrawn.pk, withdrawn.undone
    payment.save()
    return payment


@transaction.atomic
def change_method(order: Order, method: str, *, now: dt.datetime | None = None) -> Payment:
    """The buyer pays in another way than chosen at first. Deadlines count from the order, so that nothing is prolonged.

    OrderError when something of the payment is under way already, or the other way's deadline is over.
    """
    now = now or timezone.now()
    order = lock_order(order)
    payment = payment_of(order)
    require_changeable(order, payment)
    if payment.method == method:
        return payment
    due = payment.amount - payment.unique_code
    wanted = Wanted(order.exhibitor, order.booth, due, order.delivery, method)
    (destination,) = choose_destinations([wanted], now)
    ways = ways_of([order.exhibitor_id], now)[order.exhibitor_id]
    expires_at = deadline(method, order.booth, ways, order.placed_at)
    if expires_at <= now:
        raise OrderError(_("Waktunya tidak cukup lagi untuk cara pembayaran itu. Pilih cara lain."))
    leave_gateway(payment)
    freeze(payment, order.exhibitor, destination, due + destination.unique_code)
    payment.save(update_fields=list(FROZEN))
    order.unique_code = destination.unique_code
    order.expires_at = expires_at
    order.save(update_fields=["unique_code", "expires_at"])
    log_event(order, "method_changed", at=now, reason=method)
    return payment


def leave_gateway(payment: Payment) -> None:
    """The page at the gateway is stopped once the change is certain; a worker does it, as it may take seconds."""
    from orders.tasks import cancel_charges

    if payment.method == Method.GATEWAY:
        pk = payment.pk
        transaction.on_commit(lambda: cancel_charges.delay(pk), robust=True)


def require_changeable(order: Order, payment: Payment) -> None:
    if order.state != OrderState.PLACED:
        raise TransitionError(order.state, OrderState.PLACED)
    if payment.state != PaymentState.PENDING or payment.claimed_at is not None:
        raise OrderError(_("Anda sudah menyatakan membayar, maka cara pembayaran tidak dapat diganti lagi."))
