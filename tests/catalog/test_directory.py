"""The directory of booths: grouped, narrowed, counted; and the tree of categories."""

import re
from html import unescape

import pytest

from tests.catalog.street import Street
from tests.factories import (
    make_booth,
    make_category,
    make_edition,
    make_exhibitor,
    make_hall,
    make_region,
    wib,
)


@pytest.fixture
def fair(db):
    """Two editions; "Kopi Lawu" has a booth in both, "Batik Ayu" in the older one alone."""
    street = Street(booths=0, products=0)
    newer = make_edition(
        slug="uvo-2", name="UVO 2", sales_open=wib(2021, 1, 1), opens_at=wib(2021, 1, 2), closes_at=wib(2021, 1, 3)
    )
    rice = make_hall(edition=newer, slug="pangan", name="Pangan")
    closed = make_edition(slug="tutup", mall_closes_at=wib(2020, 12, 1))
    pati, blora = make_region(code="33.18", name="Kabupaten Pati"), make_region(code="33.16", name="Kabupaten Blora")
    people = {
        "Kopi Lawu": {"regency": pati, "kind": "koperasi"},
        "Batik Ayu": {"regency": pati},
        "Anyaman Wangi": {"regency": blora},
        "9 Rasa": {},
    }
    makers = {name: make_exhibitor(name=name, **fields) for name, fields in people.items()}
    for name in ("Kopi Lawu", "Batik Ayu", "9 Rasa"):
        make_booth(edition=street.edition, hall=street.hall, exhibitor=makers[name])
    for name in ("Kopi Lawu", "Anyaman Wangi"):
        make_booth(edition=newer, hall=rice, exhibitor=makers[name])
    make_booth(edition=closed, exhibitor=make_exhibitor(name="Sudah Tutup", regency=pati))
    return street


def names(html):
    return re.findall(r'class="fascia__name"><a href="[^"]*">([^<]*)<', html)


def seen(client, query=""):
    return names(client.get(f"/stan/?{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Anyaman Wangi", "Batik Ayu", "Kopi Lawu", "9 Rasa"]),
        ("urut=nama", ["Anyaman Wangi", "Batik Ayu", "Kopi Lawu", "9 Rasa"]),
        ("wilayah=33.18", ["Batik Ayu", "Kopi Lawu"]),
        ("jenis=koperasi", ["Kopi Lawu"]),
        ("aula=kriya", ["Batik Ayu", "Kopi Lawu", "9 Rasa"]),
        ("aula=pangan&wilayah=33.18", ["Kopi Lawu"]),
        ("huruf=a", ["Anyaman Wangi"]),
        ("huruf=%23", ["9 Rasa"]),
        ("q=bathik", ["Batik Ayu"]),
        ("q=ay", ["Batik Ayu"]),
        ("q=wangi+any", ["Anyaman Wangi"]),
        ("q=zzz", []),
        ("wilayah=99.99", []),
        ("hal=2", []),
        ("q=%00&wilayah=%00&huruf=%00&hal=-1", ["Anyaman Wangi", "Batik Ayu", "Kopi Lawu", "9 Rasa"]),
    ],
)
def test_directory_lists(client, fair, query, expected):
    assert seen(client, query) == expected


def test_an_exhibitor_stands_once_with_its_newest_booth(client, fair):
    html = client.get("/stan/").content.decode()
    assert len(re.findall(r'href="/stan/[^"]*">Kopi Lawu', html)) == 1
    assert re.search(r'href="/stan/uvo-2/[^"]*">Kopi Lawu', html)
    assert re.search(r'href="/stan/uvo/[^"]*">Kopi Lawu', client.get("/stan/?aula=kriya").content.decode())


def test_headings_name_regencies_or_letters(client, fair):
    headings = re.compile(r"<h2>([^<]*)</h2>")
    assert headings.findall(client.get("/stan/").content.decode())[:3] == [
        "Kabupaten Blora", "Kabupaten Pati", "Daerah belum disebutkan",
    ]  # fmt: skip
    assert headings.findall(client.get("/stan/?urut=nama").content.decode())[:4] == ["A", "B", "K", "#"]


def test_each_choice_says_how_many_it_shows(client, fair):
    html = unescape(client.get("/stan/?wilayah=33.18").content.decode())
    offered = [("wilayah", value, count) for value, count in re.findall(r'<option value="([\d.]+)".*?\((\d+)\)', html)]
    offered += re.findall(r'<option value="(kriya|pangan)"[^>]*>.*?\((\d+)\)', html) and [
        ("aula", value, count) for value, count in re.findall(r'<option value="(kriya|pangan)".*?\((\d+)\)', html)
    ]
    assert len(offered) == 4
    for name, value, count in offered:
        regency = "" if name == "wilayah" else "&wilayah=33.18"
        assert len(seen(client, f"{name}={value}{regency}")) == int(count), (name, value)
    links = re.findall(r'class="chip" href="([^"]*)"[^>]*>[^<]*<span class="chip__count">(\d+)<', html)
    for url, count in links:
        assert len(names(client.get(url).content.decode())) == int(count)


def test_directory_turns_pages(client, db):
    street = Street()
    for number in range(1, 60):
        street.add_booth(number)
    first, second = seen(client, "urut=nama"), seen(client, "urut=nama&hal=2")
    assert (len(first), len(second)) == (48, 12)
    assert not set(first) & set(second)
    assert "/stan/?urut=nama&hal=2" in unescape(client.get("/stan/?urut=nama").content.decode())


def test_tree_shows_categories_with_their_products(client, db):
    street = Street(products=2)
    fashion = make_category(slug="fesyen", name="Fesyen", name_en="Fashion")
    street.category.parent = fashion
    street.category.save()
    make_category(slug="kosong", name="Kosong")
    html = client.get("/en/kategori/").content.decode()
    assert "Fashion" in html
    assert 'href="/en/kategori/batik/"' in html
    assert html.count('tree__count">2<') == 2
    assert "Kosong" not in html
    assert 'href="/kategori/"' in client.get("/").content.decode()
