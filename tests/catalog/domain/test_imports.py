import datetime as dt
import io

import pytest

from catalog.domain import imports
from catalog.domain.curation import return_product
from catalog.domain.import_checking import check
from catalog.domain.import_files import export, rest
from catalog.importing.errors import ImportFileError, sentence
from catalog.models import ImportJob, ImportRow, Outcome, Product, ProductChange
from catalog.states import ImportState
from exhibitors.models import Decision
from expo.errors import DomainError
from expo.pictures import private_storage
from tests.catalog import sheets
from tests.factories import make_category, make_product
from tests.pictures import make_picture, photo_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def coffee(db):
    return make_category(name="Kopi", name_en="Coffee")


def problems(job, number):
    return {found["column"]: found["code"] for found in job.rows.get(number=number).problems}


def messy() -> bytes:
    """Every trap in one workbook."""
    return sheets.xlsx(
        ["KOPI LERENG SUMBING"],
        ["Daftar harga per", dt.date(2026, 11, 1)],
        [],
        ["No", "Barang", None, None, "Penjualan", None, "Lain-lain", None, None],
        [None, "Kode", "Nama Barang", "Kategori", "Harga Jual", "Qty", "Berat", "Deskripsi", "PO"],
        [1, "KT-1", "Kopi tubruk", "kopi", "Rp 1.250.000,00", 3, "250 gr", "=1+1 tetap teks", "tidak"],
        [2, 1001, "Kopi luwak", "Coffee", "1,250,000", "10 pcs", "1,5 kg", "@baris", None],
        [3, "KT-3", "Kopi rakyat", "KOPI", "125rb", "1.000", "0,5 kg", "", ""],
        [4, "KT-4", "Kopi raja", "Kopi", "1,2 juta", 7.0, "", "", ""],
        [5, "KT-5", "Kopi rumus", "Kopi", ("=40000+5000", 45_000), ("=2*3", 6), None, None, None],
        [6, dt.date(2026, 2, 1), "Kopi tanggal", "Kopi", 1000, 1, None, None, None],
        [7, "KT-1", "Kopi ganda", "Kopi", 1000, 1, None, None, None],
        [8, "KT-8", "Kopi murah", "Kopy", 15.0, 1, None, None, None],
        [9, "KT-9", None, "Kopi", "tanya", -1, "ringan", None, None],
        [],
        [None, "Kode", "Nama Barang", "Kategori", "Harga Jual", "Qty", "Berat", "Deskripsi", "PO"],
        ["Total", None, None, None, 3_000_000, 40],
    )


def test_a_messy_file_is_understood_and_its_bad_cells_are_named(owner, coffee):
    job = sheets.checked(owner, messy())
    assert job.state == ImportState.READY
    assert (job.row_count, job.counts["bad"]) == (9, 4)
    values = {row.number: row.values for row in job.rows.all()}
    assert [values[number]["price"] for number in (6, 7, 8, 9, 10)] == [
        1_250_000,
        1_250_000,
        125_000,
        1_200_000,
        45_000,
    ]
    assert [values[number]["stock"] for number in (6, 7, 8, 9, 10)] == [3, 10, 1000, 7, 6]
    assert [values[number].get("weight_grams") for number in (6, 7, 8)] == [250, 1500, 500]
    assert values[7]["sku"] == "1001"
    assert values[6]["description"] == "=1+1 tetap teks"
    assert problems(job, 11) == {"sku": "date"}
    assert problems(job, 12)["sku"] == "sku_twice"
    assert problems(job, 13) == {"category": "category_near", "price": "price_low"}
    assert problems(job, 14) == {
        "name": "missing",
        "price": "price",
        "stock": "number_range",
        "weight_grams": "weight",
    }
    near = next(one for one in job.rows.get(number=13).problems if one["column"] == "category")
    assert sentence(near) == "Tidak ada kategori “Kopy”. Maksudnya “Kopi”?"
    assert not Product.objects.exists()


def test_the_good_rows_come_in_and_the_rest_is_handed_back(owner, coffee):
    job = sheets.imported(owner, messy(), all_or_nothing=False)
    assert sheets.is_done(job)
    assert sorted(Product.objects.values_list("sku", flat=True)) == ["1001", "KT-1", "KT-3", "KT-4", "KT-5"]
    assert job.counts["outcomes"] == {"drafted": 5, "left": 4}
    back = rest(job).read()
    again = imports.start_import(owner.exhibitor, back, "sisa.xlsx", by=owner)
    assert again.row_count == 4
    assert again.table["headings"][-1] == "Alasan"
    cells = imports.read_file(back)[0].rows
    assert "Harga Jual: “tanya” bukan harga" in cells[4][-1]
    assert "Qty: Harus antara 0" in cells[4][-1]


def test_all_or_nothing_takes_nothing_of_a_file_with_errors(owner, coffee):
    job = sheets.checked(owner, messy())
    with pytest.raises(DomainError, match="Masih ada baris yang salah"):
        imports.begin_import(job, all_or_nothing=True, by=owner)
    assert not Product.objects.exists()


ROWS = [
    sheets.HEADINGS,
    ["A-1", "Kopi satu", "Kopi", 10_000, 5],
    ["", "Kopi dua", "Kopi", 20_000, 6],
]


def test_the_same_file_twice_duplicates_nothing(owner, coffee):
    sheets.imported(owner, sheets.xlsx(*ROWS))
    Product.objects.filter(name="Kopi dua").update(name="Kopi dua jempol")  # renamed by hand meanwhile
    again = sheets.imported(owner, sheets.csv(*ROWS), name="produk.csv")
    assert Product.objects.count() == 2
    assert again.counts["outcomes"] == {"same": 1, "changed": 1}
    ROWS_WITH_PRICE = [*ROWS[:2], ["", "Kopi dua", "Kopi", 25_000, 6]]
    sheets.imported(owner, sheets.xlsx(*ROWS_WITH_PRICE))
    assert set(Product.objects.values_list("name", "price")) == {("Kopi satu", 10_000), ("Kopi dua", 25_000)}


def test_two_jobs_of_one_file_make_each_product_once(owner, coffee):
    first, second = (sheets.checked(owner, sheets.xlsx(*ROWS)) for _ in range(2))
    for job in (first, second):
        imports.begin_import(job, all_or_nothing=True, by=owner)
    assert sheets.worked(first).counts["outcomes"] == {"drafted": 2}
    assert sheets.worked(second).counts["outcomes"] == {"same": 2}
    assert Product.objects.count() == 2


def test_products_of_others_with_the_same_sku_are_theirs(owner, outsider, coffee):
    theirs = make_product(exhibitor=outsider.exhibitor, sku="A-1", name="Milik orang", price=1)
    job = sheets.imported(owner, sheets.xlsx([*sheets.HEADINGS, "Nomor di UKM Expo"], [*ROWS[1], theirs.pk]))
    theirs.refresh_from_db()
    assert (theirs.name, theirs.price) == ("Milik orang", 1)
    assert job.counts["outcomes"] == {"drafted": 1}


def test_new_products_with_a_photo_are_submitted(owner, coffee, django_capture_on_commit_callbacks):
    archive = sheets.zipped(**{"foto/A-1.jpg": None, "foto/A-1 (2).jpg": photo_file(size=(300, 200)).read()})
    before = set(private_storage().listdir("")[0] and private_storage().listdir("imports")[1])
    with django_capture_on_commit_callbacks(execute=True):
        job = sheets.imported(owner, sheets.xlsx(*ROWS), photos=[archive])
    first, second = Product.objects.order_by("pk")
    assert (first.state, second.state) == ("submitted", "draft")
    assert first.photos.count() == 2
    assert first.cover_id == first.photos.order_by("position").first().picture_id
    assert Decision.objects.filter(subject_id=first.pk, before="draft", after="submitted", decided_by=owner).exists()
    assert job.counts["outcomes"] == {"created": 1, "drafted": 1}
    assert not job.file
    assert set(private_storage().listdir("imports")[1]) <= before


def test_photos_that_stay_keep_what_was_said_of_them(owner, coffee):
    first, second = ({"name": f"A-1 ({n}).jpg", "size": (300 + n, 200)} for n in (1, 2))
    sheets.imported(owner, sheets.xlsx(*ROWS), photos=[photo_file(**first)])
    product = Product.objects.get(sku="A-1")
    product.photos.update(alt="Kopi di cangkir", alt_en="Coffee in a cup")
    job = sheets.imported(owner, sheets.xlsx(*ROWS), photos=[photo_file(**first), photo_file(**second)])
    texts = list(product.photos.order_by("position").values_list("alt", "alt_en"))
    assert texts == [("Kopi di cangkir", "Coffee in a cup"), ("", "")]
    assert job.counts["outcomes"] == {"changed": 1, "same": 1}


def test_photos_by_name_and_what_is_none(owner, coffee):
    rows = [[*sheets.HEADINGS, "Foto"]]
    rows += [[f"B-{n}", f"Kopi {n}", "Kopi", 1000, 1, photo] for n, photo in enumerate(PHOTOS)]
    bad = photo_file(name="rusak.jpg")
    bad.file.seek(0)
    bad.file.write(b"MZ" * 40)
    job = sheets.checked(owner, sheets.xlsx(*rows), photos=[photo_file(name="depan.jpg"), bad])
    codes = [problems(job, number).get("photo") for number in range(2, 7)]
    assert codes == [None, None, "photo_missing", "photo_bad", "photo_url"]
    assert len(job.rows.get(number=2).photos) == 1


PHOTOS = [
    "depan.jpg",
    r"C:\Foto\DEPAN.JPG",
    "tidak-ada.jpg",
    "rusak.jpg",
    "https://contoh.test/depan.jpg",
]


def test_harmless_edits_of_products_on_show_are_live_and_the_rest_waits(owner, coffee):
    product = make_product(
        exhibitor=owner.exhibitor, category=coffee, sku="A-1", name="Kopi", price=9000, stock=5, cover=make_picture()
    )
    job = sheets.imported(owner, sheets.xlsx(*ROWS[:2]))
    product.refresh_from_db()
    assert (product.price, product.name, product.state) == (10_000, "Kopi", "approved")
    assert ProductChange.objects.get().name == "Kopi satu"
    assert job.counts["outcomes"] == {"proposed": 1}
    # The same again: what waits is what is wanted.
    assert sheets.imported(owner, sheets.xlsx(*ROWS[:2])).counts["outcomes"] == {"same": 1}
    # Taken back: nothing waits any more.
    sheets.imported(owner, sheets.xlsx(ROWS[0], ["A-1", "Kopi", "Kopi", 10_000, 5]))
    assert not ProductChange.objects.exists()
    assert list(Decision.objects.order_by("pk").values_list("after", flat=True)) == [
        "priced",
        "proposed",
        "change_withdrawn",
    ]


def test_photos_of_products_on_show_wait_too(owner, coffee):
    product = make_product(exhibitor=owner.exhibitor, category=coffee, sku="A-1", cover=make_picture())
    photo = photo_file(name="A-1.jpg", size=(320, 200))
    sheets.imported(owner, sheets.xlsx(["SKU", "Stok"], ["A-1", 3]), photos=[photo])
    change = ProductChange.objects.get()
    assert change.photo_ids == list(change.pictures.values_list("pk", flat=True))
    assert change.cover_id == change.photo_ids[0] != product.cover_id


def test_a_returned_product_goes_to_the_curators_again(owner, coffee):
    product = make_product(
        exhibitor=owner.exhibitor, category=coffee, sku="A-1", state="returned", cover=make_picture()
    )
    sheets.imported(owner, sheets.xlsx(*ROWS[:2]))
    product.refresh_from_db()
    assert (product.state, product.name, product.submitted_at is not None) == ("submitted", "Kopi satu", True)


def test_suspended_products_are_refused(owner, coffee):
    make_product(exhibitor=owner.exhibitor, sku="A-1", state="suspended")
    assert problems(sheets.checked(owner, sheets.xlsx(*ROWS)), 2) == {"name": "not_edited"}


def test_an_empty_cell_changes_nothing(owner, coffee):
    product = make_product(exhibitor=owner.exhibitor, sku="A-1", description="Enak", price=9000, stock=4)
    sheets.imported(owner, sheets.xlsx(["SKU", "Harga", "Stok", "Keterangan"], ["A-1", 9500, None, "-"]))
    product.refresh_from_db()
    assert (product.price, product.stock, product.description) == (9500, 4, "Enak")


def test_pieces_sold_after_the_preview_stop_the_row(owner, coffee):
    product = make_product(
        exhibitor=owner.exhibitor, category=coffee, sku="A-1", name="Kopi satu", price=10_000, stock=9
    )
    job = sheets.checked(owner, sheets.xlsx(*ROWS))
    Product.objects.update(stock=8)
    imports.begin_import(job, all_or_nothing=True, by=owner)
    sheets.worked(job)
    product.refresh_from_db()
    assert (product.stock, Product.objects.count()) == (8, 1)
    assert (job.state, job.setback) == (ImportState.READY, "moved")
    imports.begin_import(job, all_or_nothing=False, by=owner)
    sheets.worked(job)
    product.refresh_from_db()
    assert (product.stock, sheets.is_done(job)) == (5, True)


def test_an_export_knows_the_stock_it_was_made_with(owner, coffee):
    product = make_product(exhibitor=owner.exhibitor, category=coffee, sku="A-1", stock=10, cover=make_picture())
    data = export(owner.exhibitor, "csv").read()
    Product.objects.update(stock=7)  # three were sold while the file was edited
    assert sheets.imported(owner, data.replace(b'"150000"', b'"160000"')).counts["outcomes"] == {"changed": 1}
    product.refresh_from_db()
    assert (product.price, product.stock) == (160_000, 7)
    job = sheets.checked(owner, data.replace(b'"10","10"', b'"20","10"'))
    assert problems(job, 2) == {"stock": "stock_moved"}


def test_variants_keep_their_prices(owner, coffee):
    product = make_product(exhibitor=owner.exhibitor, sku="A-1", has_variants=True, price=5000, stock=3)
    job = sheets.imported(owner, sheets.xlsx(["SKU", "Harga", "Stok", "Berat"], ["A-1", 1, 1, 200]))
    product.refresh_from_db()
    assert (product.price, product.stock, product.weight_grams) == (5000, 3, 200)
    assert problems(job, 2) == {"price": "variants", "stock": "variants"}


def test_a_category_for_rows_that_name_none(owner, coffee):
    job = sheets.imported(owner, sheets.csv(["Nama", "Harga"], ["Kopi", "5rb"]), category=coffee)
    assert Product.objects.get().category == coffee
    assert sheets.is_done(job)


def test_columns_can_be_chosen_otherwise(owner, coffee):
    data = sheets.xlsx(["Nama", "Kategori", "Harga", "Harga grosir"], ["Kopi", "Kopi", 1000, 900])
    job = sheets.imported(owner, data, columns={"name": 0, "category": 1, "price": 3})
    assert Product.objects.get().price == 900
    with pytest.raises(DomainError, match="sudah berjalan"):
        imports.choose_columns(job, {"name": 0, "price": 2})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (sheets.xlsx(sheets.HEADINGS), "Tidak ada isi"),
        (sheets.xlsx(["Alamat", "Telepon"], ["Jepara", 1]), "Baris judul tidak ditemukan"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "berkata sandi"),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"Nama;Harga\n" + b"Kopi;1\n" * 10_001, r"10\.000 baris"),
        (b"Nama;Harga\n" + b"Kopi;1\n" * 11_000, r"10\.000 baris"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"),
    ],
)
def test_files_that_are_no_product_list_are_refused(owner, data, says):
    with pytest.raises(ImportFileError, match=says):
        imports.start_import(owner.exhibitor, data, "x", by=owner)
    assert not ImportJob.objects.exists()


def named(name, content=b"x"):
    file = io.BytesIO(content)
    file.name, file.size = name, len(content)
    return file


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda: named("virus.exe"), "bukan foto"),
        (lambda: named("foto.zip", b"PK\x03\x04"), "rusak"),
        (lambda: sheets.zipped(**{"catatan.txt": b"x"}), "Tidak ada foto"),
    ],
)
def test_what_is_no_photo_is_refused(owner, coffee, file, says):
    job = imports.start_import(owner.exhibitor, sheets.xlsx(*ROWS), "x", by=owner)
    with pytest.raises(ImportFileError, match=says):
        imports.add_photos(job, [file()])
    assert not job.photos.exists()


def test_hostile_archives_cost_nothing(owner, coffee):
    archive = sheets.zipped(
        **{"../../../../etc/A-1.jpg": None, "__MACOSX/A-1.jpg": b"x", "B.jpg": b"\0" * 20_000_000, "C.jpg": b"<svg/>"}
    )
    job = sheets.checked(owner, sheets.xlsx(*ROWS), photos=[archive])
    found = dict(job.photos.values_list("name", "why_not"))
    assert found["A-1.jpg"] == ""
    assert "15 MB" in found["B.jpg"]
    assert "bukan gambar" in found["C.jpg"]
    assert len(job.rows.get(number=2).photos) == 1


def test_a_job_is_worked_on_by_one_at_a_time(owner, coffee):
    job = imports.start_import(owner.exhibitor, sheets.xlsx(*ROWS), "x", by=owner)
    imports.choose_columns(job, job.table["columns"])
    assert imports.claim(job.pk)
    assert not imports.claim(job.pk)
    assert imports.waiting_imports() == []
    later = dt.datetime.now(dt.UTC) + imports.LEASE
    assert imports.waiting_imports(later) == [job.pk]


def test_a_fault_of_ours_loses_nothing(owner, coffee, monkeypatch):
    job = sheets.checked(owner, sheets.xlsx(*ROWS))
    imports.begin_import(job, all_or_nothing=True, by=owner)
    monkeypatch.setattr("catalog.domain.import_running.change_products", lambda *a, **k: 1 / 0)
    sheets.worked(job)
    assert (job.state, job.setback, Product.objects.count()) == (ImportState.READY, "failed", 0)
    monkeypatch.undo()
    imports.begin_import(job, all_or_nothing=True, by=owner)
    assert sheets.is_done(sheets.worked(job))


def test_cancelled_and_old_jobs_leave_nothing_behind(owner, coffee):
    job = sheets.checked(owner, sheets.xlsx(*ROWS))
    imports.cancel_import(job)
    assert not ImportRow.objects.exists()
    assert imports.delete_old_imports() == 0
    assert imports.delete_old_imports(dt.datetime.now(dt.UTC) + dt.timedelta(days=31)) == 1
    assert not ImportJob.objects.exists()


def test_check_of_a_job_that_moved_on_changes_nothing(owner, coffee):
    job = sheets.imported(owner, sheets.xlsx(*ROWS))
    ImportJob.objects.filter(pk=job.pk).update(file=imports.keep(sheets.xlsx(*ROWS)))
    job.refresh_from_db()
    check(job)
    assert job.rows.filter(outcome=Outcome.DRAFTED).count() == 2


def test_a_returned_product_goes_back_once_its_notes_are_answered(owner, curator, coffee):
    product = make_product(
        exhibitor=owner.exhibitor, category=coffee, sku="A-1", name="Kopi", cover=make_picture(), state="submitted"
    )
    return_product(product, by=curator, reason="", notes={"description": "Ceritakan rasanya."})
    sheets.imported(owner, sheets.xlsx(["SKU", "Harga"], ["A-1", 12_000]))
    product.refresh_from_db()
    assert (product.state, product.price) == ("returned", 12_000)
    sheets.imported(owner, sheets.xlsx(["SKU", "Keterangan"], ["A-1", "Manis seperti gula aren."]))
    product.refresh_from_db()
    assert product.state == "submitted"


def test_a_draft_without_a_name_gets_its_address_with_it(owner, coffee):
    product = make_product(
        exhibitor=owner.exhibitor, category=coffee, sku="A-1", name="", slug="draf-2", cover=make_picture(),
        state="draft", approved_at=None,
    )  # fmt: skip
    sheets.imported(owner, sheets.xlsx(["SKU", "Nama produk"], ["A-1", "Kopi lereng"]))
    product.refresh_from_db()
    assert (product.state, product.slug) == ("submitted", "kopi-lereng")
