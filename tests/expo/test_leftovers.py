import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import Product
from expo.leftovers import delete_unused_pictures
from expo.models import Picture
from expo.pictures import open_private, store_picture, store_private
from tests.factories import make_product
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def uploaded(colour, *, days):
    picture = store_picture(photo_file(colour=colour))
    Picture.objects.filter(pk=picture.pk).update(created_at=NOW - dt.timedelta(days=days))
    return picture


def files_of(picture):
    return default_storage.listdir(picture.folder)[1]


def test_only_what_nothing_refers_to_for_two_days_goes():
    shown, forgotten, fresh = uploaded("red", days=9), uploaded("green", days=3), uploaded("blue", days=1)
    make_product(cover=shown)
    proof = store_private(photo_file(colour="grey"), "bukti")
    assert files_of(forgotten)
    assert delete_unused_pictures(now=NOW) == 1
    assert {*Picture.objects.all()} == {shown, fresh}
    assert files_of(shown)
    assert files_of(fresh)
    assert not default_storage.exists(forgotten.folder)
    assert open_private(proof).read()
    assert delete_unused_pictures(now=NOW) == 0


def test_uploaded_again_it_stays_for_another_two_days():
    forgotten = uploaded("green", days=3)
    assert store_picture(photo_file(colour="green")) == forgotten
    assert delete_unused_pictures(now=NOW) == 0


def test_uploaded_again_after_it_went_it_is_kept_anew():
    forgotten = uploaded("green", days=3)
    delete_unused_pictures(now=NOW)
    again = store_picture(photo_file(colour="green"))
    assert again.pk != forgotten.pk
    assert files_of(again)


def test_files_that_are_gone_hold_nothing_up():
    forgotten = uploaded("green", days=3)
    for name in files_of(forgotten):
        default_storage.delete(f"{forgotten.folder}/{name}")
    default_storage.delete(forgotten.folder)
    assert delete_unused_pictures(now=NOW) == 1
    assert not Product.objects.filter(cover=forgotten.pk).exists()
