"""Orders in the words of the business: whose turn it is, and for what."""

import datetime as dt

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.states import FEE_OPEN, FeeState, OrderState, PaymentState, RequestState


class Purpose(models.TextChoices):
    FULL = "full", _("Pembayaran penuh")
    DEPOSIT = "deposit", _("Uang muka")
    BALANCE = "balance", _("Pelunasan")


ASKED = [OrderState.PLACED, OrderState.PAID]
"""A payment may be due: the first, or the balance."""
STANDING = [OrderState.PAID, OrderState.PACKED]
"""Paid, and the goods are still at the booth."""
# Spelled out without a negation, as over a join that would ask for orders without any such payment.
SAID_TO_BE_PAID = Q(payments__state=PaymentState.PROOF_SUBMITTED) | Q(
    payments__state=PaymentState.PENDING, payments__claimed_at__isnull=False
)
NOT_SAID_TO_BE_PAID = Q(payments__state=PaymentState.PENDING, payments__claimed_at__isnull=True) | Q(
    payments__state__in=[PaymentState.REJECTED, PaymentState.CONFIRMED, PaymentState.REFUNDED]
)
SETTLED = Q(payments__purpose__in=[Purpose.FULL, Purpose.BALANCE], payments__confirmed_at__isnull=False)


def with_request(*states: str):
    """Ids of the paid orders whose buyer (or exhibitor) wants them cancelled, by the state of that wish."""
    requests = apps.get_model("orders", "CancellationRequest").objects
    return requests.filter(state__in=states, order__state__in=STANDING).values("order")


class OrderQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> "OrderQuerySet":
        """Past their deadline without any proof of payment, or before their shipping fee was agreed: these expire."""
        unpaid = Q(payments__is_current=True, payments__proof_at__isnull=True)
        return self.filter(unpaid | Q(fee_state__in=FEE_OPEN), state=OrderState.PLACED, expires_at__lte=now)

    def awaiting_quote(self) -> "OrderQuerySet":
        """The exhibitor has yet to name the shipping fee."""
        return self.filter(state=OrderState.PLACED, fee_state=FeeState.WAITING)

    def going_on(self) -> "OrderQuerySet":
        """Without those that somebody wants cancelled after the payment."""
        return self.exclude(pk__in=with_request(RequestState.OPEN, RequestState.ACCEPTED))

    def awaiting_confirmation(self) -> "OrderQuerySet":
        """The buyer has shown a proof or says that it is paid: the exhibitor has to look at the account."""
        return self.filter(SAID_TO_BE_PAID, state__in=ASKED, payments__is_current=True).going_on()

    def awaiting_payment(self) -> "OrderQuerySet":
        return self.filter(NOT_SAID_TO_BE_PAID, state=OrderState.PLACED, payments__is_current=True)

    def in_production(self) -> "OrderQuerySet":
        """The deposit is paid, the goods are being made."""
        return self.going_on().filter(
            state=OrderState.PAID, payments__is_current=True, payments__purpose=Purpose.DEPOSIT
        )

    def awaiting_balance(self) -> "OrderQuerySet":
        """The goods are finished and the rest was asked for; nothing says yet that it has been paid."""
        return self.going_on().filter(
            NOT_SAID_TO_BE_PAID,
            state=OrderState.PAID,
            payments__is_current=True,
            payments__purpose=Purpose.BALANCE,
            payments__confirmed_at__isnull=True,
        )

    def balance_overdue(self, now: dt.datetime) -> "OrderQuerySet":
        """The time for the balance is over, and nobody says that it was paid: the exhibitor decides."""
        return self.awaiting_balance().filter(expires_at__lte=now)

    def to_send(self) -> "OrderQuerySet":
        """Paid in full, to be packed or shipped."""
        return self.going_on().filter(SETTLED, state__in=STANDING, payments__is_current=True)

    def to_pack(self) -> "OrderQuerySet":
        return self.to_send().filter(state=OrderState.PAID)

    def packed(self) -> "OrderQuerySet":
        return self.to_send().filter(state=OrderState.PACKED)

    def cancellation_asked(self) -> "OrderQuerySet":
        """The buyer wants out of a paid order, and waits for an answer."""
        return self.filter(pk__in=with_request(RequestState.OPEN))

    def to_refund(self) -> "OrderQuerySet":
        """Stopped after the payment: the money is to be returned."""
        return self.filter(pk__in=with_request(RequestState.ACCEPTED))

    def waiting(self, now: dt.datetime | None = None) -> "OrderQuerySet":
        """Whatever somebody at the booth has to do now."""
        current = Q(payments__is_current=True)
        unpaid = Q(payments__purpose=Purpose.BALANCE, payments__confirmed_at__isnull=True)
        return self.filter(
            (current & SAID_TO_BE_PAID & Q(state__in=ASKED))
            | (current & SETTLED & Q(state__in=STANDING))
            | (current & unpaid & Q(state=OrderState.PAID, expires_at__lte=now or timezone.now()))
            | (current & Q(pk__in=with_request(RequestState.OPEN, RequestState.ACCEPTED)))
            | Q(state=OrderState.PLACED, fee_state=FeeState.WAITING)
        )
