"""A process that dies between a change and its mail leaves both right."""

import signal

import pytest
from django.db import transaction
from django.utils import timezone

from expo.models import MailState, OutgoingMail
from expo.runtime.children import wait_until
from expo.tasks import deliver_pending_mail
from journal.models import Entry
from orders.domain.payment import confirm_payment
from orders.models import Order
from orders.states import OrderState
from orders.tasks import expire_due
from tests.orders import shop
from tests.orders.dying import expire_and_die


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
def test_worker_killed_between_transition_and_mail_tells_each_buyer_once(celery_worker_process):
    edition = shop.selling_edition()
    placement = shop.sold(edition=edition, stock=10)
    orders = [shop.placed_order(placement, email=f"pembeli{number}@contoh.test") for number in range(2)]
    OutgoingMail.objects.all().delete()
    Order.objects.update(expires_at=timezone.now())
    worker = celery_worker_process("-I", "tests.orders.dying")
    expire_and_die.delay()
    assert worker.wait(60) == -signal.SIGKILL

    # The change is there with its mails: one was being sent, of the other nobody was told. Neither has gone.
    assert set(Order.objects.values_list("state", flat=True)) == {OrderState.EXPIRED}
    claimed, untold = OutgoingMail.objects.filter(key__contains="expired_buyer").order_by("pk")
    assert (claimed.state, untold.state) == (MailState.SENDING, MailState.PENDING)
    assert not worker.mails.exists()

    OutgoingMail.objects.filter(pk=claimed.pk).update(next_attempt_at=timezone.now())  # LEASE later
    worker = celery_worker_process("-I", "tests.orders.dying")
    for task in (expire_due, deliver_pending_mail, deliver_pending_mail):
        task.delay()
    sent = OutgoingMail.objects.filter(key__contains="expired_buyer", state=MailState.SENT)
    assert wait_until(lambda: sent.count() == 2, 60)
    text = "".join(path.read_text() for path in worker.mails.iterdir())
    assert [text.count(f"To: {order.buyer_email}") for order in orders] == [1, 1]
    placement.product.refresh_from_db()
    assert placement.product.stock == 10
