"""Suggestions while typing: words, categories, places, booths and products; few queries, the same for everyone."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search.vocabulary import renew_vocabulary
from expo.memo import forget
from tests.catalog.street import Street
from tests.factories import make_category, make_region


@pytest.fixture
def street(db):
    street = Street(products=0)
    make_category(slug="keramik", name="Keramik", name_en="Ceramics")
    for number, (name, fields) in enumerate(
        {
            "Keripik tempe": {"stock": 0},
            "Keripik bayam": {},
            "Kopi Temanggung": {"name_en": "Temanggung coffee"},
            "Lumpia rebung": {},
        }.items()
    ):
        street.add_product(number, name=name, **fields)
    street.booths[0].exhibitor.regency = make_region(code="33.23", name="Kabupaten Temanggung")
    street.booths[0].exhibitor.save()
    renew_vocabulary()
    return street


def offered(client, text, prefix=""):
    html = client.get(f"{prefix}/cari/saran/", {"q": text}).content.decode()
    groups = re.findall(r'<ul aria-label="([^"]*)">(.*?)</ul>', html, re.S)
    return {name: [text.strip() for text in re.findall(r">([^<]+?) ?<", items)] for name, items in groups}


def test_a_beginning_becomes_words_and_things(client, street):
    found = offered(client, "ker")
    assert found["Kata"] == ["keripik"]
    assert found["Kategori"][0] == "Keramik"
    assert [name for name in found["Produk"] if name != "Produk"] == [
        "Keripik bayam",
        "Keripik tempe",
    ]
    assert offered(client, "usa")["Stan"][0] == "Usaha 0"


def test_spelling_is_forgiven_while_typing(client, street):
    assert offered(client, "kripi")["Kata"] == ["keripik"]
    assert offered(client, "lumpya")["Kata"] == ["lumpia"]


def test_the_words_before_are_kept(client, street):
    found = offered(client, "kopi tem")
    assert found["Kata"] == ["kopi temanggung", "kopi tempe"]
    assert found["Kabupaten/kota"][0] == "kopi dari Kabupaten Temanggung"
    html = client.get("/cari/saran/?q=kopi+tem").content.decode()
    assert 'href="/cari/?q=kopi&amp;wilayah=33.23"' in html


def test_english_suggests_english_words(client, street):
    assert offered(client, "cof", "/en")["Words" if "Words" in offered(client, "cof", "/en") else "Kata"] == ["coffee"]
    assert "Kata" not in offered(client, "cof")


@pytest.mark.parametrize("text", ["", "k", "zzzzzz", "' & | ! :*", "%", "_", "\0"])
def test_nothing_to_suggest_is_an_empty_answer(client, street, text):
    response = client.get("/cari/saran/", {"q": text})
    assert response.status_code == 200
    assert response.content.strip() == b""


def test_suggestions_cost_few_queries_and_may_be_kept(client, street):
    def cost():
        cache.clear()
        forget()
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/cari/saran/?q=ke")
        assert response.headers["Cache-Control"].startswith("public, max-age=300")
        assert not response.cookies
        return len(captured)

    first = cost()
    for number in range(10, 40):
        street.add_product(number, name=f"Keranjang {number}")
        street.add_booth(number)
    renew_vocabulary()
    assert cost() == first <= 4
