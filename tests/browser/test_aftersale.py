"""After the payment, on a phone of 360 pixels without JavaScript, and as a screen reader meets it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from orders.domain.fulfilment import ship_order
from orders.models import Order
from orders.states import OrderState
from tests.browser.looking import fits, follow
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(owner):
    return shop.paid_order(shop.sold(exhibitor=owner.exhibitor, name="Tas pandan"), by=owner)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_parcel_is_followed_and_received_without_javascript(page: Page, site, order, owner):
    page.goto(site + order.get_absolute_url())
    page.get_by_role("link", name="Minta pembatalan").click()
    page.get_by_label("Mengapa ingin membatalkan?").fill("Salah ukuran")
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(page.get_by_text("Anda meminta pembatalan").first).to_be_visible()
    follow(page.get_by_role("button", name="Cabut permintaan, lanjutkan pesanan"))
    ship_order(order, by=owner, courier="JNE", tracking_number="JT1234567")
    page.goto(site + order.get_absolute_url())
    expect(page.get_by_role("link", name="Lacak di situs JNE")).to_have_attribute("href", re.compile("jne.co.id"))
    assert fits(page)
    page.get_by_role("button", name="Sudah saya terima").click()
    expect(page.get_by_text("Pesanan selesai").first).to_be_visible()
    assert Order.objects.get(pk=order.pk).state == OrderState.COMPLETED


def test_pages_after_the_payment_have_no_barrier(page: Page, site, order):
    for address in (order.get_absolute_url(), f"{order.get_absolute_url()}permintaan-pembatalan/"):
        page.goto(site + address)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, found.generate_report()
        assert fits(page)
