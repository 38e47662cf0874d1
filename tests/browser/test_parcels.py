"""From an order to its parcel on a phone of 360 pixels, without JavaScript, and as a screen reader meets the list."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from orders.models import Order
from tests.browser.test_exhibitor import fits, sign_in
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
    page.get_by_role("link", name="Periksa 1 bukti pembayaran").click()
    assert fits(page)
    page.get_by_role("link", name="Periksa pembayaran").click()
    page.get_by_role("button", name="sudah masuk").click()
    assert state_of(order) == "paid"
    page.get_by_role("link", name="Semua pesanan").click()
    page.get_by_role("link", name="Kemas").click()
    page.get_by_role("link", name="Pilih semua").click()
    assert fits(page)
    page.get_by_label(f"Pilih {other.code}").uncheck()
    page.get_by_role("button", name="Tandai dikemas").click()
    page.get_by_role("button", name="Tandai semua yang dicentang sudah dikemas").click()
    assert (state_of(order), state_of(other)) == ("packed", "paid")
    label = page.request.get(f"{site}/dasbor/pesanan/label.pdf?pesanan={order.code}")
    assert label.headers["content-type"] == "application/pdf"
    assert order.code in words_of(label.body())
    page.get_by_label(f"Pilih {order.code}").check()
    page.get_by_role("button", name="Isi resi").click()
    page.get_by_label("Kurir").fill("JNE Reguler")
    page.get_by_label("Nomor resi").fill("JT0012345678")
    assert fits(page)
    page.get_by_role("button", name="Simpan, tandai dikirim").click()
    assert page.get_by_text("1 pesanan dikirim").is_visible()
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
