import datetime as dt
import random
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.models import OutgoingMail
from journal.models import Entry
from orders.domain.balances import ask_balance
from orders.domain.cancellation import expire_orders
from orders.domain.destinations import change_method
from orders.domain.errors import OrderError
from orders.domain.gateway import ask_missing, cancel_charges, open_page
from orders.domain.gateway_accounts import seal_all_anew, set_gateway, stop_gateway
from orders.domain.methods import methods_for
from orders.domain.offers import Wishes
from orders.domain.payment import settle
from orders.domain.requests import refuse_order
from orders.gateway import GatewayError, GatewayRefusedError, Outcome
from orders.gateway.keys import unseal
from orders.models import GatewayAccount, GatewayCharge, GatewayNotification, Order
from orders.states import OrderState, TransitionError
from tests.orders import shop
from tests.orders.gateway import midtrans_server
from tests.orders.gateway.midtrans_server import KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(owner, midtrans):
    set_gateway(owner.exhibitor, KEY, by=owner)
    return shop.sold(exhibitor=owner.exhibitor, stock=5)


@pytest.fixture
def order(placement):
    return shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "gateway"}))


@pytest.fixture
def charge(order):
    return open_page(order)


def send(client, body, token=None):
    token = token or GatewayAccount.objects.get().token
    return client.post(reverse("orders:midtrans", args=[token]), body, content_type="application/json")


def total(order) -> int:
    return Entry.objects.filter(transaction_key=order.code).aggregate(total=Sum("amount"))["total"] or 0


def fresh(order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_a_settlement_confirms_the_order_with_evidence_a(client, order, charge, midtrans):
    assert charge.page_url.startswith(midtrans.url)
    assert send(client, midtrans.happen(charge.reference, "pending")).status_code == 200
    assert fresh(order).state == OrderState.PLACED
    assert send(client, midtrans.happen(charge.reference, "settlement")).status_code == 200

    payment = fresh(order).payment
    assert (fresh(order).state, payment.evidence, payment.confirmed_by) == (OrderState.PAID, "A", None)
    assert total(order) == order.goods_total
    assert OutgoingMail.objects.filter(key__contains="paid_buyer").count() == 1


def test_a_signed_notification_is_no_money_until_midtrans_says_so_itself(client, order, charge, midtrans):
    forged = midtrans.happen(charge.reference, "settlement")  # whoever has the key can sign
    midtrans.happen(charge.reference, "pending")
    assert send(client, forged).status_code == 200
    assert fresh(order).state == OrderState.PLACED
    real = midtrans.happen(charge.reference, "settlement")
    midtrans.fail = [503] * 3
    assert send(client, real).status_code == 503
    assert fresh(order).state == OrderState.PLACED
    assert send(client, real).status_code == 200
    assert fresh(order).state == OrderState.PAID


def test_pretended_money_and_real_money_never_meet(owner, order, midtrans, settings, monkeypatch):
    real = "Mid-server-contoh-123456"
    with pytest.raises(OrderError, match="hanya untuk uji coba"):
        set_gateway(owner.exhibitor, real, by=owner)
    assert "Uji coba" in next(one.detail for one in methods_of(order) if one.method == "gateway")

    settings.GATEWAY_SANDBOX = False
    with pytest.raises(OrderError, match="sandbox"):
        set_gateway(owner.exhibitor, KEY, by=owner)
    with pytest.raises(OrderError):
        open_page(order)  # an account of earlier days
    monkeypatch.setattr(midtrans_server, "KEY", real)
    set_gateway(owner.exhibitor, real, by=owner)
    assert open_page(order).page_url
    assert "Uji coba" not in next(one.detail for one in methods_of(order) if one.method == "gateway")
    settings.GATEWAY_SANDBOX = True
    assert "gateway" not in [one.method for one in methods_of(order)]


def methods_of(order):
    return methods_for(order.exhibitor, order.booth, order.total, order.delivery, timezone.now())


def test_opening_the_page_twice_is_one_page(order, charge, midtrans):
    assert open_page(order).pk == charge.pk
    assert len(midtrans.orders) == 1


@pytest.mark.parametrize("failure", [503, "silence", "lost", "garbage"])
def test_a_failed_start_leaves_the_buyer_free_to_try_again(order, midtrans, failure):
    midtrans.fail = [failure]
    with pytest.raises(GatewayError):
        open_page(order)
    assert open_page(order).page_url
    assert GatewayCharge.objects.filter(outcome=Outcome.FAILED).count() == 1


def test_a_used_reference_is_replaced(order, midtrans):
    midtrans.fail = [406]
    assert open_page(order).page_url
    midtrans.fail = []


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"key": "salah"}, 403), ({"amount": "1.00"}, 200), ({"currency": "USD"}, 200), ({"fraud": "challenge"}, 200)],
)
def test_what_is_not_right_confirms_nothing(client, order, charge, midtrans, changes, status):
    body = midtrans.happen(charge.reference, "capture", **changes)
    assert send(client, body).status_code == status
    assert fresh(order).state == OrderState.PLACED
    assert total(order) == 0
    kept = GatewayNotification.objects.get()
    assert (kept.body, kept.is_trusted) == (body.decode(), status == 200)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\x00", b"x" * 20_000])
def test_malformed_notifications_are_refused(client, charge, body):
    assert send(client, body).status_code in (403, 413)


def test_addresses_of_nobody_and_other_methods_are_refused(client, charge, settings):
    assert send(client, b"{}", token="x" * 43).status_code == 404
    assert client.get(reverse("orders:midtrans", args=[GatewayAccount.objects.get().token])).status_code == 405
    settings.GATEWAY = False
    assert send(client, b"{}").status_code == 404


def test_a_challenge_that_is_accepted_later_pays(client, order, charge, midtrans):
    send(client, midtrans.happen(charge.reference, "capture", fraud="challenge", code="201"))
    assert GatewayCharge.objects.get().outcome == Outcome.CHALLENGED
    send(client, midtrans.happen(charge.reference, "capture"))
    assert fresh(order).state == OrderState.PAID


def test_old_news_after_the_money_changes_nothing(client, order, charge, midtrans):
    old = [midtrans.happen(charge.reference, status) for status in ("pending", "deny", "expire")]
    paid = midtrans.happen(charge.reference, "settlement")
    for body in (paid, *old, paid, midtrans.happen(charge.reference, "capture")):
        assert send(client, body).status_code == 200
    assert (fresh(order).state, GatewayCharge.objects.get().outcome) == (OrderState.PAID, Outcome.PAID)
    assert total(order) == order.goods_total
    assert GatewayNotification.objects.count() == 6


def test_a_settled_payment_that_midtrans_denies_is_told_but_only_if_it_says_so_when_asked(
    client, order, charge, midtrans
):
    old = midtrans.happen(charge.reference, "deny")
    send(client, midtrans.happen(charge.reference, "settlement"))
    assert send(client, old).status_code == 200  # it came late: asked, Midtrans says settlement
    assert GatewayCharge.objects.get().outcome == Outcome.PAID
    send(client, midtrans.happen(charge.reference, "deny"))
    charge.refresh_from_db()
    assert (charge.outcome, charge.problem) == (Outcome.DENIED, "returned")
    assert fresh(order).state == OrderState.PAID  # people decide what becomes of it


def test_a_question_that_failed_is_asked_within_the_minute(client, order, charge, midtrans):
    told = midtrans.happen(charge.reference, "settlement")
    midtrans.fail = [503] * 3
    assert send(client, told).status_code == 503
    assert ask_missing(timezone.now()) == 1
    assert fresh(order).state == OrderState.PAID


def test_a_denied_card_may_be_followed_by_a_good_one(client, order, charge, midtrans):
    send(client, midtrans.happen(charge.reference, "deny"))
    assert open_page(order).pk == charge.pk
    send(client, midtrans.happen(charge.reference, "settlement"))
    assert fresh(order).state == OrderState.PAID


def test_a_missing_notification_is_asked_for(order, charge, midtrans):
    midtrans.happen(charge.reference, "settlement")
    now = timezone.now()
    assert ask_missing(now) == 0
    assert ask_missing(now + dt.timedelta(minutes=4)) == 1
    assert fresh(order).state == OrderState.PAID
    assert GatewayNotification.objects.get().was_asked
    assert ask_missing(now + dt.timedelta(days=2)) == 0


def test_questions_become_rarer_and_end(order, charge, midtrans):
    now = timezone.now()
    asked = 0
    for hour in range(24 * 7):
        asked += ask_missing(now + dt.timedelta(hours=hour, minutes=10))
    assert asked <= 41
    midtrans.fail = ["silence"] * 5
    assert GatewayCharge.objects.get().ask_at is None


def test_money_after_the_expiry_revives_the_order_or_is_told(client, order, charge, midtrans, placement):
    expire_orders(order.expires_at)
    send(client, midtrans.happen(charge.reference, "settlement"))
    assert fresh(order).state == OrderState.PAID
    assert total(order) == order.goods_total


def test_money_after_the_expiry_for_goods_that_are_gone_is_told(client, owner, midtrans):
    set_gateway(owner.exhibitor, KEY, by=owner)
    placement = shop.sold(exhibitor=owner.exhibitor, stock=1)
    order = shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "gateway"}))
    charge = open_page(order)
    expire_orders(order.expires_at)
    shop.placed_order(placement)
    send(client, midtrans.happen(charge.reference, "settlement"))
    charge.refresh_from_db()
    assert (fresh(order).state, charge.problem, charge.outcome) == (OrderState.EXPIRED, "late", Outcome.PAID)
    assert "Kembalikan uangnya" in OutgoingMail.objects.get(key__contains="gateway_problem").body
    assert total(order) == 0


def test_money_for_an_order_that_was_stopped_is_told(client, owner, midtrans):
    set_gateway(owner.exhibitor, KEY, by=owner)
    goods = {"price": 1_000_000, "made_to_order": True, "lead_days": 7, "deposit_percent": 40}
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor, **goods))
    settle(order, by=owner, now=timezone.now())
    Exhibitor.objects.update(bank_account_number="")
    ask_balance(fresh(order), by=owner)
    charge = open_page(order)
    refuse_order(order, by=owner, reason="Kainnya habis")

    assert send(client, midtrans.happen(charge.reference, "settlement")).status_code == 200
    charge.refresh_from_db()
    assert (charge.outcome, charge.problem) == (Outcome.PAID, "late")
    with pytest.raises(TransitionError):
        open_page(order)


def test_money_twice_is_told_and_counted_once(client, owner, order, charge, midtrans):
    change_method(order, "transfer")
    settle(order, by=owner, grade="A", now=timezone.now())
    send(client, midtrans.happen(charge.reference, "settlement"))
    assert GatewayCharge.objects.get().problem == "twice"
    assert total(order) == order.goods_total


def test_paid_on_the_page_although_another_way_was_chosen(client, order, charge, midtrans):
    change_method(order, "transfer")
    send(client, midtrans.happen(charge.reference, "settlement"))
    payment = fresh(order).payment
    assert (payment.method, payment.amount, fresh(order).unique_code) == ("gateway", charge.amount, 0)
    assert total(order) == order.goods_total


def test_leaving_the_page_stops_it(order, charge, midtrans):
    midtrans.happen(charge.reference, "pending")
    cancel_charges(order.payment.pk, timezone.now())
    assert ("POST", f"/v2/{charge.reference}/cancel") in midtrans.calls
    assert GatewayCharge.objects.get().outcome == Outcome.CANCELLED


def test_a_refund_at_the_gateway_is_told_to_people(client, order, charge, midtrans):
    send(client, midtrans.happen(charge.reference, "settlement"))
    body = midtrans.happen(charge.reference, "partial_refund", refund_amount="5000.00")
    send(client, body)
    send(client, body)
    assert GatewayCharge.objects.get().problem == "returned"
    assert OutgoingMail.objects.filter(key__contains="gateway_problem").count() == 1
    assert total(order) == order.goods_total  # staff record the refund, with its proof


def test_staff_find_money_that_does_not_fit(client, owner, order, charge, midtrans, operator):
    send(client, midtrans.happen(charge.reference, "settlement", amount="1.00"))
    client.force_login(operator)
    page = client.get(reverse("admin:orders_gatewaycharge_changelist") + "?problem__gt=").content.decode()
    assert charge.reference in page
    page = client.get(reverse("admin:orders_gatewaycharge_change", args=[charge.pk])).content.decode()
    assert "transaction_status" in page


def test_a_notification_of_another_exhibitors_account_is_not_ours(client, charge, midtrans, outsider):
    from tests.cast import exhibitor_of

    exhibitor = exhibitor_of(outsider, "Usaha Lain")
    other = set_gateway(exhibitor, KEY, by=outsider)
    assert send(client, midtrans.happen(charge.reference, "settlement"), other.token).status_code == 200
    assert GatewayCharge.objects.get().outcome == Outcome.PENDING


def test_what_was_heard_cannot_be_changed(client, charge, midtrans):
    send(client, midtrans.happen(charge.reference, "pending"))
    for sql in ("UPDATE orders_gatewaynotification SET body = ''", "DELETE FROM orders_gatewaynotification"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_keys_are_tried_sealed_and_resealed(owner, midtrans, settings):
    with pytest.raises(GatewayRefusedError):
        set_gateway(owner.exhibitor, "salah-salah-salah", by=owner)
    assert not GatewayAccount.objects.exists()
    account = set_gateway(owner.exhibitor, f" {KEY}\n", by=owner)
    assert KEY not in account.sealed_key
    assert unseal(account.sealed_key) == KEY

    old, new = settings.GATEWAY_KEYS[0], "A" * 43 + "="
    settings.GATEWAY_KEYS = [new, old]
    assert seal_all_anew() == 1
    settings.GATEWAY_KEYS = [new]
    account.refresh_from_db()
    assert unseal(account.sealed_key) == KEY
    settings.GATEWAY_KEYS = [old]
    with pytest.raises(GatewayRefusedError):
        unseal(account.sealed_key)


def test_it_is_off_unless_set(owner, midtrans, settings, placement, order):
    stop_gateway(owner.exhibitor, by=owner)
    with pytest.raises(OrderError):
        open_page(order)
    with pytest.raises(OrderError):
        shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "gateway"}))
    settings.GATEWAY = False
    with pytest.raises(OrderError):
        set_gateway(owner.exhibitor, KEY, by=owner)


def test_the_buyers_page_leads_to_midtrans(client, order, midtrans):
    page = client.get(order.get_absolute_url()).content.decode()
    assert "Siapkan pembayaran di Midtrans" in page
    page = client.post(reverse("orders:gateway-page", args=[order.token]), follow=True).content.decode()
    assert f'href="{midtrans.url}/snap/v4/redirection/' in page
    midtrans.fail = [503]


def test_an_owner_switches_it_on_and_off(client, owner, midtrans):
    client.force_login(owner)
    page = client.post(reverse("orders:gateway"), {"server_key": "salah-salah-salah"}).content.decode()
    assert "menolak kunci" in page
    page = client.post(reverse("orders:gateway"), {"server_key": KEY}, follow=True).content.decode()
    assert KEY[-4:] in page
    assert KEY not in page
    client.post(reverse("orders:gateway-stop"))
    assert not GatewayAccount.objects.get().is_active


@pytest.mark.django_db(transaction=True)
def test_notifications_replayed_and_reordered_at_once_are_one_confirmation(owner, midtrans):
    set_gateway(owner.exhibitor, KEY, by=owner)
    placement = shop.sold(exhibitor=owner.exhibitor)
    for order_of_arrival in range(3):
        order = shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "gateway"}))
        charge = open_page(order)
        # "settlement" was the last to happen; Midtrans is asked what is true now, whatever arrives when.
        said = [midtrans.happen(charge.reference, status) for status in ("pending", "deny", "expire", "settlement")]
        bodies = random.Random(order_of_arrival).sample(said * 5, 20)
        results = shop.at_once(*[partial(post, body) for body in bodies])
        assert results == [200] * 20
        assert (fresh(order).state, total(order)) == (OrderState.PAID, order.goods_total)
        assert OutgoingMail.objects.filter(key__contains="paid_buyer", subject__contains=order.code).count() == 1
        assert GatewayNotification.objects.filter(body__contains=charge.reference).count() == 20


def post(body) -> int:
    """One notification by a connection of its own."""
    return send(Client(), body).status_code


@pytest.mark.django_db(transaction=True)
def test_the_page_is_asked_for_many_times_at_once_and_made_once(owner, midtrans):
    set_gateway(owner.exhibitor, KEY, by=owner)
    placement = shop.sold(exhibitor=owner.exhibitor)
    order = shop.placed_order(placement, wishes=Wishes(methods={placement.booth.pk: "gateway"}))
    results = shop.at_once(*[lambda: open_page(order) for _number in range(5)])
    assert len(midtrans.orders) == 1
    assert all(isinstance(result, (GatewayCharge, OrderError)) for result in results)
