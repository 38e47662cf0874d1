"""The pages of photos, variants, price steps and sales, as a browser without JavaScript sends them."""

import datetime as dt
import re

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from catalog.domain.products import shown_photos
from catalog.models import Placement, PriceStep, Product, ProductChange, Variant
from expo.formats import WIB
from tests.deciding import decide
from tests.factories import make_placement, make_product
from tests.pictures import make_picture, photo_file

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"catalog:dashboard-{name}", args=args)


@pytest.fixture
def product(owner):
    return make_product(exhibitor=owner.exhibitor, cover=make_picture(), name="Kopi", stock=10, price=50_000)


def variant_of(product, **fields):
    return Variant.objects.create(**{"product": product, "name": "250 g", "price": 40_000, "stock": 5, **fields})


def test_removed_photo_is_brought_back_where_it_stood(as_user, owner, product):
    client, page = as_user(owner), url("photos", product.pk)
    client.post(page, {"photos": [photo_file(colour="red"), photo_file(colour="blue")]})
    before = shown_photos(product)
    html = client.post(page, {"remove": before[1].pk}, follow=True).content.decode()
    assert shown_photos(product) == [before[0], before[2]]
    token = re.search(r'name="restore" value="([^"]+)"', html)[1]
    client.post(page, {"restore": token})
    client.post(page, {"restore": token})
    assert shown_photos(product) == before
    client.post(page, {"order": ",".join(str(photo.pk) for photo in reversed(before))})
    assert shown_photos(product) == before[::-1]


def test_foreign_and_hostile_photos_are_refused(as_user, owner, outsider, product):
    """Another product's photos, half a list, the same twice, a token of another product: all change nothing."""
    client, page = as_user(owner), url("photos", product.pk)
    client.post(page, {"photos": [photo_file(colour="red")]})
    before = [photo.pk for photo in shown_photos(product)]
    other = make_product(exhibitor=outsider.exhibitor, cover=make_picture(name="milik orang"), state="draft")
    theirs = other.cover_id
    token = signing.dumps([other.pk, theirs, 0], salt="catalog.removed-photo")
    for data in (
        {"order": f"{before[0]},{theirs}"}, {"order": f"{before[0]},{before[0]}"}, {"order": str(before[0])},
        {"order": "²,9" * 400}, {"remove": theirs}, {"earlier": theirs}, {"later": "-1"}, {"remove": "1" * 40},
        {"restore": token}, {"restore": f"{token}x"},
    ):  # fmt: skip
        assert client.post(page, data).status_code in (200, 302)
        assert [photo.pk for photo in shown_photos(product)] == before, data


def test_photos_are_added_moved_and_removed(as_user, owner, product):
    client, page = as_user(owner), url("photos", product.pk)
    client.post(page, {"photos": [photo_file(colour="red"), photo_file(colour="blue")]})
    first, red, blue = shown_photos(product)
    assert first == product.cover
    client.post(page, {"earlier": red.pk})
    client.post(page, {"remove": first.pk})
    assert shown_photos(product) == [red, blue]
    client.post(page, {"later": red.pk})
    client.post(page, {"later": "99999"})
    assert shown_photos(product) == [blue, red]
    product.refresh_from_db()
    assert product.cover == first
    assert ProductChange.objects.get().cover == blue
    client.post(page, {"remove": red.pk})
    assert "paling sedikit satu foto" in client.post(page, {"remove": blue.pk}).content.decode()


def test_a_bad_file_among_good_ones_loses_none(as_user, owner, product):
    bad = photo_file(name="surat.pdf")
    bad.file.seek(0)
    bad.file.write(b"%PDF" * 50)
    bad.seek(0)
    response = as_user(owner).post(url("photos", product.pk), {"photos": [photo_file(colour="red"), bad]})
    html = response.content.decode()
    assert "surat.pdf: " in html
    kept = re.findall(r'name="photos_kept" value="(\w+)"', html)
    as_user(owner).post(url("photos", product.pk), {"photos_kept": kept})
    assert len(shown_photos(product)) == 2


def test_variant_form_keeps_everything_and_names_moved_stock(as_user, owner, product):
    client = as_user(owner)
    data = {"name": "250 g", "price": "40rb", "stock": "5", "picture": photo_file()}
    response = client.post(url("new-variant", product.pk), {**data, "price": "mahal"})
    html = response.content.decode()
    assert 'value="250 g"' in html
    assert 'name="picture_kept"' in html
    Product.objects.filter(pk=product.pk).update(state="submitted")
    client.post(url("new-variant", product.pk), {**data, "picture": photo_file()})
    variant = Variant.objects.get()
    assert (variant.price, variant.stock, variant.is_active) == (40_000, 5, True)
    Variant.objects.update(stock=3)  # two were sold while the form was open
    data = {"name": "250 g", "price": "40000", "stock": "5", "seen_stock": "5"}
    client.post(url("variant", product.pk, variant.pk), data)
    assert Variant.objects.get().stock == 3
    response = client.post(url("variant", product.pk, variant.pk), {**data, "stock": "9"})
    html = response.content.decode()
    assert "dari 5 menjadi 3" in html
    assert re.search(r'name="seen_stock" value="3"', html)
    assert re.search(r'name="stock" value="9"', html)
    client.post(url("variant", product.pk, variant.pk), {**data, "stock": "9", "seen_stock": "3"})
    product.refresh_from_db()
    assert (Variant.objects.get().stock, product.stock, product.price) == (9, 9, 40_000)
    client.post(url("variant-sale", product.pk, variant.pk), {"on": "0"})
    assert not Variant.objects.get().is_active


def test_price_and_stock_of_a_product_with_variants_stand_there(as_user, owner, product):
    variant_of(product)
    Product.objects.filter(pk=product.pk).update(has_variants=True)
    client = as_user(owner)
    html = client.get(url("edit-inventory", product.pk)).content.decode()
    assert 'name="stock"' not in html
    client.post(url("edit-inventory", product.pk), {"minimum_quantity": "2", "price": "1", "stock": "99"})
    product.refresh_from_db()
    assert (product.minimum_quantity, product.price, product.stock) == (2, 50_000, 10)


def test_moved_stock_of_a_product_is_named(as_user, owner, product):
    client, page = as_user(owner), url("edit-inventory", product.pk)
    data = {"price": "50000", "initial-price": "50000", "stock": "30", "initial-stock": "12", "minimum_quantity": "1"}
    html = client.post(page, data).content.decode()
    assert "dari 12 menjadi 10" in html
    assert re.search(r'name="initial-stock" value="10"', html)
    client.post(page, {**data, "initial-stock": "10"})
    product.refresh_from_db()
    assert product.stock == 30


def test_measures_and_making(as_user, owner, product):
    client = as_user(owner)
    client.post(url("edit-measures", product.pk), {"weight_grams": "500", "length_mm": "12,5", "width_mm": "8"})
    client.post(url("edit-making", product.pk), {"made_to_order": "on", "lead_days": "14", "deposit_percent": "50"})
    product.refresh_from_db()
    assert (product.weight_grams, product.length_mm, product.width_mm, product.height_mm) == (500, 125, 80, 0)
    assert (product.made_to_order, product.lead_days, product.deposit_percent) == (True, 14, 50)
    assert 'value="12,5"' in client.get(url("edit-measures", product.pk)).content.decode()
    response = client.post(url("edit-making", product.pk), {"lead_days": "0", "deposit_percent": "20"})
    assert "hanya untuk yang dibuat" in response.content.decode()
    assert client.post(url("edit-measures", product.pk), {"length_mm": "panjang"}).status_code == 200


def test_steps_come_and_go(as_user, owner, product):
    client, page = as_user(owner), url("steps", product.pk)
    client.post(page, {"minimum_quantity": "12", "unit_price": "45rb"})
    html = client.post(page, {"minimum_quantity": "24", "unit_price": "48000"}).content.decode()
    assert "harus di bawah Rp45.000" in html
    assert 'value="24"' in html
    step = PriceStep.objects.get()
    client.post(url("step-removal", product.pk, step.pk))
    assert not PriceStep.objects.exists()


def test_a_sale_of_whole_days(as_user, owner, product):
    placement = make_placement(product=product)
    client, page = as_user(owner), url("sale", product.pk, placement.pk)
    today = timezone.now().astimezone(WIB).date()
    client.post(page, {"percent": "15", "start": today.isoformat(), "until": today.isoformat()})
    placement.refresh_from_db()
    assert placement.sale_percent == 15
    assert placement.sale_until - placement.sale_from == dt.timedelta(days=1)
    assert placement.sale_from.astimezone(WIB).hour == 0
    assert "15%" in client.get(url("sales", product.pk)).content.decode()
    assert f'value="{today.isoformat()}"' in client.get(page).content.decode()
    client.post(url("sale-end", product.pk, placement.pk))
    assert Placement.objects.get().sale_percent == 0


def test_parts_of_other_peoples_products_do_not_exist(as_user, owner, outsider, product):
    """Also under one's own product: the address names both."""
    mine = make_product(exhibitor=outsider.exhibitor)
    variant, placement = variant_of(product), make_placement(product=product)
    step = PriceStep.objects.create(product=product, minimum_quantity=5, unit_price=1)
    client = as_user(outsider)
    for other in (product.pk, mine.pk):
        for name, pk in (
            ("variant", variant.pk),
            ("variant-sale", variant.pk),
            ("step-removal", step.pk),
            ("sale", placement.pk),
            ("sale-end", placement.pk),
        ):
            data = {"name": "x", "price": "1", "stock": "1", "percent": "5", "on": "0"}
            assert client.post(url(name, other, pk), data).status_code == 404, name
    for name in ("photos", "variants", "new-variant", "steps", "sales", "edit-english", "edit-measures", "edit-making"):
        assert client.get(url(name, product.pk)).status_code == 404
        assert client.post(url(name, product.pk), {"name": "x"}).status_code in (404, 405)
    variant.refresh_from_db()
    assert (variant.name, variant.is_active) == ("250 g", True)
    assert PriceStep.objects.filter(pk=step.pk).exists()


def test_every_page_opens_and_curators_see_what_is_wanted(as_user, owner, curator, product):
    make_placement(product=product)
    client = as_user(owner)
    client.post(url("new-variant", product.pk), {"name": "Besar", "price": "1000", "stock": "1"})
    client.post(url("photos", product.pk), {"photos": [photo_file()]})
    for name in ("product", "edit-product", "edit-english", "photos", "variants", "new-variant", "steps", "sales"):
        assert client.get(url(name, product.pk)).status_code == 200
    client = as_user(curator)
    html = client.get(f"/admin/catalog/productchange/{ProductChange.objects.get().pk}/change/").content.decode()
    assert "Besar" in html
    decide(client, f"/admin/catalog/productchange/keputusan/approve/?pk={ProductChange.objects.get().pk}")
    assert Variant.objects.get().is_active


def test_a_variants_photo_is_replaced_and_removed(as_user, owner, product):
    Product.objects.update(state="draft", approved_at=None)
    row = variant_of(product, picture=make_picture(name="red"))
    client, page = as_user(owner), url("variant", product.pk, row.pk)
    values = {"name": "250 g", "price": "40000", "stock": "5", "seen_stock": "5"}
    values["picture_kept"] = re.search(r'name="picture_kept" value="(\w+)"', client.get(page).content.decode())[1]
    client.post(page, values)
    row.refresh_from_db()
    assert row.picture == make_picture(name="red")
    client.post(page, values | {"without_picture": "on", "picture": photo_file(colour="blue")})  # the new one wins
    row.refresh_from_db()
    assert row.picture not in (None, make_picture(name="red"))
    values["picture_kept"] = row.picture.digest
    client.post(page, values | {"without_picture": "on"})
    row.refresh_from_db()
    assert row.picture is None
    assert "without_picture" not in client.get(page).content.decode()


def test_a_photo_taken_from_a_variant_on_show_waits_for_the_curators(as_user, owner, product):
    row = variant_of(product, picture=make_picture(name="red"))
    values = {"name": "250 g", "price": "40000", "stock": "5", "seen_stock": "5", "without_picture": "on"}
    as_user(owner).post(url("variant", product.pk, row.pk), values | {"picture_kept": row.picture.digest}, follow=True)
    row.refresh_from_db()
    assert row.picture is not None
    assert (row.change.picture, row.change.name) == (None, "250 g")


def test_what_goes_far_says_that_it_waits_and_can_be_taken_back(as_user, owner, curator, product):
    placement = make_placement(product=product)
    client = as_user(owner)
    far = client.post(url("steps", product.pk), {"minimum_quantity": "12", "unit_price": "1500"}, follow=True)
    assert "meninjaunya dahulu" in far.content.decode()
    today = timezone.now().astimezone(WIB).date().isoformat()
    data = {"percent": "80", "start": today, "until": today}
    html = client.post(url("sale", product.pk, placement.pk), data, follow=True).content.decode()
    assert "Diusulkan: 80%" in html
    assert "Diusulkan: 80%" in client.get(url("sale", product.pk, placement.pk)).content.decode()
    desk = reverse("admin:catalog_productchange_desk", args=[ProductChange.objects.get().pk])
    shown = as_user(curator).get(desk).content.decode()
    assert "mulai 12 buah: Rp1.500" in shown
    assert "80%" in shown
    client = as_user(owner)
    assert "Menunggu kurasi" in client.get(url("steps", product.pk)).content.decode()
    for key in ("step-0-12", f"sale-{placement.pk}", "sale-0", ""):
        assert client.post(url("waiting-end", product.pk), {"key": key}).status_code == 302
    assert not ProductChange.objects.exists()
