"""What photos show, in words: kept with their photo, read by shoppers in their language, looked at by the curators."""

import pytest
from django.urls import reverse

from catalog.domain.copies import duplicate_product
from catalog.domain.curation import content_of_product, return_product, set_photos
from catalog.domain.photo_texts import PhotoText, photo_texts
from catalog.domain.photos import describe_photos, order_photos
from catalog.domain.products import ProductError, change_photos
from catalog.domain.proposals import approve_change, content_of_change
from catalog.models import ProductChange
from catalog.proposals_shown import shown_proposal
from exhibitors.domain.decisions import ChangedMeanwhileError
from exhibitors.models import Decision
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


def describe(product, texts, owner, curator):
    """What its owner writes, approved."""
    assert describe_photos(product, texts, by=owner) == "proposed"
    return approve_change(ProductChange.objects.get(product=product), by=curator)


def test_shoppers_get_the_words_in_their_language_or_the_name(client, product, photos, owner, curator):
    booth = make_booth(exhibitor=product.exhibitor, edition=make_edition(mall_closes_at=None))
    make_placement(booth=booth, product=product)
    describe(product, {photos[1].pk: PhotoText('Tali "kulit"', "Leather strap")}, owner, curator)
    page = client.get(f"/produk/{product.slug}/").content.decode()
    assert 'alt="Tas pandan, foto 1"' in page
    assert 'alt="Tali &quot;kulit&quot;"' in page
    assert 'aria-label="Perbesar Tali &quot;kulit&quot;"' in page
    assert 'alt="Leather strap"' in client.get(f"/en/produk/{product.slug}/").content.decode()
    describe(product, {photos[1].pk: PhotoText("Talinya")}, owner, curator)
    assert 'alt="Talinya"' in client.get(f"/en/produk/{product.slug}/").content.decode()


def test_words_go_where_their_photo_goes(product, photos, owner, curator):
    texts = {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText("Belakang", "Back")}
    describe(product, texts, owner, curator)
    told = photo_texts(product)
    order_photos(product, [photos[1].pk, photos[0].pk], by=owner)
    approve_change(ProductChange.objects.get(), by=curator)
    assert list(product.photos.values_list("picture", "alt")) == [(photos[1].pk, "Belakang"), (photos[0].pk, "Depan")]
    assert photo_texts(product) == photo_texts(duplicate_product(product)) == told
    change_photos(product, [make_picture(name="tiga"), photos[1]], by=owner)
    product = approve_change(ProductChange.objects.get(), by=curator)
    assert photo_texts(product)[photos[1].pk] == PhotoText("Belakang", "Back")


def test_words_for_what_is_on_show_wait_beside_it(product, photos, owner, curator):
    describe(product, {photos[0].pk: PhotoText("Depan")}, owner, curator)
    fresh = make_picture(name="tiga")
    change_photos(product, [photos[1], photos[0], fresh], by=owner)
    texts = {photos[0].pk: PhotoText("Muka", "Front"), fresh.pk: PhotoText("Dari atas"), 999: PhotoText("Bukan ini")}
    assert describe_photos(product, texts, by=owner) == "proposed"
    assert photo_texts(product) == {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText()}
    change = ProductChange.objects.get()
    shown = next(one for one in shown_proposal(change).differences if one.name == "photo_texts")
    assert (shown.now, shown.wanted) == ("1. Depan", "2. Muka · Front\n3. Dari atas")
    seen = content_of_change(change)
    describe_photos(product, {fresh.pk: PhotoText("Beli di toko lain!")}, by=owner)
    with pytest.raises(ChangedMeanwhileError):
        approve_change(change, by=curator, seen=seen)
    describe_photos(product, {fresh.pk: PhotoText("Dari atas")}, by=owner)
    approve_change(ProductChange.objects.get(), by=curator, seen=seen)
    assert photo_texts(product)[photos[0].pk] == PhotoText("Muka", "Front")
    assert photo_texts(product)[fresh.pk] == PhotoText("Dari atas")
    line = Decision.objects.filter(after="change_approved").order_by("-pk").first()
    assert (line.decided_by, line.changes["photo_texts"]) == (curator, [shown.now, shown.wanted])


def test_words_taken_back_leave_nothing_waiting(product, photos, owner):
    assert describe_photos(product, {photos[0].pk: PhotoText()}, by=owner) == "saved"
    assert not ProductChange.objects.exists()
    describe_photos(product, {photos[0].pk: PhotoText("Depan")}, by=owner)
    assert describe_photos(product, {photos[0].pk: PhotoText()}, by=owner) == "saved"
    assert not ProductChange.objects.exists()


def test_words_are_part_of_what_curators_look_at(owner, curator, photos):
    product = make_product(exhibitor=owner.exhibitor, cover=photos[0], state="submitted")
    before = content_of_product(product)
    describe_photos(product, {photos[0].pk: PhotoText("Depan")}, by=owner)
    assert content_of_product(product) != before
    return_product(product, by=curator, notes={"photo_texts": "Tulis apa yang tampak."})
    assert describe_photos(product, {photos[0].pk: PhotoText("Tas pandan")}, by=owner) == "submitted"
    assert Decision.objects.get(after="returned").content["photo_texts"] == "1. Depan"


def test_an_owner_writes_them_on_one_page(as_user, owner, product, photos):
    page, client = reverse("catalog:dashboard-photo-texts", args=[product.pk]), as_user(owner)
    assert "Isi foto 2 dalam bahasa Inggris" in client.get(page).content.decode()
    answer = client.post(page, {f"alt_{photos[0].pk}": " Depan ", "alt_999": "Punya orang"}, follow=True)
    assert "Usulan perubahan dikirim" in answer.content.decode()
    assert "1 dari 2" in answer.content.decode()
    assert ProductChange.objects.get().photo_texts == {str(photos[0].pk): ["Depan", ""]}
    assert 'value="Depan"' in client.get(page).content.decode()
    wrong = client.post(page, {f"alt_{photos[0].pk}": "x" * 161})
    assert "x" * 161 in wrong.content.decode()
    assert ProductChange.objects.get().photo_texts == {str(photos[0].pk): ["Depan", ""]}
    type(product).objects.update(state="draft")
    ProductChange.objects.all().delete()
    assert "Isi foto tersimpan." in client.post(page, {f"alt_{photos[1].pk}": "Tali"}, follow=True).content.decode()
    assert photo_texts(product)[photos[1].pk].alt == "Tali"


def test_a_cover_without_a_row_and_strange_pictures(owner, photos):
    product = make_product(exhibitor=owner.exhibitor, cover=photos[0], state="draft")
    texts = {photos[0].pk: PhotoText("Depan"), photos[1].pk: PhotoText("Bukan ini")}
    assert describe_photos(product, texts, by=owner) == "saved"
    assert photo_texts(product) == {photos[0].pk: PhotoText("Depan")}
    type(product).objects.update(state="suspended")
    with pytest.raises(ProductError):
        describe_photos(product, {photos[0].pk: PhotoText("Lain")}, by=owner)
