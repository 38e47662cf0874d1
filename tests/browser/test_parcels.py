"""From an order to its parcel on a phone of 360 pixels, without JavaScript, and as a screen reader meets the list."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from orders.models import Order
from tests.browser.looking import fits, follow, sign_in
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_order_is_confirmed_packed_labelled_and_shipped(page, site, owner):
    placement = shop.sold(exhibitor=owner.exhibitor, name="Tas pandan")
    order, other = shop.order_with_proof(placement), shop.paid_order(placement, by=owner)
    sign_in(page, site, owner)
    follow(page.get_by_role("link", name="Periksa 1 bukti pembayaran"))
    assert fits(page)
    follow(page.get_by_role("link", name="Periksa pembayaran"))
    follow(page.get_by_role("button", name="sudah masuk"))
    assert state_of(order) == "paid"
    follow(page.get_by_role("link", name="Semua pesanan"))
    follow(page.get_by_role("link", name="Kemas"))
    follow(page.get_by_role("link", name="Pilih semua"))
    assert fits(page)
    page.get_by_label(f"Pilih {other.code}").uncheck()
    follow(page.get_by_role("button", name="Tandai dikemas"))
    follow(page.get_by_role("button", name="Tandai semua yang dicentang sudah dikemas"))
    assert (state_of(order), state_of(other)) == ("packed", "paid")
    label = page.request.get(f"{site}/dasbor/pesanan/label.pdf?pesanan={order.code}")
    assert label.headers["content-type"] == "application/pdf"
    assert order.code in words_of(label.body())
    page.get_by_label(f"Pilih {order.code}").check()
    follow(page.get_by_role("button", name="Isi resi"))
    page.get_by_label("Kurir").fill("JNE Reguler")
    page.get_by_label("Nomor resi").fill("JT0012345678")
    assert fits(page)
    follow(page.get_by_role("button", name="Simpan, tandai dikirim"))
    expect(page.get_by_text("1 pesanan dikirim")).to_be_visible()
    shipped = Order.objects.get(pk=order.pk)
    assert (shipped.state, shipped.tracking_number) == ("shipped", "JT0012345678")


def test_lists_and_tables_of_orders_have_no_barrier(page, site, owner):
    placement = shop.sold(exhibitor=owner.exhibitor)
    codes = [shop.paid_order(placement, by=owner).code for _each in range(2)]
    picked = "&".join(f"pesanan={code}" for code in codes)
    sign_in(page, site, owner)
    for address in ("", "?antrean=kemas&pilih=semua", f"pengemasan/?{picked}", f"pengiriman/?{picked}"):
        page.goto(f"{site}/dasbor/pesanan/{address}")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert fits(page)
