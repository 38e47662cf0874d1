import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.domain import imports
from catalog.models import ImportJob, Product
from tests.catalog import sheets
from tests.factories import make_category, make_product
from tests.pictures import photo_file

ROWS = [
    sheets.HEADINGS,
    ["A-1", "Kopi satu", "Kopi", "10rb", 5],
    ["A-2", "Kopi dua", "Kopi", "mahal", 6],
]


@pytest.fixture
def coffee(db):
    return make_category(name="Kopi")


def url(name, *args):
    return reverse(f"catalog:dashboard-{name}", args=args)


def upload(client, data: bytes, name="produk.csv", **more):
    return client.post(url("imports"), {"file": SimpleUploadedFile(name, data), **more}, follow=True)


def recognised(page) -> dict:
    """What the form about the columns offers."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def page_of(response) -> str:
    return response.content.decode()


def test_from_the_file_to_the_result(as_user, helper, coffee):
    client = as_user(helper)
    columns = upload(client, sheets.csv(*ROWS), photos=[photo_file(name="A-1.jpg")])
    assert recognised(columns) == {
        "category": "",
        "c0": "sku",
        "c1": "name",
        "c2": "category",
        "c3": "price",
        "c4": "stock",
    }
    assert "A-1 · A-2" in page_of(columns)
    job = ImportJob.objects.get()
    waiting = client.post(url("import-columns", job.pk), recognised(columns), follow=True)
    assert "Sedang diperiksa" in page_of(waiting)  # photos are a worker's
    sheets.worked(job)
    preview = page_of(client.get(url("import", job.pk)))
    assert "Impor 1 baris yang baik saja" in preview
    assert "Impor semua" not in preview
    assert "<mark>mahal</mark>" in preview
    assert "“mahal” bukan harga" in preview
    refused = client.post(url("import-start", job.pk), {"mode": "all"}, follow=True)
    assert "Masih ada baris yang salah" in page_of(refused)
    result = client.post(url("import-start", job.pk), {"mode": "good"}, follow=True)
    assert "Impor selesai" in page_of(result)
    assert "1 baris belum masuk" in page_of(result)
    product = Product.objects.get()
    assert (product.exhibitor, product.price, product.state) == (helper.exhibitor, 10_000, "submitted")
    rest = client.get(url("import-rest", job.pk))
    assert rest["Content-Disposition"] == 'attachment; filename="produk-sisa.csv"'
    text = b"".join(rest.streaming_content).decode()
    assert '"A-2";"Kopi dua";"Kopi";"mahal";"6";"Harga: “mahal” bukan harga.' in text


def test_progress_is_asked_for_by_htmx_and_the_end_loads_the_page(as_user, owner, coffee):
    client = as_user(owner)
    job = imports.start_import(owner.exhibitor, sheets.csv(*ROWS), "p.csv", by=owner)
    imports.choose_columns(job, job.table["columns"])
    bar = client.get(url("import", job.pk), headers={"HX-Request": "true"})
    assert "<progress" in page_of(bar)
    assert "<html" not in page_of(bar)
    assert f'href="{url("import", job.pk)}">Lihat kemajuannya' in page_of(client.get(url("import", job.pk)))
    sheets.worked(job)
    assert client.get(url("import", job.pk), headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_refusal_stands_at_the_file(as_user, owner):
    response = upload(as_user(owner), b"Alamat;Telepon\nJepara;1\n")
    assert "Baris judul tidak ditemukan" in str(response.context["form"].errors["file"])
    assert "Pilih berkasnya" in page_of(as_user(owner).post(url("imports"), {}))
    assert "kosong" in page_of(upload(as_user(owner), b""))


def test_columns_chosen_twice_stay_as_chosen(as_user, owner, coffee):
    client = as_user(owner)
    columns = upload(client, sheets.csv(*ROWS))
    job = ImportJob.objects.get()
    response = client.post(url("import-columns", job.pk), recognised(columns) | {"c0": "name", "c1": "name"})
    assert "sudah dipilih untuk kolom lain" in page_of(response)
    assert response.context["form"]["c0"].value() == "name"
    response = client.post(url("import-columns", job.pk), {"c4": "stock"})
    assert "Pilih kolom nama atau SKU" in page_of(response)


def test_photos_may_follow(as_user, owner, coffee):
    client = as_user(owner)
    job = sheets.checked(owner, sheets.csv(*ROWS[:2]))
    assert "Belum ada foto" in page_of(client.get(url("import", job.pk)))
    client.post(url("import-photos", job.pk), {"photos": [photo_file(name="A-1.jpg")]})
    sheets.worked(job)
    assert "Belum ada foto" not in page_of(client.get(url("import", job.pk)))
    response = client.post(url("import-photos", job.pk), {}, follow=True)
    assert "Pilih fotonya dahulu." in page_of(response)


def test_the_preview_is_paged_and_filtered(as_user, owner, coffee, django_assert_max_num_queries):
    rows = [[f"A-{n}", f"Kopi {n}", "Kopi", 1000 if n % 10 else "x", 1] for n in range(60)]
    job = sheets.checked(owner, sheets.csv(sheets.HEADINGS, *rows))
    client = as_user(owner)
    with django_assert_max_num_queries(30):
        first = client.get(url("import", job.pk))
    second = client.get(url("import", job.pk) + f"?sesudah={first.context['after']}")
    assert [shown.row.number for shown in second.context["rows"]] == list(range(27, 52))
    bad = client.get(url("import", job.pk) + "?baris=bad")
    assert len(bad.context["rows"]) == 6
    assert bad.context["kinds"] == [("Harga tidak terbaca", 6)]


def test_own_words_for_categories_are_explained_once(as_user, owner, coffee):
    rows = [["A-1", "Satu", "Minuman panas", 1000, 1], ["A-2", "Dua", "MINUMAN  PANAS", 1000, 1]]
    job = sheets.checked(owner, sheets.csv(sheets.HEADINGS, *rows))
    client = as_user(owner)
    page = client.get(url("import", job.pk))
    assert [field.label for field in page.context["categories"]] == ["MINUMAN  PANAS"]
    assert "Pilih kategorinya dahulu" in page_of(client.post(url("import-categories", job.pk), follow=True))
    page = client.post(url("import-categories", job.pk), {"w0": coffee.pk}, follow=True)
    assert "Impor semua 2 baris" in page_of(page)
    assert "Kategori yang belum dikenal" not in page_of(page)


def test_a_word_of_a_category_is_a_guess(as_user, owner):
    make_category(name="Kopi, Teh & Minuman")
    job = sheets.checked(owner, sheets.csv(*ROWS[:2]))
    assert "Dimasukkan ke “Kopi, Teh &amp; Minuman”." in page_of(as_user(owner).get(url("import", job.pk)))


def test_forms_that_are_sent_twice_do_it_once(as_user, owner, coffee):
    client = as_user(owner)
    pages = [upload(client, sheets.csv(*ROWS[:2])) for _twice in range(2)]
    jobs = list(ImportJob.objects.order_by("pk"))
    for job in jobs:
        for _twice in range(2):
            client.post(url("import-columns", job.pk), recognised(pages[0]))
        for _twice in range(2):
            answer = client.post(url("import-start", job.pk), {"mode": "all"}, follow=True)
        assert "sudah berjalan atau selesai" in page_of(answer)
        job.refresh_from_db()
    assert [job.counts["outcomes"] for job in jobs] == [{"drafted": 1}, {"same": 1}]
    assert Product.objects.count() == 1


def test_variants_stand_under_their_product(as_user, owner, coffee):
    headings = ["Nama", "Kategori", "Varian", "SKU", "Harga", "Stok"]
    rows = [["Teh", "Kopi", "Melati", "T-1", 1000, 1], ["", "", "Hijau", "T-2", 2000, 2], ["", "", "", "", "x", ""]]
    page = as_user(owner).get(url("import", sheets.checked(owner, sheets.xlsx(headings, *rows)).pk))
    assert [(shown.title, shown.variant) for shown in page.context["rows"]][:2] == [
        ("T-1 · Teh", "Melati"),
        ("T-2", "Hijau"),
    ]
    assert page_of(page).count("import__row--variant") == 1
    assert page.context["counts"]["added"] == 1


def test_a_cancelled_import_is_over(as_user, owner, coffee):
    job = sheets.checked(owner, sheets.csv(*ROWS))
    client = as_user(owner)
    assert "Impor dibatalkan" in page_of(client.post(url("import-cancellation", job.pk), follow=True))
    response = client.post(url("import-start", job.pk), {"mode": "good"}, follow=True)
    assert "sudah berjalan atau selesai" in page_of(response)
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "import",
        "import-columns",
        "import-photos",
        "import-start",
        "import-cancellation",
        "import-rest",
        "import-categories",
    ],
)
def test_jobs_of_others_do_not_exist(as_user, owner, outsider, coffee, name):
    job = sheets.checked(owner, sheets.csv(*ROWS))
    client = as_user(outsider)
    assert client.get(url(name, job.pk)).status_code in (404, 405)
    assert client.post(url(name, job.pk), {"mode": "good"}).status_code in (404, 405)
    job.refresh_from_db()
    assert job.state == "ready"
    assert "produk.xlsx" not in page_of(client.get(url("imports")))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_template_and_export_can_be_imported(as_user, owner, coffee, kind):
    client = as_user(owner)
    data = b"".join(client.get(url("import-template", kind)).streaming_content)
    job = sheets.checked(owner, data)
    assert (job.row_count, job.counts) == (3, {"good": 2, "warned": 1, "new": 2, "added": 1})
    make_product(exhibitor=owner.exhibitor, category=coffee)
    response = client.get(url("export", kind))
    assert response["Content-Disposition"].endswith(f'produk-batik-wati.{kind}"')
    assert sheets.checked(owner, b"".join(response.streaming_content)).counts["same"] == 1


def test_unknown_kinds_of_files_do_not_exist(as_user, owner):
    for name in ("export", "import-template"):
        assert as_user(owner).get(url(name, "exe")).status_code == 404


def test_too_many_photos_are_told(as_user, owner, coffee):
    photos = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(201)]
    assert "Paling banyak 200 foto" in page_of(upload(as_user(owner), sheets.csv(*ROWS), photos=photos))


def test_an_archive_that_is_none_leaves_the_table(as_user, owner, coffee):
    broken = io.BytesIO(b"PK\x03\x04")
    broken.name = "foto.zip"
    response = upload(as_user(owner), sheets.csv(*ROWS), photos=[broken])
    assert "Berkas ZIP ini rusak" in page_of(response)
    assert ImportJob.objects.get().row_count == 2
