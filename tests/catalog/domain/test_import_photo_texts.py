"""What photos show, in words, as columns of a file."""

import pytest

from catalog.domain.import_files import export
from catalog.domain.proposals import approve_change
from catalog.models import Product, ProductChange, ProductPhoto
from tests.catalog import sheets
from tests.factories import make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db
HEADINGS = ["SKU", "Isi foto", "Isi foto dalam bahasa Inggris"]


@pytest.fixture
def product(owner) -> Product:
    product = make_product(exhibitor=owner.exhibitor, sku="A-1", name="Kopi", cover=make_picture(), stock=3)
    for place in range(3):
        picture = product.cover if place == 0 else make_picture(name=f"kopi-{place}")
        ProductPhoto.objects.create(product=product, picture=picture, position=place)
    return product


def said(product) -> list[tuple]:
    return list(product.photos.order_by("position").values_list("alt", "alt_en"))


def outcomes(owner, *rows) -> dict:
    return sheets.imported(owner, sheets.xlsx(HEADINGS, *rows)).counts["outcomes"]


def test_texts_of_photos_come_in_order_and_only_once(owner, product):
    Product.objects.update(state="draft")
    assert outcomes(owner, ["A-1", "Kemasan | | Kebun", "Package"]).keys() <= {"changed", "submitted"}
    assert said(product) == [("Kemasan", "Package"), ("", ""), ("Kebun", "")]
    assert outcomes(owner, ["A-1", "Kemasan | | Kebun", "Package"]) == {"same": 1}
    outcomes(owner, ["A-1", "Bungkus", None])
    assert said(product) == [("Bungkus", "Package"), ("", ""), ("Kebun", "")]
    with export(owner.exhibitor, "xlsx") as file:
        assert sheets.imported(owner, file.read()).counts["outcomes"] == {"same": 1}


def test_texts_of_what_is_on_show_wait_for_the_curators(owner, product, curator):
    assert outcomes(owner, ["A-1", "Kemasan | | Kebun", "Package"]) == {"proposed": 1}
    assert said(product) == [("", "")] * 3
    assert outcomes(owner, ["A-1", "Kemasan | | Kebun", "Package"]) == {"same": 1}
    outcomes(owner, ["A-1", "Bungkus", None])
    with export(owner.exhibitor, "xlsx") as file:
        assert sheets.imported(owner, file.read()).counts["outcomes"] == {"same": 1}
    approve_change(ProductChange.objects.get(), by=curator)
    assert said(product) == [("Bungkus", "Package"), ("", ""), ("Kebun", "")]
    assert not ProductChange.objects.exists()


def test_what_can_not_be_said_is_told(owner, product):
    job = sheets.checked(owner, sheets.xlsx(HEADINGS, ["A-1", "a | b | c | d", "x" * 161]))
    assert {found["code"] for row in job.rows.all() for found in row.problems} == {"texts_many", "long_text"}
    assert said(product) == [("", "")] * 3


def test_a_cover_without_a_row_gets_one(owner):
    bare = make_product(exhibitor=owner.exhibitor, sku="B-1", name="Teh", cover=make_picture(), state="submitted")
    outcomes(owner, ["B-1", "Teh dalam kaleng", None])
    assert said(bare) == [("Teh dalam kaleng", "")]
