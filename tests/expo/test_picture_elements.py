"""How a picture stands in a page."""

import re

import pytest
from PIL import Image

from expo.grounds import ground_classes, ground_of, stylesheet
from expo.templatetags.pictures import FIRST, picture, picture_url, small, thumb
from tests.pictures import make_picture

FOLDER = "pictures/ab/cdefghijklmnop"
WIDTHS = (160, 320, 480, 720, 1080)


def test_one_of_many_is_short_has_its_size_and_a_ground_without_inline_style():
    html = small(FOLDER, "list.jpg", WIDTHS, 1200, 1500, "071240", "50vw", 'Batik "tulis"')
    assert re.findall(r"(\d+)\.avif \d+w", html) == ["320", "480", "720"]
    assert f'src="/media/{FOLDER}/list.jpg" width="1200" height="1500"' in html
    assert 'alt="Batik &quot;tulis&quot;"' in html
    assert 'loading="lazy"' in html
    assert 'class="ground t07 m12 b40"' in html
    assert "style=" not in html


def test_until_sizes_exist_the_jpeg_made_at_upload_is_shown():
    for plain in ("list.jpg", "share.jpg"):  # the second of those kept before there was a small one
        assert small(FOLDER, plain, (), 1200, 1500, "545454", "50vw").startswith(
            f'<picture><img class="ground t54 m54 b54" src="/media/{FOLDER}/{plain}"'
        )


def test_the_first_is_fetched_at_once():
    html = small(FOLDER, "list.jpg", WIDTHS, 1200, 1500, "545454", "50vw", "", FIRST)
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


@pytest.mark.django_db
def test_a_page_of_few_offers_both_modern_formats():
    pic = make_picture(widths=list(WIDTHS))
    html = picture(pic, sizes="100vw")
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert "1080.avif 1080w" in html
    assert f'src="/media/{pic.folder}/share.jpg"' in html


@pytest.mark.django_db
def test_a_thumbnail_is_small():
    html = thumb(make_picture(widths=list(WIDTHS)), sizes="4rem")
    assert re.findall(r"(\d+)\.avif \d+w", html) == ["160", "320"]
    assert thumb(None, sizes="4rem") == picture(None, sizes="4rem") == ""


@pytest.mark.django_db
def test_address_of_one_size():
    pic = make_picture(widths=[160, 320])
    assert picture_url(pic, 200).endswith("/320.webp")
    assert picture_url(pic, 999).endswith("/320.webp")
    assert picture_url(make_picture(name="tua", widths=[]), 160).endswith("/share.jpg")
    new = make_picture(name="baru", widths=[], plain="list.jpg")
    assert picture_url(new, 160).endswith("/list.jpg")
    assert picture_url(new, 720).endswith("/share.jpg")


def test_every_ground_is_in_the_stylesheet(settings):
    css = (settings.BASE_DIR / "static" / "css" / "ground.css").read_text()
    assert css == stylesheet()
    for number in range(60):
        for part in "tmb":
            assert f".{part}{number:02} " in css


def test_ground_follows_the_photo_from_top_to_bottom():
    image = Image.new("RGB", (30, 30), "#f4f0ee")
    image.paste("#241c16", (0, 20, 30, 30))
    image.paste("#a3262a", (10, 10, 20, 20))
    top, middle, bottom = (int(ground_of(image)[start : start + 2]) for start in (0, 2, 4))
    assert top // 10 == 5  # the lightest row of the palette
    assert bottom // 10 == 0
    assert middle // 10 == 1 or middle // 10 == 2
    assert ground_classes(f"{top}{middle}{bottom:02}").startswith(f"ground t{top}")
