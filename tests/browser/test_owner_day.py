"""An owner's whole first day on a phone of 360 pixels: from nothing to a sale at the stand without a network."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.models import Product
from exhibitors.domain.participation import accept_participation
from exhibitors.models import Exhibitor, Participation
from journal.models import Entry
from orders.models import Order, StandSale
from tests.browser.looking import fits, follow
from tests.browser.test_desk import done, ready, sell
from tests.browser.test_desk import sign_in as client_of
from tests.browser.test_exhibitor import photo  # noqa: F401 (a fixture)
from tests.browser.test_registration import save
from tests.factories import make_category, make_hall
from tests.orders import shop
from tests.registering import make_district

pytestmark = pytest.mark.django_db(transaction=True)


def register(page, site, photo, mailoutbox, district):  # noqa: F811
    page.goto(f"{site}/daftar/")
    page.get_by_label("Nama usaha").fill("Anyaman Sari")
    page.locator("#id_banner").set_input_files(photo)
    page.get_by_label("Kategori utama").select_option(label="Anyaman")
    page.get_by_role("button", name="Simpan dan buat akun").click()
    page.get_by_label("Nama Anda").fill("Bu Sari")
    page.locator("[name=email]").fill("sari@contoh.test")
    page.get_by_role("button", name="Buat akun").click()
    page.locator("[name=code]").wait_for()
    page.locator("[name=code]").fill(re.search(r"^([A-Z0-9-]{6,9})$", mailoutbox[-1].body, re.M)[1])
    follow(page.locator("form:has([name=code]) button").first)
    page.get_by_role("heading", name="Pendaftaran").wait_for()
    save(page, "Nomor Induk Berusaha (NIB)", NIB="9120001234567")
    save(page, "Lokasi usaha", Kecamatan=district.name)
    save(page, "WhatsApp dan telepon", WhatsApp="0812 3456 7890")
    save(page, "Cerita usaha", Cerita_usaha="Kami menganyam pandan.")
    follow(page.get_by_role("link", name="Konfirmasi nomor WhatsApp", exact=True))
    follow(page.get_by_role("button", name="Buat kode konfirmasi"))
    follow(page.get_by_role("link", name="Kembali ke pendaftaran"))
    follow(page.get_by_role("link", name="Ikut pameran", exact=True))
    page.get_by_label("Daring dan di lokasi pameran").check()
    follow(page.get_by_role("button", name="Simpan"))
    page.goto(f"{site}/dasbor/profil/rekening/")
    page.locator("[name=bank_name]").fill("BRI")
    page.locator("[name=bank_account_number]").fill("0123 4567 8901")
    page.locator("[name=bank_account_holder]").fill("Sari Dewi")
    follow(page.get_by_role("button", name="Simpan"))
    page.goto(f"{site}/dasbor/pendaftaran/")
    page.get_by_role("button", name="Kirim untuk diperiksa panitia").click()
    page.get_by_text("Terkirim. Panitia memeriksa").wait_for()
    assert fits(page)


def confirm_number(page, site):
    """Nobody has looked for the code yet: the curator calls."""
    page.goto(f"{site}/admin/exhibitors/exhibitor/kurasi/")
    page.locator("[name=reason]").fill("Ditelepon, dijawab pemiliknya.")
    follow(page.locator("button[name=verb][value=phone]"))
    expect(page.get_by_text("Ditelepon, dijawab pemiliknya.").first).to_be_visible()


def approve_all(page, site, subject):
    """The curator presses one button for each; the oldest of the rest opens by itself until none is left."""
    page.goto(f"{site}/admin/{subject}/kurasi/")
    page.locator("button[name=verb][value=approve]").click()
    page.get_by_text("Tidak ada lagi yang menunggu").wait_for()


def add_product(page, site, photo):  # noqa: F811
    page.goto(f"{site}/dasbor/produk/baru/")
    page.locator("#id_cover_camera").set_input_files(photo)
    page.get_by_label("Nama produk").fill("Tas anyam pandan")
    page.get_by_label("Kategori").select_option(label="Anyaman")
    page.get_by_label("Harga").fill("75rb")
    page.get_by_label("Stok").first.fill("10")
    page.get_by_role("button", name="Simpan dan kirim ke panitia").click()
    page.get_by_text("Tersimpan dan dikirim ke panitia").wait_for()
    assert fits(page)


def buy_first(page, site, product):
    """A guest at the stand's public page orders, to fetch it there."""
    page.goto(site + product.get_absolute_url())
    page.get_by_role("button", name="Beli").click()
    expect(page.locator("#added")).to_contain_text(product.name)
    page.goto(f"{site}/keranjang/bayar/")
    page.get_by_label(re.compile("Saya ambil di stan")).check()
    page.get_by_label("Nama penerima").fill("Sari Dewi")
    page.get_by_label("Nomor WhatsApp").fill("0812 3456 7890")
    page.get_by_role("button", name=re.compile("Pesan seharga")).click()
    page.get_by_role("heading", name="Sekarang bayar").wait_for()
    assert fits(page)


def send_proof(page, order, photo):  # noqa: F811
    page.locator(f"a[href='{order.get_absolute_url()}']").click()
    page.get_by_label("Foto atau tangkapan layar").set_input_files(photo)
    page.get_by_role("button", name="Kirim bukti pembayaran").click()
    page.get_by_text("Bukti Anda sudah diterima").wait_for()


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 740})
def test_from_nothing_to_a_sale_without_a_network(page, site, photo, curator, operator, mailoutbox):  # noqa: F811
    make_category(name="Anyaman")
    hall = make_hall(edition=shop.hybrid_edition(organiser_whatsapp="+628112345678"))
    register(page, site, photo, mailoutbox, make_district())
    owner = User.objects.get(email="sari@contoh.test")
    client_of(page, site, curator, "/admin/")
    confirm_number(page, site)
    approve_all(page, site, "exhibitors/exhibitor")
    accept_participation(Participation.objects.get(), hall, by=operator)

    client_of(page, site, owner, "/dasbor/")
    add_product(page, site, photo)
    client_of(page, site, curator, "/admin/")
    approve_all(page, site, "catalog/product")
    product = Product.objects.get()
    assert product.placements.get().booth.exhibitor == Exhibitor.objects.get()

    page.context.clear_cookies()
    buy_first(page, site, product)
    order = Order.objects.get()
    send_proof(page, order, photo)
    client_of(page, site, owner, "/dasbor/pesanan/")
    follow(page.get_by_role("link", name="Sari Dewi").first)
    follow(page.get_by_role("button", name=re.compile("sudah masuk")).first)
    assert fits(page)
    assert Entry.objects.get().amount == order.goods_total == 75_000

    page.goto(f"{site}/dasbor/kasir/")
    expect(page.locator("[data-goods] button")).to_have_count(1)
    ready(page)
    page.context.set_offline(True)
    page.reload()
    sell(page, "100.000")
    done(page)
    expect(page.locator("[data-net-text]")).to_contain_text("1 penjualan menunggu")
    page.context.set_offline(False)
    expect(page.locator("[data-net-text]")).to_contain_text("semua terkirim")
    assert StandSale.objects.get().amount == 75_000
    assert sum(Entry.objects.values_list("amount", flat=True)) == 150_000
    product.refresh_from_db()
    assert product.stock == 8
