"""Labels and packing slips: what stands on them, for whom, and that everything fits."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from orders.domain.fulfilment import pack_order, ship_order
from orders.domain.refund import record_refund
from orders.models import Order
from tests.orders import shop

pytestmark = pytest.mark.django_db
LONG = "Raden Ayu Kusumawardhani Tjokroadisoerjo " * 3


@pytest.fixture
def placement(owner):
    return shop.sold(exhibitor=owner.exhibitor, name="Tas pandan", price=75_000, stock=50)


def pages(response) -> list[str]:
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(response.content)).pages]


def address(name: str, *orders) -> str:
    return reverse(f"orders:inbox-{name}") + "?" + "&".join(f"pesanan={order.code}" for order in orders)


def test_label_says_who_where_and_what(owner, as_user, placement):
    order = shop.paid_order(
        placement, by=owner, quantity=2, address="Jalan Mawar 5", name="Sari Dewi", postcode="57123"
    )
    ship_order(order, by=owner, courier="JNE Reguler", tracking_number="JT0012345")
    (label,) = pages(as_user(owner).get(reverse("orders:inbox-label", args=[order.code])))
    for said in ("Sari Dewi", "Jalan Mawar 5", "57123", order.code, "JNE Reguler", "JT0012345", "2 barang"):
        assert said in label
    assert owner.exhibitor.name in label
    assert order.booth.number in label
    assert "75.000" not in label
    assert order.token not in label
    (english,) = pages(as_user(owner).get("/en" + reverse("orders:inbox-label", args=[order.code])))
    assert "2 items" in english


def test_sender_is_what_the_exhibitor_lets_be_seen(owner, as_user, placement):
    owner.exhibitor.whatsapp = "+6281234567890"
    owner.exhibitor.save()
    order = shop.paid_order(placement, by=owner)
    inside = as_user(owner)
    path = reverse("orders:inbox-label", args=[order.code])
    assert "+62 812-3456-7890" in pages(inside.get(path))[0]
    answers = {"name": "Gudang Sekar", "address": "Jalan Gudang 7", "note": "Jangan dibanting"}
    assert inside.post(reverse("orders:label-sender"), answers).status_code == 302
    (label,) = pages(inside.get(path))
    for said in ("Gudang Sekar", "Jalan Gudang 7", "JANGAN DIBANTING"):
        assert said in label
    assert "+62 812-3456-7890" not in label


def test_slip_lists_what_is_to_be_packed_without_prices(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner, quantity=3)
    line = order.lines.get()
    record_refund(order, by=owner, reason="Satu rusak", key="k", lines={line.pk: 1})
    Order.objects.filter(pk=order.pk).update(note="Bungkus kado ya")
    (slip,) = pages(as_user(owner).get(reverse("orders:inbox-slip", args=[order.code])))
    for said in ("Tas pandan", "2 ×", "2 barang", "Bungkus kado ya", order.code, "1/1"):
        assert said in slip
    assert "75.000" not in slip


@pytest.mark.parametrize("name", ["labels", "slips"])
def test_many_orders_are_one_file_in_the_order_ticked(owner, as_user, placement, name):
    orders = [shop.paid_order(placement, by=owner) for _each in range(3)]
    orders.reverse()
    found = pages(as_user(owner).get(address(name, *orders, orders[0])))
    assert len(found) == 3
    assert all(order.code in page for order, page in zip(orders, found, strict=True))


def test_names_and_addresses_of_any_length_and_script_fit_on_one_page(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    inside = as_user(owner)
    owner.exhibitor.name = (LONG + LONG)[:120]
    owner.exhibitor.save()
    for name, typed in (
        (LONG[:120], "Perumahan Griya Asri\n" * 20),
        ("a" * 120, "x" * 500),
        ("王小明 🌸 ꦱꦫꦶ", "شارع الملك"),
    ):
        Order.objects.filter(pk=order.pk).update(
            buyer_name=name, address=typed, courier="J" * 60, tracking_number="9" * 60
        )
        assert len(pages(inside.get(reverse("orders:inbox-label", args=[order.code])))) == 1
        assert pages(inside.get(reverse("orders:inbox-slip", args=[order.code])))
        assert pages(inside.get(reverse("orders:inbox-receipt", args=[order.code])))


def test_fetched_orders_have_a_label_without_an_address(owner, as_user):
    placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition())
    order = shop.paid_order(placement, by=owner, address="Jalan Mawar 5")
    Order.objects.filter(pk=order.pk).update(delivery="pickup")
    (label,) = pages(as_user(owner).get(reverse("orders:inbox-label", args=[order.code])))
    assert f"Diambil di stan {order.booth.number}" in label
    assert "Jalan Mawar 5" not in label


def test_orders_of_others_are_not_printed(owner, outsider, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    mine = shop.paid_order(shop.sold(exhibitor=outsider.exhibitor), by=outsider)
    outside = as_user(outsider)
    assert outside.get(reverse("orders:inbox-label", args=[order.code])).status_code == 404
    assert outside.get(address("labels", order)).url == reverse("orders:inbox")
    (found,) = pages(outside.get(address("labels", mine, order)))
    assert order.code not in found


def test_what_is_not_paid_or_over_is_named_and_nothing_is_printed(owner, as_user, placement):
    unpaid, paid = shop.placed_order(placement), shop.paid_order(placement, by=owner)
    text = as_user(owner).get(address("labels", paid, unpaid), follow=True).content.decode()
    assert f"Lepas dahulu: {unpaid.code}" in text


def test_order_page_offers_papers_while_they_are_of_use(owner, as_user, placement):
    order = shop.order_with_proof(placement)
    inside, page = as_user(owner), reverse("orders:inbox-order", args=[order.code])
    label = reverse("orders:inbox-label", args=[order.code])
    assert label not in inside.get(page).content.decode()
    inside.post(reverse("orders:inbox-confirmation", args=[order.code]))
    assert label in inside.get(page).content.decode()
    pack_order(order, by=owner)
    assert label in inside.get(page).content.decode()


def test_papers_cost_the_same_queries_for_one_and_for_many(owner, as_user, placement):
    orders = [shop.paid_order(placement, by=owner) for _each in range(4)]
    inside, counts = as_user(owner), []
    for some in (orders[:1], orders):
        with CaptureQueriesContext(connection) as queries:
            inside.get(address("labels", *some))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_was_ticked_last_is_printed_however_much_is_no_parcel(owner, as_user, placement):
    order = shop.paid_order(placement, by=owner)
    strangers = [f"{order.code[:-4]}{number:04}" for number in range(2000, 2150)]
    asked = "&".join(f"pesanan={code}" for code in [*strangers, order.code])
    assert len(pages(as_user(owner).get(f"{reverse('orders:inbox-labels')}?{asked}"))) == 1
