"""Orders with a deposit: whatever happens to them, their money stands in the journal once."""

import datetime as dt

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expo.formats import WIB
from expo.models import OutgoingMail
from journal.models import Entry, Measure
from orders.domain.balances import ask_balance
from orders.domain.cancellation import cancel_order
from orders.domain.cash import sign_payments
from orders.domain.errors import OrderError
from orders.domain.fulfilment import complete_order, pack_order, ship_order
from orders.domain.payment import claim_payment, confirm_payment, settle, verify_claim
from orders.domain.refund import record_refund
from orders.domain.requests import (
    accept_request,
    decline_request,
    refuse_order,
    request_cancellation,
    withdraw_request,
)
from orders.domain.undoing import may_be_undone, undo_confirmation
from orders.models import DepositRule, DepositTerms, Method, Order, Payment, Purpose
from orders.states import OrderState, TransitionError
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


def tailored(owner, *, ready=True, rule=""):
    """A suit made to order for 999,999 with 30% in advance, and perhaps a shirt of 150,000 that is ready."""
    factories.make_shipping(owner.exhibitor, ("home", 25_000), ("abroad", 25_000))
    if rule:
        DepositTerms.objects.create(exhibitor=owner.exhibitor, rule=rule)
    suit = shop.sold(
        exhibitor=owner.exhibitor, price=333_333, made_to_order=True, lead_days=14, deposit_percent=30, stock=0
    )
    cart = shop.cart_with(suit, quantity=3)
    if ready:
        shirt = factories.make_product(exhibitor=owner.exhibitor, price=150_000)
        shop.add_to_cart(cart, factories.make_placement(booth=suit.booth, product=shirt), 1)
    return shop.place(cart).orders.get()


def sums(order) -> dict[str, int]:
    rows = Entry.objects.filter(transaction_key=order.code).values_list("measure").annotate(Sum("amount"))
    return {"realised": 0, "committed": 0} | dict(rows)


def units(order) -> int:
    found = Entry.objects.filter(transaction_key=order.code, measure=Measure.REALISED)
    return found.aggregate(Sum("quantity"))["quantity__sum"] or 0


def fresh(order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_checkout_asks_for_the_deposit_and_freezes_the_rule(owner):
    order = tailored(owner, rule=DepositRule.FORFEITED)
    assert order.payment.purpose == Purpose.DEPOSIT
    assert order.payment.amount == 300_000 + 150_000 + order.payment.unique_code
    assert order.deposit_rule == DepositRule.FORFEITED
    assert sums(order) == {"realised": 0, "committed": 0}


def test_deposit_then_balance(owner):
    order = tailored(owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert sums(order) == {"realised": 450_000, "committed": 1_149_999 - 450_000}
    assert units(order) == 0  # nothing is sold until it is paid
    with pytest.raises(OrderError, match="uang muka"):
        pack_order(order, by=owner)
    balance = ask_balance(order, by=owner)
    assert balance.amount == 1_149_999 + 25_000 - 450_000 + balance.unique_code
    with pytest.raises(OrderError, match="Pelunasan"):
        ship_order(order, by=owner, courier="JNE")
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert sums(order) == {"realised": 1_149_999, "committed": 0}
    assert units(order) == 4
    assert pack_order(order, by=owner).state == OrderState.PACKED
    templates = {
        mail.key.split(":")[1] for mail in OutgoingMail.objects.filter(to=order.buyer_email, key__startswith="order")
    }
    assert templates >= {"deposit_paid_buyer", "balance_asked_buyer", "balance_paid_buyer"}


def test_balance_is_asked_once(owner):
    order = tailored(owner)
    with pytest.raises(TransitionError):
        ask_balance(order, by=owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    ask_balance(order, by=owner)
    with pytest.raises(OrderError):
        ask_balance(order, by=owner)
    assert order.payments.count() == 2


@pytest.mark.parametrize(
    ("rule", "state", "kept"),
    [
        (DepositRule.FORFEITED, OrderState.CANCELLED, 450_000),
        (DepositRule.RETURNED, OrderState.REFUNDED, 0),
    ],
)
def test_buyer_cancels_after_the_deposit(owner, rule, state, kept):
    order = tailored(owner, rule=rule)
    confirm_payment(order, by=owner, evidence=shop.photo())
    request_cancellation(order, reason="Acaranya batal.")
    accept_request(order, by=owner)
    assert sums(order) == {"realised": 450_000, "committed": 0}
    if state == OrderState.REFUNDED:
        record_refund(order, by=owner, reason="Batal.", key="r", proof=shop.photo())
    assert fresh(order).state == state
    assert sums(order) == {"realised": kept, "committed": 0}


def test_exhibitor_who_cannot_deliver_returns_a_forfeitable_deposit_too(owner):
    order = tailored(owner, rule=DepositRule.FORFEITED)
    confirm_payment(order, by=owner, evidence=shop.photo())
    refuse_order(order, by=owner, reason="Penjahit sakit.")
    assert fresh(order).state == OrderState.PAID  # the money is still to be returned
    record_refund(order, by=owner, reason="Penjahit sakit.", key="r")
    assert fresh(order).state == OrderState.REFUNDED


def test_balance_that_never_came_forfeits_the_deposit_by_its_rule(owner):
    order = tailored(owner, rule=DepositRule.FORFEITED)
    confirm_payment(order, by=owner, evidence=shop.photo())
    ask_balance(order, by=owner)
    late = timezone.now() + dt.timedelta(days=8)
    assert refuse_order(order, by=owner, reason="Tidak dilunasi.", now=late).state == OrderState.CANCELLED
    assert sums(order) == {"realised": 450_000, "committed": 0}


def test_an_undone_balance_is_promised_again_and_the_order_waits_for_it(owner):
    order = tailored(owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    before = figures(order)
    ask_balance(order, by=owner)
    for _round in range(2):
        confirm_payment(order, by=owner)
        verify_claim(order, by=owner, note="Dilihat.")
        pack_order(order, by=owner)
        undo_confirmation(order, by=owner, reason="Salah baris")
        assert figures(order) == before
        assert (fresh(order).state, fresh(order).payment.confirmed_at) == (OrderState.PAID, None)
        with pytest.raises(OrderError, match="Pelunasan"):
            pack_order(order, by=owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert sums(order) == {"realised": 1_149_999, "committed": 0}
    assert units(order) == 4


def test_an_undone_deposit_takes_the_promise_with_it(owner):
    order = tailored(owner)
    for _round in range(2):
        confirm_payment(order, by=owner)
        undo_confirmation(order, by=owner, reason="Tidak masuk")
        assert figures(order) == {}
        assert fresh(order).state == OrderState.PLACED
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert sums(order) == {"realised": 450_000, "committed": 1_149_999 - 450_000}


def test_a_deposit_is_undone_although_its_balance_was_asked_for(owner):
    order = tailored(owner)
    for _round in range(2):
        confirm_payment(order, by=owner)
        before = figures(order)
        balance = ask_balance(order, by=owner)
        assert may_be_undone(fresh(order), balance)
        undo_confirmation(order, by=owner, reason="Tidak masuk")
        assert figures(order) == {}
        now = fresh(order)
        assert (now.state, now.payment.purpose, now.unique_code) == ("placed", "deposit", now.payment.unique_code)
    confirm_payment(order, by=owner)
    assert figures(order) == before
    ask_balance(order, by=owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    assert sums(order) == {"realised": 1_149_999, "committed": 0}
    assert fresh(order).payments.count() == 2


def test_a_deposit_stays_once_its_balance_is_said_to_be_paid(owner):
    order = tailored(owner)
    confirm_payment(order, by=owner)
    ask_balance(order, by=owner)
    claim_payment(order)
    with pytest.raises(TransitionError):
        undo_confirmation(order, by=owner, reason="Tidak masuk")
    assert fresh(order).payment.purpose == Purpose.BALANCE


def test_what_was_stopped_does_not_wait_again(owner):
    """Its buyer wanted out and the exhibitor agreed; then it turns out that nothing had come."""
    order = tailored(owner)
    confirm_payment(order, by=owner)
    request_cancellation(order, reason="Batal.")
    accept_request(order, by=owner)
    undo_confirmation(order, by=owner, reason="Tidak masuk")
    assert fresh(order).state == OrderState.CANCELLED
    assert figures(order) == {}
    assert factories.Product.objects.get(made_to_order=False).stock == 10


def graded(order) -> dict[tuple[str, str], int]:
    """Rupiah by measure and grade of evidence."""
    rows = Entry.objects.filter(transaction_key=order.code).values_list("measure", "evidence").annotate(Sum("amount"))
    return {(measure, grade): amount for measure, grade, amount in rows.order_by() if amount}


@pytest.mark.parametrize(("grade", "paid", "promised"), [("A", "A", "B"), ("", "D", "D")])
def test_a_promise_is_no_surer_than_the_deposit_that_confirmed_it(owner, grade, paid, promised):
    order = tailored(owner)
    settle(order, by=owner, now=timezone.now(), grade=grade)
    assert graded(order) == {("realised", paid): 450_000, ("committed", promised): 699_999}


def test_proof_of_a_deposit_raises_what_it_promised_also_while_the_balance_is_asked_for(owner, finance):
    order = tailored(owner)
    confirm_payment(order, by=owner)
    ask_balance(order, by=owner)
    assert verify_claim(order, by=finance, note="Mutasi dilihat.") == 4  # two lines, paid and promised
    assert graded(order) == {("realised", "B"): 450_000, ("committed", "B"): 699_999}
    assert order.payments.get(purpose=Purpose.DEPOSIT).evidence == "B"
    confirm_payment(order, by=owner)
    undo_confirmation(order, by=owner, reason="Tidak masuk.")
    assert graded(order) == {("realised", "B"): 450_000, ("committed", "B"): 699_999}
    assert verify_claim(order, by=finance, note="Lagi.") == 0


def test_a_deposit_that_was_only_claimed_and_never_came_waits_at_no_cut_off(owner):
    order, early = tailored(owner), timezone.now() - dt.timedelta(hours=1)
    confirm_payment(order, by=owner, now=early)
    undo_confirmation(order, by=owner, reason="Tidak masuk.")
    assert set(Entry.objects.filter(transaction_key=order.code).values_list("occurred_at", flat=True)) == {early}
    assert graded(order) == {}


def test_a_drawer_that_was_counted_proves_its_own_payments_alone(owner):
    order = tailored(owner)
    confirm_payment(order, by=owner)  # a transfer, and no proof of it
    balance = ask_balance(order, by=owner)
    Payment.objects.filter(pk=balance.pk).update(method=Method.CASH, unique_code=0)
    now = timezone.now()
    confirm_payment(order, by=owner, now=now)
    sign_payments(owner.exhibitor, now.astimezone(WIB).date(), by=owner, now=now)
    assert graded(order) == {("realised", "D"): 450_000, ("realised", "C"): 699_999}


def figures(order) -> dict:
    """What stands in the journal, by measure, edition and phase: rupiah and pieces."""
    rows = (
        Entry.objects.filter(transaction_key=order.code)
        .values_list("measure", "edition", "phase")
        .annotate(Sum("amount"), Sum("quantity"))
        .order_by()
    )
    return {tuple(row[:3]): row[3:] for row in rows if any(row[3:])}


STEPS = {
    "confirm": lambda order, by, key: confirm_payment(order, by=by, evidence=shop.photo()),
    "claim": lambda order, by, key: confirm_payment(order, by=by),
    "verify": lambda order, by, key: verify_claim(order, by=by, note="Dilihat."),
    "ask": lambda order, by, key: ask_balance(order, by=by),
    "request": lambda order, by, key: request_cancellation(order, reason="Batal."),
    "withdraw": lambda order, by, key: withdraw_request(order),
    "accept": lambda order, by, key: accept_request(order, by=by),
    "decline": lambda order, by, key: decline_request(order, by=by, reason="Sudah jadi."),
    "refuse": lambda order, by, key: refuse_order(order, by=by, reason="Tidak sanggup."),
    "cancel": lambda order, by, key: cancel_order(order),
    "pack": lambda order, by, key: pack_order(order, by=by),
    "ship": lambda order, by, key: ship_order(order, by=by, courier="JNE"),
    "complete": lambda order, by, key: complete_order(order, by=by),
    "undo": lambda order, by, key: undo_confirmation(order, by=by, reason="Tidak masuk."),
    "part": lambda order, by, key: record_refund(order, by=by, reason="Cacat.", key=key, amount=77_777),
    "whole": lambda order, by, key: record_refund(order, by=by, reason="Cacat.", key=key),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=3, max_size=14),
    rule=st.sampled_from(list(DepositRule)),
    ready=st.booleans(),
)
def test_committed_and_realised_are_what_was_accepted_minus_what_was_given_back(owner, steps, rule, ready):
    DepositTerms.objects.all().delete()
    order = tailored(owner, ready=ready, rule=rule)
    for number, step in enumerate(["confirm", *steps]):
        try:
            STEPS[step](order, owner, f"{order.code}-{number}")
        except (OrderError, TransitionError):
            continue  # not possible now: then it has changed nothing
        check(fresh(order))


def check(order):
    """The journal's money against what the order's own rows say."""
    entries = sums(order)
    refunds = order.refunds.aggregate(Sum("amount"))["amount__sum"] or 0
    paid = order.payments.filter(confirmed_at__isnull=False)
    settled = paid.exclude(purpose=Purpose.DEPOSIT).exists()
    if not paid.exists():
        assert entries == {"realised": 0, "committed": 0}
        return
    stopped = order.state in (OrderState.CANCELLED, OrderState.REFUNDED) or (
        order.cancellation_requests.filter(state="accepted").exists()
    )
    deposit = sum(payment.amount - payment.unique_code for payment in paid.filter(purpose=Purpose.DEPOSIT))
    goods_paid = order.goods_total if settled else deposit
    assert entries["realised"] == goods_paid - refunds >= 0
    assert all(amount > 0 for amount in graded(order).values())
    assert entries["committed"] == (0 if settled or stopped else order.goods_total - deposit)
    for line in order.lines.all():
        assert 0 <= line.refunded_amount <= line.amount


def test_an_undone_deposit_does_not_keep_the_long_time_to_pay_its_balance(owner):
    order = tailored(owner)
    confirm_payment(order, by=owner, evidence=shop.photo())
    ask_balance(order, by=owner)
    now = timezone.now()
    undo_confirmation(order, by=owner, reason="Uang muka belum masuk", now=now)
    assert fresh(order).state == OrderState.PLACED
    assert fresh(order).expires_at == now + dt.timedelta(hours=24)
