"""The preview: the shopper's page, for its owner alone, of what may not be on show yet."""

import pytest
from django.urls import reverse

from catalog.domain.products import change_product
from catalog.domain.variants import sum_up_variants
from catalog.models import Product, Variant
from catalog.states import ProductState
from tests.factories import make_booth, make_category, make_product
from tests.pictures import make_picture, photo_file

pytestmark = pytest.mark.django_db


def url(product) -> str:
    return reverse("catalog:dashboard-preview", args=[product.pk])


@pytest.mark.parametrize("state", [state for state in ProductState if state != ProductState.ARCHIVED])
def test_previewed_in_every_state_without_sale_count_or_trace(client, owner, state):
    booth = make_booth(exhibitor=owner.exhibitor)
    product = make_product(exhibitor=owner.exhibitor, state=state, cover=make_picture(), description="Wangi sekali.")
    client.force_login(owner)
    response = client.get(url(product))
    html = response.content.decode()
    assert "Pratinjau" in html
    assert "Wangi sekali." in html
    assert booth.number in html
    assert "Stok tersedia" in html or "Stok 10" in html
    assert "/keranjang/tambah" not in html
    assert 'name="placement"' not in html
    assert 'class="pixel"' not in html
    assert "ld+json" not in html
    assert 'content="noindex"' in html
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not booth.placements.exists()


def test_what_waits_is_shown(client, owner):
    product = make_product(exhibitor=owner.exhibitor, name="Kopi", cover=make_picture())
    Variant.objects.create(product=product, name="Bubuk", price=150_000, stock=2)
    sum_up_variants(product)
    change_product(product, by=owner, name="Kopi robusta", price=900_000)
    client.force_login(owner)
    html = client.get(url(product)).content.decode()
    assert "Kopi robusta" in html
    assert "setelah usulan Anda disetujui" in html
    assert "Bubuk" in html
    public = client.get(product.get_absolute_url()).content.decode()
    assert "robusta" not in public


def test_others_have_no_preview(client, owner, outsider):
    product = make_product(exhibitor=owner.exhibitor, state="draft")
    client.force_login(outsider)
    assert client.get(url(product)).status_code == 404


def test_draft_without_anything_but_a_price(client, owner):
    product = make_product(exhibitor=owner.exhibitor, state="draft", name="", stock=0, approved_at=None)
    client.force_login(owner)
    assert "Produk belum bernama" in client.get(url(product)).content.decode()


def test_draft_takes_the_exhibitors_category_and_asks_for_a_leaf(client, owner):
    heading = make_category(name="Makanan")
    leaf = make_category(name="Kopi", parent=heading)
    owner.exhibitor.category = heading
    owner.exhibitor.save()
    client.force_login(owner)
    client.post(reverse("catalog:dashboard-new-product"), {"cover": photo_file(), "price": "45rb", "draft": "1"})
    product = Product.objects.get()
    assert (product.state, product.price, product.category) == ("draft", 45_000, heading)
    submission = reverse("catalog:dashboard-submission", args=[product.pk])
    Product.objects.filter(pk=product.pk).update(name="Kopi")
    assert "Pilih kategori produk dahulu." in client.post(submission, follow=True).content.decode()
    Product.objects.filter(pk=product.pk).update(category=leaf)
    client.post(submission)
    product.refresh_from_db()
    assert product.state == "submitted"
