"""A buyer reviews with a photo, the exhibitor answers, everyone reads it: 360 pixels, at first without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from catalog.models import Review
from inquiries.domain.inquiries import answer
from orders.domain.fulfilment import complete_order
from tests.browser.looking import fits, follow, sign_in
from tests.inquiries.test_inbox import make_inquiry
from tests.orders import shop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, name="Tas anyam pandan")
    return complete_order(shop.paid_order(placement, by=owner, name="Siti Rahmawati"), by=owner)


@pytest.fixture
def photos(tmp_path):
    paths = []
    for number, size in enumerate(((720, 900), (600, 600))):
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(shop.photo(size=size).read())
        paths.append(path)
    return paths


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_review_with_photo_is_read_and_answered(page: Page, site, order, owner, photos):
    page.goto(site + order.get_absolute_url())
    page.get_by_role("link", name="Ulas Tas anyam pandan").click()
    page.get_by_role("button", name="Kirim ulasan").click()
    expect(page.get_by_text("Pilih satu sampai lima bintang.").first).to_be_visible()
    page.get_by_label("Cerita Anda").fill("Anyamannya rapat.")
    page.get_by_label("★★★★☆ Bagus").check()
    page.locator("input[type=file]").set_input_files(photos)
    assert fits(page)
    page.get_by_role("button", name="Kirim ulasan").click()
    expect(page.get_by_text("Ulasan Anda tampil di halaman produk")).to_be_visible()
    assert fits(page)

    sign_in(page, site, owner)
    page.goto(f"{site}/dasbor/lainnya/")
    page.get_by_role("main").get_by_role("link", name="Ulasan").click()
    page.get_by_role("link", name="Siti R.").click()
    page.get_by_label("Tanggapan Anda").fill("Terima kasih!")
    follow(page.get_by_role("button", name="Tampilkan tanggapan"))

    page.goto(site + order.lines.get().product.get_absolute_url())
    section = page.locator("#reviews")
    for text in ("Siti R.", "Anyamannya rapat.", "Terima kasih!", "4,0"):
        expect(section).to_contain_text(text)
    expect(section.get_by_role("img", name="Foto 1 dari Siti R.")).to_be_visible()
    assert fits(page)


def test_pages_of_voices_are_accessible(page: Page, site, order, owner, complaints):
    product = order.lines.get().product
    inquiry = make_inquiry(
        owner.exhibitor, product=product, edition=order.edition, may_publish=True, message="Ada warna lain?"
    )
    answer(inquiry, "Ada tiga.", by=owner, publish=True)
    page.goto(f"{site}/pesanan/{order.token}/ulasan/{order.lines.get().pk}/")
    page.get_by_label("★★★★★ Bagus sekali").check()
    violations = [Axe().run(page).response["violations"]]
    follow(page.get_by_role("button", name="Kirim ulasan"))
    assert Review.objects.get().rating == 5
    for address in (order.get_absolute_url(), product.get_absolute_url(), f"{product.get_absolute_url()}ulasan/"):
        page.goto(site + address)
        violations.append(Axe().run(page).response["violations"])
    sign_in(page, site, owner)
    pages = ("foto", "varian", "varian/baru", "grosir", "potongan", "harga-stok", "ukuran", "pembuatan")
    addresses = [f"/dasbor/produk/{product.pk}/{name}/" for name in pages]
    for address in [*addresses, "/dasbor/ulasan/", "/dasbor/sertifikat/baru/", f"/dasbor/produk/{product.pk}/"]:
        page.goto(site + address)
        violations.append(Axe().run(page).response["violations"])
        assert fits(page), address
    assert [found["id"] + found["nodes"][0]["html"] for page_found in violations for found in page_found] == []
    assert complaints == []
