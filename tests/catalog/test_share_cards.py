"""The picture that a messenger shows of a product."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from catalog import share_drawing
from catalog.share_cards import SIZE, ShareCard
from tests.catalog.street import Street, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return Street(picture=True).placements[0].product


def meta(client, name, address="/produk/kain-0/"):
    return re.search(f'property="{name}" content="([^"]*)"', client.get(address).content.decode())[1]


def path_of(url):
    return "/" + url.split("/", 3)[3]


def test_a_product_page_names_a_card_with_its_size_price_and_words(client, product):
    url = meta(client, "og:image")
    assert url.startswith("http")
    assert (meta(client, "og:image:width"), meta(client, "og:image:height")) == ("1200", "630")
    assert meta(client, "product:price:amount") == "150000"
    assert meta(client, "og:description").startswith("Rp150.000 · Usaha 0")
    response = client.get(path_of(url))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert not response.cookies
    assert len(response.content) < 300_000
    assert Image.open(io.BytesIO(response.content)).size == SIZE


def test_a_card_is_drawn_once(client, product, monkeypatch):
    address = path_of(meta(client, "og:image"))
    first = client.get(address).content
    monkeypatch.setattr(share_drawing, "draw", None)
    assert client.get(address).content == first


def test_another_price_is_another_card_and_the_old_address_leads_to_it(client, product):
    old = path_of(meta(client, "og:image"))
    product.price = 175_000
    product.save()
    new = path_of(meta(client, "og:image"))
    assert new != old
    assert client.get(old).headers["Location"] == new


def test_each_language_has_its_card(client, product):
    assert path_of(meta(client, "og:image", "/en/produk/kain-0/")).startswith("/en/produk/kain-0/kartu-")


def test_made_up_addresses_draw_nothing(client, product):
    address = re.sub("kartu-[0-9a-f]+", "kartu-0123456789abcdef", path_of(meta(client, "og:image")))
    assert client.get(address).status_code == 302
    assert client.get("/produk/tidak-ada/kartu-0123456789abcdef.jpg").status_code == 404


@pytest.mark.parametrize("name", ["Kopi", "Superkalifragilistik" * 4, "Kain batik tulis parang " * 5])
def test_no_name_or_price_runs_out_of_the_card(name):
    card = ShareCard("x", name, "Rp1.250.000–Rp13.750.000", "Rp2.000.000", "A-01", name, name, make_picture())
    image = share_drawing.draw(card, Image.new("RGB", (400, 300), "white"))
    edge = image.crop((SIZE[0] - 40, 0, SIZE[0], SIZE[1]))
    assert edge.getcolors() == [(40 * SIZE[1], (250, 246, 240))]
    assert not default_storage.exists(f"cards/{card.key[:2]}/{card.key[2:]}.jpg")
