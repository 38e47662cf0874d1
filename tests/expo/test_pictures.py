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
    MAX_BYTES,
    PictureError,
    encode_picture,
    open_private,
    picture_path,
    store_picture,
    store_private,
)
from expo.templatetags.pictures import img, tint

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


@pytest.mark.django_db
def test_store_picture_keeps_every_derivative_at_an_address_from_the_row():
    picture = store_picture(upload(2400, 3000))
    assert (picture.width, picture.height) == (1200, 1500)
    assert picture.widths == [160, 320, 640, 1200]
    for width in picture.widths:
        with default_storage.open(picture_path(picture.digest, f"{width}.webp")) as stored:
            assert Image.open(stored).size == (width, width * 5 // 4)
    with default_storage.open(picture_path(picture.digest, "share.jpg")) as stored:
        assert Image.open(stored).format == "JPEG"


@pytest.mark.django_db
def test_the_same_pixels_are_stored_once():
    first = store_picture(upload(kind="PNG"))
    second = store_picture(upload(kind="PNG", compress_level=1))
    assert first == second
    assert Picture.objects.count() == 1


@pytest.mark.django_db
def test_a_small_picture_is_not_blown_up():
    assert store_picture(upload(500, 400)).widths == [160, 320, 500]


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
    assert encode_picture(upload(400, 400, kind=kind)).widths == (160, 320, 400)


def test_transparency_becomes_white():
    assert encode_picture(upload(100, 100, "PNG", colour=(0, 0, 0, 0), mode="RGBA")).colour == "#ffffff"


def test_cmyk_and_profiles_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    encoded = encode_picture(upload(100, 100, colour="#c04020", icc_profile=profile))
    assert "icc_profile" not in Image.open(io.BytesIO(encoded.files["share.jpg"])).info
    assert encode_picture(upload(100, 100, mode="CMYK", colour=(0, 0, 0, 0))).colour == "#ffffff"


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


def test_element_has_sizes_and_a_ground_without_inline_style():
    html = img("ab" * 32, (160, 320, 640), 640, 800, "#336699", "50vw", 'Batik "tulis"')
    assert 'width="640" height="800"' in html
    assert "640w" in html
    assert 'alt="Batik &quot;tulis&quot;"' in html
    assert 'loading="lazy"' in html
    assert "style=" not in html
    assert tint("#336699") in html


def test_every_tint_is_in_the_stylesheet(settings):
    css = (settings.BASE_DIR / "static" / "css" / "tint.css").read_text()
    for value in range(0, 0x1000000, 0x1357):
        assert f".{tint(f'#{value:06x}')} " in css


@pytest.mark.django_db
def test_public_pictures_may_be_kept_for_ever(client):
    picture = store_picture(upload())
    response = client.get(default_storage.url(picture_path(picture.digest, "320.webp")))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["ab/abc/320.webp", "ab/" + "ab" * 32 + "/320.webp", "ab/" + "ab" * 32 + "/row.json"])
def test_other_media_addresses_lead_nowhere(client, path):
    assert client.get(f"/media/pictures/{path}").status_code == 404
