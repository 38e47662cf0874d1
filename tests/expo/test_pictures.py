"""What is stored of an upload, and what is refused with a sentence."""

import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image, ImageCms

from expo.models import Picture
from expo.pictures import (
    PictureError,
    encode_picture,
    folder_of,
    open_private,
    store_picture,
    store_private,
    write_public,
)
from expo.pixels import MAX_BYTES

ORIENTATION = 0x0112
GPS = 0x8825


def upload(width=800, height=1000, kind="JPEG", colour="#336699", mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, (width, height), colour).save(buffer, kind, **options)
    buffer.seek(0)
    return buffer


def png_claiming(width, height):
    """A PNG of a few bytes whose header promises many pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def corner(picture):
    return Image.open(io.BytesIO(picture.files["full.jpg"])).getpixel((0, 0))


@pytest.mark.django_db
def test_store_picture_keeps_the_upload_and_a_jpeg_that_can_be_shown_at_once():
    picture = store_picture(upload(2400, 3000))
    assert (picture.width, picture.height) == (1600, 2000)
    assert (picture.widths, picture.recipe) == ([], 0)
    for name, size in (("full.jpg", (1600, 2000)), ("share.jpg", (640, 800)), ("list.jpg", (320, 400))):
        with default_storage.open(f"{picture.folder}/{name}") as stored:
            image = Image.open(stored)
            assert (image.format, image.size) == ("JPEG", size)


def test_a_file_is_replaced_as_a_whole():
    write_public("pictures/aa/test/share.jpg", b"half")
    write_public("pictures/aa/test/share.jpg", b"whole")
    with default_storage.open("pictures/aa/test/share.jpg") as stored:
        assert stored.read() == b"whole"
    assert default_storage.listdir("pictures/aa/test")[1] == ["share.jpg"]


@pytest.mark.django_db
def test_the_same_pixels_are_stored_once():
    first = store_picture(upload(kind="PNG"))
    second = store_picture(upload(kind="PNG", compress_level=1))
    assert first == second
    assert Picture.objects.count() == 1


def test_photos_stand_upright_and_forget_where_they_were_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "S"
    encoded = encode_picture(upload(900, 600, exif=exif))
    assert (encoded.width, encoded.height) == (600, 900)
    for content in encoded.files.values():
        assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF"])
def test_phones_formats_are_read(kind):
    assert encode_picture(upload(400, 300, kind=kind)).width == 400


def test_transparency_becomes_white():
    assert corner(encode_picture(upload(100, 100, "PNG", colour=(0, 0, 0, 0), mode="RGBA"))) == (255, 255, 255)


def test_cmyk_and_profiles_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    encoded = encode_picture(upload(100, 100, colour="#c04020", icc_profile=profile))
    assert "icc_profile" not in Image.open(io.BytesIO(encoded.files["share.jpg"])).info
    assert corner(encode_picture(upload(100, 100, mode="CMYK", colour=(0, 0, 0, 0)))) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (io.BytesIO(b""), "kosong"),
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "bukan gambar"),
        (io.BytesIO(b"%PDF-1.7\n"), "bukan gambar"),
        (io.BytesIO(b"\xff\xd8\xff\xe0" + b"\0" * 500), "bukan gambar"),
        (io.BytesIO(upload().getvalue()[:600]), "rusak"),
        (io.BytesIO(b"\0" * (MAX_BYTES + 1)), "15 MB"),
        (png_claiming(60_000, 60_000), "terlalu besar"),
        (png_claiming(10_000, 9_000), "terlalu besar"),
        (png_claiming(400, 400), "rusak"),
        (upload(20, 400), "terlalu kecil"),
        (upload(2000, 40), "terlalu panjang"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content, sentence):
    with override("id"), pytest.raises(PictureError, match=sentence):
        encode_picture(content)


def test_a_refusal_writes_nothing(db):
    with pytest.raises(PictureError):
        store_picture(io.BytesIO(b"MZ not a picture"))
    assert not Picture.objects.exists()


def test_private_pictures_have_no_address_and_unguessable_names():
    first = store_private(upload(3000, 2000), "proofs")
    second = store_private(upload(3000, 2000), "proofs")
    assert first != second
    assert first.startswith("proofs/")
    assert not default_storage.exists(first)
    with open_private(first) as stored:
        assert Image.open(stored).size == (1600, 1067)


@pytest.mark.django_db
def test_public_pictures_may_be_kept_for_ever(client):
    picture = store_picture(upload())
    response = client.get(default_storage.url(f"{picture.folder}/share.jpg"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "ab/abc/320.webp",
        "ab/" + "ab" * 32 + "/320.webp",
        "ab/" + "ab" * 32 + "/row.json",
        folder_of("ab" * 32).removeprefix("pictures/") + "/320.avif.0a0b0c0d.part",
    ],
)
def test_other_media_addresses_lead_nowhere(client, path):
    assert client.get(f"/media/pictures/{path}").status_code == 404
