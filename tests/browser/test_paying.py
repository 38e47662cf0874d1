"""Paying on a small phone: by QRIS and by transfer without JavaScript, and what a screen reader is told."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from orders.domain.offers import Wishes
from orders.models import Order
from orders.qris.picture import text_in_picture
from tests.browser.looking import fits, follow, sign_in
from tests.orders import shop
from tests.orders.qris.codes import static_code
from tests.orders.ways import give_qris, give_settings

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def placement(owner):
    give_qris(owner.exhibitor, by=owner)
    give_settings(owner.exhibitor, takes_cash=True)
    return shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), stock=9)


def placed(placement, method) -> Order:
    booth = placement.booth.pk
    return shop.placed_order(placement, wishes=Wishes(deliveries={booth: "pickup"}, methods={booth: method}))


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_from_transfer_to_qris_to_a_claim_without_javascript(page: Page, site, placement, tmp_path):
    order = placed(placement, "transfer")
    page.goto(site + order.get_absolute_url())
    expect(page.get_by_text(order.payment.account_number)).to_be_visible()
    assert fits(page)
    page.get_by_text("Bayar dengan cara lain").click()
    follow(page.get_by_role("button", name="Ganti ke QRIS"))

    expect(page.get_by_text("Pindai, lalu ketik tepat jumlah ini")).to_be_visible()
    code = page.get_by_role("img", name=re.compile("Kode QRIS"))
    expect(code).to_be_visible()
    assert fits(page)
    assert code.bounding_box()["width"] > 250
    shot = tmp_path / "qris.png"
    page.screenshot(path=shot, full_page=True)
    with shot.open("rb") as file:
        assert text_in_picture(file) == static_code()  # a phone that looks at this screen can read it

    page.get_by_text("tidak punya bukti?").click()
    page.get_by_role("button", name="Saya sudah membayar").click()
    expect(page.get_by_text("Anda menyatakan sudah membayar", exact=True)).to_be_visible()
    assert Order.objects.awaiting_confirmation().count() == 1


def test_pages_of_paying_are_told_to_screen_readers(page: Page, site, placement, owner, complaints):
    addresses = [placed(placement, method).get_absolute_url() for method in ("transfer", "qris", "cash")]
    for address in addresses:
        page.goto(site + address)
        expect(page.locator("time[data-countdown]").first).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
        violations(page)
    sign_in(page, site, owner)
    for name in ("payment-settings", "statements"):
        page.goto(site + reverse(f"orders:{name}"))
        assert fits(page)
        violations(page)
    assert complaints == []


def violations(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
