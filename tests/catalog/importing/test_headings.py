import pytest

from catalog.importing.errors import ImportFileError
from catalog.importing.headings import find_table
from expo.sheets import Sheet


def found(rows):
    return find_table([Sheet("", rows)])


def test_titles_above_and_merged_headings_are_seen_through():
    table = found(
        [
            ["DAFTAR PRODUK UKM BATIK WATI", None, None, None, None],
            ["Per 1 November 2026"],
            [],
            ["No", "Barang", None, "Penjualan", None],  # two headings over two columns each
            [None, "Kode Barang", "Nama Barang", "Harga Jual (Rp)", "Jml Stok"],
            [1, "BT-1", "Batik", 100, 5],
        ]
    )
    assert table.first == 5
    assert table.columns == {"sku": 1, "name": 2, "price": 3, "stock": 4}


def test_a_heading_merged_over_two_rows_stands_above():
    table = found([["Nama Produk", "Harga", None], [None, "Eceran", "Grosir"], ["Kopi", 10, 9]])
    assert table.columns["name"] == 0
    assert table.columns["price"] == 1
    assert table.first == 2


@pytest.mark.parametrize(
    "headings",
    [
        ["SKU", "Nama produk", "Kategori", "Harga", "Stok", "Keterangan", "Berat (gram)", "Foto"],
        ["Kode SKU*", "PRODUK", "Jenis", "Hrg. Jual", "QTY", "Deskripsi Produk", "Berat (kg)", "Nama File Foto"],
        ["Seller SKU", "Product Name", "Category", "Price (IDR)", "Stock", "Description", "Weight (g)", "Images"],
    ],
)
def test_columns_are_known_by_many_names(headings):
    names = ["sku", "name", "category", "price", "stock", "description", "weight_grams", "photo"]
    assert found([headings, ["x"] * 8]).columns == {name: place for place, name in enumerate(names)}


def test_the_sheet_that_has_the_table_is_taken():
    table = find_table([Sheet("Petunjuk", [["Isi lembar kedua"]]), Sheet("Data", [["Nama", "Harga"], ["Kopi", 1]])])
    assert table.sheet == 1


@pytest.mark.parametrize("rows", [[["Kopi", 45000, 3]], [["Nama"], ["Kopi"]], [["Alamat", "Telepon"]], [[None, 5.0]]])
def test_no_headings_are_told(rows):
    with pytest.raises(ImportFileError, match="Baris judul tidak ditemukan"):
        found(rows)


def test_a_row_without_a_name_is_no_heading():
    table = found([["SKU", "Nama", "Harga"], ["KT-1", "", "5000"], ["KT-2", "Kopi", "6000"]])
    assert (table.first, table.columns) == (1, {"sku": 0, "name": 1, "price": 2})
