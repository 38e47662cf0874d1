"""Variants in a table: a row for each, in the ways that marketplaces write them; a product comes in whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.domain import import_running, imports
from catalog.domain.import_files import export, rest
from catalog.models import PriceStep, Product, ProductChange, Variant, VariantChange
from tests.catalog import sheets
from tests.factories import make_category, make_product
from tests.pictures import make_picture, photo_file

pytestmark = pytest.mark.django_db

HEADINGS = ["SKU induk", "Nama produk", "Kategori", "Varian", "SKU", "Harga", "Stok", "Harga grosir"]
SHIRT = [
    ["KB", "Kemeja batik", "Batik", "S", "KB-S", "150rb", 3, "10 = 140rb; 50 = 130.000"],
    ["KB", "Kemeja batik", "Batik", "M", "KB-M", "150rb", 4, ""],
    ["KB", "Kemeja batik", "Batik", "XL", "KB-XL", "165rb", 5, ""],
]
CLOTH = ["", "Kain batik", "Batik", "", "KN", "200rb", 9, "5 = 190rb"]
# The same in the manner of Shopify, and with a row of the product above.
BELOW = [SHIRT[0], *[["", "", "", *row[3:]] for row in SHIRT[1:]]]
ABOVE = [
    ["", "Kemeja batik", "Batik", "", "KB", "", "", ""],
    *[["KB", "", "", *row[3:]] for row in SHIRT],
]


@pytest.fixture
def batik(db):
    return make_category(name="Batik")


def problems(job, number) -> dict:
    return {found["column"]: found["code"] for found in job.rows.get(number=number).problems}


def shown_variants() -> list:
    return list(Variant.objects.order_by("product", "position").values_list("name", "sku", "price", "stock"))


ALL = [("S", "KB-S", 150_000, 3), ("M", "KB-M", 150_000, 4), ("XL", "KB-XL", 165_000, 5)]


@pytest.mark.parametrize("rows", [SHIRT, BELOW, ABOVE, [SHIRT[1], CLOTH, SHIRT[0], SHIRT[2]]])
def test_rows_of_one_product_become_its_variants(owner, batik, rows):
    job = sheets.imported(owner, sheets.xlsx(HEADINGS, *rows))
    assert sheets.is_done(job)
    shirt = Product.objects.get(sku="KB")
    assert (shirt.name, shirt.category, shirt.has_variants) == ("Kemeja batik", batik, True)
    assert (shirt.price, shirt.price_top, shirt.stock, shirt.has_steps) == (150_000, 165_000, 12, True)
    assert sorted(shown_variants()) == sorted(ALL)
    steps = PriceStep.objects.filter(variant__name="S").values_list("minimum_quantity", "unit_price")
    assert list(steps) == [(10, 140_000), (50, 130_000)]
    again = sheets.imported(owner, sheets.csv(HEADINGS, *rows, separator="\t"))
    assert again.counts["outcomes"] == {"same": len(rows)}
    assert (Product.objects.count(), Variant.objects.count()) == (1 + (CLOTH in rows), 3)


def test_rows_are_held_together_by_their_name_alone(owner, batik):
    rows = [["Teh", "Batik", "Melati", 1000, 1], ["Teh", "Batik", "Hijau", 2000, 2], ["Kopi", "Batik", "", 3000, 3]]
    headings = ["Nama", "Kategori", "Varian", "Harga", "Stok"]
    sheets.imported(owner, sheets.xlsx(headings, *rows))
    assert list(Product.objects.order_by("name").values_list("name", "has_variants")) == [
        ("Kopi", False),
        ("Teh", True),
    ]
    rows[1][3] = 2500
    again = sheets.imported(owner, sheets.xlsx(headings, *rows))
    assert again.counts["outcomes"] == {"same": 2, "changed": 1}
    assert Variant.objects.get(name="Hijau").price == 2500


def test_two_properties_are_one_variant(owner, batik):
    headings = ["Nama", "Kategori", "Varian untuk Variasi 1", "Varian untuk Variasi 2", "Harga", "Stok"]
    rows = [["Kaos", "Batik", color, size, 1000, 1] for color in ("Merah", "Biru") for size in ("M", "L")]
    sheets.imported(owner, sheets.xlsx(headings, *rows))
    assert [name for name, *_rest in shown_variants()] == ["Merah · M", "Merah · L", "Biru · M", "Biru · L"]


def test_prices_by_the_skus_of_variants(owner, batik):
    sheets.imported(owner, sheets.xlsx(HEADINGS, *SHIRT))
    job = sheets.imported(owner, sheets.csv(["SKU", "Harga", "Stok"], ["kb-m", "155rb", 1], ["KB-XL", "170rb", 5]))
    assert job.counts["outcomes"] == {"changed": 2}
    assert shown_variants() == [ALL[0], ("M", "KB-M", 155_000, 1), ("XL", "KB-XL", 170_000, 5)]
    shirt = Product.objects.get()
    assert (shirt.price, shirt.price_top, shirt.stock) == (150_000, 170_000, 9)


@pytest.mark.parametrize(
    ("rows", "number", "expected"),
    [
        ([["", "", "", "S", "", 1, 1, ""]], 2, {"variant": "variant_alone"}),
        ([SHIRT[0], ["KB", "", "", "s", "", 1, 1, ""]], 3, {"variant": "variant_twice"}),
        ([SHIRT[0], ["KB", "", "", "M", "KB-S", 1, 1, ""]], 3, {"sku": "sku_twice"}),
        ([SHIRT[0], ["KB", "", "", "", "KB-M", 1, 1, ""]], 3, {"variant": "variant_missing"}),
        ([SHIRT[0], ["KB", "Lain", "", "M", "KB-M", 200_000, 1, ""]], 3, {"name": "group_differs"}),
        ([SHIRT[0], ["KB", "", "", "M", "KB-M", "", 1, ""]], 3, {"price": "missing"}),
        ([SHIRT[0], ["KB", "", "", "M", "KB-M", "mahal", 1, ""]], 2, {"variant": "group_bad"}),
        ([[*SHIRT[0][:7], "10 = 150rb"]], 2, {"steps": "steps_price"}),
        ([[*SHIRT[0][:7], "10 = 100rb; 20 = 110rb"]], 2, {"steps": "steps_order"}),
        ([[*SHIRT[0][:7], "murah"]], 2, {"steps": "steps"}),
        ([["KB", "", "", f"V{n}", "", 100_000, 1, ""] for n in range(51)], 52, {"variant": "variant_many"}),
    ],
)
def test_wrong_combinations_are_told_at_the_cell(owner, batik, rows, number, expected):
    job = sheets.checked(owner, sheets.xlsx(HEADINGS, *rows))
    assert expected.items() <= problems(job, number).items()


def test_a_product_comes_in_whole_and_what_is_handed_back_can_be_imported(owner, batik):
    wrong = [BELOW[0], [*BELOW[1][:5], "tanya", 4, ""], BELOW[2], CLOTH]
    job = sheets.imported(owner, sheets.xlsx(HEADINGS, *wrong), all_or_nothing=False)
    assert list(Product.objects.values_list("sku", flat=True)) == ["KN"]
    assert job.counts["outcomes"] == {"drafted": 1, "left": 3}
    cells = imports.read_file(rest(job).read())[0].rows
    assert "Satu produk masuk bersama-sama: perbaiki dahulu baris 3." in cells[1][-1]
    cells[2][5] = 150_000
    assert sheets.is_done(sheets.imported(owner, sheets.xlsx(*cells)))
    assert shown_variants() == ALL


def test_on_show_new_variants_and_names_wait_while_prices_and_stock_are_live(owner, batik):
    product = make_product(
        exhibitor=owner.exhibitor, category=batik, sku="KB", name="Kemeja batik", cover=make_picture(), price=150_000
    )
    small = Variant.objects.create(product=product, name="S", sku="KB-S", price=150_000, stock=9)
    job = sheets.imported(owner, sheets.xlsx(HEADINGS, [*SHIRT[0][:3], "Kecil", *SHIRT[0][4:6], 3, ""], SHIRT[2]))
    assert job.counts["outcomes"] == {"proposed": 2}
    small.refresh_from_db()
    assert (small.name, small.stock, small.is_active) == ("S", 3, True)
    assert list(Variant.objects.filter(is_active=False).values_list("name", flat=True)) == ["XL"]
    assert set(VariantChange.objects.values_list("name", "sells")) == {("Kecil", False), ("XL", True)}
    job = sheets.imported(owner, sheets.xlsx(HEADINGS, [*SHIRT[0][:3], "S", *SHIRT[0][4:6], 2, ""]))
    assert set(VariantChange.objects.values_list("name", flat=True)) == {"XL"}
    product.refresh_from_db()
    assert (product.stock, ProductChange.objects.count()) == (2, 1)


def test_an_export_imported_as_it_is_changes_nothing_and_edits_of_it_count(owner, batik):
    sheets.imported(owner, sheets.xlsx(HEADINGS, *SHIRT, CLOTH))
    medium = Variant.objects.get(name="M")
    Variant.objects.filter(pk=medium.pk).update(is_active=False)
    data = export(owner.exhibitor, "csv").read()
    assert sheets.imported(owner, data).counts["outcomes"] == {"same": 5}
    off, on = (f'"{word}","{medium.pk}"'.encode() for word in ("Tidak", "Ya"))
    renamed = data.replace(b'"XL"', b'"Besar"').replace(off, on)
    job = sheets.imported(owner, renamed)
    assert job.counts["outcomes"]["changed"] == 2
    assert set(Variant.objects.values_list("name", "is_active")) == {("S", True), ("M", True), ("Besar", True)}
    Variant.objects.filter(name="S").update(stock=1)  # two were sold meanwhile
    assert problems(sheets.checked(owner, data.replace(b'"3","3"', b'"8","3"')), 3)["stock"] == "stock_moved"


def test_the_row_of_the_product_counts_wherever_it_stands(owner, batik):
    upside_down = [[row[0], "Nama lama", *row[2:]] for row in SHIRT] + [ABOVE[0]]
    job = sheets.imported(owner, sheets.xlsx(HEADINGS, *upside_down))
    assert Product.objects.get().name == "Kemeja batik"
    assert problems(job, 2)["name"] == "group_differs"


def test_each_variant_has_its_photo(owner, batik):
    photos = [photo_file(name=f"{name}.jpg", size=(100 + n, 100)) for n, name in enumerate(["KB", "KB-S", "merah"])]
    rows = [[*HEADINGS, "Foto varian"], [*SHIRT[0], ""], [*SHIRT[1], "merah.jpg"], [*SHIRT[2], "hilang.jpg"]]
    job = sheets.checked(owner, sheets.xlsx(*rows), photos=photos)
    assert problems(job, 4)["variant_photo"] == "photo_missing"
    imports.begin_import(job, all_or_nothing=True, by=owner)
    assert sheets.is_done(sheets.worked(job))
    pictures = dict(job.photos.values_list("name", "picture"))
    found = list(Variant.objects.order_by("position").values_list("picture", flat=True))
    assert found == [pictures["KB-S.jpg"], pictures["merah.jpg"], None]
    product = Product.objects.get()
    assert (product.cover_id, product.state) == (pictures["KB.jpg"], "submitted")


def test_products_are_not_cut_in_two_by_the_worker(owner, batik, monkeypatch):
    monkeypatch.setattr(import_running, "CHUNK", 2)
    rows = [[f"P{n}", f"Produk {n}", "Batik", f"V{m}", "", 1000, 1, ""] for n in range(3) for m in range(3)]
    job = sheets.checked(owner, sheets.xlsx(HEADINGS, *rows))
    imports.begin_import(job, all_or_nothing=False, by=owner)
    assert len(import_running.waiting(job)) == 3
    assert sheets.worked(job).counts["outcomes"] == {"drafted": 3, "added": 6}


def queries_of_proposals(owner, batik, count) -> int:
    """Of an import that wants a name, a far price, a new variant and one off sale of so many products on show."""
    rows = []
    for number in range(count):
        name = f"Kain {count}-{number}"
        product = make_product(exhibitor=owner.exhibitor, category=batik, name=name, sku=name, cover=make_picture())
        for place, size in enumerate(("S", "M", "L")):
            Variant.objects.create(
                product=product, name=size, sku=f"{name}-{size}", price=1000, stock=1, position=place
            )
        rows += [
            [name, name, "Batik", "Kecil", f"{name}-S", 1000, 1, "", ""],
            [name, name, "Batik", "M", f"{name}-M", 9000, 2, "", ""],
            [name, name, "Batik", "L", f"{name}-L", 1000, 1, "10 = 900", "Tidak"],
            [name, name, "Batik", "XL", f"{name}-XL", 1000, 1, "", ""],
        ]
    job = sheets.checked(owner, sheets.csv([*HEADINGS, "Varian dijual"], *rows))
    imports.begin_import(job, all_or_nothing=True, by=owner)
    with CaptureQueriesContext(connection) as queries:
        sheets.worked(job)
    assert job.counts["outcomes"] == {"proposed": 3 * count, "changed": count}
    return len(queries)


def test_proposals_of_many_variants_take_no_more_queries(owner, batik):
    few, many = (queries_of_proposals(owner, batik, count) for count in (2, 9))
    assert few == many
    change = ProductChange.objects.get(product__name="Kain 9-8")
    assert list(change.variants.order_by("pk").values_list("variant__name", "name", "price", "sells")) == [
        ("XL", "XL", None, True), ("S", "Kecil", None, False), ("M", "M", 9000, False),
    ]  # fmt: skip
    variants = change.product.variants.order_by("position")
    assert list(variants.values_list("name", "price", "stock", "is_active", "is_approved")) == [
        ("S", 1000, 1, True, True), ("M", 1000, 2, True, True), ("L", 1000, 1, False, True),
        ("XL", 1000, 1, False, False),
    ]  # fmt: skip


def test_wishes_taken_back_in_an_import_leave_no_proposal(owner, batik):
    queries_of_proposals(owner, batik, 1)
    back = [["Kain 1-0", "", "", name, f"Kain 1-0-{name}", 1000, 1, "", ""] for name in ("S", "M")]
    sheets.imported(owner, sheets.csv([*HEADINGS, "Varian dijual"], *back))
    assert list(VariantChange.objects.values_list("name", flat=True)) == ["XL"]
    VariantChange.objects.all().delete()
    Variant.objects.filter(name="S").update(name="Kecil")
    VariantChange.objects.create(
        change=ProductChange.objects.get(), variant=Variant.objects.get(name="M"), name="Sedang", price=None
    )
    sheets.imported(owner, sheets.csv([*HEADINGS, "Varian dijual"], back[1]))
    assert not ProductChange.objects.exists()
