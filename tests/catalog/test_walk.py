"""What lobby, hall, booth and product show."""

import json
import re

import pytest
from django.utils import timezone

from catalog.models import ProductPhoto
from exhibitors.states import CurationState
from tests.catalog.street import Street, make_picture
from tests.factories import make_booth, make_edition, make_hall, make_placement, wib

pytestmark = pytest.mark.django_db


def text(client, address):
    return client.get(address).content.decode()


def test_lobby_leads_with_the_running_edition(client):
    Street()
    now = timezone.now()
    day = timezone.timedelta(days=1)
    make_edition(slug="kini", name="Pekan Kini", sales_open=now - day, opens_at=now - day, closes_at=now + 3 * day)
    html = text(client, "/")
    assert "<h1>Pekan Kini</h1>" in html
    assert "Sedang berlangsung" in html
    assert "2 hari lagi" in html
    assert 'href="/pameran/uvo/"' in html


def test_hall_lights_the_booth_one_comes_from(client):
    street = Street(booths=3)
    html = text(client, "/aula/kriya/?stan=usaha-1")
    assert html.count('aria-current="location"') == 2  # on the plan and in the list
    assert "Anda di sini" in html
    for booth in street.booths:
        assert html.count(f'data-stand="{booth.pk}"') == 2


def test_closed_booths_stand_nowhere(client):
    street = Street(booths=2)
    street.booths[1].is_open = False
    street.booths[1].save()
    assert "Usaha 1" not in text(client, "/aula/kriya/")
    assert "Usaha 1" not in text(client, "/stan/")
    assert client.get("/stan/uvo/usaha-1/").status_code == 404


def test_booth_leads_to_its_neighbours_and_its_place(client):
    Street(booths=3)
    html = text(client, "/stan/uvo/usaha-1/")
    assert 'rel="prev"' in html
    assert "A00 Usaha 0" in html
    assert "A02 Usaha 2" in html
    assert "/aula/kriya/?stan=usaha-1#denah" in html
    assert "https://wa.me/628123456789?text=" in html


def test_booth_has_pages_of_products(client):
    Street(products=30)
    first, second = text(client, "/stan/uvo/usaha-0/"), text(client, "/stan/uvo/usaha-0/?hal=2")
    assert first.count('class="card"') == 24
    assert second.count('class="card"') == 6
    assert 'href="/stan/uvo/usaha-0/?hal=2"' in first
    assert 'href="/stan/uvo/usaha-0/"' in second


def test_product_can_be_put_into_the_cart_without_a_token(client):
    street = Street()
    html = text(client, "/produk/kain-0/")
    form = re.search(r'<form class="stack" method="post" action="(/keranjang/tambah/)"[^>]*>(.*?)</form>', html, re.S)
    assert form
    assert f'name="placement" value="{street.placements[0].pk}"' in form[2]
    assert 'name="quantity"' in form[2]
    assert "Rp150.000" in html
    assert "Stok 10" in html


def test_product_is_sold_from_the_booth_one_comes_from(client):
    street = Street()
    newer = make_edition(
        slug="uvo-2", name="UVO 2", sales_open=wib(2021, 1, 1), opens_at=wib(2021, 1, 2), closes_at=wib(2021, 1, 3)
    )
    exhibitor = street.booths[0].exhibitor
    booth = make_booth(edition=newer, hall=make_hall(edition=newer), exhibitor=exhibitor)
    second = make_placement(booth=booth, product=street.placements[0].product)
    assert f'value="{second.pk}"' in text(client, "/produk/kain-0/")
    assert f'value="{second.pk}"' in text(client, "/produk/kain-0/?stan=unknown")
    from_booth = text(client, "/produk/kain-0/?stan=uvo")
    assert f'value="{street.placements[0].pk}"' in from_booth
    assert "/produk/kain-0/?stan=uvo-2" in from_booth
    assert '/produk/kain-0/?stan=uvo"' in text(client, "/stan/uvo/usaha-0/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"stock": 0}, "Stok habis."), ({"stock": 2, "minimum_quantity": 3}, "Stok habis.")],
)
def test_product_without_stock_cannot_be_bought(client, fields, sentence):
    Street(products=0).add_product(0, **fields)
    html = text(client, "/produk/kain-0/")
    assert sentence in html
    assert 'name="placement"' not in html


def test_product_outside_curation_does_not_exist(client):
    Street(products=0).add_product(0, state=CurationState.SUBMITTED)
    assert client.get("/produk/kain-0/").status_code == 404


def test_product_taken_from_its_booths_stays_readable(client):
    placement = Street().placements[0]
    placement.shown_until = timezone.now()
    placement.save()
    html = text(client, "/produk/kain-0/")
    assert "sedang tidak dipajang" in html
    assert 'name="placement"' not in html


def test_product_shows_each_photo_once(client):
    street = Street(picture=True)
    product = street.placements[0].product
    for position, picture in enumerate([street.picture, make_picture("#aa0000")]):
        ProductPhoto.objects.create(product=product, picture=picture, position=position)
    assert text(client, "/produk/kain-0/").count('class="gallery__photo"') == 2


def test_structured_data_cannot_be_closed_by_a_name(client):
    street = Street(picture=True)
    product = street.placements[0].product
    product.name = "</script><script>alert(1)</script>"
    product.save()
    html = text(client, "/produk/kain-0/")
    assert "<script>alert" not in html
    blocks = [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    offer = next(block for block in blocks if block["@type"] == "Product")
    assert offer["name"] == product.name
    assert offer["offers"]["price"] == 150000
    assert offer["offers"]["availability"].endswith("InStock")
    assert 'property="og:image"' in html


def test_names_are_escaped_in_cards_and_plans(client):
    street = Street(booths=1)
    exhibitor = street.booths[0].exhibitor
    exhibitor.name = 'Kopi "Jos" <b>'
    exhibitor.save()
    for address in ("/", "/aula/kriya/", "/stan/", "/cari/", "/stan/uvo/usaha-0/"):
        html = text(client, address)
        assert "<b>&quot;" not in html
        assert 'Kopi "Jos" <b>' not in html


def test_english_pages_prefer_english_texts(client):
    Street(products=0).add_product(0, name_en="Batik cloth by hand")
    assert "Batik cloth by hand" in text(client, "/en/produk/kain-0/")
    assert "Batik cloth by hand" not in text(client, "/produk/kain-0/")
