"""Shipping by place, vouchers and a fee to be confirmed, on a small phone with and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from orders.domain.quotes import offer_fee
from orders.models import Order, ShippingService
from orders.states import FeeState
from tests import factories
from tests.browser.looking import fits, follow, settle
from tests.browser.test_purchase import buy
from tests.orders import shop
from tests.orders.domain.test_offers import voucher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def goods(owner):
    """A booth that ships by zone and with its own courier, and one that names each fee after the order."""
    salatiga = factories.make_region()
    for code, name in (("33.73.01", "Sidorejo"), ("33.73.02", "Sidomukti")):
        factories.make_region(code=code, name=name, level="district", parent=salatiga)
    edition = shop.hybrid_edition(name="Pameran Uji")
    ShippingService.objects.filter(exhibitor=owner.exhibitor).delete()
    factories.make_shipping(owner.exhibitor, ("33", {1000: 12_000}), ("home", 25_000), name="JNE Reguler")
    factories.make_shipping(owner.exhibitor, ("33.73", 5_000), name="Kurir toko", position=1)
    bag = shop.sold(exhibitor=owner.exhibitor, edition=edition, name="Tas anyam", price=75_000, weight_grams=800)
    joiner = factories.make_exhibitor(name="Mebel Jati", shipping_fee=None)
    chair = shop.sold(exhibitor=joiner, edition=edition, name="Kursi jati", price=900_000)
    return bag, chair


def fill(page: Page, place: str) -> None:
    page.get_by_label("Nama penerima").fill("Sari Dewi")
    page.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    page.get_by_label("Alamat lengkap").fill("Jalan Merdeka 1")
    page.get_by_label("Kecamatan atau kode pos").fill(place)


def test_place_courier_and_voucher_follow_by_htmx(page: Page, site, goods, owner):
    bag, _chair = goods
    voucher(bag, code="HEMAT10")
    for placement in goods:
        buy(page, site, placement)
        expect(page.locator("#added a")).to_be_visible()
    page.goto(f"{site}/keranjang/bayar/")
    fill(page, "sido")
    expect(page.get_by_label(re.compile("Sidorejo"))).to_be_visible()
    settle(page)
    page.get_by_label(re.compile("Sidorejo")).check()
    expect(page.locator("#checkout-booths")).to_contain_text("Rp12.000")
    settle(page)
    page.get_by_label(re.compile("Kurir toko")).check()
    expect(page.locator("#checkout-summary")).to_contain_text("Rp5.000")
    settle(page)
    page.locator("summary", has_text="Punya kode voucher").first.click()
    page.get_by_label("Kode voucher").first.fill("hemat10")
    page.get_by_label("Kode voucher").first.press("Tab")
    expect(page.locator("#checkout-summary")).to_contain_text("Rp7.500")
    settle(page)
    assert fits(page)
    page.get_by_role("button", name=re.compile("Pesan seharga")).click()
    page.wait_for_url("**/pembelian/**")
    order = Order.objects.get(exhibitor=owner.exhibitor)
    assert (order.goods_total, order.shipping_fee, order.shipping_service) == (67_500, 5_000, "Kurir toko")
    quoted = Order.objects.get(fee_state=FeeState.WAITING)
    offer_fee(quoted, by=owner, fee=250_000)
    page.goto(site + quoted.get_absolute_url())
    assert fits(page)
    follow(page.get_by_role("button", name=re.compile("Setuju, bayar")))
    expect(page.get_by_text("Rp1.150.").first).to_be_visible()
    quoted.refresh_from_db()
    assert (quoted.fee_state, quoted.shipping_fee) == (FeeState.ACCEPTED, 250_000)


def test_what_was_typed_survives_leaving_the_page(page: Page, site, goods):
    buy(page, site, goods[0])
    expect(page.locator("#added a")).to_be_visible()
    page.goto(f"{site}/keranjang/bayar/")
    fill(page, "sido")
    page.goto(f"{site}/keranjang/")
    page.goto(f"{site}/keranjang/bayar/")
    expect(page.get_by_label("Nama penerima")).to_have_value("Sari Dewi")
    expect(page.get_by_label("Alamat lengkap")).to_have_value("Jalan Merdeka 1")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_place_and_fee_without_javascript(page: Page, site, goods):
    buy(page, site, goods[0])
    page.goto(f"{site}/keranjang/bayar/")
    fill(page, "sido")
    follow(page.get_by_role("button", name="Cari tempat"))
    assert fits(page)
    page.get_by_label(re.compile("Sidomukti")).check()
    page.get_by_role("button", name="Hitung ongkos kirim, lalu periksa").click()
    expect(page.get_by_role("alert")).to_contain_text("Ongkos kirim sudah dihitung")
    page.get_by_role("button", name=re.compile("Pesan seharga Rp87.000")).click()
    page.wait_for_url("**/pembelian/**")
    order = Order.objects.get()
    assert (order.shipping_fee, order.district, order.district_code) == (12_000, "Sidomukti", "33.73.02")
