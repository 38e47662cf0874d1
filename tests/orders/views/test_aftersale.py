"""Pages after the payment: asking to cancel, answering, refunds with proof, codes at the stand, ordering again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from orders.domain.cancellation import expire_order
from orders.domain.fulfilment import pack_order, ship_order
from orders.domain.pickup import pickup_code
from orders.domain.requests import accept_request, request_cancellation
from orders.models import CancellationRequest, CartLine, Delivery, DepositTerms, Order
from orders.states import OrderState, RequestState
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(owner):
    return shop.paid_order(shop.sold(exhibitor=owner.exhibitor, name="Tas pandan"), by=owner)


def at(order, name, *more):
    return reverse(f"orders:{name}", args=[order.token if not name.startswith("inbox") else order.code, *more])


def test_request_is_asked_answered_and_refunded(order, owner, client, as_user):
    page = client.get(at(order, "tracking")).content.decode()
    assert at(order, "cancellation-request") in page
    empty = client.post(at(order, "cancellation-request"), {"reason": "", "refund_to": "BCA 1 a.n. Sari"})
    assert "BCA 1 a.n. Sari" in empty.content.decode()  # nothing typed is lost
    asked = {"reason": "Salah ukuran.", "refund_to": "BCA 1 a.n. Sari"}
    client.post(at(order, "cancellation-request"), asked)
    client.post(at(order, "cancellation-request"), asked)  # the second click of two
    assert CancellationRequest.objects.count() == 1
    assert "Anda meminta pembatalan" in client.get(at(order, "tracking")).content.decode()

    seller = as_user(owner)
    inbox = seller.get(reverse("orders:inbox")).content.decode()
    assert "Jawab pembatalan" in inbox
    assert order.code in inbox
    page = seller.get(at(order, "inbox-order")).content.decode()
    assert "Salah ukuran." in page
    assert at(order, "inbox-packing") not in page
    seller.post(at(order, "inbox-acceptance"))
    form = seller.get(at(order, "inbox-refund")).context["form"]
    data = {"key": form["key"].value(), "amount": "150.000", "extra_amount": "0", "reason": "Batal."}
    assert "Pilih foto" in seller.post(at(order, "inbox-refund"), data).content.decode()
    seller.post(at(order, "inbox-refund"), {**data, "proof": shop.photo()})
    seller.post(at(order, "inbox-refund"), {**data, "proof": shop.photo()})
    refund = Order.objects.get(pk=order.pk).refunds.get()
    assert Order.objects.get(pk=order.pk).state == OrderState.REFUNDED
    page = client.get(at(order, "tracking")).content.decode()
    assert at(order, "refund-picture", refund.pk) in page
    picture = client.get(at(order, "refund-picture", refund.pk))
    assert (picture.headers["Content-Type"], picture.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")


def test_proof_of_a_refund_belongs_to_its_parties(order, owner, outsider, client, as_user):
    from orders.domain.refund import record_refund

    refund = record_refund(order, by=owner, reason="Cacat.", key="r", amount=10_000, proof=shop.photo())
    other = shop.paid_order(by=owner)
    assert client.get(at(other, "refund-picture", refund.pk)).status_code == 404
    assert as_user(outsider).get(at(order, "inbox-refund-picture", refund.pk)).status_code == 404
    for name in ("inbox-balance", "inbox-acceptance", "inbox-declination", "inbox-refusal", "inbox-refund"):
        assert client.post(at(order, name)).status_code == 404


def test_declined_request_says_why_and_the_order_goes_on(order, owner, client, as_user):
    request_cancellation(order, reason="Salah pesan.")
    as_user(owner).post(at(order, "inbox-declination"), {"decline-reason": "Sudah dikemas."})
    assert CancellationRequest.objects.get().state == RequestState.DECLINED
    client.logout()
    assert "Sudah dikemas." in client.get(at(order, "tracking")).content.decode()
    assert pack_order(order, by=owner).state == OrderState.PACKED


def test_withdrawn_request_lets_the_order_go_on(order, client):
    request_cancellation(order, reason="Salah pesan.")
    client.post(at(order, "cancellation-withdrawal"))
    assert CancellationRequest.objects.get().state == RequestState.WITHDRAWN


def test_stopped_order_waits_for_its_refund_in_the_inbox(order, owner, as_user):
    request_cancellation(order, reason="Salah pesan.", refund_to="BRI 77")
    accept_request(order, by=owner)
    page = as_user(owner).get(reverse("orders:inbox")).content.decode()
    assert "Kembalikan dana" in page
    assert "BRI 77" in as_user(owner).get(at(order, "inbox-order")).content.decode()


def test_parcel_is_followed_at_its_couriers_own_site(order, owner, client):
    ship_order(order, by=owner, courier="Ninja Xpress", tracking_number="NJ123456")
    page = client.get(at(order, "tracking")).content.decode()
    assert "https://www.ninjaxpress.co/id-id/tracking?id=NJ123456" in page
    client.post(at(order, "reception"))
    client.post(at(order, "reception"))
    assert Order.objects.get(pk=order.pk).state == OrderState.COMPLETED
    assert order.events.filter(kind="received").count() == 1


def test_goods_are_handed_over_for_the_buyers_code(order, owner, client, as_user):
    Order.objects.filter(pk=order.pk).update(delivery=Delivery.PICKUP)
    pack_order(order, by=owner)
    order.refresh_from_db()
    code = pickup_code(order)
    assert code in client.get(at(order, "tracking")).content.decode()
    seller = as_user(owner)
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    for data in ({}, {"code": wrong}):
        seller.post(at(order, "inbox-completion"), data)
        assert Order.objects.get(pk=order.pk).state == OrderState.PACKED
    seller.post(at(order, "inbox-completion"), {"code": code})
    assert Order.objects.get(pk=order.pk).state == OrderState.COMPLETED


def test_expired_order_can_be_ordered_again(owner, client):
    order = shop.placed_order(shop.sold(exhibitor=owner.exhibitor), quantity=2)
    Order.objects.filter(pk=order.pk).update(expires_at=timezone.now())
    assert expire_order(order.pk, timezone.now())
    assert "Pesan lagi" in client.get(at(order, "tracking")).content.decode()
    answer = client.post(at(order, "order-again"))
    assert answer.url == reverse("orders:cart")
    line = CartLine.objects.get(cart__token=client.cookies["cart"].value)
    assert (line.placement, line.quantity) == (order.lines.get().placement, 2)


def test_deposit_is_followed_on_both_sides(owner, client, as_user):
    placement = shop.sold(
        exhibitor=owner.exhibitor, price=1_000_000, made_to_order=True, lead_days=7, deposit_percent=40
    )
    seller = as_user(owner)
    seller.post(reverse("orders:deposit-terms"), {"rule": "forfeited"})
    assert DepositTerms.objects.get().rule == "forfeited"
    client.logout()
    order = shop.placed_order(placement)
    page = client.get(at(order, "tracking")).content.decode()
    assert "Uang muka" in page
    assert "tidak dikembalikan" in page
    seller = as_user(owner)
    seller.post(at(order, "inbox-confirmation"), {"evidence": shop.photo()})
    assert "minta pelunasan" in seller.get(at(order, "inbox-order")).content.decode()
    seller.post(at(order, "inbox-balance"))
    seller.post(at(order, "inbox-balance"))
    assert order.payments.count() == 2
    page = client.get(at(order, "tracking")).content.decode()
    assert "Pelunasan: Transfer bank" in page
    client.post(at(order, "proof"), {"file": shop.photo()})
    assert order.code in seller.get(reverse("orders:inbox") + "?antrean=konfirmasi").content.decode()
    seller.post(at(order, "inbox-confirmation"))
    assert at(order, "inbox-packing") in seller.get(at(order, "inbox-order")).content.decode()
