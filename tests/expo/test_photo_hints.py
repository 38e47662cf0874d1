"""Advice for photos: goods of the demonstration as they are, and the same spoilt in each way."""

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from demo.pictures import render
from expo.looks import looks_of
from expo.models import Picture
from expo.photo_hints import hints_of, names_of
from expo.pictures import store_picture

GOODS = ("batik-lipat", "keranjang-anyaman", "sambal", "kursi-kayu", "mangkuk-keramik")
LINES = (
    "PROMO AKHIR TAHUN", "DISKON 50% SEMUA", "Hub. 0812-3456-7890", "Kualitas ekspor, asli", "Pesan sekarang juga!",
    "Gratis ongkir se-Jawa", "@toko.kami.semarang", "Ready stock 24 jam",
)  # fmt: skip


def darkened(image):
    return ImageEnhance.Brightness(image).enhance(0.3)


def washed_out(image):
    return image.point(lambda value: min(255, int(value * 0.5 + 150)))


def softened(image):
    return image.filter(ImageFilter.GaussianBlur(image.width / 250))


def written_on(image):
    """A poster: eight lines over the whole photo, as in many a shop's gallery."""
    image, size = image.copy(), image.width // 16
    pen, chance = ImageDraw.Draw(image), random.Random(1)
    for number, line in enumerate(LINES):
        place, colour = (
            (image.width // 20, image.height // 14 + int(number * size * 1.7)),
            chance.choice(["white", "yellow"]),
        )
        pen.text(place, line, font=ImageFont.load_default(size=size), fill=colour, stroke_width=4, stroke_fill="black")
    return image


def names(image) -> list[str]:
    return names_of(Picture(width=1200, height=1500, looks=looks_of(image)))


@pytest.fixture(scope="module", params=GOODS)
def good(request):
    return render(request.param, 7, size=(640, 800)).convert("RGB")


def test_good_photo_gets_no_advice(good):
    assert names(good) == []


@pytest.mark.parametrize(
    ("spoil", "hint"),
    [(darkened, "dark"), (washed_out, "washed-out"), (softened, "blurred"), (written_on, "text")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_spoilt_photo_gets_the_advice_that_fits(good, spoil, hint):
    assert hint in names(spoil(good))


def test_a_small_one_is_named_with_its_size():
    assert names_of(Picture(width=480, height=900)) == ["small"]
    assert "480 × 900 piksel" in hints_of(Picture(width=480, height=900))[0]
    assert hints_of(None) == []


def test_a_tiny_picture_can_be_measured():
    assert len(looks_of(Image.new("RGB", (32, 300), "white"))) == 5


@pytest.mark.django_db
def test_an_upload_is_measured_once_and_kept():
    file = io.BytesIO()
    Image.new("RGB", (800, 1000), "#101010").save(file, "JPEG")
    picture = store_picture(file)
    assert names_of(picture) == ["dark"]
    Picture.objects.filter(pk=picture.pk).update(looks=None)
    assert store_picture(file).looks == picture.looks
