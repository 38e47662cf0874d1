"""Paying through a gateway: the page is made, what the gateway says is kept word for word, and acted on once.

Nothing is confirmed because a buyer came back from the page: only a signed notification, or the answer to our own
question, does that. Notifications may come twice, late, in the wrong order, or never.
"""

import datetime as dt
import logging
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.models import Evidence
from orders.domain.destinations import FROZEN, Destination, freeze
from orders.domain.errors import OrderError
from orders.domain.gateway_accounts import accounts_in_use, gateway_of
from orders.domain.history import log_event, tell_exhibitor
from orders.domain.locking import lock_order, payment_of
from orders.domain.payment import is_asked, require_asked, settle
from orders.domain.undoing import confirm_late
from orders.gateway import GatewayDuplicateError, GatewayError, Outcome, Report, Request, UntrustedError
from orders.models import GatewayAccount, GatewayCharge, GatewayNotification, Method, Order, Payment
from orders.models.gateway import LIVE
from orders.states import OrderState, TransitionError

logger = logging.getLogger(__name__)
BEING_MADE = dt.timedelta(seconds=60)
FIRST_QUESTION = dt.timedelta(minutes=3)
MOST_QUESTIONS = 40
BATCH = 50
LONGEST_BODY = 16_000
# What may follow what. Anything else is old news that came late: a denial after the money, a pending after the end.
FOLLOWS: dict[str, frozenset[str]] = {
    Outcome.NEW: frozenset(Outcome.values) - {Outcome.NEW},
    Outcome.PENDING: frozenset(Outcome.values) - {Outcome.NEW, Outcome.PENDING},
    Outcome.CHALLENGED: frozenset({Outcome.PAID, Outcome.DENIED, Outcome.CANCELLED, Outcome.EXPIRED, Outcome.REFUNDED}),
    Outcome.DENIED: frozenset(
        {Outcome.PENDING, Outcome.CHALLENGED, Outcome.PAID, Outcome.CANCELLED, Outcome.EXPIRED, Outcome.REFUNDED}
    ),
    Outcome.EXPIRED: frozenset({Outcome.PAID, Outcome.REFUNDED}),
    Outcome.CANCELLED: frozenset({Outcome.PAID, Outcome.REFUNDED}),
    Outcome.FAILED: frozenset({Outcome.PAID, Outcome.REFUNDED}),
    Outcome.PAID: frozenset({Outcome.CANCELLED, Outcome.DENIED, Outcome.REFUNDED}),
    Outcome.REFUNDED: frozenset(),
}


def open_page(order: Order, *, now: dt.datetime | None = None) -> GatewayCharge:
    """The payment page of an order; made now, or the one that is there already. GatewayError, OrderError."""
    now = now or timezone.now()
    charge = claim_charge(order, now)
    if charge.page_url:
        return charge
    try:
        started = gateway_of(charge.account).start(request_for(charge, order, now))
    except GatewayDuplicateError:
        fail(charge)
        return open_page(order, now=now) if charge.payment.charges.count() < 5 else give_up(charge)
    except GatewayError:
        # Perhaps the page was made and only its answer was lost. Nobody has seen it, so nobody can pay there.
        fail(charge)
        raise
    charge.page_token, charge.page_url = started.token[:100], started.redirect_url
    charge.outcome, charge.ask_at = Outcome.PENDING, now + FIRST_QUESTION
    # A notification can be faster than this: what it said stays.
    GatewayCharge.objects.filter(pk=charge.pk).update(page_token=charge.page_token, page_url=charge.page_url)
    GatewayCharge.objects.filter(pk=charge.pk, outcome=Outcome.NEW).update(
        outcome=Outcome.PENDING, ask_at=charge.ask_at
    )
    return charge


def give_up(charge: GatewayCharge):
    raise OrderError(_("Halaman pembayaran tidak dapat dibuat. Bayar dengan cara lain."))


def fail(charge: GatewayCharge) -> None:
    GatewayCharge.objects.filter(pk=charge.pk, outcome=Outcome.NEW).update(outcome=Outcome.FAILED, ask_at=None)


@transaction.atomic
def claim_charge(order: Order, now: dt.datetime) -> GatewayCharge:
    """The live charge of the order's payment, or a new one that only this caller makes a page for."""
    order = lock_order(order)
    payment = payment_of(order)
    if payment.confirmed_at is not None:
        raise TransitionError(order.state, OrderState.PLACED)
    require_asked(order, payment)
    account = accounts_in_use().filter(exhibitor=order.exhibitor_id).first()
    if payment.method != Method.GATEWAY or account is None:
        raise OrderError(_("Pembayaran otomatis tidak tersedia. Bayar dengan cara lain."))
    live = payment.charges.filter(outcome__in=LIVE).select_related("account").first()
    if live is not None:
        if live.page_url and live.account_id == account.pk and live.amount == payment.amount:
            return live
        if now - live.created_at < BEING_MADE:
            raise OrderError(_("Halaman pembayaran sedang dibuat. Muat ulang halaman ini sebentar lagi."))
        fail(live)
        payment.charges.filter(pk=live.pk, outcome__in=LIVE).update(outcome=Outcome.CANCELLED, ask_at=None)
    reference = f"{order.code}-{secrets.token_hex(4)}"
    return GatewayCharge.objects.create(
        account=account, payment=payment, reference=reference, amount=payment.amount, created_at=now
    )


def request_for(charge: GatewayCharge, order: Order, now: dt.datetime) -> Request:
    return Request(
        reference=charge.reference,
        amount=charge.amount,
        expires_at=order.expires_at,
        now=now,
        buyer_name=order.buyer_name,
        buyer_email=order.buyer_email,
        buyer_phone=order.buyer_phone,
        language=order.language,
        notify_url=settings.SITE_URL + reverse("orders:midtrans", args=[charge.account.token]),
        return_url=settings.SITE_URL + order.get_absolute_url(),
    )


def hear(account: GatewayAccount, body: bytes, *, now: dt.datetime | None = None) -> bool:
    """Keep a notification, and act on it if it is signed and concerns us. False when it is not to be trusted.

    The signature leaves the status out, and exhibitors know their own keys: that money came, only the gateway says,
    asked by us. GatewayError when it can't be asked now.
    """
    now = now or timezone.now()
    try:
        told = gateway_of(account).read_notification(body)
    except UntrustedError:
        keep(account, None, body, now, is_trusted=False)
        return False
    charge = GatewayCharge.objects.filter(account=account, reference=told.reference).first()
    keep(account, charge, body, now)
    if charge is None:
        return True
    report = ask_again(account, charge, now) if needs_asking(charge, told) else told
    if report is not None:
        act_on(charge, report, now)
    return True


def needs_asking(charge: GatewayCharge, told: Report) -> bool:
    """Money that comes or goes: anything that confirms a charge, or speaks against one that is paid."""
    if charge.outcome == Outcome.PAID:
        return told.outcome in FOLLOWS[Outcome.PAID]
    return told.outcome == Outcome.PAID and Outcome.PAID in FOLLOWS[charge.outcome]


def ask_again(account: GatewayAccount, charge: GatewayCharge, now: dt.datetime) -> Report | None:
    """The gateway's own answer. Should it not come, the next minute asks, whether or not we are told again."""
    try:
        return gateway_of(account).status(charge.reference)
    except GatewayError:
        GatewayCharge.objects.filter(pk=charge.pk, outcome__in=LIVE).update(ask_at=now)
        raise


def keep(account, charge, body: bytes, now, *, is_trusted=True, was_asked=False) -> None:
    GatewayNotification.objects.create(
        account=account,
        charge=charge,
        body=body[:LONGEST_BODY].decode(errors="replace").replace("\0", "\ufffd"),
        is_trusted=is_trusted,
        was_asked=was_asked,
        received_at=now,
    )


@transaction.atomic
def act_on(charge: GatewayCharge, report: Report, now: dt.datetime) -> None:
    """Do what the report asks for, once, whatever came before it."""
    order = lock_order(charge.payment.order)  # the one lock of everything that concerns this order
    seen = charge.outcome
    charge = GatewayCharge.objects.select_for_update().select_related("payment").get(pk=charge.pk)
    if report.outcome not in FOLLOWS[charge.outcome]:
        return
    if report.outcome == Outcome.DENIED and charge.outcome == Outcome.PAID != seen:
        return  # it speaks of another card, before the money
    if report.outcome == Outcome.PAID and not is_right_money(charge, report):
        note_problem(order, charge, "mismatch", now)
        return
    was_paid = charge.paid_at is not None
    charge.outcome, charge.status = report.outcome, report.status
    if report.outcome == Outcome.PAID:
        charge.paid_at = now
    if report.outcome not in LIVE:
        charge.ask_at = None
    charge.save(update_fields=["outcome", "status", "paid_at", "ask_at"])
    if report.outcome == Outcome.PAID:
        credit(order, charge, now)
    elif was_paid:
        note_problem(order, charge, "returned", now)


def is_right_money(charge: GatewayCharge, report: Report) -> bool:
    return report.amount == charge.amount and report.currency == "IDR" and report.reference == charge.reference


def credit(order: Order, charge: GatewayCharge, now: dt.datetime) -> None:
    """The money is with the exhibitor: confirm what it was for, or say that it has to go back."""
    payment = payment_of(order)
    is_this = payment.pk == charge.payment_id and payment.confirmed_at is None
    if is_this and is_asked(order, payment):
        as_gateway_payment(order, payment, charge)
        settle(order, by=None, grade=Evidence.A, now=now)
    elif is_this and order.state == OrderState.EXPIRED:
        as_gateway_payment(order, payment, charge)
        try:
            with transaction.atomic():
                confirm_late(order, by=None, grade=Evidence.A, now=now)
        except OrderError:
            note_problem(order, charge, "late", now)
    else:
        note_problem(order, charge, "twice" if payment.confirmed_at else "late", now)


def as_gateway_payment(order: Order, payment: Payment, charge: GatewayCharge) -> None:
    """The buyer paid on the page although another way was chosen meanwhile: then this is how it was paid."""
    if payment.method == Method.GATEWAY:
        return
    destination = Destination(Method.GATEWAY, account_key="", unique_code=0, expires_at=order.expires_at)
    freeze(payment, order.exhibitor, destination, charge.amount)
    payment.save(update_fields=list(FROZEN))
    order.unique_code = 0
    order.save(update_fields=["unique_code"])


def note_problem(order: Order, charge: GatewayCharge, problem: str, now: dt.datetime) -> None:
    """Money that does not fit is for people: exhibitor and staff are told, nothing is booked by itself."""
    if charge.problem == problem:
        return
    charge.problem = problem
    charge.save(update_fields=["problem"])
    event = log_event(order, f"gateway_{problem}", at=now)
    tell_exhibitor(order, "gateway_problem", event, charge=charge, problem=problem)


def ask_missing(now: dt.datetime) -> int:
    """Ask about charges of which nothing was heard for a while; how many were asked."""
    due = GatewayCharge.objects.filter(ask_at__lte=now).order_by("ask_at").values_list("pk", "ask_at")[:BATCH]
    return sum(ask(pk, ask_at, now) for pk, ask_at in list(due) if ask_at)


def ask(pk: int, ask_at: dt.datetime, now: dt.datetime) -> bool:
    """Ask once; whoever moves the time of the next question has this one."""
    charge = GatewayCharge.objects.select_related("account", "payment__order").get(pk=pk)
    again = now + min(FIRST_QUESTION * 2 ** min(charge.asked, 5), dt.timedelta(hours=1))
    following = again if charge.asked < MOST_QUESTIONS else None
    if not GatewayCharge.objects.filter(pk=pk, ask_at=ask_at).update(ask_at=following, asked=charge.asked + 1):
        return False
    try:
        report = gateway_of(charge.account).status(charge.reference)
    except GatewayError as error:
        logger.warning("Midtrans says nothing of %s: %s", charge.reference, error)
        return True
    if report is not None:
        keep(charge.account, charge, repr(report).encode(), now, was_asked=True)
        act_on(charge, report, now)
    return True


def cancel_charges(payment_pk: int, now: dt.datetime) -> None:
    """The buyer pays in another way: stop the page as far as the gateway lets us; what was paid is still heard."""
    for charge in GatewayCharge.objects.filter(Q(outcome__in=LIVE), payment=payment_pk).select_related("account"):
        try:
            gateway_of(charge.account).cancel(charge.reference)
        except GatewayError as error:
            logger.warning("Midtrans did not cancel %s: %s", charge.reference, error)
        GatewayCharge.objects.filter(pk=charge.pk, outcome__in=LIVE).update(outcome=Outcome.CANCELLED)


__all__ = ["act_on", "ask_missing", "cancel_charges", "hear", "open_page"]
