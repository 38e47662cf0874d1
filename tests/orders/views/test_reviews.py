"""Writing a review by the order's secret link, and where it is read."""

import json
import re

import pytest
from PIL import Image

from catalog.domain.reviews import hide_review
from catalog.models import Review
from expo.pictures import SHARE
from inquiries.domain.inquiries import answer
from orders.views import reviews as views
from tests.inquiries.test_inbox import make_inquiry
from tests.orders import shop
from tests.orders.domain.test_reviews import completed, reviewed

pytestmark = pytest.mark.django_db


def address(order, line=None) -> str:
    return f"/pesanan/{order.token}/ulasan/{(line or order.lines.get()).pk}/"


def test_from_the_tracking_page_to_the_product(client, owner, django_assert_max_num_queries):
    order = completed(owner, name="Siti Rahmawati")
    assert address(order) in client.get(order.get_absolute_url()).content.decode()
    page = client.get(address(order))
    assert page.headers["Cache-Control"] == "private, no-store"
    photos = [shop.photo(size=(80, 80)), shop.photo(size=(90, 60))]
    response = client.post(address(order), {"rating": "4", "body": "Halus & rapi", "photos": photos})
    assert response.url == order.get_absolute_url()
    product = order.lines.get().product
    inquiry = make_inquiry(owner.exhibitor, product=product, edition=order.edition, may_publish=True)
    answer(inquiry, "Ada.", by=owner, publish=True)
    client.get(product.get_absolute_url())  # what is kept for a while is kept from now on
    with django_assert_max_num_queries(6):
        response = client.get(product.get_absolute_url())
    html = response.content.decode()
    assert "Siti R." in html
    assert "Rahmawati" not in html
    assert "Halus &amp; rapi" in html
    assert not response.cookies
    assert len(re.findall(r"Foto \d dari Siti R\.", html)) == 2
    assert '"reviewRating"' in html


def test_one_photo_too_many_or_none_at_all_loses_nothing(client, owner):
    order = completed(owner)
    bad = {"rating": "5", "body": "Sudah saya ketik", "photos": [shop.photo(size=(40 + n, 50)) for n in range(5)]}
    response = client.post(address(order), bad)
    html = response.content.decode()
    assert "Paling banyak 4 foto" in html
    assert "Sudah saya ketik" in html
    kept = re.findall(r'name="photos_kept" value="(\w+)"', html)
    assert len(kept) == 4
    assert not Review.objects.exists()
    client.post(address(order), {"rating": "5", "body": "Sudah saya ketik", "photos_kept": kept[:3]})
    assert Review.objects.get().photos.count() == 3
    html = client.get(address(order)).content.decode()
    assert len(re.findall('name="photos_kept" value=', html)) == 3


def test_photos_lose_the_place_where_they_were_taken(client, owner, settings):
    order = completed(owner)
    file = shop.photo()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (6.0, 59.0, 0.0)
    image = Image.open(file)
    file.seek(0)
    image.save(file, "JPEG", exif=exif)
    file.seek(0)
    client.post(address(order), {"rating": "5", "photos": [file]})
    picture = Review.objects.get().photos.get().picture
    stored = settings.MEDIA_ROOT / picture.folder / SHARE
    assert not Image.open(stored).getexif()


def test_other_peoples_lines_and_orders_that_are_not_there_yet(client, owner):
    mine, other = completed(owner), completed(owner)
    assert client.get(address(mine, other.lines.get())).status_code == 404
    assert client.post(address(mine, other.lines.get()), {"rating": "1"}).status_code == 404
    paid = shop.paid_order(shop.sold(exhibitor=owner.exhibitor), by=owner)
    assert client.get(address(paid)).url == paid.get_absolute_url()
    client.post(address(paid), {"rating": "5"})
    assert not Review.objects.exists()


def test_too_many_attempts(client, owner, monkeypatch):
    monkeypatch.setattr(views, "BY_ORDER", 1)
    order = completed(owner)
    client.post(address(order), {"rating": ""})
    response = client.post(address(order), {"rating": "5", "body": "Masih ada", "photos": [shop.photo()]})
    assert response.status_code == 429
    assert "Masih ada" in response.content.decode()
    assert not Review.objects.exists()


def test_text_is_text(client, owner):
    order = completed(owner, name='<b>Mal" Ory</b>')
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    client.post(address(order), {"rating": "1", "body": evil})
    html = client.get(order.lines.get().product.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        json.loads(data)


def test_hidden_ones_are_gone_and_pages_cost_the_same(client, owner, curator, django_assert_num_queries):
    placement = shop.sold(exhibitor=owner.exhibitor, stock=60)
    reviews = [reviewed(owner, placement, 1 + n % 5) for n in range(15)]
    Review.objects.filter(pk=reviews[-1].pk).update(body="RAHASIA")
    product = placement.product.get_absolute_url()
    assert "RAHASIA" in client.get(product).content.decode()
    hide_review(reviews[-1], by=curator, reason="Uji")
    html = client.get(product).content.decode()
    assert "RAHASIA" not in html
    assert "(14)" in html
    seen = []
    address = f"{product}ulasan/"
    while address:
        with django_assert_num_queries(2):
            response = client.get(address, headers={"HX-Request": "true"} if seen else {})
        page = response.content.decode()
        assert ("<html" in page) == (not seen)
        assert not response.cookies
        seen.append(page.count('class="voice"'))
        found = re.search(r'href="([^"]+sesudah=[^"]+)"', page)
        address = found[1] if found else ""
    assert seen == [12, 2]
    assert client.get(f"{product}ulasan/?sesudah=x-1").status_code == 404
    assert client.get(f"{product}ulasan/?sesudah=99999999999999999999-1").status_code == 404
