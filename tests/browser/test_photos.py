"""Photos from a phone of 360 pixels: made small, sent in pieces over a network that goes, never lost."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from catalog.domain.products import change_photos, shown_photos
from catalog.models import Product
from exhibitors.models import PhotoUpload
from expo.pictures import store_picture
from tests.browser.looking import fits, follow, sign_in
from tests.factories import make_category, make_product
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/dasbor/produk/baru/"


@pytest.fixture
def photo(tmp_path):
    """As a camera makes it: lying on its side, with EXIF that says so, and large."""
    path = tmp_path / "kamera.jpg"
    image = Image.effect_noise((3000, 2000), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(path, "JPEG", quality=90, exif=exif)
    assert path.stat().st_size > 2_000_000
    return path


@pytest.fixture
def shop(page, site, owner):
    category = make_category(name="Kopi")
    owner.exhibitor.category = category
    owner.exhibitor.save()
    sign_in(page, site, owner)
    return owner.exhibitor


def cut_after(page, pieces: int) -> list[int]:
    """Let so many pieces through, then no request for the upload at all. Returns the offsets that were tried."""
    tried: list[int] = []

    def pass_on(route):
        request = route.request
        if request.method == "PATCH":
            tried.append(int(request.headers["upload-offset"]))
        if len(tried) > pieces:
            return route.abort("internetdisconnected")
        return route.continue_()

    page.route("**/dasbor/unggahan/**", pass_on)
    return tried


def test_photo_goes_on_where_the_network_went(page, site, shop, photo, complaints):
    page.goto(site + NEW)
    tried = cut_after(page, 2)
    page.locator("#id_cover_camera").set_input_files(photo)
    expect(page.get_by_text("Jaringan terputus")).to_be_visible()
    page.get_by_label("Nama produk").fill("Kopi Temanggung")
    page.get_by_label("Harga").fill("45rb")
    page.get_by_role("button", name="Simpan dan kirim ke panitia").click()
    expect(page.get_by_text("Isian dikirim sendiri setelah foto ini selesai")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Kemajuan pengiriman foto")).to_be_visible()
    assert fits(page)
    assert tried[-1] > 0
    before, sent = len(tried), PhotoUpload.objects.get().received
    assert sent > 0
    offsets = []  # of pieces that arrive
    page.on("requestfinished", lambda r: r.method == "PATCH" and offsets.append(int(r.headers["upload-offset"])))
    page.unroute_all()
    page.get_by_text("Tersimpan dan dikirim ke panitia").wait_for(timeout=60_000)
    assert before >= 3
    assert offsets[0] == sent
    assert offsets == sorted(set(offsets))
    product = Product.objects.get()
    assert (product.name, product.price, product.state) == ("Kopi Temanggung", 45_000, "submitted")
    # Upright, and small before it left the phone: 2048 pixels at most.
    assert (product.cover.width, product.cover.height) == (1365, 2048)
    assert PhotoUpload.objects.get().size < photo.stat().st_size
    assert [complaint for complaint in complaints if "ERR_INTERNET_DISCONNECTED" not in complaint] == []


def test_phone_closes_the_page_while_the_photo_is_sent(page, site, shop, photo):
    page.goto(site + NEW)
    cut_after(page, 1)
    page.get_by_label("Nama produk").fill("Kopi Temanggung")
    page.get_by_label("Harga").fill("45rb")
    page.get_by_label("Stok").fill("12")
    page.locator("#id_cover_camera").set_input_files(photo)
    expect(page.get_by_text("Jaringan terputus")).to_be_visible()
    page.reload()
    page.unroute_all()
    expect(page.locator("[name=cover_kept]")).to_have_count(1, timeout=60_000)
    assert PhotoUpload.objects.count() == 1
    expect(page.get_by_label("Nama produk")).to_have_value("Kopi Temanggung")
    expect(page.get_by_label("Stok")).to_have_value("12")
    page.get_by_role("button", name="Simpan draf").click()
    page.get_by_text("Draf tersimpan").wait_for()
    assert (Product.objects.get().state, Product.objects.get().stock) == ("draft", 12)
    # The next product begins empty.
    page.goto(site + NEW)
    expect(page.get_by_label("Nama produk")).to_have_value("")
    expect(page.locator("[name=cover_kept]")).to_have_count(0)


def test_one_photo_and_one_price_make_a_draft_without_javascript(plain_page, site, owner, photo):
    category = make_category(name="Kopi")
    owner.exhibitor.category = category
    owner.exhibitor.save()
    page = plain_page
    sign_in(page, site, owner)
    page.goto(site + NEW)
    page.locator("#id_cover_camera").set_input_files(photo)
    page.get_by_label("Harga").fill("45.000")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_text("Draf tersimpan")).to_be_visible()
    expect(page.get_by_role("heading", name="Produk belum bernama")).to_be_visible()
    product = Product.objects.get()
    assert (product.state, product.price, product.name, product.category) == ("draft", 45_000, "", category)
    page.get_by_role("button", name="Kirim ke panitia").click()
    expect(page.get_by_text("Beri nama produk dahulu.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Nama dan keterangan")).click()
    page.get_by_label("Nama produk").fill("Kopi Temanggung")
    follow(page.get_by_role("button", name="Simpan"))
    follow(page.get_by_role("button", name="Kirim ke panitia"))
    product.refresh_from_db()
    assert (product.state, product.slug) == ("submitted", "kopi-temanggung")


@pytest.fixture
def gallery(shop):
    product = make_product(exhibitor=shop, state="draft")
    change_photos(product, [store_picture(photo_file(colour=colour)) for colour in ("red", "green", "blue")], by=None)
    return product


def colours(product) -> list[int]:
    return [picture.pk for picture in shown_photos(product)]


def test_photos_are_put_in_order_by_hand_and_by_buttons(page, site, shop, gallery, complaints):
    red, green, blue = colours(gallery)
    page.goto(f"{site}/dasbor/produk/{gallery.pk}/foto/")
    rows = page.locator("[data-photo]")
    grip, over = rows.nth(2).locator(".photo-row__photo"), rows.nth(1)
    over.evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
    start, end = grip.bounding_box(), over.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 30, steps=6)
    page.mouse.up()
    expect(rows.nth(1)).to_have_attribute("data-photo", str(blue))
    expect(page.get_by_text("Foto dipindah ke urutan 2")).to_be_visible()
    assert colours(gallery) == [red, green, blue]
    page.get_by_role("button", name="Simpan urutan").click()
    page.get_by_text("Perubahan tersimpan.").wait_for()
    assert colours(gallery) == [red, blue, green]
    page.get_by_role("button", name="Naikkan foto 2").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("Perubahan tersimpan.").wait_for()
    expect(rows.nth(0)).to_have_attribute("data-photo", str(blue))
    assert colours(gallery) == [blue, red, green]
    page.get_by_role("button", name="Hapus Foto 1").click()
    page.get_by_text("Foto dihapus.").wait_for()
    assert colours(gallery) == [red, green]
    page.get_by_role("button", name="Kembalikan foto").click()
    page.get_by_text("Perubahan tersimpan.").wait_for()
    assert colours(gallery) == [blue, red, green]
    assert fits(page)
    assert complaints == []


def test_several_photos_at_once_with_advice(page, site, shop, gallery, tmp_path):
    paths = []
    for name, shade in (("gelap", 20), ("terang", 120)):
        paths.append(tmp_path / f"{name}.jpg")
        Image.effect_noise((900, 1200), 30).point(lambda v, s=shade: v * s // 128).convert("RGB").save(paths[-1])
    page.goto(f"{site}/dasbor/produk/{gallery.pk}/foto/")
    page.locator("#id_photos").set_input_files(paths)
    expect(page.locator(".picture-list__kept input")).to_have_count(2, timeout=60_000)
    expect(page.get_by_text("gelap.jpg: Foto ini gelap.")).to_be_visible()
    page.get_by_role("button", name="Tambahkan foto").click()
    page.get_by_text("Perubahan tersimpan.").wait_for()
    assert len(colours(gallery)) == 5
