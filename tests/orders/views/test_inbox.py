import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from expo.models import OutgoingMail
from journal.models import Entry
from orders.domain.payment import claim_payment, confirm_payment, submit_proof
from orders.models import Order
from orders.states import OrderState, PaymentState
from tests.orders import shop

pytestmark = pytest.mark.django_db
ACTIONS = ("confirmation", "rejection", "packing", "shipment", "completion", "cancellation")


def url(order, name="order", *more):
    return reverse(f"orders:inbox-{name}", args=[order.code, *more])


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor, price=75_000, stock=50)


def state(order):
    order = Order.objects.prefetch_related("payments").get(pk=order.pk)
    return order.state, order.payment.state


def test_inbox_opens_with_what_waits(owner, as_user, placement):
    unpaid, waiting = shop.placed_order(placement), shop.order_with_proof(placement)
    text = as_user(owner).get(reverse("orders:inbox")).content.decode()
    assert waiting.code in text
    assert unpaid.code not in text
    text = as_user(owner).get(reverse("orders:inbox"), {"antrean": "baru"}).content.decode()
    assert unpaid.code in text


@pytest.mark.parametrize("queue", ["tugas", "konfirmasi", "kemas", "kirim", "baru", "dikirim", "selesai"])
def test_empty_queues_say_so(owner, as_user, queue):
    assert "Tidak ada yang menunggu" in as_user(owner).get(reverse("orders:inbox"), {"antrean": queue}).content.decode()


def test_unknown_queue_is_not_found(owner, as_user):
    assert as_user(owner).get(reverse("orders:inbox"), {"antrean": "x"}).status_code == 404


def test_inbox_is_for_exhibitors(client, shopper, as_user):
    assert client.get(reverse("orders:inbox")).status_code == 302
    assert as_user(shopper).post(reverse("orders:inbox-packing", args=["X"])).status_code == 403


def test_helper_may_work_as_well(helper, as_user, placement):
    order = shop.order_with_proof(placement)
    as_user(helper).post(url(order, "confirmation"))
    assert state(order)[0] == OrderState.PAID


def test_orders_of_other_exhibitors_do_not_exist(outsider, as_user, placement):
    order = shop.order_with_proof(placement)
    proof = order.payment.proofs.get()
    outside = as_user(outsider)
    assert order.code not in outside.get(reverse("orders:inbox")).content.decode()
    assert outside.get(url(order)).status_code == 404
    assert outside.get(url(order, "proof", proof.pk)).status_code == 404
    for name in ACTIONS:
        response = outside.post(url(order, name), {"reject-reason": "x", "cancel-reason": "x", "courier": "x"})
        assert response.status_code == 404
    assert state(order) == (OrderState.PLACED, PaymentState.PROOF_SUBMITTED)


def test_proof_of_another_order_is_not_found(owner, as_user, placement):
    mine, theirs = shop.order_with_proof(placement), shop.order_with_proof()
    assert as_user(owner).get(url(mine, "proof", theirs.payment.proofs.get().pk)).status_code == 404


def test_order_shows_proof_beside_the_amount(owner, as_user, placement):
    order = shop.order_with_proof(placement)
    proof = order.payment.proofs.get()
    text = as_user(owner).get(url(order)).content.decode()
    assert url(order, "proof", proof.pk) in text
    assert f"Kode unik: {order.unique_code}" in text
    picture = as_user(owner).get(url(order, "proof", proof.pk))
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"


def test_confirming_with_one_tap(owner, as_user, placement):
    order = shop.order_with_proof(placement)
    for _click in range(2):
        response = as_user(owner).post(url(order, "confirmation"))
        assert response.url == url(order)
    assert state(order) == (OrderState.PAID, PaymentState.CONFIRMED)
    assert Entry.objects.count() == 1


def test_confirming_without_a_proof_takes_a_picture(owner, as_user, placement):
    order = shop.placed_order(placement)
    file = SimpleUploadedFile("mutasi.jpg", shop.photo().read())
    as_user(owner).post(url(order, "confirmation"), {"evidence": file})
    assert Entry.objects.get().evidence == "B"


def test_confirming_with_a_broken_picture_changes_nothing(owner, as_user, placement):
    order = shop.placed_order(placement)
    file = SimpleUploadedFile("mutasi.jpg", b"bukan gambar")
    text = as_user(owner).post(url(order, "confirmation"), {"evidence": file}, follow=True).content.decode()
    assert "bukan gambar" in text
    assert state(order)[0] == OrderState.PLACED


def test_rejecting_needs_a_reason(owner, as_user, placement):
    order = shop.order_with_proof(placement)
    text = as_user(owner).post(url(order, "rejection")).content.decode()
    assert "Tulis alasannya" in text
    as_user(owner).post(url(order, "rejection"), {"reject-reason": "Buram"})
    assert state(order)[1] == PaymentState.REJECTED


def test_another_proof_is_asked_for_with_one_tap(owner, as_user, placement):
    order = shop.order_with_proof(placement, language="en")
    text = as_user(owner).get(url(order)).content.decode()
    assert 'name="reject-reason" value="The money has not come.">Uangnya belum masuk.<' in text
    as_user(owner).post(url(order, "rejection"), {"reject-reason": "The money has not come."})
    assert state(order) == (OrderState.PLACED, PaymentState.REJECTED)
    mail = OutgoingMail.objects.get(key__startswith="order:rejected_buyer")
    assert "The money has not come." in mail.body


def test_a_proof_is_asked_for_where_the_buyer_only_said_so(owner, as_user, placement):
    order = shop.placed_order(placement)
    inside = as_user(owner)
    assert "Minta bukti" not in inside.get(url(order)).content.decode()
    text = inside.post(url(order, "rejection"), {"reject-reason": "Belum"}, follow=True).content.decode()
    assert "statusnya sekarang" in text
    claim_payment(order)
    assert "Belum masuk? Minta bukti<" in inside.get(url(order)).content.decode()
    inside.post(url(order, "rejection"), {"reject-reason": "Belum masuk"})
    assert state(order) == (OrderState.PLACED, PaymentState.REJECTED)
    assert order.code not in inside.get(reverse("orders:inbox")).content.decode()
    submit_proof(order, file=shop.photo())
    assert state(order)[1] == PaymentState.PROOF_SUBMITTED


def test_packing_shipping_completing(owner, as_user, placement):
    order = confirm_payment(shop.placed_order(placement), by=owner)
    inside = as_user(owner)
    inside.post(url(order, "packing"))
    assert state(order)[0] == OrderState.PACKED
    assert "Tulis nama kurirnya" in inside.post(url(order, "shipment"), {"courier": ""}).content.decode()
    inside.post(url(order, "shipment"), {"courier": "JNE", "tracking_number": "JT1"})
    assert state(order)[0] == OrderState.SHIPPED
    inside.post(url(order, "completion"))
    assert state(order)[0] == OrderState.COMPLETED
    assert order.code in inside.get(reverse("orders:inbox"), {"antrean": "selesai"}).content.decode()


def test_packing_from_the_list_leads_back_to_it(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    inside = as_user(owner)
    assert url(order, "packing") in inside.get(reverse("orders:inbox")).content.decode()
    assert inside.post(url(order, "packing"), {"antrean": "tugas"}).url == reverse("orders:inbox") + "?antrean=tugas"
    assert inside.post(url(order, "packing"), {"antrean": "//jahat.test"}).url == url(order)


def test_cancelling_needs_a_reason_and_returns_stock(owner, as_user, placement):
    order = shop.placed_order(placement)
    assert "Tulis alasannya" in as_user(owner).post(url(order, "cancellation")).content.decode()
    as_user(owner).post(url(order, "cancellation"), {"cancel-reason": "Ternyata habis"})
    assert state(order)[0] == OrderState.CANCELLED
    placement.product.refresh_from_db()
    assert placement.product.stock == 50


def test_impossible_step_says_so(owner, as_user, placement):
    order = shop.placed_order(placement)
    text = as_user(owner).post(url(order, "packing"), follow=True).content.decode()
    assert "statusnya sekarang" in text


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_are_no_pages(owner, as_user, placement, name):
    assert as_user(owner).get(url(shop.placed_order(placement), name)).status_code == 405


def test_inbox_costs_the_same_for_one_and_for_many(owner, as_user, placement):
    inside = as_user(owner)
    shop.placed_order(placement)
    inside.get(reverse("orders:inbox"))
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            inside.get(reverse("orders:inbox"), {"antrean": "baru"})
        counts.append(len(queries))
        shop.placed_order(placement)
        shop.placed_order(placement)
    assert counts[0] == counts[1]


def test_pages_continue_where_the_last_ended(owner, as_user, placement, monkeypatch):
    monkeypatch.setattr("orders.views.inbox.PER_PAGE", 2)
    now = timezone.now()
    orders = [shop.placed_order(placement, now=now - dt.timedelta(minutes=n)) for n in range(3)]
    inside = as_user(owner)
    first = inside.get(reverse("orders:inbox"), {"antrean": "baru"})
    text = first.content.decode()
    assert text.index(orders[2].code) < text.index(orders[1].code)  # what is due first
    assert orders[0].code not in text
    key = first.context["listed"].next_key
    text = inside.get(reverse("orders:inbox"), {"antrean": "baru", "sebelum": key}).content.decode()
    assert orders[0].code in text
    assert orders[1].code not in text
    for broken in ("x", "2020-99-99T00:00_3", "_", "2020-01-01T00:00:00_1", "²_²"):
        assert inside.get(reverse("orders:inbox"), {"antrean": "baru", "sebelum": broken}).status_code == 200


def test_tab_counts_what_waits(owner, as_user, placement):
    shop.placed_order(placement)
    shop.order_with_proof(placement)
    confirm_payment(shop.placed_order(placement), by=owner)
    response = as_user(owner).get(reverse("orders:inbox"))
    assert [tab.count for tab in response.context["tabs"] if tab.name == "orders"] == [2]
