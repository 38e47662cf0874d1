"""A shipping fee that is named after the order: the exhibitor offers it, the buyer accepts, then the payment starts.

Until then the order holds its goods and asks for no money. ``expires_at`` is the limit of whoever is next: the
exhibitor has two days for the fee, the buyer two days for the answer, and the time to pay begins with the yes.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from expo.formats import rupiah
from orders.domain.cancellation import cancel_order
from orders.domain.deposits import deposit_due
from orders.domain.destinations import start_payment
from orders.domain.errors import OrderError
from orders.domain.history import log_event, tell_buyer, tell_exhibitor
from orders.domain.locking import lock_order
from orders.models import Order, Purpose
from orders.states import FEE_TRANSITIONS, FeeState, OrderState, TransitionError, require_transition

TIME_TO_QUOTE = dt.timedelta(hours=48)
TIME_TO_ANSWER = dt.timedelta(hours=48)
MOST_FEE = 100_000_000


@transaction.atomic
def offer_fee(
    order: Order, *, by, fee: int, service: str = "", note: str = "", now: dt.datetime | None = None
) -> Order:
    """The exhibitor names the shipping fee in rupiah, or corrects it before the buyer's answer. Mails the buyer."""
    now = now or timezone.now()
    order = lock_waiting(order, FeeState.OFFERED)
    if not 0 <= fee <= MOST_FEE:
        raise OrderError(_("Ongkos kirim paling banyak %(most)s.") % {"most": rupiah(MOST_FEE)})
    order.shipping_fee = fee
    order.shipping_service = service or order.shipping_service
    order.fee_note = note
    order.expires_at = now + TIME_TO_ANSWER
    move(order, FeeState.OFFERED, "shipping_fee", "shipping_service", "fee_note", "expires_at")
    event = log_event(order, "fee_offered", at=now, by=by, reason=str(fee))
    tell_buyer(order, "fee_offered", event)
    return order


@transaction.atomic
def accept_fee(order: Order, *, fee: int, method: str = "", now: dt.datetime | None = None) -> Order:
    """The buyer says yes to ``fee``, as the page showed it: now the payment starts. Mails both.

    OrderError when the exhibitor has changed the fee meanwhile.
    """
    now = now or timezone.now()
    order = lock_waiting(order, FeeState.ACCEPTED)
    if fee != order.shipping_fee:
        raise OrderError(
            _("Ongkos kirim sudah diubah penjual menjadi %(fee)s. Periksa lagi.") % {"fee": rupiah(order.shipping_fee)}
        )
    move(order, FeeState.ACCEPTED)
    event = log_event(order, "fee_accepted", at=now)
    deposit = deposit_due(order.lines.select_related("product"))
    purpose, total = (Purpose.DEPOSIT, deposit) if deposit else (Purpose.FULL, None)
    payment = start_payment(order, method or order.wanted_method, total=total, purpose=purpose, now=now)
    order = payment.order
    tell_buyer(order, "fee_accepted", event, payment=payment)
    tell_exhibitor(order, "fee_accepted", event)
    return order


@transaction.atomic
def decline_fee(order: Order, *, reason: str = "", now: dt.datetime | None = None) -> Order:
    """The buyer says no: the order ends, stock and voucher go back. Mails the exhibitor."""
    order = lock_waiting(order, FeeState.DECLINED)
    move(order, FeeState.DECLINED)
    return cancel_order(order, reason=reason or _("Ongkos kirim tidak disetujui."), now=now)


def lock_waiting(order: Order, after: str) -> Order:
    """The order, locked, if its fee may become ``after``."""
    order = lock_order(order)
    if order.state != OrderState.PLACED:
        raise TransitionError(order.state, OrderState.PLACED)
    if not order.fee_state:
        raise OrderError(_("Ongkos kirim pesanan ini sudah pasti."))
    require_transition(FEE_TRANSITIONS, order.fee_state, after)
    return order


def move(order: Order, state: FeeState, *changed: str) -> None:
    order.fee_state = state
    order.save(update_fields=["fee_state", *changed])
