"""Photos in pieces: what is here stays, pieces are taken in order and once, and nothing is kept for ever."""

import datetime as dt

import pytest
from django.utils import timezone

from exhibitors.domain import uploads
from exhibitors.domain.uploads import (
    OffsetError,
    UploadError,
    finish_upload,
    forget_old_uploads,
    start_upload,
    take_piece,
)
from exhibitors.models import PhotoUpload
from expo import pixels
from expo.models import Picture
from expo.pictures import PictureError, private_storage
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = photo_file().read()


def names() -> list[str]:
    return private_storage().listdir("uploads")[1] if private_storage().exists("uploads") else []


@pytest.fixture
def upload(owner):
    return start_upload(owner.exhibitor, len(PHOTO))


def test_a_photo_in_two_pieces_is_the_photo_in_one(upload):
    before = len(names())
    take_piece(upload, 0, PHOTO[:100])
    assert finish_upload(upload).picture is None
    take_piece(upload, 100, PHOTO[100:])
    picture = finish_upload(upload).picture
    assert (picture.width, picture.height) == (640, 800)
    assert finish_upload(upload).picture == picture
    assert len(names()) == before - 1
    assert Picture.objects.count() == 1


def test_a_piece_sent_twice_is_refused_with_the_place_to_go_on(upload):
    take_piece(upload, 0, PHOTO[:100])
    with pytest.raises(OffsetError) as refusal:
        take_piece(upload, 0, PHOTO[:100])
    assert refusal.value.received == 100
    take_piece(upload, 100, b"")
    upload.refresh_from_db()
    assert upload.received == 100


def test_a_piece_whose_row_was_lost_is_written_again(upload):
    """The worker died after the file, before the row."""
    with private_storage().open(upload.file, "r+b") as file:
        file.write(b"x" * 300)
    take_piece(upload, 0, PHOTO[:100])
    take_piece(upload, 100, PHOTO[100:])
    assert finish_upload(upload).picture.width == 640


def test_no_more_arrives_than_was_announced(upload, owner):
    with pytest.raises(UploadError):
        take_piece(upload, 0, PHOTO + b"x")
    for size in (0, -1, uploads.MOST_BYTES + 1):
        with pytest.raises(UploadError, match="15 MB"):
            start_upload(owner.exhibitor, size)
    assert uploads.MOST_BYTES == pixels.MAX_BYTES


def test_what_is_no_photo_is_forgotten(owner):
    upload = start_upload(owner.exhibitor, 5)
    take_piece(upload, 0, b"hello")
    with pytest.raises(PictureError):
        finish_upload(upload)
    assert not PhotoUpload.objects.exists()
    assert upload.file.split("/")[1] not in names()


def test_a_new_one_takes_the_place_of_the_oldest(owner, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_OPEN", 2)
    first, second, third = (start_upload(owner.exhibitor, 10) for _ in range(3))
    assert {*PhotoUpload.objects.all()} == {second, third}
    assert first.file.split("/")[1] not in names()


def test_what_nobody_went_on_with_goes(upload):
    assert forget_old_uploads(now=timezone.now() + dt.timedelta(days=1)) == 0
    assert forget_old_uploads(now=timezone.now() + dt.timedelta(days=3)) == 1
    assert upload.file.split("/")[1] not in names()


def send(client, address, offset, content):
    headers = {"Upload-Offset": str(offset)}
    return client.patch(address, content, content_type="application/octet-stream", headers=headers)


def test_pages_take_pieces_and_say_where_to_go_on(client, owner, outsider):
    client.force_login(owner)
    answer = client.post("/dasbor/unggahan/", {"size": len(PHOTO)})
    assert answer.status_code == 201
    address = answer.json()["address"]
    assert send(client, address, 0, PHOTO[:50]).json()["offset"] == 50
    again = send(client, address, 0, PHOTO[:50])
    assert (again.status_code, again.json()["offset"]) == (409, 50)
    assert client.get(address).json()["offset"] == 50
    client.force_login(outsider)
    assert client.get(address).status_code == 404
    assert send(client, address, 50, PHOTO[50:]).status_code == 404
    client.force_login(owner)
    said = send(client, address, 50, PHOTO[50:]).json()
    assert said["picture"]["digest"] == Picture.objects.get().digest
    assert client.get(address).json() == said
    assert client.get(address).headers["Cache-Control"] == "private, no-store"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_pages_refuse_nonsense_with_a_sentence(client, owner):
    client.force_login(owner)
    for size in ("", "9" * 30, "-5", "²"):
        answer = client.post("/dasbor/unggahan/", {"size": size})
        assert (answer.status_code, "15 MB" in answer.json()["message"]) == (422, True)
    address = client.post("/dasbor/unggahan/", {"size": 5}).json()["address"]
    assert send(client, address, "nol", b"hello").status_code == 409
    refused = send(client, address, 0, b"hello")
    assert (refused.status_code, "bukan gambar" in refused.json()["message"]) == (422, True)
