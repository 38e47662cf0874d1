"""Put away, brought back, deleted, copied."""

import pytest
from django.urls import reverse

from catalog.domain.archiving import archive_product, bring_back, delete_product
from catalog.domain.copies import duplicate_product
from catalog.domain.curation import approve_product, return_product, set_photos, suspend_product
from catalog.domain.placement import place_product
from catalog.domain.products import ProductError, change_product
from catalog.models import PriceStep, Product, Variant
from catalog.states import ProductState
from exhibitors.domain.decisions import CurationError
from exhibitors.models import Decision
from expo.models import Picture
from orders.models import OrderLine
from tests.factories import make_booth, make_edition, make_product
from tests.orders import shop
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def test_archived_product_leaves_its_booths_and_returns_to_them(owner):
    booth = make_booth(exhibitor=owner.exhibitor, edition=make_edition(mall_closes_at=None))
    product = make_product(exhibitor=owner.exhibitor)
    place_product(product)
    archive_product(product, by=owner)
    product.refresh_from_db()
    assert (product.state, product.archived_from) == ("archived", "approved")
    assert not booth.placements.filter(shown_until=None).exists()
    with pytest.raises(ProductError, match="tidak dapat diubah"):
        change_product(product, by=owner, name="Lain")
    bring_back(product, by=owner)
    product.refresh_from_db()
    assert (product.state, product.archived_from) == ("approved", "")
    assert booth.placements.get().shown_until is None


def test_what_waited_is_a_draft_again(owner):
    product = make_product(exhibitor=owner.exhibitor, state="submitted")
    archive_product(product, by=owner)
    assert bring_back(product, by=owner).state == "draft"


def test_a_suspended_product_cannot_be_put_away(owner, curator):
    """Coming back would be a way around the curators."""
    product = suspend_product(make_product(exhibitor=owner.exhibitor), by=curator, reason="Palsu")
    with pytest.raises(CurationError):
        archive_product(product, by=owner)
    with pytest.raises(ProductError):
        bring_back(product, by=owner)


def test_what_was_sold_keeps_its_lines_and_cannot_be_deleted(owner):
    placement = shop.sold(exhibitor=owner.exhibitor, edition=shop.hybrid_edition(), stock=20)
    shop.paid_order(placement, quantity=2, by=owner)
    product = placement.product
    archive_product(product, by=owner)
    product.refresh_from_db()
    with pytest.raises(ProductError, match="Arsipkan"):
        delete_product(product, by=owner)
    Product.objects.filter(pk=product.pk).update(approved_at=None)  # sold all the same
    with pytest.raises(ProductError, match="tercatat dalam penjualan"):
        delete_product(product, by=owner)
    assert OrderLine.objects.get().product_id == product.pk


def test_a_draft_is_deleted_with_its_variants_and_leaves_its_picture(owner):
    product = make_product(exhibitor=owner.exhibitor, state="draft", approved_at=None, cover=make_picture())
    Variant.objects.create(product=product, name="Merah", price=1000)
    delete_product(product, by=owner)
    assert not Product.objects.exists()
    assert Picture.objects.exists()
    assert Decision.objects.get().after == "deleted"


def test_copy_shares_photos_and_has_neither_stock_nor_code(owner):
    pictures = [make_picture(name="satu"), make_picture(name="dua")]
    product = make_product(exhibitor=owner.exhibitor, sku="K-1", cover=pictures[0], weight_grams=250, rating_count=3)
    set_photos(product, pictures)
    red = Variant.objects.create(product=product, name="Merah", price=2000, stock=4, sku="M")
    PriceStep.objects.create(product=product, variant=red, minimum_quantity=12, unit_price=1500)
    copy = duplicate_product(product)
    assert (copy.state, copy.sku, copy.stock, copy.weight_grams, copy.rating_count) == ("draft", "", 0, 250, 0)
    assert copy.slug != product.slug
    assert copy.name == f"{product.name} (salinan)"
    assert [photo.picture for photo in copy.photos.all()] == pictures
    assert Picture.objects.count() == 2
    variant = copy.variants.get()
    assert (variant.name, variant.stock, variant.sku, variant.is_approved) == ("Merah", 0, "", False)
    assert copy.steps.get().variant == variant
    copy.refresh_from_db()
    assert (copy.has_variants, copy.has_steps, copy.price) == (True, True, 2000)


def test_pages_archive_bring_back_copy_and_delete(client, owner):
    product = make_product(exhibitor=owner.exhibitor)
    client.force_login(owner)
    page = reverse("catalog:dashboard-archive", args=[product.pk])
    assert "Arsipkan produk ini?" in client.get(page).content.decode()
    client.post(page)
    assert product.name not in client.get(reverse("catalog:dashboard-products")).content.decode()
    listing = client.get(reverse("catalog:dashboard-products") + "?status=archived").content.decode()
    assert product.name in listing
    client.post(reverse("catalog:dashboard-archive-end", args=[product.pk]))
    product.refresh_from_db()
    assert product.state == ProductState.APPROVED
    client.post(reverse("catalog:dashboard-copy", args=[product.pk]))
    copy = Product.objects.latest("pk")
    removal = reverse("catalog:dashboard-removal", args=[copy.pk])
    assert "Hapus produk ini?" in client.get(removal).content.decode()
    answer = client.post(removal, follow=True)
    assert "dihapus" in answer.content.decode()
    assert Product.objects.get() == product


def test_curators_decide_nothing_about_what_was_put_away_meanwhile(owner, curator):
    product = make_product(exhibitor=owner.exhibitor, state="submitted", cover=make_picture())
    archive_product(product, by=owner)
    for decide in (approve_product, lambda *args, **kw: return_product(*args, notes={"name": "?"}, **kw)):
        with pytest.raises(CurationError, match="mengarsipkan"):
            decide(product, by=curator)
