"""Matching a bank statement with payments: stored once, suggested, confirmed by a click, undone by another."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.models import Exhibitor
from expo.errors import DomainError
from expo.formats import WIB
from journal.models import Evidence
from orders.domain.errors import OrderError
from orders.domain.locking import lock_orders
from orders.domain.payment import settle
from orders.domain.undoing import confirm_late, undo_confirmation
from orders.models import Match, MatchKind, Method, Order, Payment, Purpose, Statement, StatementRow
from orders.statements.matching import Awaited, Incoming, Proposal, propose
from orders.statements.reader import read_statement
from orders.states import OrderState

MOST_ROWS = 500
MOST_PAYMENTS = 2000
LATE_FOR = dt.timedelta(days=30)
OUTDATED = gettext_lazy("Saran ini tidak berlaku lagi. Muat ulang halaman ini.")
SURE = frozenset({MatchKind.EXACT, MatchKind.SAME, MatchKind.LATE, MatchKind.COMBINED})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal with what it speaks of."""

    row: StatementRow
    payments: list[Payment]
    kind: MatchKind
    difference: int

    @property
    def key(self) -> str:
        """Names the suggestion in a form."""
        return "-".join(str(payment.pk) for payment in self.payments)

    @property
    def shortfall(self) -> int:
        return max(-self.difference, 0)


def store_statement(
    exhibitor: Exhibitor, data: bytes, file_name: str, *, by, now: dt.datetime | None = None
) -> Statement:
    """Keep the incoming rows of a file that are not known yet. StatementError when the file can't be read."""
    now = now or timezone.now()
    reading = read_statement(data, today=now.astimezone(WIB).date())
    with transaction.atomic():
        Exhibitor.objects.select_for_update().only("pk").get(pk=exhibitor.pk)  # two uploads, one after the other
        keys = [credit.key for credit in reading.credits]
        known = set(StatementRow.objects.filter(exhibitor=exhibitor, key__in=keys).values_list("key", flat=True))
        fresh = [credit for credit in reading.credits if credit.key not in known]
        statement = Statement.objects.create(
            exhibitor=exhibitor,
            file_name=file_name[:120],
            digest=hashlib.sha256(data).hexdigest(),
            new_rows=len(fresh),
            known_rows=len(known),
            others=reading.others,
            uploaded_at=now,
            uploaded_by=by,
        )
        StatementRow.objects.bulk_create(
            [
                StatementRow(
                    exhibitor=exhibitor,
                    statement=statement,
                    key=credit.key,
                    date=credit.date,
                    text=credit.text,
                    amount=credit.amount,
                )
                for credit in fresh
            ],
            batch_size=1000,
        )
    return statement


def suggestions(exhibitor: Exhibitor, now: dt.datetime) -> list[Suggestion]:
    """What the open rows may have paid, newest row first; the best suggestion of a row before its others."""
    rows = list(StatementRow.objects.filter(exhibitor=exhibitor, is_open=True)[:MOST_ROWS])
    payments = {payment.pk: payment for payment in awaited_payments(exhibitor, now)[:MOST_PAYMENTS]} if rows else {}
    found = propose(map(incoming, rows), [awaited(payment) for payment in payments.values()])
    return [shown(row, proposal, payments) for row in rows for proposal in found.get(row.pk, [])]


def shown(row: StatementRow, proposal: Proposal, payments: dict[int, Payment]) -> Suggestion:
    parts = [payments[pk] for pk in proposal.payments]
    return Suggestion(row, parts, MatchKind(proposal.kind), proposal.difference)


def awaited_payments(exhibitor: Exhibitor, now: dt.datetime):
    """Open payments that come through a bank, and those of orders that expired lately."""
    waiting = Q(order__state=OrderState.PLACED) | Q(
        order__state=OrderState.PAID, purpose=Purpose.BALANCE, confirmed_at__isnull=True
    )
    late = Q(order__state=OrderState.EXPIRED, order__expired_at__gt=now - LATE_FOR)
    return (
        Payment.objects.filter(
            waiting | late, order__exhibitor=exhibitor, is_current=True, method__in=[Method.TRANSFER, Method.QRIS]
        )
        .select_related("order")
        .order_by("-pk")
    )


def incoming(row: StatementRow) -> Incoming:
    return Incoming(row.pk, row.date, row.text, row.amount)


def awaited(payment: Payment) -> Awaited:
    order = payment.order
    return Awaited(
        pk=payment.pk,
        amount=payment.amount,
        unique_code=payment.unique_code,
        asked_on=order.placed_at.astimezone(WIB).date(),
        buyer_name=order.buyer_name,
        buyers=frozenset({f"checkout {order.checkout_id}", f"phone {order.buyer_phone}"}),
        is_late=order.state == OrderState.EXPIRED,
    )


@transaction.atomic
def confirm_match(exhibitor: Exhibitor, row_pk: int, key: str, *, by, now: dt.datetime | None = None) -> list[Order]:
    """Confirm what was suggested for a row, if it still is: all its payments or none.

    An exact sum in the bank's own list is evidence A; an amount that differs is the seller's word with a bank record,
    B. OrderError or TransitionError when somebody was faster or the goods are gone.
    """
    now = now or timezone.now()
    seen = suggested(exhibitor, row_pk, key, now)
    hold(exhibitor, seen)
    return carry_out(suggested(exhibitor, row_pk, key, now), by=by, now=now)


def suggested(exhibitor: Exhibitor, row_pk: int, key: str, now: dt.datetime) -> Suggestion:
    """This suggestion for a row, if it still is one."""
    chosen = next((one for one in suggestions(exhibitor, now) if one.row.pk == row_pk and one.key == key), None)
    if chosen is None:
        raise OrderError(OUTDATED)
    return chosen


def hold(exhibitor: Exhibitor, chosen: Suggestion) -> None:
    """Orders before their row, as everybody takes them (``locking.py``)."""
    lock_orders(payment.order_id for payment in chosen.payments)
    rows = StatementRow.objects.select_for_update().filter(exhibitor=exhibitor, pk=chosen.row.pk, is_open=True)
    if not rows.values_list("pk", flat=True).first():
        raise OrderError(OUTDATED)


def carry_out(chosen: Suggestion, *, by, now: dt.datetime) -> list[Order]:
    grade = Evidence.A if chosen.kind in SURE and not chosen.difference else Evidence.B
    orders = []
    for payment in sorted(chosen.payments, key=lambda payment: payment.order_id):
        verb = confirm_late if payment.order.state == OrderState.EXPIRED else settle
        orders.append(verb(payment.order, by=by, grade=grade, now=now))
    StatementRow.objects.filter(pk=chosen.row.pk).update(is_open=False)
    Match.objects.bulk_create(
        [Match(row=chosen.row, payment=payment, kind=chosen.kind, at=now, by=by) for payment in chosen.payments]
    )
    return orders


def confirm_exact(exhibitor: Exhibitor, *, by, now: dt.datetime | None = None) -> tuple[int, list[str]]:
    """Confirm every row that has one exact payment and no rival. How many, and why others could not be."""
    now = now or timezone.now()
    done, problems = 0, []
    for one in suggestions(exhibitor, now):
        if one.kind != MatchKind.EXACT:
            continue
        try:
            with transaction.atomic():
                hold(exhibitor, one)
                carry_out(one, by=by, now=now)
        except DomainError as error:
            problems.append(f"{one.payments[0].order.code}: {error}")
        else:
            done += 1
    return done, problems


@transaction.atomic
def undo_match(exhibitor: Exhibitor, row_pk: int, *, by, now: dt.datetime | None = None) -> list[Order]:
    """Take back what a row was said to have paid: every order of it waits again, the row is open again."""
    now = now or timezone.now()
    own = StatementRow.objects.filter(exhibitor=exhibitor, pk=row_pk, is_open=False)
    matches = Match.objects.filter(row__in=own, undone_at=None).select_related("payment__order")
    orders = [match.payment.order_id for match in matches]
    lock_orders(orders)
    list(own.select_for_update())
    found = sorted(matches.all(), key=lambda match: match.payment.order_id)
    if not found or {match.payment.order_id for match in found} != set(orders):
        raise OrderError(_("Pencocokan ini sudah dibatalkan."))
    reason = _("Pencocokan dengan mutasi rekening dibatalkan.")
    return [undo_confirmation(match.payment.order, by=by, reason=reason, now=now) for match in found]


def dismiss_row(exhibitor: Exhibitor, row_pk: int) -> None:
    """Money that is no payment of an order here: it is suggested no more. Only an open row without match."""
    if not StatementRow.objects.filter(exhibitor=exhibitor, pk=row_pk, is_open=True).update(is_open=False):
        raise OrderError(_("Baris ini sudah dicocokkan atau disisihkan."))


def restore_row(exhibitor: Exhibitor, row_pk: int) -> None:
    """Take a dismissal back."""
    matched = Match.objects.filter(row=OuterRef("pk"), undone_at=None)
    row = StatementRow.objects.filter(~Exists(matched), exhibitor=exhibitor, pk=row_pk, is_open=False)
    if not row.update(is_open=True):
        raise OrderError(_("Baris ini sudah dicocokkan atau disisihkan."))
