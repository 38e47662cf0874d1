"""What photos show, in words: written at once, kept with their photo, read by shoppers in their language."""

import pytest
from django.urls import reverse

from catalog.domain.copies import duplicate_product
from catalog.domain.curation import set_photos
from catalog.domain.photo_texts import PhotoText, photo_texts
from catalog.domain.photos import describe_photos, order_photos
from catalog.domain.products import ProductError, change_photos
from catalog.domain.proposals import approve_change
from catalog.models import ProductChange
from tests.factories import make_booth, make_edition, make_placement, make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def photos():
    return [make_picture(name="satu"), make_picture(name="dua")]


@pytest.fixture
def product(owner, photos):
    found = make_product(exhibitor=owner.exhibitor, name="Tas pandan", name_en="Pandan bag", cover=photos[0])
    set_photos(found, photos)
    return found


def test_shoppers_get_the_words_in_their_language_or_the_name(client, product, photos):
    booth = make_booth(exhibitor=product.exhibitor, edition=make_edition(mall_closes_at=None))
    make_placement(booth=booth, product=product)
    describe_photos(product, {photos[1].pk: PhotoText('Tali "kulit"', "Leather strap")})
    page = client.get(f"/produk/{product.slug}/").content.decode()
    assert 'alt="Tas pandan, foto 1"' in page
    assert 'alt="Tali &quot;kulit&quot;"' in page
    assert 'aria-label="Perbesar Tali &quot;kulit&quot;"' in page
    assert 'alt="Leather strap"' in client.get(f"/en/produk/{product.slug}/").content.decode()
    describe_photos(product, {photos[1].pk: PhotoText("Talinya")})
    assert 'alt="Talinya"' in client.get(f"/en/produk/{product.slug}/").content.decode()


def test_words_go_where_their_photo_goes(product, photos, owner, curator):
    describe_photos(product, {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText("Belakang", "Back")})
    told = photo_texts(product)
    order_photos(product, [photos[1].pk, photos[0].pk], by=owner)
    approve_change(ProductChange.objects.get(), by=curator)
    assert list(product.photos.values_list("picture", "alt")) == [(photos[1].pk, "Belakang"), (photos[0].pk, "Depan")]
    assert photo_texts(product) == photo_texts(duplicate_product(product)) == told
    change_photos(product, [make_picture(name="tiga"), photos[1]], by=owner)
    product = approve_change(ProductChange.objects.get(), by=curator)
    assert photo_texts(product)[photos[1].pk] == PhotoText("Belakang", "Back")


def test_an_owner_writes_them_on_one_page(as_user, owner, product, photos):
    page, client = reverse("catalog:dashboard-photo-texts", args=[product.pk]), as_user(owner)
    assert "Isi foto 2 dalam bahasa Inggris" in client.get(page).content.decode()
    answer = client.post(page, {f"alt_{photos[0].pk}": " Depan ", "alt_999": "Punya orang"}, follow=True)
    assert "Isi foto tersimpan." in answer.content.decode()
    assert "1 dari 2" in answer.content.decode()
    assert photo_texts(product) == {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText()}
    wrong = client.post(page, {f"alt_{photos[0].pk}": "x" * 161})
    assert "x" * 161 in wrong.content.decode()
    assert photo_texts(product)[photos[0].pk].alt == "Depan"


def test_a_cover_without_a_row_and_strange_pictures(owner, photos):
    product = make_product(exhibitor=owner.exhibitor, cover=photos[0])
    assert describe_photos(product, {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText("Bukan ini")}) == 1
    assert photo_texts(product) == {photos[0].pk: PhotoText("Depan")}
    type(product).objects.update(state="suspended")
    with pytest.raises(ProductError):
        describe_photos(product, {photos[0].pk: PhotoText("Lain")})
