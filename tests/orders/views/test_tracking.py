import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orders.domain.fulfilment import ship_order
from orders.domain.payment import confirm_payment, reject_proof
from orders.domain.quotes import decline_fee, offer_fee
from orders.models import Order
from orders.states import OrderState, PaymentState
from tests import factories
from tests.orders import shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db):
    return shop.placed_order(shop.sold(exhibitor=factories.make_exhibitor(whatsapp="+628111222333"), price=75_000))


def url(order, name="tracking", *more):
    return reverse(f"orders:{name}", args=[order.token, *more])


def upload(client, order, content=None, **data):
    content = shop.photo().read() if content is None else content
    file = SimpleUploadedFile("bukti.jpg", content, content_type="image/jpeg")
    return client.post(url(order, "proof"), {"file": file, **data})


def state(order):
    order = Order.objects.prefetch_related("payments").get(pk=order.pk)
    return order.state, order.payment.state


def test_tracking_shows_what_to_pay_and_is_nobody_elses_business(client, order):
    response = client.get(url(order))
    text = response.content.decode()
    amount = f"{75_000 + order.unique_code:,}".replace(",", ".")
    assert f"Rp{amount}" in text
    assert order.payment.account_number in text
    assert re.search(r"(24 jam 0|23 jam 5\d) menit</time> lagi", text)
    assert "https://wa.me/628111222333?text=Halo" in text
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "'--"])
def test_guessed_tokens_find_nothing(client, order, token):
    for name in ("tracking", "purchase"):
        assert client.get(f"/{'pesanan' if name == 'tracking' else 'pembelian'}/{token}/").status_code == 404
    for name in ("bukti", "pembatalan", "penerimaan"):
        assert client.post(f"/pesanan/{token}/{name}/").status_code == 404


def test_the_order_number_is_no_key(client, order):
    assert client.get(f"/pesanan/{order.code}/").status_code == 404


def test_htmx_gets_the_progress_alone(client, order):
    text = client.get(url(order), HTTP_HX_REQUEST="true").content.decode()
    assert 'id="order-status"' in text
    assert "<html" not in text
    assert order.payment.account_number not in text


def test_proof_without_javascript(client, order):
    response = upload(client, order, note="dari rekening ibu")
    assert response.url == url(order)
    assert state(order) == (OrderState.PLACED, PaymentState.PROOF_SUBMITTED)
    text = client.get(response.url).content.decode()
    assert "Bukti diterima" in text
    assert "memeriksa rekeningnya" in text


@pytest.mark.parametrize("content", [b"bukan gambar", b"%PDF-1.4"])
def test_proof_that_is_no_picture_says_so_at_its_field(client, order, content):
    text = upload(client, order, content, note="catatan saya").content.decode()
    assert "bukan gambar" in text
    assert 'value="catatan saya"' in text
    assert state(order)[1] == PaymentState.PENDING


def test_proof_without_a_file_says_so(client, order):
    assert "Pilih foto buktinya" in client.post(url(order, "proof")).content.decode()


def test_proofs_are_limited(client, order, monkeypatch):
    monkeypatch.setattr("orders.views.tracking.PROOFS_PER_HOUR", 1)
    upload(client, order)
    assert "Terlalu banyak" in upload(client, order).content.decode()
    assert order.payment.proofs.count() == 1


def test_buyer_sees_only_the_own_proof(client, order, owner):
    upload(client, order)
    proof = order.payment.proofs.get()
    response = client.get(url(order, "proof-picture", proof.pk))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "private, no-store"
    other = shop.placed_order()
    assert client.get(url(other, "proof-picture", proof.pk)).status_code == 404
    confirm_payment(other, by=owner, evidence=shop.photo())
    theirs = other.payment.proofs.get()
    assert client.get(url(other, "proof-picture", theirs.pk)).status_code == 404


def test_rejection_is_shown_with_its_reason(client, order, owner):
    upload(client, order)
    reject_proof(order, by=owner, reason="Nominal kurang seribu")
    text = client.get(url(order)).content.decode()
    assert "Nominal kurang seribu" in text
    assert order.payment.account_number in text


def test_buyer_cancels(client, order):
    response = client.post(url(order, "cancellation"), follow=True)
    assert "Pesanan dibatalkan." in response.content.decode()
    assert state(order)[0] == OrderState.CANCELLED


def test_paid_order_is_not_cancelled_by_an_old_page(client, order, owner):
    confirm_payment(order, by=owner)
    response = client.post(url(order, "cancellation"), follow=True)
    assert "statusnya sekarang" in response.content.decode()
    assert state(order)[0] == OrderState.PAID


def test_buyer_says_that_the_goods_arrived(client, order, owner):
    confirm_payment(order, by=owner)
    ship_order(order, by=owner, courier="JNE", tracking_number="JT77")
    assert "JT77" in client.get(url(order)).content.decode()
    client.post(url(order, "reception"))
    assert state(order)[0] == OrderState.COMPLETED


@pytest.mark.parametrize("name", ["proof", "cancellation", "reception"])
def test_changes_need_post_and_token(client, order, name):
    assert client.get(url(order, name)).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(url(order, name)).status_code == 403


def test_typed_text_is_escaped(client):
    order = shop.placed_order(name="<script>alert(1)</script>", address='"><img src=x onerror=alert(1)>')
    text = client.get(url(order)).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_purchase_lists_its_orders(client):
    made = shop.place(shop.cart_with(shop.sold(), shop.sold()))
    response = client.get(reverse("orders:purchase", args=[made.token]))
    text = response.content.decode()
    for order in made.orders.all():
        assert order.code in text
        assert order.payment.account_number in text
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_purchase_costs_the_same_for_one_and_for_many(client, django_assert_num_queries):
    edition = shop.selling_edition()
    for size in (1, 3):
        made = shop.place(shop.cart_with(*[shop.sold(edition=edition) for _ in range(size)]))
        with django_assert_num_queries(3):
            client.get(reverse("orders:purchase", args=[made.token]))


def test_tracking_costs_few_queries(client, order, django_assert_num_queries):
    with django_assert_num_queries(7):  # three of them ask for other ways to pay
        client.get(url(order))


def test_the_page_that_waits_for_a_fee_notices_it(client, owner):
    seller = factories.make_exhibitor(shipping_fee=None)
    factories.make_shipping(seller, ("home", 0), ("abroad", None))
    quoted = shop.placed_order(shop.sold(exhibitor=seller), regency=None, country="MY")
    page = client.get(url(quoted)).content.decode()
    assert f'hx-get="{url(quoted)}?menunggu=ongkos" hx-trigger="every 60s"' in page
    asked = {"path": url(quoted), "data": {"menunggu": "ongkos"}, "headers": {"HX-Request": "true"}}
    answer = client.get(**asked)
    assert "hx-get" in answer.content.decode()  # nothing new: the same panel, which goes on asking
    assert "<html" not in answer.content.decode()
    offer_fee(quoted, by=owner, fee=90_000)
    assert client.get(**asked).headers["HX-Refresh"] == "true"
    assert "every 60s" not in client.get(url(quoted)).content.decode()
    decline_fee(quoted)
    assert client.get(**asked).headers["HX-Refresh"] == "true"
