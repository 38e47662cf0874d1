"""A table of products on a phone of 360 pixels: chosen, looked at, imported; then prices in one table."""

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from tests.browser.looking import fits, follow, sign_in
from tests.catalog import sheets
from tests.factories import make_category

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    ["DAFTAR BARANG"],
    ["Kode", "Nama Barang", "Golongan", "Harga Jual", "Qty"],
    ["KT-1", "Kopi bubuk", "Kopi", "Rp 45.000,00", "12 pcs"],
    ["KT-2", "Kopi biji", "Wedang", "1,2 juta", 3],
    ["KT-3", "Kopi luwak", "Kopi", "tanya dulu", 1],
]


def test_from_a_messy_table_to_prices_of_today(page, site, complaints, owner, tmp_path):
    make_category(name="Kopi")
    file = tmp_path / "harga november.xlsx"
    file.write_bytes(sheets.xlsx(*ROWS))
    sign_in(page, site, owner)
    page.goto(f"{site}/dasbor/produk/")
    follow(page.get_by_role("link", name="Impor dan ekspor"))
    assert fits(page)
    page.get_by_label("Berkas produk").set_input_files(file)
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.get_by_role("heading", name="Kolom mana berisi apa?").wait_for()
    expect(page.get_by_label("Harga Jual")).to_have_value("price")
    assert fits(page)
    page.get_by_role("button", name="Periksa semua baris").click()
    page.get_by_role("heading", name="Periksa sebelum diimpor").wait_for()
    expect(page.locator("mark", has_text="tanya dulu")).to_be_visible()
    assert fits(page)
    page.get_by_label("Wedang").select_option(label="Kopi")
    follow(page.get_by_role("button", name="Pakai kategori ini dan periksa lagi"))
    page.get_by_role("button", name="Impor 2 baris yang baik saja").click()
    page.get_by_role("heading", name="Impor selesai").wait_for()
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh baris yang belum masuk").click()
    assert download.value.suggested_filename == "harga november-sisa.xlsx"
    assert dict(Product.objects.values_list("sku", "price")) == {"KT-1": 45_000, "KT-2": 1_200_000}

    follow(page.get_by_role("link", name="Lihat produk"))
    follow(page.get_by_role("link", name="Harga dan stok"))
    assert fits(page)
    page.get_by_label("Harga: Kopi biji").fill("1,1 juta")
    page.get_by_label("Stok: Kopi bubuk").fill("-4")
    page.get_by_role("button", name="Simpan harga dan stok").click()
    page.get_by_text("1 baris belum tersimpan").wait_for()
    expect(page.get_by_label("Stok: Kopi bubuk")).to_have_value("-4")
    assert fits(page)
    page.get_by_label("Stok: Kopi bubuk").fill("4")
    page.get_by_role("button", name="Simpan harga dan stok").click()
    page.get_by_text("1 baris tersimpan").wait_for()
    assert dict(Product.objects.values_list("price", "stock")) == {45_000: 4, 1_100_000: 3}
    assert complaints == []
