"""What the page of a product says: variants, prices for many pieces, sales, certificates, structured data."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import PriceStep, ProductPhoto, SaleBy, Variant
from exhibitors.models import Certificate, CertificateKind
from tests.cast import person
from tests.catalog.street import Street, make_picture
from tests.factories import make_exhibitor, make_product

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def street():
    return Street(picture=True)


@pytest.fixture
def product(street):
    return street.placements[0].product


def page(client, query=""):
    response = client.get(f"/produk/kain-0/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def data(html, kind):
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return next(entry for entry in found if entry["@type"] == kind)


def add_variants(product, *rows):
    made = [
        Variant.objects.create(product=product, name=name, price=price, stock=stock, position=number)
        for number, (name, price, stock) in enumerate(rows)
    ]
    sum_up_variants(product)
    return made


def put_on_sale(placement, percent=20, *, until=DAY):
    placement.sale_percent = percent
    placement.sale_from, placement.sale_until = timezone.now() - DAY, timezone.now() + until
    placement.sale_by = SaleBy.EXHIBITOR
    placement.save()


def certify(item, **fields):
    verifier = User.objects.first() or person("kurator")
    return Certificate.objects.create(
        **{
            "exhibitor": item.exhibitor, "kind": CertificateKind.HALAL, "number": "ID33110000123456789",
            "issuer": "BPJPH", "verified_at": timezone.now(), "verified_by": verifier, **fields,
        }
    )  # fmt: skip


def test_variants_are_plain_fields_with_their_own_price_and_stock(client, product):
    small, large, gone = add_variants(product, ("S", 150_000, 0), ("L", 175_000, 4), ("XL", 175_000, 40))
    Variant.objects.filter(pk=gone.pk).update(is_active=False)
    html = page(client)
    assert "Rp150.000–Rp175.000" in html
    fields = re.findall(r'<input type="radio" name="variant" value="(\d+)" required ?(disabled|checked|)', html)
    assert fields == [(str(small.pk), "disabled"), (str(large.pk), "checked")]
    assert "Sisa 4" in html
    assert "XL" not in html


def test_nothing_can_be_bought_when_no_variant_is_enough(client, product):
    add_variants(product, ("S", 150_000, 1), ("L", 175_000, 1))
    product.refresh_from_db()
    product.minimum_quantity = 2
    product.save()
    html = page(client)
    assert "Stok habis." in html
    assert 'action="/keranjang/tambah/"' not in html


def test_photo_of_a_variant_joins_the_gallery(client, product):
    (red,) = add_variants(product, ("Merah", 150_000, 3))
    red.picture = make_picture("#aa2211")
    red.save()
    ProductPhoto.objects.create(product=product, picture=product.cover)
    html = page(client)
    assert html.count('class="gallery__photo"') == 2
    assert 'data-photo="foto-2"' in html


def test_prices_for_many_pieces_show_what_they_save(client, product):
    PriceStep.objects.create(product=product, minimum_quantity=10, unit_price=140_000)
    PriceStep.objects.create(product=product, minimum_quantity=50, unit_price=110_000)
    sum_up_steps(product)
    html = page(client)
    assert "Harga grosir" in html
    assert re.search(r"10 buah</th><td class=\"num\">Rp140.000.*50 buah</th><td class=\"num\">Rp110.000", html)


def test_a_sale_strikes_the_price_through_and_says_when_it_ends(client, street, product):
    PriceStep.objects.create(product=product, minimum_quantity=10, unit_price=140_000)
    put_on_sale(street.placements[0])
    html = page(client)
    assert "Rp120.000" in html
    assert re.search(r"<s class=\"price__was\" data-was>.*?Rp150.000</s>", html)
    assert "Potongan harga sampai" in html
    assert "Rp140.000" not in html  # costs more than the sale
    offer = data(html, "Product")["offers"]
    assert offer["price"] == 120_000
    assert offer["priceValidUntil"]


def test_a_sale_is_over_at_its_end(client, street):
    put_on_sale(street.placements[0], until=-dt.timedelta(seconds=1))
    assert "Rp150.000" in page(client)
    assert "price__was" not in page(client)


def test_what_is_declared_not_halal_says_so_at_once(client, product):
    """Declared for all its maker's goods, except what has a certificate of its own."""
    shown = lambda: "Tidak halal" in page(client)  # noqa: E731
    assert not shown()
    whole = certify(product, standing="not_halal", number="", verified_at=None, verified_by=None)
    assert shown()
    own = certify(product, product=product)
    assert not shown()
    own.delete()
    whole.product = make_product(exhibitor=product.exhibitor)
    whole.save()
    assert not shown()


def test_only_verified_certificates_that_are_valid_today_are_shown(client, product):
    certify(product)
    certify(product, kind=CertificateKind.PIRT, number="2063374010123-28", product=product)
    certify(product, number="LAMA", expires_on=timezone.localdate() - DAY)
    certify(product, number="BELUM", verified_at=None, verified_by=None)
    certify(product, number="LAIN", exhibitor=make_exhibitor())
    html = page(client)
    assert "ID33110000123456789" in html
    assert "2063374010123-28" in html
    assert "untuk produk ini" in html
    for hidden in ("LAMA", "BELUM", "LAIN"):
        assert hidden not in html


def test_facts_say_size_weight_and_what_it_is_made_of(client, product):
    product.length_mm, product.width_mm, product.height_mm = 2000, 1155, 8
    product.weight_grams, product.ingredients, product.ingredients_en = 1250, "Katun primisima.", "Fine cotton."
    product.save()
    html = page(client)
    assert "200 × 115,5 × 0,8 cm" in html
    assert "1,25 kg" in html
    assert "Katun primisima." in html
    assert "Fine cotton." in client.get("/en/produk/kain-0/").content.decode()


def test_structured_data_names_range_rating_seller_and_the_way_here(client, product):
    add_variants(product, ("S", 150_000, 2), ("L", 175_000, 4))
    product.refresh_from_db()
    product.rating_count, product.rating_sum, product.sku = 12, 57, "KB-01"
    product.save()
    html = page(client)
    found = data(html, "Product")
    offers = found["offers"]
    assert (offers["@type"], offers["lowPrice"], offers["highPrice"]) == ("AggregateOffer", 150_000, 175_000)
    assert offers["availability"] == "https://schema.org/InStock"
    assert offers["seller"]["url"].endswith("/stan/uvo/usaha-0/")
    assert found["aggregateRating"]["ratingValue"] == "4.8"
    assert found["sku"] == "KB-01"
    assert "★ 4,7 (12)" in html
    assert data(html, "BreadcrumbList")["itemListElement"][0]["name"] == "Batik"


def test_the_page_costs_the_same_few_queries_however_much_there_is_to_say(client, street, product):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    queries()  # the first ever asks for more
    first = queries()
    for variant in add_variants(product, *((f"V{n}", 100_000 + n, 5) for n in range(8))):
        PriceStep.objects.create(product=product, variant=variant, minimum_quantity=10, unit_price=90_000)
    for number in range(6):
        certify(product, number=str(number))
        ProductPhoto.objects.create(product=product, picture=make_picture(f"#11{number}{number}22"))
    assert queries() == first
    assert first <= 4


def test_related_products_come_from_the_booth_and_from_others(client, street, product):
    street.add_product(1)
    other = street.add_booth(5)
    street.booths.insert(0, other)
    street.add_product(2)
    html = page(client)
    here, elsewhere = html.split('id="more"')[1].split('id="alike"')
    assert "/produk/kain-1/?stan=uvo" in here
    assert "/produk/kain-2/" in elsewhere
    assert "/produk/kain-0/?stan" not in here


def test_cards_show_range_sale_stars_and_at_most_two_badges(client, street, product):
    add_variants(product, ("S", 150_000, 2), ("L", 175_000, 4))
    product.refresh_from_db()
    product.rating_count, product.rating_sum, product.approved_at = 1, 5, timezone.now()
    product.has_steps = True
    product.save()
    put_on_sale(street.placements[0])
    html = " ".join(client.get("/cari/").content.decode().split())
    assert '<span class="price__unit">mulai</span> Rp120.000 <s class="price__was">Rp150.000</s>' in html
    assert "5,0 dari 5 bintang, 1 ulasan" in html
    assert re.findall(r'class="badge badge--\w*">(.*?)<', html) == ["−20%", "Baru"]
