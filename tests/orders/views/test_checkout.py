import re

import pytest
from django.urls import reverse

from catalog.models import Product
from expo.memo import forget
from orders.models import Checkout, Delivery, Order
from tests import factories
from tests.orders import shop
from tests.orders.domain.test_offers import voucher

pytestmark = pytest.mark.django_db
URL = "/keranjang/bayar/"


@pytest.fixture
def region(db):
    return factories.make_region()


def fill(client, *placements, quantity=1):
    cart = shop.cart_with(*placements, quantity=quantity)
    client.cookies["cart"] = cart.token
    return cart


def hidden(page) -> dict:
    text = page.content.decode()
    return {
        "key": re.search(r'name="key" value="([^"]+)"', text)[1],
        "seen": re.search(r'name="seen" value="([^"]+)"', text)[1].replace("&quot;", '"'),
    }


def typed(**fields) -> dict:
    return {
        "name": "Sari Dewi",
        "phone": "0812 3456 7890",
        "email": "sari@contoh.test",
        "country": "ID",
        "area": "Salatiga",
        "area_code": "33.73",
        "address": "Jalan Merdeka 1",
        **fields,
    }


def submit(client, page=None, **fields):
    page = page or client.get(URL)
    return client.post(URL, hidden(page) | typed(**fields))


def test_checkout_leads_to_the_purchase(client, region):
    placement = shop.sold(name="Tas anyam", price=75_000)
    fill(client, placement, quantity=2)
    response = submit(client)
    checkout = Checkout.objects.get()
    assert response.url == reverse("orders:purchase", args=[checkout.token])
    order = checkout.orders.get()
    assert (order.buyer_phone, order.destination, order.country) == ("+6281234567890", region, "ID")
    assert order.goods_total == 150_000
    page = client.get(response.url).content.decode()
    assert order.code in page
    assert order.payment.account_number in page


def test_checkout_of_an_empty_cart_leads_back(client):
    assert client.get(URL).url == reverse("orders:cart")
    assert client.post(URL, typed()).url == reverse("orders:cart")


def test_double_submit_leads_to_the_same_purchase(client, region):
    fill(client, shop.sold())
    page = client.get(URL)
    first, second = submit(client, page), submit(client, page)
    assert first.url == second.url
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "name_error"),
        ({"phone": "12"}, "Nomor telepon tidak dikenali"),
        ({"phone": "x'; drop table"}, "Nomor telepon tidak dikenali"),
        ({"email": "bukan"}, "email_error"),
        ({"area": "", "area_code": ""}, "Tulis kecamatan atau kode pos tujuan."),
        ({"area": "Atlantis", "area_code": "99.99"}, "Tempat ini tidak ditemukan."),
        ({"address": "  "}, "Tulis alamat lengkap."),
        ({"country": "XX"}, "country_error"),
        ({"postcode": "12"}, "Kode pos Indonesia terdiri atas lima angka."),
    ],
)
def test_checkout_says_what_is_missing_and_keeps_what_was_typed(client, region, fields, sentence):
    placement = shop.sold()
    fill(client, placement)
    text = submit(
        client, **{"name": "Nama Panjang", f"note_{placement.booth_id}": "Tingkir", **fields}
    ).content.decode()
    assert sentence in text
    assert 'value="Tingkir"' in text
    assert not Order.objects.exists()


def test_changed_price_is_shown_and_asked_about_again(client, region):
    placement = shop.sold(name="Tas anyam", price=75_000)
    fill(client, placement)
    page = client.get(URL)
    Product.objects.update(price=80_000)
    response = submit(client, page, name="Bu Sari")
    text = response.content.decode()
    assert response.status_code == 409
    assert "Harga Tas anyam berubah dari Rp75.000 menjadi Rp80.000." in text
    assert 'value="Bu Sari"' in text
    assert not Order.objects.exists()
    assert submit(client, response).status_code == 302
    assert Order.objects.get().goods_total == 80_000


def test_changed_price_is_told_beside_a_wrong_field(client, region):
    fill(client, shop.sold(price=75_000))
    page = client.get(URL)
    Product.objects.update(price=80_000)
    assert "menjadi Rp80.000" in submit(client, page, name="").content.decode()


def test_sold_out_meanwhile_shows_the_cart(client, region):
    fill(client, shop.sold(name="Tas anyam"))
    page = client.get(URL)
    Product.objects.update(stock=0)
    response = submit(client, page)
    assert response.status_code == 409
    assert "Stok habis" in response.content.decode()
    assert not Order.objects.exists()


def test_abroad_needs_an_address_but_no_regency(client, region):
    fill(client, shop.sold())
    submit(client, country="QA", area_code="33.73", phone="+974 3312 3456", address="West Bay 1, Doha")
    order = Order.objects.get()
    assert (order.country, order.destination, order.buyer_phone) == ("QA", None, "+97433123456")
    assert order.country_name == "Qatar"


def test_pickup_needs_no_address(client, region):
    placement = shop.sold(edition=shop.hybrid_edition(), exhibitor=factories.make_exhibitor(shipping_fee=12_000))
    fill(client, placement)
    fields = {"area": "", "area_code": "", "address": "", f"delivery_{placement.booth_id}": "pickup"}
    assert submit(client, **fields).status_code == 302
    order = Order.objects.get()
    assert (order.delivery, order.shipping_fee) == (Delivery.PICKUP, 0)


def test_online_edition_offers_no_pickup(client, region):
    placement = shop.sold()
    fill(client, placement)
    assert "Saya ambil di stan" not in client.get(URL).content.decode()
    submit(client, **{f"delivery_{placement.booth_id}": "pickup"})
    assert Order.objects.get().delivery == Delivery.SHIP


def test_note_reaches_its_booth_alone(client, region):
    first, second = shop.sold(), shop.sold()
    fill(client, first, second)
    submit(client, **{f"note_{first.booth_id}": "Warna merah"})
    assert Order.objects.get(booth=first.booth).note == "Warna merah"
    assert Order.objects.get(booth=second.booth).note == ""


def test_summary_follows_the_choice(client, region):
    placement = shop.sold(
        price=100_000, edition=shop.hybrid_edition(), exhibitor=factories.make_exhibitor(shipping_fee=12_000)
    )
    fill(client, placement)
    url = reverse("orders:checkout-summary")
    name = f"delivery_{placement.booth_id}"
    shipped = client.post(url, typed(**{name: "ship"}), HTTP_HX_REQUEST="true").content.decode()
    fetched = client.post(url, typed(**{name: "pickup"}), HTTP_HX_REQUEST="true").content.decode()
    assert "Rp112.000" in shipped
    assert "Rp112.000" not in fetched
    assert "Rp100.000" in fetched
    assert client.get(url).status_code == 405
    client.cookies.clear()
    assert client.post(url, {}).status_code == 200


def test_places_are_suggested(client, region):
    factories.make_region(code="33.73.01", name="Sidorejo", level="district", parent=region)
    url = reverse("orders:areas")
    response = client.get(url, {"area": "sidor"})
    assert 'value="33.73.01"' in response.content.decode()
    assert "public" in response.headers["Cache-Control"]
    for text in ("", "xx", "Atlantis", "'; --", "x" * 900):
        assert "radio" not in client.get(url, {"area": text}).content.decode()


def test_checkout_is_limited_by_phone(client, region, monkeypatch):
    monkeypatch.setattr("orders.views.checkout.PER_PHONE", 1)
    fill(client, shop.sold())
    submit(client)
    fill(client, shop.sold())
    response = submit(client, phone="62 812-3456-7890", name="Bu Sari")
    assert response.status_code == 429
    text = response.content.decode()
    assert "Terlalu banyak" in text
    assert 'value="Bu Sari"' in text
    assert Order.objects.count() == 1


def test_checkout_page_costs_the_same_for_one_and_for_many(client, region, django_assert_num_queries):
    edition = shop.selling_edition()
    for size in (1, 3):
        fill(client, *[shop.sold(edition=edition) for _ in range(size)])
        forget()  # the regencies, which the process remembers for a minute
        with django_assert_num_queries(7):
            client.get(URL)


def test_guest_buys_in_few_requests_and_queries(client, region, django_assert_max_num_queries):
    placements = [shop.sold(exhibitor=factories.make_exhibitor(email=f"e{n}@contoh.test")) for n in range(2)]
    with django_assert_max_num_queries(60):
        for placement in placements:
            client.post(reverse("orders:cart-add"), {"placement": placement.pk}, HTTP_SEC_FETCH_SITE="same-origin")
        client.get(reverse("orders:cart"))
        response = submit(client)
        client.get(response.url)
    assert Order.objects.count() == 2


def test_checkout_needs_a_token(client, region):
    fill(client, shop.sold())
    page = client.get(URL)
    client.handler.enforce_csrf_checks = True
    assert submit(client, page).status_code == 403
    assert not Order.objects.exists()


def test_one_mailbox_is_not_flooded_from_many_phones(client, region, monkeypatch):
    monkeypatch.setattr("orders.views.checkout.PER_EMAIL", 1)
    fill(client, shop.sold())
    submit(client)
    fill(client, shop.sold())
    assert submit(client, phone="0813 9876 5432", email="SARI@contoh.test").status_code == 429
    assert submit(client, phone="0813 9876 5432", email="").status_code == 302


def order_as_shown(client, **fields):
    """Without JavaScript: the first sending shows what the voucher takes off, the second orders that."""
    return submit(client, submit(client, **fields), **fields)


def test_codes_cannot_be_guessed_on_the_checkout(client, region, monkeypatch):
    monkeypatch.setattr("orders.views.checkout.CODES_PER_CART", 3)
    placement = shop.sold(price=100_000)
    voucher(placement, code="HEMAT10", value=10)
    fill(client, placement)
    url, field = reverse("orders:checkout-summary"), f"voucher_{placement.booth_id}"

    def said(code):
        return client.post(url, typed(**{field: code})).content.decode()

    for code in ("AAA", "BBB", "aaa ", "AAA", "BBB"):  # what was tried before is not tried again
        assert "Kode voucher ini tidak dikenal." in said(code)
    assert "Voucher memotong Rp10.000." in said("HEMAT10")
    for code in ("CCC", "DDD"):
        assert "Terlalu banyak percobaan." in said(code)
        assert "tidak dikenal" not in said(code)
    assert "Voucher memotong" in said("HEMAT10")
    assert "Terlalu banyak percobaan." in submit(client, **{field: "CCC"}).content.decode()
    assert not Order.objects.exists()
    assert order_as_shown(client, **{field: "HEMAT10"}).status_code == 302


def test_codes_cannot_be_guessed_with_ever_new_carts(client, region, monkeypatch):
    monkeypatch.setattr("orders.views.checkout.CODES_PER_ADDRESS", 2)
    placement = shop.sold()
    said = []
    for code in ("AAA", "BBB", "CCC"):
        fill(client, placement)
        page = client.post(reverse("orders:checkout-summary"), typed(**{f"voucher_{placement.booth_id}": code}))
        said.append("tidak dikenal" in page.content.decode())
    assert said == [True, True, False]


def test_what_a_number_has_ordered_is_asked_only_when_it_orders(client, region):
    placement = shop.sold(stock=9)
    code = {f"voucher_{placement.booth_id}": voucher(placement, uses_per_buyer=1).code}
    fill(client, placement)
    assert order_as_shown(client, **code).status_code == 302
    fill(client, placement)
    page = client.post(reverse("orders:checkout-summary"), typed(**code)).content.decode()
    assert "Voucher memotong" in page
    refused = submit(client, **code)
    again = submit(client, refused, **code)
    for answer in (refused, again):
        text = answer.content.decode()
        assert "sudah Anda pakai" in text
        assert "Kosongkan kodenya" in text
        assert "Voucher memotong" not in text
    assert Order.objects.count() == 1
    assert submit(client, again).status_code == 302
