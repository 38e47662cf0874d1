"""The page of a product in a real browser: photos, variants and prices, with and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import PriceStep, ProductPhoto, Variant
from expo.derivatives import derive
from tests.browser.looking import becomes, fits, follow, settle
from tests.catalog.street import Street, make_picture

pytestmark = pytest.mark.django_db(transaction=True)

# Adds up what moved without the visitor having done anything.
WATCH_SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
SCROLL = "() => new Promise((done) => { let y = 0; const step = () => { scrollTo(0, y += 400); \
y < document.body.scrollHeight ? setTimeout(step, 40) : setTimeout(done, 300); }; step(); })"


@pytest.fixture
def street():
    """A product with three photos, of which one is the red variant's, in all its sizes."""
    street = Street(booths=3, products=14, picture=True)
    product = street.placements[0].product
    red, blue = make_picture("#aa3311"), make_picture("#113399")
    for picture in (product.cover, red, blue):
        ProductPhoto.objects.create(product=product, picture=picture)
        derive(picture.pk)
    for number, (name, price, stock, picture) in enumerate(
        (("Cokelat", 150_000, 8, None), ("Merah", 175_000, 3, red), ("Biru", 160_000, 0, blue))
    ):
        Variant.objects.create(product=product, name=name, price=price, stock=stock, picture=picture, position=number)
    PriceStep.objects.create(product=product, minimum_quantity=10, unit_price=120_000)
    sum_up_variants(product)
    sum_up_steps(product)
    return street


def test_photos_and_variants_work_without_javascript(plain_page, site, street):
    page = plain_page
    page.goto(f"{site}/produk/kain-0/")
    page.get_by_role("link", name="Foto 2", exact=True).click()
    expect(page.locator("#foto-2")).to_be_in_viewport(ratio=0.5)
    full = page.locator("#foto-2").get_attribute("href")
    assert page.request.get(f"{site}{full}").headers["content-type"] == "image/jpeg"
    expect(page.get_by_role("radio", name="Biru")).to_be_disabled()
    page.get_by_role("radio", name="Merah").check()
    expect(page.get_by_role("button", name="Beli")).to_be_in_viewport()
    follow(page.get_by_role("button", name="Beli"))
    page.goto(f"{site}/keranjang/")
    expect(page.locator("main")).to_contain_text("Merah")
    expect(page.locator("main")).to_contain_text("Rp175.000")


def test_price_and_photo_follow_the_chosen_variant(page, site, street, complaints):
    page.goto(f"{site}/produk/kain-0/")
    price = page.locator("[data-price]:not(input)")
    expect(price).to_have_text("Rp150.000–Rp175.000")
    page.get_by_role("radio", name="Merah").check()
    expect(price).to_have_text("Rp175.000")
    expect(page.locator("#foto-2")).to_be_in_viewport()
    expect(page.locator("#quantity")).to_have_attribute("max", "3")
    page.locator("#foto-2").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_be_visible()
    settle(page)
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert complaints == []


def test_nothing_shifts_while_a_page_loads(page, site, street):
    page.add_init_script(WATCH_SHIFTS)
    for address in ("/", "/cari/", "/stan/uvo/usaha-0/", "/produk/kain-0/"):
        page.goto(f"{site}{address}", wait_until="networkidle")
        page.evaluate(SCROLL)
        assert (address, page.evaluate("window.shifted")) == (address, [])


def test_phones_fetch_small_photos_in_the_best_format(page, site, street):
    fetched = []
    page.on("response", lambda answer: fetched.append(answer.url.rpartition("/")[2]))
    page.goto(f"{site}/cari/", wait_until="networkidle")
    becomes(page, lambda: {name for name in fetched if name.endswith((".avif", ".webp", ".jpg"))}, {"320.avif"})
    fetched.clear()
    page.goto(f"{site}/produk/kain-0/", wait_until="networkidle")
    becomes(page, lambda: "400.avif" in fetched, True)
    assert not [name for name in fetched if name.endswith((".webp", ".jpg"))]


def test_a_full_product_page_is_accessible_and_fits(page, site, street, complaints):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(f"{site}/en/produk/kain-0/")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page), width
    assert complaints == []
