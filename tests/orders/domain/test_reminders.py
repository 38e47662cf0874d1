import datetime as dt

import pytest

from expo.models import OutgoingMail
from orders.domain.payment import claim_payment, submit_proof
from orders.domain.reminders import remind_of_payment
from tests.orders import shop

pytestmark = pytest.mark.django_db


def reminders():
    return OutgoingMail.objects.filter(key__contains="reminder_buyer")


def test_a_buyer_is_reminded_once_before_the_deadline():
    order = shop.placed_order()
    assert remind_of_payment(order.expires_at - dt.timedelta(hours=5)) == 0
    assert remind_of_payment(order.expires_at - dt.timedelta(hours=4)) == 1
    assert remind_of_payment(order.expires_at - dt.timedelta(hours=3)) == 0
    mail = reminders().get()
    assert order.token in mail.body
    assert remind_of_payment(order.expires_at) == 0


def test_who_has_acted_or_has_no_address_is_left_alone():
    placement = shop.sold(stock=9)
    proved, claimed = shop.placed_order(placement), shop.placed_order(placement)
    silent = shop.placed_order(placement, email="")
    submit_proof(proved, file=shop.photo())
    claim_payment(claimed, now=claimed.placed_at)
    assert remind_of_payment(silent.expires_at - dt.timedelta(hours=1)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_remind_once():
    order = shop.placed_order()
    moment = order.expires_at - dt.timedelta(hours=2)
    results = shop.at_once(*[lambda: remind_of_payment(moment) for _number in range(4)])
    assert sorted(results) == [0, 0, 0, 1]
    assert reminders().count() == 1
