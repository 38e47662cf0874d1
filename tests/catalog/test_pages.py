"""What all public pages have in common: few queries, nothing personal, cacheable, both languages."""

import re
from html import escape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalog.street import Street

PAGES = {
    "lobby": "/",
    "edition": "/pameran/uvo/",
    "hall": "/aula/kriya/",
    "booth": "/stan/uvo/usaha-0/",
    "directory": "/stan/",
    "product": "/produk/kain-0/",
    "categories": "/kategori/",
    "narrowed directory": "/stan/?wilayah=33.73&q=usaha&urut=nama",
    "category": "/kategori/batik/",
    "filtered": "/cari/?q=batik&wilayah=33.73&sedia=stok&min=1000",
    "everything": "/cari/",
    "search": "/cari/?q=batik",
    "misspelt": "/cari/?q=bathik",
    "nothing": "/cari/?q=zzzz",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.django_db
@every_page
def test_page_costs_the_same_few_queries_for_one_and_for_thirty(client, address):
    from django.core.cache import cache

    from expo.memo import forget

    street = Street(picture=True)
    first = queries(client, address)
    for number in range(1, 31):
        street.booths.append(street.add_booth(number))
        street.add_product(number)
    cache.clear()
    forget()
    assert queries(client, address) == first
    assert first <= 6


@pytest.mark.django_db
@every_page
def test_page_is_the_same_for_everyone(client, address):
    Street()
    response = client.get(address)
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    old = re.search(r"max-age=(\d+).*stale-while-revalidate=(\d+)", response.headers["Cache-Control"])
    assert sum(map(int, old.groups())) <= 600  # seconds for which a browser may show what is no longer true
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert b"csrfmiddlewaretoken" not in response.content
    assert b"style=" not in response.content


@pytest.mark.django_db
@every_page
def test_unchanged_page_is_not_sent_again(client, address):
    Street()
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.django_db
@every_page
def test_page_exists_in_english_and_each_leads_to_the_other(client, address):
    Street()
    indonesian, english = client.get(address).content.decode(), client.get(f"/en{address}").content.decode()
    assert '<html lang="id">' in indonesian
    assert '<html lang="en">' in english
    assert f'href="/en{escape(address)}"' in indonesian
    assert f'href="{escape(address)}" hreflang="id"' in english


@pytest.mark.django_db
@every_page
def test_page_refuses_to_be_written_to(client, address):
    Street()
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@every_page
def test_page_counts_its_visit_without_javascript(client, address):
    street = Street()
    html = client.get(address).content.decode()
    assert f"/kunjungan.gif?e={street.edition.slug}&amp;h=" in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/pameran/x/", "/aula/x/", "/stan/uvo/x/", "/stan/x/usaha-0/", "/produk/x/", "/kategori/x/", "/sitemap-x.xml"],
)
def test_unknown_addresses_are_not_found(client, address):
    Street()
    response = client.get(address)
    assert response.status_code == 404
    if not address.endswith("xml"):
        assert "Halaman tidak ditemukan" in response.content.decode()


@pytest.mark.django_db
def test_empty_expo_says_so(client):
    assert "Belum ada pameran" in client.get("/").content.decode()
    assert "Tidak ada produk yang cocok" in client.get("/cari/").content.decode()


@pytest.mark.django_db
def test_crawlers_find_pages_and_keep_out_of_the_rest(client):
    Street()
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /keranjang/" in robots
    assert "Disallow: /en/keranjang/" in robots
    assert "/sitemap.xml" in robots
    assert "/sitemap-produk.xml" in client.get("/sitemap.xml").content.decode()
    products = client.get("/sitemap-produk.xml").content.decode()
    assert "/produk/kain-0/" in products
    assert "/en/produk/kain-0/" in products
    assert 'hreflang="en"' in products
    for section in ("pameran", "aula", "kategori", "stan", "produk"):
        assert "<lastmod>" in client.get(f"/sitemap-{section}.xml").content.decode()


@pytest.mark.django_db
def test_gallery_is_part_of_the_demonstration_alone(client, settings):
    assert client.get("/galeri/").status_code == 200
    settings.DEMO = False
    assert client.get("/galeri/").status_code == 404
