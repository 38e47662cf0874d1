"""Searching a small shop: what each typed text finds, and in which order."""

import re
from urllib.parse import urlencode

import pytest

from catalog.models import Product
from catalog.search.understanding import understand
from catalog.search.vocabulary import renew_vocabulary
from tests.catalog.street import Street
from tests.factories import make_booth, make_category, make_exhibitor, make_placement, make_product, make_region

CLOTH, TABLECLOTH, SHIRT, TABLE, MASK = "Kain batik tulis kawung", "Taplak hias", "Kemeja batik", "Meja jati", "Topeng"
CHIPS, CRISPS, SPRING_ROLL, COFFEE, HAT, WEAVING = (
    "Keripik tempe", "Kripik bayam", "Lumpia rebung", "Café kopi Temanggung", "Kopiah rajut", "Sarung tenun",
)  # fmt: skip
JLAMPRANG = "Batik Jlamprang"


@pytest.fixture
def shop(db):
    street = Street(products=0)
    wood = make_category(slug="ukiran", name="Ukiran & Topeng", name_en="Carving")
    food = make_category(slug="makanan", name="Makanan", name_en="Food")
    goods = {
        CLOTH: {"name_en": "Hand-drawn batik cloth"},
        TABLECLOTH: {"description": "Dihias dengan teknik batik cap dan disulam tangan."},
        SHIRT: {},
        TABLE: {"description": "Kayu tua, kuat untuk ruang makan."},
        MASK: {"category": wood, "description": "Dipahat oleh pengrajin dari kayu pule."},
        CHIPS: {"category": food},
        CRISPS: {"category": food, "stock": 0},
        SPRING_ROLL: {"category": food},
        COFFEE: {"category": food, "ingredients": "Arabika"},
        HAT: {},
        WEAVING: {},
    }
    cloth = make_category(slug="kain", name="Kain")
    for number, (name, fields) in enumerate(goods.items()):
        street.add_product(number, name=name, **{"category": cloth, **fields})
    pekalongan = make_region(code="33.75", name="Kota Pekalongan")
    maker = make_exhibitor(slug="sekar", name="Sekar Arum", regency=pekalongan, story="Membatik sejak 1980.")
    booth = make_booth(edition=street.edition, hall=street.hall, exhibitor=maker)
    make_placement(booth=booth, product=make_product(exhibitor=maker, category=cloth, name=JLAMPRANG))
    street.category.delete()
    renew_vocabulary()
    return street


def found(client, text):
    html = client.get(f"/cari/?{urlencode({'q': text})}").content.decode()
    return re.findall(r'class="card__name"><a href="[^"]*">([^<]*)</a>', html)


BATIK = {CLOTH, SHIRT, TABLECLOTH, JLAMPRANG}


FINDS = [
    ("batik", BATIK),
    ("membatik", BATIK),
    ("pembatik", BATIK),
    ("bathik", BATIK),
    ("batek", BATIK),
    ("bat", BATIK),
    ("baatikk", BATIK),
    ("topi batik", set()),
    ("batik tulis untuk saya", {CLOTH}),
    ("meja", {TABLE}),  # not the shirt
    ("kemeja", {SHIRT}),
    ("kopi", {COFFEE}),  # not the hat
    ("cafe", {COFFEE}),
    ("arabica", {COFFEE}),
    ("kop", {COFFEE, HAT}),
    ("keripik", {CHIPS, CRISPS}),
    ("kripik", {CHIPS, CRISPS}),
    ("kripi", {CHIPS, CRISPS}),
    ("kripk", {CHIPS, CRISPS}),  # two letters are missing
    ("lumpiah", {SPRING_ROLL}),
    ("loenpia", {SPRING_ROLL}),
    ("lumpya", {SPRING_ROLL}),
    ("menenun", {WEAVING}),
    ("tenunan", {WEAVING}),
    ("rajutan", {HAT}),
    ("sulaman", {TABLECLOTH}),
    ("pahatan", {MASK}),
    ("kerajinan", {MASK}),  # pengrajin
    ("cloths", {CLOTH}),
    ("batik pekalongan", {JLAMPRANG}),  # from a maker there
    ("batik sekar arum", {JLAMPRANG}),
    ("makanan", {CHIPS, CRISPS, SPRING_ROLL, COFFEE, TABLE}),  # the category, and "makan"
    ("ukiran", {MASK}),
    ("zzzz", set()),
    ("batik zzzz", set()),
]


def test_texts_find_what_is_meant(client, shop):
    wrong = {text: names ^ set(found(client, text)) for text, names in FINDS}
    assert {text: names for text, names in wrong.items() if names} == {}


def test_names_come_before_descriptions_and_stock_before_none(client, shop):
    assert found(client, "batik")[-1] == TABLECLOTH
    assert found(client, "keripik") == [CHIPS, CRISPS]


@pytest.mark.parametrize(("text", "meant"), [("lumpiah", "lumpia"), ("bathik tulis", "batik tulis"), ("kopi", "")])
def test_only_a_correction_is_told(client, shop, text, meant):
    html = client.get(f"/cari/?{urlencode({'q': text})}").content.decode()
    assert (f"Ini hasil untuk “{meant}”" in html) is bool(meant)


def test_booths_are_found_by_name_and_story(client, shop):
    for text in ("sekar", "arum sekar", "membatik", "sekaar"):
        assert "Sekar Arum" in client.get(f"/cari/?{urlencode({'q': text})}").content.decode()
    assert "Sekar Arum" not in client.get("/cari/?q=lumpia").content.decode()


def test_words_that_name_a_place_or_category_lead_there(client, shop):
    assert "wilayah=33.75" in client.get("/cari/?q=pekalongan").content.decode()
    assert 'href="/kategori/ukiran/"' in client.get("/cari/?q=ukiran").content.decode()


def test_two_mistakes_in_one_word_are_forgiven_without_its_other_spelling(client, shop):
    """Also where nobody writes "kripik"."""
    Product.objects.filter(name=CRISPS).update(name="Ceriping bayam")
    renew_vocabulary()
    assert found(client, "kripk") == [CHIPS]
    html = client.get("/cari/?q=kripk").content.decode()
    assert "Ini hasil untuk “keripik”" in html


@pytest.mark.django_db
def test_words_nobody_uses_are_searched_as_they_are():
    understood = understand(["batik", "menenun"])
    assert understood.tsquery() == "(batik:*) & (menenun:* | tenun:*)"
    assert not understood.corrected
