"""The waiting products of one exhibitor on a page: all that is approved can be read there, and nothing is lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role, give_role
from catalog.models import PriceStep, Product, ProductPhoto, Variant
from exhibitors.models import Membership
from tests.cast import person
from tests.factories import make_booth, make_edition, make_exhibitor, make_product, wib
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db
PAGE = "/admin/catalog/product/kurasi/sekaligus/"


def waiting(exhibitor, name, day=1, **fields) -> Product:
    fields = {"state": "submitted", "submitted_at": wib(2026, 1, day), "cover": make_picture(), **fields}
    return make_product(exhibitor=exhibitor, name=name, **fields)


def names_on(answer) -> list[str]:
    return re.findall(r"batch__tick.*?<strong>(.*?)</strong>", answer.content.decode())


def approve(client, *products):
    """Tick these on the page, and no others."""
    seen = dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', client.get(PAGE).content.decode()))
    return client.post(PAGE, {**seen, "pk": [product.pk for product in products]}, follow=True)


def states(*products) -> list[str]:
    return [Product.objects.get(pk=product.pk).state for product in products]


def test_what_is_ticked_is_approved_and_the_next_exhibitor_comes(as_user, curator):
    seller = make_exhibitor()
    coffee, tea, sugar = (waiting(seller, name, day) for day, name in enumerate(("Kopi", "Teh", "Gula"), start=1))
    waiting(make_exhibitor(), "Lain", 9)
    client = as_user(curator)
    assert names_on(client.get(PAGE)) == ["Kopi", "Teh", "Gula"]
    answer = approve(client, coffee, tea)
    assert states(coffee, tea, sugar) == ["approved", "approved", "submitted"]
    assert names_on(answer) == ["Lain"]
    assert "1 dilewati" in answer.content.decode()


def test_more_than_a_page_comes_page_by_page_whoever_stands_in_front(as_user, curator, monkeypatch):
    """Leftovers in front of the queue, and more exhibitors than are looked at in one go, hide nobody."""
    monkeypatch.setattr("catalog.admin_batch.AT_ONCE", 3)
    monkeypatch.setattr("catalog.admin_batch.AHEAD", 1)
    many, last = make_exhibitor(), make_exhibitor()
    products = [waiting(many, f"Barang {n}", n) for n in range(1, 8)]
    end = waiting(last, "Terakhir", 20)
    client = as_user(curator)
    assert "3 dari 7 produknya" in client.get(PAGE).content.decode()
    assert names_on(approve(client, *products[:2])) == ["Barang 4", "Barang 5", "Barang 6"]
    assert names_on(approve(client, *products[3:6])) == ["Barang 7"]
    assert names_on(approve(client)) == ["Terakhir"]
    page = approve(client, end)
    assert "2 dilewati dan masih menunggu" in page.content.decode()
    assert reverse("admin:catalog_product_next") in page.content.decode()
    again = client.post(PAGE, {"lagi": "1"}, follow=True)
    assert names_on(again) == ["Barang 3", "Barang 7"]
    assert not re.search(r'name="pk" value="\d+" checked', again.content.decode())
    assert again.content.decode().count("Anda pernah menghapus centangnya.") == 2
    approve(client, products[2], products[6])
    assert set(states(*products, end)) == {"approved"}
    assert client.get(PAGE).url == reverse("admin:index")


def test_what_was_unticked_is_no_colleagues_to_approve_at_once(as_user, curator):
    good, odd = (waiting(make_exhibitor(), name) for name in ("Baik", "Janggal"))
    client = as_user(curator)
    assert names_on(client.get(PAGE)) == ["Baik"]
    approve(client, good)
    approve(client)
    colleague = person("Bagus")
    give_role(colleague, Role.CURATION)
    client = as_user(colleague)
    assert "1 dilewati" in client.get(PAGE).content.decode()
    assert 'name="lagi"' not in client.get(PAGE).content.decode()
    client.get(f"{PAGE}?lagi")
    client.post(PAGE, {"lagi": "1"})
    assert "1 dilewati" in client.get(PAGE).content.decode()  # it was not theirs to bring back
    assert client.get(reverse("admin:catalog_product_next")).url.endswith(f"/{odd.pk}/kurasi/")
    Product.objects.filter(pk=odd.pk).update(submitted_at=timezone.now())  # mended by its owner, handed in anew
    assert names_on(client.get(PAGE)) == ["Janggal"]


def test_an_exhibitor_that_is_left_stays_away_until_the_end(as_user, curator):
    first, second = make_exhibitor(), make_exhibitor()
    left, done = waiting(first, "Ditinggal", 1), waiting(second, "Dilihat", 2)
    client = as_user(curator)
    assert names_on(client.get(f"{PAGE}?lewati={first.pk}")) == ["Dilihat"]
    waiting(first, "Ditambah", 3)
    assert "2 dilewati" in approve(client, done).content.decode()
    singly = client.get(reverse("admin:catalog_product_next"))
    assert singly.url == reverse("admin:catalog_product_desk", args=[left.pk])  # at the desk nothing was skipped


def test_all_that_is_approved_stands_on_the_page(as_user, curator):
    words = {"description": "kata " * 90 + "akhir-id", "description_en": "word " * 90 + "end-en"}
    words |= {"ingredients": "bahan " * 60 + "akhir-bahan", "ingredients_en": "Sugar-en", "name_en": "Name-en"}
    product = waiting(make_exhibitor(), "Kopi", **words, price=10_000, price_top=12_000, has_variants=True)
    pictures = [make_picture(name=f"foto {n}") for n in range(8)]
    for position, picture in enumerate(pictures):
        alt = {"alt": "Tampak belakang", "alt_en": "Seen from behind"} if position == 7 else {}
        ProductPhoto.objects.create(product=product, picture=picture, position=position, **alt)
    variant = Variant.objects.create(product=product, name="Bubuk", name_en="Ground", price=12_000)
    PriceStep.objects.create(product=product, variant=variant, minimum_quantity=10, unit_price=11_500)
    html = as_user(curator).get(PAGE).content.decode()
    wanted = ["akhir-id", "end-en", "akhir-bahan", "Sugar-en", "Name-en", "Rp12.000", "Bubuk", "Ground", "Rp11.500"]
    wanted += ["1 varian", "1 harga grosir", "8 foto lain", "Tampak belakang", "Seen from behind"]
    wanted += [picture.folder for picture in pictures]
    assert [one for one in wanted if one not in html] == []


def test_what_was_not_shown_or_moved_is_not_approved(as_user, curator):
    seller = make_exhibitor()
    shown, moved = waiting(seller, "Dilihat"), waiting(seller, "Berubah")
    hidden = waiting(make_exhibitor(), "Tidak dilihat", 9)
    client = as_user(curator)
    seen = dict(re.findall(r'name="(seen_\d+)" value="(\w+)"', client.get(PAGE).content.decode()))
    Product.objects.filter(pk=moved.pk).update(description="Lain sekali")
    ticked = [shown.pk, moved.pk, hidden.pk, "9" * 30, "x"]
    answer = client.post(PAGE, {**seen, f"seen_{'9' * 30}": "x", "seen_": "", "pk": ticked}, follow=True)
    assert states(shown, moved, hidden) == ["approved", "submitted", "submitted"]
    assert "diubah sesudah Anda membukanya" in answer.content.decode()
    assert names_on(answer) == ["Berubah"]  # with what stands there now
    client.post(PAGE, {f"seen_{hidden.pk}": "", "pk": [hidden.pk]})
    assert states(hidden) == ["submitted"]


def test_who_may_not_approve_one_is_not_led_there_again(as_user, curator):
    """An own product, and one that this person approved first, where two people have to."""
    own, strict = make_exhibitor(), make_exhibitor()
    Membership.objects.create(exhibitor=own, user=curator)
    make_booth(exhibitor=strict, edition=make_edition(second_look="all"))
    mine, first = waiting(own, "Sendiri", 1), waiting(strict, "Dua mata", 2)
    client = as_user(curator)
    answer = approve(client, mine)
    assert "diputuskan oleh petugas lain" in answer.content.decode()
    assert names_on(answer) == ["Dua mata"]
    answer = approve(client, first)
    assert "menunggu mata kedua" in answer.content.decode()
    assert "1 dilewati" in answer.content.decode()
    colleague = person("Bagus")
    give_role(colleague, Role.CURATION)
    approve(as_user(colleague), mine)
    approve(as_user(colleague), first)
    assert states(mine, first) == ["approved", "approved"]
