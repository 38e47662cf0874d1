"""Lists of products: filters, order, pages and addresses. What texts find: tests/catalog/search."""

import re
from html import unescape

import pytest
from django.http import QueryDict

from catalog.criteria import read_criteria
from catalog.models import Product
from catalog.search.vocabulary import renew_vocabulary
from catalog.search.words import search_words
from exhibitors.models import Certificate
from tests.cast import person
from tests.catalog.street import Street
from tests.factories import make_category, make_region, wib


def names(html):
    html = html if isinstance(html, str) else html.content.decode()
    return re.findall(r'class="card__name"><a href="[^"]*">([^<]*)</a>', html)


def listed(client, query):
    return names(client.get(f"/cari/?{query}"))


def link(html, pattern):
    found = re.search(pattern, html if isinstance(html, str) else html.content.decode())
    return unescape(found[1]) if found else None


NEXT = r'id="lebih-banyak" href="([^"]*)"'
MORE = r'id="lebih-banyak"[^>]*hx-get="([^"]*)"'
PREVIOUS = r'href="([^"]*)" rel="prev"'


@pytest.fixture
def goods(db):
    street = Street(products=0)
    food = make_category(slug="makanan", name="Makanan")
    snack = make_category(slug="camilan", name="Camilan", parent=food)
    street.add_product(1, name="Kain batik tulis kawung", price=900_000, made_to_order=True)
    street.add_product(2, name="Taplak meja", price=75_000, has_steps=True)
    street.add_product(3, name="Keripik tempe pedas", category=snack, price=15_000)
    street.add_product(4, name="Lumpia rebung", category=food, price=60_000, stock=0)
    street.add_product(5, name="Lumpia ayam", category=food, price=65_000, approved_at=wib(2020, 1, 1))
    street.add_product(6, name="Kopi Temanggung", category=food, price=48_000)
    return street


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kategori=makanan&urut=termurah", ["Keripik tempe pedas", "Kopi Temanggung", "Lumpia rebung", "Lumpia ayam"]),
        ("kategori=camilan", ["Keripik tempe pedas"]),
        ("kategori=entah", []),
        ("min=60.000&maks=Rp75.000&urut=termahal", ["Taplak meja", "Lumpia ayam", "Lumpia rebung"]),
        ("wilayah=33.73&maks=50000", ["Kopi Temanggung", "Keripik tempe pedas"]),
        ("wilayah=33.74", []),
        ("wilayah=33.74&wilayah=33.73&maks=20000", ["Keripik tempe pedas"]),
        ("sedia=pesan", ["Kain batik tulis kawung"]),
        ("sedia=stok&kategori=makanan", ["Kopi Temanggung", "Keripik tempe pedas", "Lumpia ayam"]),
        ("grosir=1", ["Taplak meja"]),
        ("grosir=1&sedia=pesan", []),
    ],
)
def test_filters_narrow_and_orders_sort(client, goods, query, expected):
    make_region(code="33.74", name="Kota Semarang")
    assert listed(client, query) == expected


def test_certificates_count_when_verified_and_not_expired(client, goods):
    maker = goods.booths[0].exhibitor
    chips = Product.objects.get(name="Keripik tempe pedas")
    verified = {"verified_at": wib(2020, 1, 1), "verified_by": person("kurator")}
    Certificate.objects.create(exhibitor=maker, product=chips, kind="halal", number="1", **verified)
    Certificate.objects.create(exhibitor=maker, kind="sni", number="2", **verified)
    Certificate.objects.create(exhibitor=maker, kind="bpom", number="3")
    Certificate.objects.create(exhibitor=maker, kind="pirt", number="4", expires_on="2020-02-01", **verified)
    assert listed(client, "sertifikat=halal") == ["Keripik tempe pedas"]
    assert len(listed(client, "sertifikat=sni")) == 6
    assert listed(client, "sertifikat=bpom") == listed(client, "sertifikat=pirt") == []
    assert len(listed(client, "sertifikat=halal&sertifikat=sni")) == 6
    html = client.get("/cari/").content.decode()
    assert re.search(r'id="sertifikat-halal".*?option__count">1<', html)
    assert re.search(r'id="sertifikat-sni".*?option__count">6<', html)
    assert "sertifikat-bpom" not in html


def test_wrong_prices_are_explained_at_their_field(client, goods):
    html = client.get("/cari/?min=murah&q=batik").content.decode()
    assert "Tulis harga dengan angka saja" in html
    assert 'aria-describedby="min-error"' in html
    assert len(names(html)) == 2  # in the category called so
    assert "lebih kecil daripada" in client.get("/cari/?min=5000&maks=10").content.decode()


def test_filters_in_use_can_be_taken_off_one_by_one(client, goods):
    html = client.get("/cari/?kategori=camilan&wilayah=33.73&sedia=stok&maks=50000").content.decode()
    offered = [unescape(url) for url in re.findall(r'class="chip chip--on" href="([^"]*)"', html)]
    assert offered == [
        "/kategori/makanan/?wilayah=33.73&maks=50000&sedia=stok",
        "/kategori/camilan/?maks=50000&sedia=stok",
        "/kategori/camilan/?wilayah=33.73&sedia=stok",
        "/kategori/camilan/?wilayah=33.73&maks=50000",
    ]
    assert all(names(client.get(url)) for url in offered)


def test_nothing_found_offers_ways_out(client, goods):
    renew_vocabulary()
    html = client.get("/cari/?kategori=makanan&sedia=pesan&maks=100000").content.decode()
    assert names(html) == []
    assert "/kategori/makanan/?maks=100000" in unescape(html)
    assert "Juga yang tidak dibuat menurut pesanan" in html
    html = client.get("/cari/?q=lumpia+xyzzy").content.decode()
    assert 'href="/cari/?q=lumpia"' in html
    assert 'href="/cari/?q=xyzzy"' not in html
    assert 'href="/kategori/makanan/"' in html


@pytest.mark.parametrize("order", ["", "&urut=termurah", "&urut=termahal", "&urut=relevan"])
@pytest.mark.parametrize("address", ["/cari/?q=kain", "/kategori/batik/?sedia=stok"])
def test_pages_follow_each_other_without_gaps_and_back(client, db, address, order):
    street = Street(products=0)
    for number in range(60):
        street.add_product(number, name=f"Kain {number}", price=10_000 + number % 7, stock=5)
    everything = [set(), [], []]
    url, backs = address + order, []
    for page in (0, 1, 2):
        response = client.get(url)
        everything[page] = names(response)
        backs.append(link(response, PREVIOUS))
        url = link(response, NEXT)
    assert [len(page) for page in everything] == [24, 24, 12]
    assert len({name for page in everything for name in page}) == 60
    assert url is None
    assert backs[0] is None
    assert names(client.get(backs[2])) == everything[1]
    assert names(client.get(backs[1])) == everything[0]
    assert link(client.get(backs[1]), PREVIOUS) is None
    prices = [Product.objects.get(name=name).price for page in everything for name in page]
    if "mur" in order or "mah" in order:
        assert prices == sorted(prices, reverse="mah" in order)


def test_pages_hold_when_products_come_and_go(client, db):
    street = Street(products=30)
    first = client.get("/cari/?q=kain")
    street.add_product(99, name="Kain paling baru", approved_at=wib(2021, 1, 1))
    Product.objects.filter(name=names(first)[3]).update(state="suspended")
    second = names(client.get(link(first, NEXT)))
    assert len(second) == 6
    assert not set(second) & set(names(first))


def test_more_joins_the_next_page_to_this_one(client, db):
    Street(products=60)
    first = client.get("/cari/?q=kain")
    more = client.get(link(first, MORE))
    assert "<html" not in more.content.decode()
    assert 'hx-swap-oob="beforeend:#kartu"' in more.content.decode()
    assert names(more) == names(client.get(link(first, NEXT)))
    both = more.headers["HX-Replace-Url"]
    assert both == "/cari/?q=kain&banyak=2"
    assert names(client.get(both)) == names(first) + names(more)
    last = client.get(link(more, MORE))
    assert last.headers["HX-Replace-Url"] == "/cari/?q=kain&banyak=3"
    assert len(names(client.get("/cari/?q=kain&banyak=3"))) == 60
    assert link(last, MORE) is None
    # From a later page on, the address keeps where it began.
    second = client.get(link(first, NEXT))
    third = client.get(link(second, MORE))
    assert names(client.get(third.headers["HX-Replace-Url"])) == names(second) + names(third)


def test_addresses_that_make_no_sense_show_the_list_from_its_beginning(client, db):
    Street(products=3)
    for query in (
        "sesudah=x",
        "sesudah=1-2-3-4",
        "sebelum=99999999999999999999-1",
        "banyak=-1",
        "sambung=9",
        "banyak=9999999",
    ):
        assert len(listed(client, query)) == 3
    assert client.get("/cari/?sesudah=4611686018427387903-1&urut=terbaru").status_code == 200
    assert client.get("/cari/?kategori=%00&wilayah=%00&q=%00&sertifikat=%00").status_code == 200


def test_stop_words_are_left_out_unless_there_is_nothing_else():
    assert search_words("Kain untuk yang di rumah") == ["kain", "rumah"]
    assert search_words("untuk yang") == ["untuk", "yang"]
    assert len(search_words("a1 b2 c3 d4 e5 f6 g7 h8")) == 6


def test_criteria_write_themselves_back():
    address = (
        "q=batik+tulis&kategori=kain&wilayah=33.73&wilayah=33.74&min=10000&sedia=stok&sertifikat=halal&grosir=1"
        "&urut=termurah&sesudah=15000-7"
    )
    criteria = read_criteria(QueryDict(address.replace("10000", "Rp10.000")))
    assert criteria.query(after=criteria.after) == address
    assert criteria.query(low=None, regencies=()) == (
        "q=batik+tulis&kategori=kain&sedia=stok&sertifikat=halal&grosir=1&urut=termurah"
    )


@pytest.mark.django_db
def test_the_best_fill_pages_before_what_is_worse(client):
    street = Street(products=0)
    for number in range(60):
        moment = wib(2021, 1, 1, 0, number)
        stock = 0 if number % 10 == 0 else 5  # every tenth is sold out
        name = f"Tas {number}" if number % 10 != 1 else f"Keranjang {number}"  # and every tenth is no bag by name
        description = "Bukan tas."
        street.add_product(number, name=name, description=description, stock=stock, approved_at=moment)
    best = [f"Tas {number}" for number in reversed(range(60)) if number % 10 > 1]
    sold_out = [f"Tas {number}" for number in reversed(range(60)) if number % 10 == 0]
    others = [f"Keranjang {number}" for number in reversed(range(60)) if number % 10 == 1]
    found, address = [], "/cari/?q=tas"
    while address:
        page = client.get(address)
        found += names(page)
        address = link(page, NEXT)
    assert found == best + sold_out + others


def test_a_common_word_is_answered_alike_again_and_when_it_is_common_no_longer(client, db):
    """The second time the newest products are asked first; the answer must not tell."""
    street = Street(products=0)
    for number in range(30):
        street.add_product(number, name=f"Kain batik {number}", approved_at=wib(2020, 1, 1 + number % 28))
    renew_vocabulary()
    first = client.get("/cari/?q=batik")
    second = client.get("/cari/?q=batik")
    assert len(names(first)) == 24
    assert names(second) == names(first)
    following = link(first, NEXT)
    assert names(client.get(following)) == names(client.get(following))
    sold_out = Product.objects.filter(pk__in=Product.objects.order_by("pk").values("pk")[:20])
    sold_out.update(stock=0, made_to_order=False)
    found = listed(client, "q=batik")
    assert len(found) == 24
    assert [int(name.split()[-1]) >= 20 for name in found] == [True] * 10 + [False] * 14
