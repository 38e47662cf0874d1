"""Finding things in a real browser: suggestions, filters and more pages, with htmx and without JavaScript."""

import pytest
from playwright.sync_api import expect

from catalog.search.vocabulary import renew_vocabulary
from tests.browser.looking import follow, settle
from tests.catalog.street import Street
from tests.factories import make_booth, make_exhibitor, make_placement, make_product, make_region

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def street():
    street = Street(booths=2, products=30)
    pati = make_region(code="33.18", name="Kabupaten Pati")
    maker = make_exhibitor(name="Batik Pesisir", regency=pati)
    booth = make_booth(edition=street.edition, hall=street.hall, exhibitor=maker)
    for number in range(3):
        product = make_product(
            exhibitor=maker, category=street.category, name=f"Batik bakaran {number}", made_to_order=number == 0
        )
        make_placement(booth=booth, product=product)
    renew_vocabulary()
    return street


def test_suggestions_are_walked_with_the_keyboard(page, site, street, complaints):
    page.goto(site)
    field = page.get_by_role("searchbox")
    field.press_sequentially("bathi", delay=30)
    offered = page.locator("#saran a")
    expect(offered.first).to_have_text("batik")
    field.press("ArrowDown")
    expect(offered.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(offered).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("k")
    expect(offered.first).to_be_visible()
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hasil untuk “batik”")
    assert complaints == []


def test_filters_and_more_have_addresses_and_go_back(page, site, street, complaints):
    page.goto(f"{site}/cari/?q=batik")
    status = page.locator("#kepala [role=status]")
    expect(status).to_have_text("33 produk")
    page.get_by_role("link", name="Tampilkan lebih banyak").click()
    expect(page.locator(".card")).to_have_count(33)
    expect(page).to_have_url(f"{site}/cari/?q=batik&banyak=2")
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_label("Kab. Pati").check()
    expect(status).to_have_text("3 produk")
    expect(page).to_have_url(f"{site}/cari/?q=batik&wilayah=33.18")
    expect(page.get_by_label("Kab. Pati")).to_be_focused()
    page.get_by_label("Dibuat setelah dipesan").check()
    expect(status).to_have_text("1 produk")
    expect(page).not_to_have_url(f"{site}/cari/?q=batik&wilayah=33.18")
    settle(page)
    narrowed = page.url
    page.go_back()
    expect(status).to_have_text("3 produk")
    page.go_back()
    expect(page.locator(".card")).to_have_count(33)
    page.go_forward()
    expect(status).to_have_text("3 produk")
    page.go_forward()
    expect(page).to_have_url(narrowed)
    expect(status).to_have_text("1 produk")
    page.get_by_role("link", name="Dibuat setelah dipesan hapus saringan ini").click()
    expect(status).to_have_text("3 produk")
    assert complaints == []


def test_the_same_without_javascript(plain_page, site, street):
    page = plain_page
    page.goto(f"{site}/cari/?q=batik")
    page.get_by_role("link", name="Tampilkan lebih banyak").click()
    expect(page.locator(".card")).to_have_count(9)
    page.get_by_role("link", name="Sebelumnya").click()
    expect(page.locator(".card")).to_have_count(24)
    page.get_by_text("Saring dan urutkan").click()
    page.get_by_label("Kab. Pati").check()
    page.get_by_label("Dibuat setelah dipesan").check()
    page.get_by_role("button", name="Tampilkan").click()
    status = page.locator("#kepala [role=status]")
    expect(status).to_have_text("1 produk")
    follow(page.get_by_role("link", name="Kab. Pati"))
    expect(status).to_have_text("1 produk")
    page.go_back()
    page.go_back()
    expect(page.locator(".card")).to_have_count(24)
