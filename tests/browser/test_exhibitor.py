"""An owner's afternoon on a phone of 360 pixels, and the curators' answer."""

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from inquiries.models import Inquiry
from tests.browser.looking import fits, follow, sign_in
from tests.factories import make_booth, make_category
from tests.inquiries.test_inbox import make_inquiry
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "kopi.jpg"
    path.write_bytes(photo_file().read())
    return path


def test_first_product_from_photo_to_show(page, site, complaints, photo, owner, curator, settings):
    category, booth = make_category(name="Kopi"), make_booth(exhibitor=owner.exhibitor)
    sign_in(page, site, owner)
    page.get_by_role("link", name="Tambahkan produk pertama").click()
    # A price that is none: the photo and what was typed are still there afterwards.
    page.locator("#id_cover_camera").set_input_files(photo)
    page.get_by_label("Nama produk").fill("Kopi Temanggung")
    page.get_by_label("Kategori").select_option(str(category.pk))
    page.get_by_label("Harga").fill("murah")
    page.get_by_role("button", name="Simpan dan kirim ke panitia").click()
    page.locator(".field__error", has_text="Tulis jumlah rupiah dengan angka").wait_for()
    expect(page.locator(".picture-input__kept img")).to_be_visible()
    assert fits(page)
    page.get_by_label("Harga").fill("45rb")
    page.get_by_role("button", name="Simpan dan kirim ke panitia").click()
    page.get_by_text("Tersimpan dan dikirim ke panitia").wait_for()
    assert fits(page)
    product = Product.objects.get()
    assert (product.price, product.state) == (45000, "submitted")

    page.context.clear_cookies()
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, site, curator)
    page.get_by_role("link", name="Mulai: Produk menunggu kurasi").click()
    page.get_by_text("Kopi Temanggung").wait_for()
    page.get_by_role("button", name="Setujui yang dicentang").click()
    page.get_by_text("1 produk disetujui").wait_for()
    product.refresh_from_db()
    assert product.state == "approved"
    assert product.placements.get().booth == booth
    # Leaving our pages for the admin, which has no view transitions, is no fault.
    assert [complaint for complaint in complaints if "Transition was aborted" not in complaint] == []


def test_inquiry_is_answered_without_javascript(plain_page, site, owner):
    inquiry = make_inquiry(owner.exhibitor, name="Aisha", message="Bisa 200 buah?")
    page = plain_page
    sign_in(page, site, owner)
    page.get_by_role("link", name="Jawab 1 permintaan").click()
    page.get_by_role("link", name="Aisha").click()
    page.get_by_label("Jawaban Anda").fill("Bisa, dua minggu.")
    follow(page.get_by_role("button", name="Kirim jawaban"))
    expect(page.get_by_text("Jawaban terkirim.")).to_be_visible()
    inquiry = Inquiry.objects.get()
    assert inquiry.state == "answered"
    page.goto(f"{site}/permintaan/{inquiry.token}/")
    expect(page.get_by_text("Bisa, dua minggu.")).to_be_visible()
