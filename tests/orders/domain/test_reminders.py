import datetime as dt

import pytest

from expo.formats import rupiah
from expo.models import OutgoingMail
from orders.domain.balances import ask_balance
from orders.domain.cancellation import expire_orders
from orders.domain.payment import claim_payment, confirm_payment, submit_proof
from orders.domain.reminders import remind_of_payment, tell_of_overdue_balances
from orders.models import Order
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


def test_a_balance_is_reminded_of_once_a_day_before_its_end(owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    confirm_payment(order, by=owner)
    assert remind_of_payment(order.expires_at) == 0  # in production: nothing is due
    ask_balance(order, by=owner)
    end = Order.objects.get(pk=order.pk).expires_at
    assert remind_of_payment(end - dt.timedelta(hours=24, seconds=1)) == 0
    assert remind_of_payment(end - dt.timedelta(hours=24)) == 1
    assert remind_of_payment(end - dt.timedelta(hours=3)) == 0
    mail = OutgoingMail.objects.get(key__contains="balance_reminder_buyer")
    assert rupiah(Order.objects.get(pk=order.pk).payment.amount) in mail.body
    assert "uang muka Anda" in mail.body


def test_a_balance_past_its_end_does_not_expire_but_the_exhibitor_may_end_it(owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    confirm_payment(order, by=owner)
    balance = ask_balance(order, by=owner)
    late = Order.objects.get(pk=order.pk).expires_at + dt.timedelta(days=1)
    assert expire_orders(late) == 0
    submit_proof(Order.objects.get(pk=order.pk), file=shop.photo(), now=late)  # late money is still money
    assert balance.order.payments.get(purpose="balance").state == "proof_submitted"


def test_the_exhibitor_is_asked_once_to_decide_about_a_balance_that_did_not_come(owner):
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    confirm_payment(order, by=owner)
    balance = ask_balance(order, by=owner)
    deadline = Order.objects.get(pk=order.pk).expires_at
    assert tell_of_overdue_balances(deadline - dt.timedelta(minutes=1)) == 0
    assert tell_of_overdue_balances(deadline) == 1
    assert tell_of_overdue_balances(deadline + dt.timedelta(days=1)) == 0
    mail = OutgoingMail.objects.get(key__contains="balance_overdue_exhibitor")
    assert rupiah(balance.amount, "id") in mail.body
    assert Order.objects.get(pk=order.pk).state == "paid"
