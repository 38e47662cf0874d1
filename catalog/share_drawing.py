"""How a share card looks: the photo in full height, name and price beside it, the booth's signboard below."""

from functools import cache
from typing import IO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from catalog.share_cards import SIZE, ShareCard
from expo.pixels import encoded

PHOTO_WIDTH = 504  # 4:5 in full height
MARGIN = 52
PAPER, INK, SOFT, BOARD, BOARD_INK, SALE = "#faf6f0", "#241c16", "#5b5048", "#f4e7d8", "#6f4320", "#a3262a"
FONT = settings.BASE_DIR / "static" / "fonts" / "plus-jakarta-sans-latin.woff2"
REGULAR, SEMIBOLD, BOLD = 400, 600, 800


def drawn(card: ShareCard, photo: IO[bytes]) -> bytes:
    """The JPEG of a card; ``photo``: the file of its picture."""
    with Image.open(photo) as source:
        image = draw(card, source.convert("RGB"))
    return encoded(image, "JPEG", quality=82, progressive=True, optimize=True)


def draw(card: ShareCard, photo: Image.Image) -> Image.Image:
    image = Image.new("RGB", SIZE, PAPER)
    image.paste(_cropped(photo, (PHOTO_WIDTH, SIZE[1])), (0, 0))
    pen = ImageDraw.Draw(image)
    left, width = PHOTO_WIDTH + MARGIN, SIZE[0] - PHOTO_WIDTH - 2 * MARGIN
    y = MARGIN
    for line in _wrapped(pen, card.name, _font(BOLD, 54), width, most=3):
        pen.text((left, y), line, INK, _font(BOLD, 54))
        y += 64
    y += 18
    price = _fitting(pen, card.price, BOLD, 64, width)
    pen.text((left, y), card.price, SALE if card.was else INK, price)
    y += 84
    if card.was:
        _struck(pen, (left, y), card.was)
    _fascia(pen, card, left, width)
    return image


def _fascia(pen: ImageDraw.ImageDraw, card: ShareCard, left: int, width: int) -> None:
    """The signboard of the booth, along the lower edge."""
    top = SIZE[1] - MARGIN - 108
    pen.rounded_rectangle((left, top, left + width, top + 108), 14, BOARD)
    number = _font(BOLD, 34)
    box = int(pen.textlength(card.booth, number)) + 36
    if card.booth:
        pen.rounded_rectangle((left + 18, top + 24, left + 18 + box, top + 84), 10, BOARD_INK)
        pen.text((left + 36, top + 32), card.booth, "#fffdfa", number)
    start = left + (18 + box + 20 if card.booth else 24)
    room = left + width - start - 18
    for text, down, colour, font in (
        (card.seller, 20, INK, _font(SEMIBOLD, 32)),
        (card.place, 62, BOARD_INK, _font(REGULAR, 24)),
    ):
        pen.text((start, top + down), _shortened(pen, text, font, room), colour, font)


def _struck(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str) -> None:
    font = _font(REGULAR, 34)
    pen.text(at, text, SOFT, font)
    middle = at[1] + 24
    pen.line((at[0], middle, at[0] + pen.textlength(text, font), middle), SOFT, 3)


def _cropped(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of ``image`` in the shape of ``size``."""
    scale = max(size[0] / image.width, size[1] / image.height)
    box_width, box_height = size[0] / scale, size[1] / scale
    x, y = (image.width - box_width) / 2, (image.height - box_height) / 2
    return image.resize(size, Image.Resampling.LANCZOS, (x, y, x + box_width, y + box_height))


def _wrapped(pen: ImageDraw.ImageDraw, text: str, font, width: int, *, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.textlength(longer, font) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > most:
        lines[most - 1] = " ".join(lines[most - 1 :])
    return [_shortened(pen, line, font, width) for line in lines[:most]]


def _shortened(pen: ImageDraw.ImageDraw, text: str, font, width: float) -> str:
    if pen.textlength(text, font) <= width:
        return text
    while text and pen.textlength(f"{text}…", font) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _fitting(pen: ImageDraw.ImageDraw, text: str, weight: int, size: int, width: int):
    """The largest font in which ``text`` fits."""
    while size > 28 and pen.textlength(text, _font(weight, size)) > width:
        size -= 4
    return _font(weight, size)


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font
