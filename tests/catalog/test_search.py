"""Finding goods: stems, beginnings, misspellings, filters, order."""

import re

import pytest

from catalog.criteria import read_criteria, search_words
from tests.catalog.street import Street
from tests.factories import make_category, make_region, wib


def names(client, query):
    html = client.get(f"/cari/?{query}").content.decode()
    return re.findall(r'class="card__name"><a href="[^"]*">([^<]*)</a>', html)


@pytest.fixture
def goods(db):
    street = Street(products=0)
    food = make_category(slug="makanan", name="Makanan")
    make_category(slug="camilan", name="Camilan", parent=food)
    from catalog.models import Category

    snack = Category.objects.get(slug="camilan")
    street.add_product(1, name="Kain batik tulis kawung", name_en="Hand-drawn batik cloth", price=900_000)
    street.add_product(2, name="Taplak meja", description="Dihias dengan teknik batik cap.", price=75_000)
    street.add_product(3, name="Keripik tempe pedas", category=snack, price=15_000)
    street.add_product(4, name="Lumpia rebung", category=food, price=60_000, stock=0)
    street.add_product(5, name="Lumpia ayam", category=food, price=65_000, approved_at=wib(2020, 1, 1))
    street.add_product(6, name="Café kopi Temanggung", category=food, price=48_000)
    return street


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("batik", {"Kain batik tulis kawung", "Taplak meja"}),
        ("membatik", {"Kain batik tulis kawung", "Taplak meja"}),
        ("bat", {"Kain batik tulis kawung", "Taplak meja"}),
        ("KAIN batik untuk saya", {"Kain batik tulis kawung"}),
        ("cloths", {"Kain batik tulis kawung"}),
        ("bathik", {"Kain batik tulis kawung", "Taplak meja"}),
        ("lumpiah", {"Lumpia rebung", "Lumpia ayam"}),
        ("kripik", {"Keripik tempe pedas"}),
        ("cafe", {"Café kopi Temanggung"}),
        ("' & | ! :* <->", {"Kain batik tulis kawung"}),
        ("zzzz", set()),
    ],
)
def test_search_finds(client, goods, text, found):
    from urllib.parse import urlencode

    if text.startswith("'"):  # signs alone are no words: everything is listed
        assert len(names(client, urlencode({"q": text}))) == 6
    else:
        assert set(names(client, urlencode({"q": text}))) == found


def test_names_come_before_descriptions_and_stock_before_none(client, goods):
    assert names(client, "q=batik") == ["Kain batik tulis kawung", "Taplak meja"]
    assert names(client, "q=lumpia") == ["Lumpia ayam", "Lumpia rebung"]


def test_misspelling_is_explained(client, goods):
    assert "Ini hasil untuk “lumpia”" in client.get("/cari/?q=lumpiah").content.decode()
    assert "Ini hasil" not in client.get("/cari/?q=lumpia").content.decode()


def test_filters_narrow_and_orders_sort(client, goods):
    assert names(client, "kategori=makanan&urut=termurah") == [
        "Keripik tempe pedas", "Café kopi Temanggung", "Lumpia rebung", "Lumpia ayam",
    ]  # fmt: skip
    assert names(client, "min=60.000&maks=Rp75.000&urut=termahal") == ["Taplak meja", "Lumpia ayam", "Lumpia rebung"]
    assert names(client, "wilayah=33.73&q=kopi") == ["Café kopi Temanggung"]
    make_region(code="33.74", name="Kota Semarang")
    assert names(client, "wilayah=33.74") == []


def test_wrong_prices_are_explained_at_their_field(client, goods):
    html = client.get("/cari/?min=murah&q=batik").content.decode()
    assert "Tulis harga dengan angka saja" in html
    assert 'aria-describedby="min-error"' in html
    assert len(names(client, "min=murah&q=batik")) == 2
    assert "lebih kecil daripada" in client.get("/cari/?min=5000&maks=10").content.decode()


def test_booths_are_found_by_name(client, goods):
    assert "A00" in client.get("/cari/?q=usaha").content.decode()


def test_pages_have_stable_addresses(client, db):
    Street(products=30)
    assert len(names(client, "q=kain&hal=1")) == 24
    assert len(names(client, "q=kain&hal=2")) == 6
    assert not set(names(client, "q=kain")) & set(names(client, "q=kain&hal=2"))
    assert "hal=2" in client.get("/cari/?q=kain").content.decode()
    assert client.get("/cari/?hal=99999999").status_code == 200
    assert client.get("/cari/?hal=-1&kategori=%00&wilayah=%00&q=%00").status_code == 200


def test_stop_words_are_left_out_unless_there_is_nothing_else():
    assert search_words("Kain untuk yang di rumah") == ["kain", "rumah"]
    assert search_words("untuk yang") == ["untuk", "yang"]
    assert len(search_words("a1 b2 c3 d4 e5 f6 g7 h8")) == 6


def test_criteria_write_themselves_back():
    criteria = read_criteria({"q": " batik  tulis ", "min": "10.000", "urut": "termurah", "hal": "3"})
    assert criteria.query(page=4) == "q=batik+tulis&min=10000&urut=termurah&hal=4"
    assert criteria.query(low=None) == "q=batik+tulis&urut=termurah"
