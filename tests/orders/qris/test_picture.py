import io

import pytest
import segno
from PIL import Image

from expo.pictures import PictureError
from orders.qris import QrisError
from orders.qris.picture import text_in_picture
from tests.orders.qris.codes import static_code


def drawn(text, *, scale=6) -> Image.Image:
    file = io.BytesIO()
    segno.make(text, error="m").save(file, kind="png", scale=scale, border=4)
    return Image.open(file).convert("RGB")


def sheet(*images, kind="JPEG", angle=0) -> io.BytesIO:
    """The codes side by side on a grey table, photographed."""
    width = sum(image.width for image in images) + 200
    table = Image.new("RGB", (width, max((image.height for image in images), default=100) + 200), "lightgray")
    left = 100
    for image in images:
        table.paste(image, (left, 100))
        left += image.width
    file = io.BytesIO()
    table.rotate(angle, fillcolor="lightgray", expand=True).save(
        file, kind, **({"quality": 60} if kind == "JPEG" else {})
    )
    file.seek(0)
    return file


@pytest.mark.parametrize(("kind", "angle"), [("PNG", 0), ("JPEG", 7), ("WEBP", 90)])
def test_a_photographed_code_is_read(kind, angle):
    assert text_in_picture(sheet(drawn(static_code()), kind=kind, angle=angle)) == static_code()


def test_a_picture_without_a_code_is_refused():
    with pytest.raises(QrisError, match="terbaca"):
        text_in_picture(sheet())


def test_two_codes_are_not_guessed_between():
    with pytest.raises(QrisError, match="beberapa"):
        text_in_picture(sheet(drawn(static_code()), drawn(static_code(t59="LAIN"))))


def test_no_picture_is_refused():
    with pytest.raises(PictureError):
        text_in_picture(io.BytesIO(b"bukan gambar"))
