"""A process that dies between a confirmation and its mail leaves both right."""

import pytest
from django.core import mail
from django.db import connection, transaction

from expo.delivery import deliver_pending
from expo.models import OutgoingMail
from journal.models import Entry
from orders.domain.payment import confirm_payment
from orders.models import Order
from orders.states import OrderState
from tests.orders import shop


class Killed(BaseException):
    """Not an Exception: nothing may swallow it, as nothing swallows a kill."""


@pytest.mark.django_db(transaction=True)
def test_killed_before_the_commit_nothing_happened(owner):
    order = shop.order_with_proof()

    @transaction.atomic
    def confirm_and_die():
        confirm_payment(order, by=owner)
        raise Killed

    with pytest.raises(Killed):
        confirm_and_die()
    assert Order.objects.get().state == OrderState.PLACED
    assert not Entry.objects.exists()
    assert not OutgoingMail.objects.filter(key__contains="paid_buyer").exists()
    confirm_payment(order, by=owner)
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_killed_after_the_commit_the_mail_is_sent_once(owner, monkeypatch):
    order = shop.order_with_proof()
    # What would run after the commit never does.
    monkeypatch.setattr(connection, "run_and_clear_commit_hooks", lambda: connection.run_on_commit.clear())
    confirm_payment(order, by=owner)
    monkeypatch.undo()
    row = OutgoingMail.objects.get(key__contains="paid_buyer")
    assert (Order.objects.get().state, Entry.objects.count()) == (OrderState.PAID, 1)
    deliver_pending()
    deliver_pending()
    assert [message.subject for message in mail.outbox].count(row.subject) == 1
