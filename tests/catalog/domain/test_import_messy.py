"""The messy workbook (``tests/catalog/messy.py``) with a messy ZIP of photos, as XLSX, ODS and XLS: what becomes of
every cell. The same table as CSV in nine dialects: ``test_import_traps.py``."""

import io
import unicodedata
import zipfile

import pillow_heif
import pytest
from PIL import Image

from catalog.domain import imports
from catalog.domain.import_files import rest
from catalog.importing.errors import ImportFileError, sentence
from catalog.models import ImportJob, Product
from catalog.states import ImportState
from expo.sheets import read_sheets
from tests.catalog import messy, sheets
from tests.factories import make_category
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db

# Number of the row in the spreadsheet → what was understood, but for the category: that is coffee in all of them.
GOOD = {
    6: {"sku": "007", "name": "Kopi tubruk 🌋", "price": 1_250_000, "stock": 3, "weight_grams": 250,
        "description": "=1+1"},
    7: {"sku": "1001", "name": "Kopi luwak", "price": 1_250_000, "stock": 10, "weight_grams": 1500,
        "description": "@kedai"},
    8: {"sku": "KT-3", "name": "Kopi rakyat", "price": 125_000, "stock": 1000, "weight_grams": 500,
        "description": "-dingin-"},
    9: {"sku": "KT-4", "name": "Kopi raja", "price": 1_200_000, "stock": 7, "description": "Enak"},
    10: {"sku": "KT-5", "name": "Kopi rumus", "price": 45_000, "stock": 6},
    11: {"sku": "KT-6", "name": "Kopi teks", "price": 45_000, "stock": 12, "weight_grams": 300,
         "description": "+62 812"},
    12: {"sku": "KT-7", "name": "Kopi keras", "price": 45_000, "stock": 5, "weight_grams": 250},
}  # fmt: skip
# What is said at which cell; the first of a row that holds it back is marked so.
TOLD = {
    6: {},
    7: {"photo": "Foto “hilang.jpg” tidak ada di antara yang diunggah."},
    8: {"photo": "Foto dari alamat web tidak diambil. Unggah fotonya."},
    9: {"photo": "Foto “KT-4.png”: Berkas ini bukan gambar. Unggah foto JPEG, PNG, WebP, atau HEIC."},
    10: {},
    11: {},
    12: {},
    13: {"sku": "! Excel menjadikan isi ini tanggal. Format selnya sebagai Teks.",
         "photo": "Tanpa foto produk disimpan sebagai draf."},
    14: {"price": "! Rumusnya gagal (#REF!). Isi hasilnya langsung.",
         "stock": "! Rumusnya gagal (#N/A). Isi hasilnya langsung.",
         "photo": "Foto “KT-9.jpg”: Gambar lebih besar dari 15 MB. Pilih gambar yang lebih kecil."},
    15: {"sku": "! SKU ini sudah ada di baris 6.", "photo": "Tanpa foto produk disimpan sebagai draf."},
    16: {"category": "! Tidak ada kategori “Kopy”. Maksudnya “Kopi”?",
         "price": "Hanya Rp15? Periksa: Excel kadang membaca 15.000 sebagai 15.",
         "photo": "Tanpa foto produk disimpan sebagai draf."},
    17: {"name": "! Kosong. Produk baru memerlukannya.",
         "price": "! “tanya” bukan harga. Tulis misalnya 125000 atau 125rb.",
         "stock": "! Harus antara 0 dan 1.000.000.",
         "weight_grams": "! “ringan” bukan berat. Tulis misalnya 250 gr atau 1,5 kg.",
         "photo": "Tanpa foto produk disimpan sebagai draf."},
}  # fmt: skip


@pytest.fixture
def coffee(db):
    return make_category(name="Kopi", name_en="Coffee")


def heic() -> bytes:
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.new("RGB", (320, 200), "#226633").save(file, "HEIF")
    return file.getvalue()


def photo(shade: int) -> bytes:
    return photo_file(size=(300 + shade, 200), colour=(shade, 80, 80)).read()


def archive(*, locked: bool = False) -> io.BytesIO:
    """Photos as they come from a phone, a Mac and a stranger."""
    members = {
        "foto/depan.jpg": photo(1),
        "foto/KT-5.JPG": photo(2),
        "foto/KT-5 (2).JPEG": photo(3),
        "iPhone/KT-6.HEIC": heic(),
        "../../../../tmp/KT-7.jpg": photo(4),
        "__MACOSX/._KT-4.png": b"x",
        "KT-4.png": b"<svg onload='x'/>",
        "KT-9.jpg": b"\0" * 20_000_000,
        unicodedata.normalize("NFD", "Kopi käse hitam.jpg"): photo(5),
        "catatan.txt": b"x",
        "kosong/": b"",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    data = bytearray(file.getvalue())
    if locked:
        data[data.rindex(b"PK\x01\x02") + 8] |= 1
    file = io.BytesIO(bytes(data))
    file.name, file.size = "foto.zip", len(data)
    return file


def told(job: ImportJob, number: int) -> dict[str, str]:
    found = job.rows.get(number=number).problems
    return {one["column"]: f"{'! ' if one['level'] == 'error' else ''}{sentence(one)}" for one in found}


@pytest.mark.parametrize("kind", messy.KINDS)
def test_every_cell_of_a_messy_workbook(owner, coffee, kind):
    job = sheets.checked(owner, messy.KINDS[kind](), photos=[archive()], name=f"daftar.{kind}")
    assert (job.state, job.row_count, job.counts["bad"]) == (ImportState.READY, 12, 5)
    assert {number: told(job, number) for number in TOLD} == TOLD
    values = {row.number: row.values for row in job.rows.filter(number__in=GOOD)}
    assert values == {number: row | {"category": coffee.pk} for number, row in GOOD.items()}
    with pytest.raises(imports.ImportJobError, match="Masih ada baris yang salah"):
        imports.begin_import(job, all_or_nothing=True, by=owner)
    assert not Product.objects.exists()
    imports.begin_import(job, all_or_nothing=False, by=owner)
    assert sheets.worked(job).counts["outcomes"] == {"created": 4, "drafted": 3, "left": 5}
    products = {product.sku: product for product in Product.objects.order_by("pk")}
    for row in GOOD.values():
        assert {name: getattr(products[row["sku"]], name) for name in row} == row
    photos = {sku: product.photos.count() for sku, product in products.items()}
    assert photos == {"007": 1, "1001": 0, "KT-3": 0, "KT-4": 0, "KT-5": 2, "KT-6": 1, "KT-7": 1}
    back = read_sheets(rest(job).read(), imports.LIMITS)[0].rows
    assert [row[1] for row in back] == ["Kode", "2026-02-01", "KT-9", "007", "KT-11", "KT-12"]
    assert back[2][-1] == "Harga Eceran: Rumusnya gagal (#REF!). Isi hasilnya langsung.; Stok: " + TOLD[14]["stock"][2:]


def test_the_same_workbook_in_another_kind_of_file_changes_nothing(owner, coffee):
    sheets.imported(owner, messy.xls(), all_or_nothing=False)
    for kind in ("ods", "xlsx"):
        job = sheets.imported(owner, messy.KINDS[kind](), all_or_nothing=False)
        assert job.counts["outcomes"] == {"same": 7, "left": 5}
    assert Product.objects.count() == 7


def test_a_photo_is_found_however_a_computer_writes_its_umlaut(owner, coffee):
    """A Mac takes ä apart; Windows reads what another wrote as letters of its own."""
    rows = [["Nama", "Kategori", "Harga", "Stok", "Foto"], ["Kopi käse hitam", "Kopi", 1000, 1, "Kopi käse hitam.jpg"]]
    job = sheets.checked(owner, sheets.xlsx(*rows), photos=[archive()])
    assert (len(job.rows.get().photos), job.rows.get().problems) == (1, [])
    foreign = sheets.zipped(**{"Kopi käse hitam.jpg".encode().decode("cp437"): None})
    job = sheets.checked(owner, sheets.xlsx(*rows), photos=[foreign])
    assert (len(job.rows.get().photos), job.rows.get().problems) == (1, [])


def test_an_archive_in_which_something_is_locked_is_refused_whole(owner, coffee):
    job = imports.start_import(owner.exhibitor, messy.xlsx(), "daftar.xlsx", by=owner)
    with pytest.raises(ImportFileError, match="berkata sandi"):
        imports.add_photos(job, [archive(locked=True)])
    assert not job.photos.exists()


MERGED = [["Nama", "Kategori", "Harga", "Stok", "Varian"], ["Kaos", "Kopi", 5000, 1, "S"], [None, None, None, 2, "M"]]


def test_a_price_merged_over_variants_is_that_of_each(owner, coffee):
    """What merged cells say stands in the first; stock is not handed out a second time."""
    data = sheets.xlsx(*MERGED, merged=[("A2:A3", ""), ("B2:B3", ""), ("C2:C3", "")])
    job = sheets.imported(owner, data)
    assert sheets.is_done(job)
    variants = Product.objects.get().variants.order_by("position").values_list("name", "price", "stock")
    assert list(variants) == [("S", 5000, 1), ("M", 5000, 2)]
