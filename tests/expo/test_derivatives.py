"""The sizes that pages use: made once, whatever happens to the worker meanwhile."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from expo import derivatives
from expo.derivatives import BATCH, PAUSES, RECIPE, derive, pending, sizes_of
from expo.models import Picture
from expo.pictures import store_picture
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    return store_picture(photo_file(size=(640, 800)))


def test_derive_makes_every_size_in_every_format_and_then_names_them(picture):
    assert derive(picture.pk)
    picture.refresh_from_db()
    assert (picture.widths, picture.recipe, picture.next_attempt_at) == ([160, 320, 480, 640], RECIPE, None)
    for width in picture.widths:
        for kind in ("avif", "webp"):
            with default_storage.open(f"{picture.folder}/{width}.{kind}") as stored:
                image = Image.open(stored)
                assert (image.format, image.size) == (kind.upper(), (width, width * 5 // 4))
                assert not image.getexif()
    with default_storage.open(f"{picture.folder}/list.jpg") as stored:
        assert Image.open(stored).size == (320, 400)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(100, [100]), (160, [160]), (500, [160, 320, 480, 500]), (1600, [160, 320, 480, 720, 1080])],
)
def test_nothing_is_blown_up(width, widths):
    made, files = sizes_of(Image.new("RGB", (width, 100)))
    assert made == widths
    assert Image.open(io.BytesIO(files["list.jpg"])).width == min(width, 320)


def test_derive_is_done_once(picture):
    assert derive(picture.pk)
    assert not derive(picture.pk)
    assert pending() == []


def test_two_workers_do_not_make_the_same_picture(picture, monkeypatch):
    def meanwhile(row):
        assert not derive(row.pk)
        return [160], row.ground, row.looks

    monkeypatch.setattr(derivatives, "_make", meanwhile)
    assert derive(picture.pk)


def test_a_worker_killed_on_the_way_leaves_a_page_that_shows_the_jpeg_and_a_row_that_is_due_again(picture, monkeypatch):
    class Killed(BaseException):
        pass

    def half(path, content):
        if path.endswith("320.avif"):
            raise Killed
        written(path, content)

    written = derivatives.write_public
    monkeypatch.setattr(derivatives, "write_public", half)
    with pytest.raises(Killed):
        derive(picture.pk)
    picture.refresh_from_db()
    assert picture.widths == []
    assert pending() == []  # somebody may still be at it
    Picture.objects.update(next_attempt_at=timezone.now() - dt.timedelta(seconds=1))
    monkeypatch.setattr(derivatives, "write_public", written)
    assert pending() == [picture.pk]
    assert derive(picture.pk)


def test_a_picture_that_cannot_be_made_is_tried_again_and_then_left(picture):
    default_storage.delete(f"{picture.folder}/full.jpg")
    for pause in [*PAUSES, PAUSES[-1]]:
        assert not derive(picture.pk)
        picture.refresh_from_db()
        waits = picture.next_attempt_at - timezone.now()
        assert pause - dt.timedelta(seconds=30) < waits <= pause
        Picture.objects.update(next_attempt_at=timezone.now())
    assert pending() == []
    assert not derive(picture.pk)


def test_a_new_recipe_makes_all_pictures_anew_a_few_at_a_time(picture, monkeypatch):
    derive(picture.pk)
    monkeypatch.setattr(derivatives, "RECIPE", RECIPE + 1)
    Picture.objects.bulk_create(
        Picture(digest=f"{n:064x}", folder=f"pictures/aa/{n}", width=100, height=100) for n in range(BATCH)
    )
    assert len(pending()) == BATCH
    assert derive(picture.pk)


def test_an_upload_is_announced_once_its_row_can_be_seen(monkeypatch, django_capture_on_commit_callbacks):
    announced = []
    monkeypatch.setattr("expo.tasks.derive_picture.delay", announced.append)
    with django_capture_on_commit_callbacks(execute=True):
        picture = store_picture(photo_file(size=(90, 90)))
        assert announced == []
    assert announced == [picture.pk]
