"""Small edible things: chips, crackers, biscuits, beans; alone, heaped or filling a jar."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures.noise import field_from, fractal, levels, relight, shade, tint
from demo.pictures.shapes import Sprite, ellipse, polygon_mask, rotated, smooth

# (colours dark to bright, length, width over length, wobble, marks)
KINDS = {
    "emping": (((196, 160, 96), (232, 208, 150), (248, 234, 190)), 74, 0.9, 0.09, "mottle"),
    "singkong": (((190, 132, 48), (234, 188, 92), (252, 226, 150)), 80, 0.84, 0.08, "curl"),
    "pisang": (((170, 102, 30), (220, 156, 62), (246, 204, 116)), 84, 0.5, 0.08, "curl"),
    "tempe": (((132, 78, 26), (196, 134, 56), (232, 184, 104)), 72, 0.9, 0.06, "beans"),
    "rengginang": (((170, 120, 62), (224, 184, 122), (250, 228, 184)), 70, 0.94, 0.12, "grains"),
    "ubi-ungu": (((66, 28, 70), (112, 60, 118), (160, 106, 162)), 76, 0.82, 0.08, "curl"),
    "nastar": (((176, 104, 24), (228, 164, 58), (250, 214, 122)), 58, 0.96, 0.03, "ball"),
    "putri-salju": (((190, 180, 168), (232, 226, 216), (252, 250, 246)), 58, 0.6, 0.05, "ball"),
    "kopi": (((36, 18, 10), (72, 40, 22), (112, 70, 42)), 34, 0.7, 0.03, "bean"),
    "kacang": (((148, 88, 40), (200, 140, 76), (232, 184, 124)), 30, 0.72, 0.05, "ball"),
    "cokelat": (((40, 20, 12), (84, 48, 28), (126, 80, 52)), 56, 0.96, 0.03, "ball"),
    "teh": (((26, 24, 12), (58, 50, 26), (96, 84, 46)), 26, 0.22, 0.2, "plain"),
}
SNACKS = ("emping", "singkong", "pisang", "tempe", "rengginang", "ubi-ungu")
BISCUITS = ("nastar", "putri-salju", "cokelat", "kacang")


def name(kind):
    """The word for a label of what is inside."""
    return kind.replace("-", " ").upper()


def morsel(rng, kind, scale=1.0):
    """Cut-out of one piece."""
    stops, length, share, wobble, marks = KINDS[kind]
    length = length * scale * rng.uniform(0.86, 1.14)
    side = math.ceil(length) + 6
    size = (side, side)
    outline = []
    for x, y in ellipse(0, 0, length / 2, length * share / 2 * rng.uniform(0.85, 1.05), 13)[:-1]:
        grow = 1 + rng.uniform(-wobble, wobble)
        outline.append((x * grow + side / 2, y * grow + side / 2))
    turn = rng.uniform(0, math.tau)
    outline = smooth(rotated(outline, turn, side / 2, side / 2), 4)
    mask = polygon_mask(size, outline)
    tone = levels(fractal(rng, size, (4, 4), 2), 70, 220)
    picture = relight(tint(tone, stops), _relief(rng, mask, marks))
    _mark(rng, picture, marks, turn, length, stops)
    return Sprite(picture, mask, levels(mask, 0, 118))


def _relief(rng, mask, marks):
    """Light on the piece: a ball, a curled rim, or flat with a lit edge."""
    size = mask.size
    if marks in ("ball", "bean"):
        return field_from(lambda x, y: 172 - 110 * math.hypot(x - 0.36, y - 0.32), size, (12, 12))
    a, b = rng.uniform(-1, 1), rng.uniform(-1, 1)
    bend = field_from(
        lambda x, y: 130 - 20 * (x + y - 1) + 20 * math.sin(2.4 * (a * x + b * y) + a * 5), size, (10, 10)
    )
    rim = mask.filter(ImageFilter.GaussianBlur(1.6))
    edge = ImageChops.subtract(rim, ImageChops.offset(rim, 2, 2), 2.6, 128)
    return ImageChops.add(bend, edge, 1, -128)


def _mark(rng, picture, marks, turn, length, stops):
    draw = ImageDraw.Draw(picture)
    middle = picture.width / 2
    if marks == "beans":
        for _ in range(9):
            x, y = middle + rng.gauss(0, length * 0.22), middle + rng.gauss(0, length * 0.22)
            draw.ellipse((x - 5, y - 3, x + 5, y + 3), fill=(226, 196, 140), outline=stops[0])
        draw.line((middle - 6, middle + 4, middle + 12, middle - 9), fill=(58, 84, 34), width=2)
    elif marks == "grains":
        for _ in range(60):
            x, y = middle + rng.uniform(-0.5, 0.5) * length, middle + rng.uniform(-0.5, 0.5) * length
            draw.ellipse((x - 3, y - 2, x + 3, y + 2), fill=stops[rng.choice((1, 2, 2))])
            draw.arc((x - 3, y - 2, x + 3, y + 3), 10, 170, fill=stops[0])
    elif marks == "bean":
        reach = length * 0.42
        dx, dy = math.cos(turn) * reach, math.sin(turn) * reach
        draw.line((middle - dx, middle - dy, middle + dx, middle + dy), fill=(24, 12, 6), width=3)
        draw.line((middle - dx, middle - dy + 2, middle + dx, middle + dy + 2), fill=stops[2], width=1)
    elif marks == "mottle":
        for _ in range(5):
            x, y = middle + rng.gauss(0, length * 0.2), middle + rng.gauss(0, length * 0.2)
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), outline=stops[1])


def assortment(rng, kind, count=9, scale=1.0):
    """Several pieces of a kind, to be placed many times."""
    return [morsel(rng, kind, scale) for _ in range(count)]


def drop(target, piece, x, y):
    """Put a piece with its middle at (x, y), a small shadow under it."""
    left, top = round(x - piece.size[0] / 2), round(y - piece.size[1] / 2)
    target.paste((40, 22, 10), (left + 3, top + 5), piece.shadow)
    target.paste(piece.image, (left, top), piece.mask)


def filling(rng, kind, size=(420, 520), scale=1.0):
    """A picture full of pieces, as seen through the side of a jar."""
    stops = KINDS[kind][0]
    picture = Image.new("RGB", size, tuple(c // 2 for c in stops[0]))
    pieces = assortment(rng, kind, 8, scale)
    step = max(13, KINDS[kind][1] * scale * 0.56)
    spots = []
    for row in range(round(size[1] / step) + 2):
        for column in range(round(size[0] / step) + 2):
            spots.append((column * step + rng.uniform(-0.5, 0.5) * step, row * step + rng.uniform(-0.5, 0.5) * step))
    rng.shuffle(spots)
    for x, y in spots:
        drop(picture, rng.choice(pieces), x, y)
    return picture


def heap(scene, kind, cx, cy, rx, ry, rise, scale=1.0, density=1.0):
    """A heap over an ellipse at (cx, cy), `rise` high in the middle."""
    rng = scene.rng
    pieces = assortment(rng, kind, 10, scale)
    length = KINDS[kind][1] * scale
    stops = KINDS[kind][0]
    rim = [(cx + rx * x, cy + _fore(x) * ry) for x in (step / 12 - 1 for step in range(25))]
    crest = [(cx + rx * x, cy - _crest(x) * rise) for x in (1 - step / 12 for step in range(25))]
    scene.image.paste(shade(stops[0], 0.55), (0, 0), polygon_mask(scene.size, rim + crest))
    spots = []
    for index in range(round(density * 3.6 * rx * (ry + rise * 0.66) / (length * length * 0.42))):
        x = 1.94 * (index * 0.7548776662 % 1) - 0.97  # two irrational steps cover the heap evenly
        top, low = -_crest(x) * rise, _fore(x) * ry
        y = top + (low - top) * (index * 0.5698402910 % 1)
        spots.append((cy + y + rng.uniform(-6, 6), cx + x * rx + rng.uniform(-8, 8)))
    for y, x in sorted(spots):
        drop(scene.image, rng.choice(pieces), x, y)


def _crest(x):
    """Height of a heap's outline at x (-1..1), as a share."""
    return 1 - abs(x) ** 2.2


def _fore(x):
    """Near edge of a heap's foot at x (-1..1), as a share."""
    return math.sqrt(1 - x * x) * 0.92


def scatter(scene, kind, spots, scale=1.0):
    """Single pieces on the surface."""
    rng = scene.rng
    for x, y in spots:
        piece = morsel(rng, kind, scale)
        scene.contact(x + 4, y + piece.size[1] * 0.3, piece.size[0] * 0.44, piece.size[1] * 0.16, 0.5)
        scene.place(piece, x - piece.size[0] / 2, y - piece.size[1] / 2)
