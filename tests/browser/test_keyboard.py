"""From a product to a placed order on a small screen without touching it: Tab, Enter, Space and arrows alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from orders.models import Order, ShippingService
from tests import factories
from tests.browser.barriers import violations
from tests.browser.looking import settle
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)

# What has the focus: is it shown, is it on the screen and uncovered, and where does it stand in the document?
FOCUSED = """() => {
  const element = document.activeElement;
  const isChoice = element.matches("input[type=radio], input[type=checkbox]");
  const shown = isChoice ? element.closest("label") ?? element : element;
  const isLit = [element, shown].some((part) => [null, "::after"].some((pseudo) => {
    const style = getComputedStyle(part, pseudo);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  })) || element.matches(".plan__stand");
  const box = shown.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    html: element.outerHTML.slice(0, 160), under: top?.outerHTML.slice(0, 90), at: [x, y],
    isLit, tabindex: element.tabIndex, isPage: element === document.body,
    isUncovered: box.bottom > 0 && box.top < innerHeight && (shown.contains(top) || (top && top.contains(shown))),
    isBefore: Boolean(window.lastFocused?.isConnected
      && window.lastFocused.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING),
  };
}"""


@pytest.fixture
def goods(owner):
    """A booth with two couriers, in a regency with two districts of similar names."""
    salatiga = factories.make_region()
    for code, name in (("33.73.01", "Sidorejo"), ("33.73.02", "Sidomukti")):
        factories.make_region(code=code, name=name, level="district", parent=salatiga)
    ShippingService.objects.filter(exhibitor=owner.exhibitor).delete()
    factories.make_shipping(owner.exhibitor, ("33", {1000: 12_000}), name="JNE Reguler")
    factories.make_shipping(owner.exhibitor, ("33.73", 5_000), name="Kurir toko", position=1)
    return shop.sold(
        exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), name="Tas anyam", price=75_000, weight_grams=800
    )


def arrived(page: Page) -> dict:
    """Where the focus is, once the page has scrolled there."""
    for _try in range(10):
        stop = page.evaluate(FOCUSED)
        if stop["isUncovered"]:
            break
        page.wait_for_timeout(50)
    return stop


def tab_to(page: Page, wanted: Locator, *, most: int = 60) -> None:
    """Press Tab until ``wanted`` has the focus; every stop on the way is visible, uncovered and in reading order."""
    expect(wanted).to_have_count(1)
    settle(page)
    page.evaluate("window.lastFocused = document.activeElement")
    for _press in range(most):
        page.keyboard.press("Tab")
        stop = arrived(page)
        assert not stop["isPage"], "the focus fell out of the page"
        assert stop["isLit"], stop
        assert stop["isUncovered"], stop
        assert stop["tabindex"] == 0, stop
        assert not stop["isBefore"], stop
        page.evaluate("window.lastFocused = document.activeElement")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_from_the_product_to_the_order_by_keyboard_alone(page: Page, site, goods, complaints):
    page.emulate_media(reduced_motion="reduce")
    press = page.keyboard.press
    page.goto(site + goods.product.get_absolute_url())
    tab_to(page, page.get_by_role("link", name="Langsung ke isi"))
    press("Enter")
    tab_to(page, page.get_by_role("button", name="Beli"))
    press("Enter")
    to_cart = page.locator("#added a")
    expect(to_cart).to_be_visible()
    tab_to(page, to_cart)
    press("Enter")
    page.wait_for_url("**/keranjang/")
    tab_to(page, page.get_by_role("link", name="Isi alamat dan bayar"))
    press("Enter")
    page.wait_for_url("**/keranjang/bayar/")

    # The browser itself leads to what is empty; what we find wrong gets the focus, with links to the fields.
    submit = page.get_by_role("button", name=re.compile("Hitung|Pesan"))
    tab_to(page, page.get_by_label("Nomor WhatsApp"))
    page.keyboard.type("12")
    tab_to(page, page.get_by_label("Alamat lengkap"))
    page.keyboard.type("Jalan Merdeka 1")
    tab_to(page, submit)
    press("Enter")
    expect(page.get_by_label("Nama penerima")).to_be_focused()
    page.keyboard.type("Sari Dewi")
    tab_to(page, submit)
    press("Enter")
    summary = page.get_by_role("main").get_by_role("alert").first
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nomor telepon tidak dikenali")
    expect(page.get_by_label("Alamat lengkap")).to_have_value("Jalan Merdeka 1")
    assert violations(page) == []
    tab_to(page, summary.get_by_role("link", name="Nomor WhatsApp"))
    press("Enter")
    expect(page.get_by_label("Nomor WhatsApp")).to_be_focused()
    press("Control+A")
    page.keyboard.type("0812 3456 7890")
    tab_to(page, page.get_by_label("Kecamatan atau kode pos"))
    with page.expect_response(re.compile("=sido")):
        page.keyboard.type("sido")
    places = page.locator("input[name=area_code]")
    expect(places).to_have_count(2)
    tab_to(page, places.first)
    with page.expect_response(re.compile("ringkasan")):
        press("Space")
    tab_to(page, page.get_by_label(re.compile("Ingat nama")))
    press("Space")
    expect(page.get_by_label(re.compile("Ingat nama"))).to_be_checked()
    couriers = page.locator(f"input[name=delivery_{goods.booth_id}]")
    expect(couriers).to_have_count(3)
    tab_to(page, couriers.first)
    with page.expect_response(re.compile("ringkasan")):
        press("ArrowDown")
    expect(page.locator("#checkout-summary")).to_contain_text("Rp80.000")
    # What was swapped in keeps the focus where it was.
    expect(couriers.nth(1)).to_be_focused()
    tab_to(page, page.get_by_role("button", name=re.compile("Pesan seharga Rp80.000")))
    press("Enter")
    page.wait_for_url("**/pembelian/**")
    order = Order.objects.get()
    assert (order.buyer_name, order.district, order.shipping_service) == ("Sari Dewi", "Sidomukti", "Kurir toko")
    assert complaints == []
