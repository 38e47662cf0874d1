"""Mail is a row of the same transaction: whoever dies afterwards, it is sent, and sent once."""

from unittest.mock import patch

import pytest
from django.core import mail as outbox
from django.db import transaction

from expo.delivery import deliver_pending
from expo.models import MailState, OutgoingMail
from orders.domain.fulfilment import ship_order
from orders.models import Order
from orders.states import OrderState
from tests.orders import shop

pytestmark = pytest.mark.django_db


def shipped_mail():
    return OutgoingMail.objects.filter(key__startswith="order:shipped_buyer:")


@pytest.mark.django_db(transaction=True)
def test_mail_survives_a_process_that_dies_after_the_commit(owner):
    order = shop.paid_order(by=owner)
    OutgoingMail.objects.all().delete()
    with patch("expo.tasks.deliver_mail.delay", side_effect=SystemExit):  # killed before any worker was told
        try:
            ship_order(order, by=owner, courier="JNE", tracking_number="JT1234567")
        except SystemExit:
            pass
    assert Order.objects.get(pk=order.pk).state == OrderState.SHIPPED
    assert shipped_mail().get().state == MailState.PENDING
    outbox.outbox.clear()
    deliver_pending()
    deliver_pending()
    sent = [mail for mail in outbox.outbox if "JT1234567" in mail.body]
    assert len(sent) == 1
    ((html, kind),) = [(part.content, part.mimetype) for part in sent[0].alternatives]
    assert kind == "text/html"
    assert order.exhibitor.name in html


@pytest.mark.django_db(transaction=True)
def test_change_that_fails_leaves_no_mail(owner):
    order = shop.paid_order(by=owner)
    try:
        with transaction.atomic():
            ship_order(order, by=owner, courier="JNE")
            raise RuntimeError("killed before the commit")
    except RuntimeError:
        pass
    assert Order.objects.get(pk=order.pk).state == OrderState.PAID
    assert not shipped_mail().exists()


def test_buyer_reads_their_own_language(owner):
    order = shop.paid_order(by=owner, language="en")
    ship_order(order, by=owner, courier="JNE")
    mail = shipped_mail().get()
    assert mail.subject == f"Order {order.code} shipped"
    assert '<html lang="en">' in mail.html
