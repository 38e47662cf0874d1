"""A visitor's walk in a real browser: on a phone, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from catalog.models import ProductPhoto
from catalog.search.vocabulary import renew_vocabulary
from tests.browser.looking import fits, follow
from tests.catalog.street import Street, make_picture

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "/", "/pameran/uvo/", "/aula/kriya/?stan=usaha-1", "/stan/uvo/usaha-0/", "/stan/", "/produk/kain-0/", "/kategori/",
    "/kategori/batik/", "/cari/?q=bathik&min=abc", "/en/cari/?q=zzzz", "/galeri/", "/tidak-ada/",
)  # fmt: skip


@pytest.fixture
def street():
    street = Street(booths=14, products=30, picture=True)
    for colour in ("#aa3311", "#113399"):
        ProductPhoto.objects.create(product=street.placements[0].product, picture=make_picture(colour))
    renew_vocabulary()
    return street


def test_visitor_walks_and_buys_without_javascript(plain_page, site, street):
    page = plain_page
    page.goto(site)
    page.get_by_role("link", name="Masuk aula").click()
    page.get_by_role("link", name="Usaha 0", exact=False).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Usaha 0")
    page.get_by_role("link", name="Kain batik 0", exact=True).or_(
        page.get_by_role("link", name="Kain batik 29", exact=True)
    ).first.click()
    expect(page.get_by_role("button", name="Beli")).to_be_in_viewport()
    page.get_by_label("Jumlah").fill("2")
    follow(page.get_by_role("button", name="Beli"))
    expect(page.locator("main")).to_contain_text("Kain batik")
    page.goto(f"{site}/keranjang/")
    expect(page.locator("main")).to_contain_text("Rp300.000")


def test_visitor_searches_without_javascript(plain_page, site, street):
    page = plain_page
    page.goto(site)
    page.get_by_role("searchbox").fill("bathik")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("main")).to_contain_text("Ini hasil untuk “batik”")
    page.get_by_role("link", name="Tampilkan lebih banyak").click()
    expect(page.locator(".card")).to_have_count(6)
    second = page.url.replace(site, f"{site}/en")
    page.get_by_role("link", name="English (EN)").click()
    expect(page).to_have_url(second)


def test_cart_and_visited_booths_show_up_with_javascript(page, site, street, complaints):
    page.goto(f"{site}/stan/uvo/usaha-1/")
    page.goto(f"{site}/produk/kain-0/")
    page.get_by_role("button", name="Beli").click()
    expect(page.locator("#cart-badge")).to_contain_text("1")
    page.goto(f"{site}/aula/kriya/")
    expect(page.locator("#cart-badge")).to_contain_text("1")
    expect(page.locator(".plan__stand--seen").first).to_be_visible()
    expect(page.get_by_text("sudah dikunjungi").locator("visible=true")).to_have_count(1)
    assert complaints == []


def test_floor_plan_is_walked_with_the_keyboard(page, site, street):
    page.goto(f"{site}/aula/kriya/")
    page.locator(".plan__stand").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Usaha 1")


def test_first_tab_leads_to_the_content(page, site, street):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()


def test_pages_fit_every_screen_and_break_no_policy(page, site, street, complaints):
    for width in (320, 768, 1280):  # 360 and its barriers: test_every_page.py
        page.set_viewport_size({"width": width, "height": 800})
        for address in PAGES:
            page.goto(f"{site}{address}")
            assert fits(page), (address, width)
    assert [text for text in complaints if "404" not in text] == []
