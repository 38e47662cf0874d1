"""Small edible things: chips, crackers, biscuits, beans; alone, heaped or filling a jar."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures.noise import field_from, fractal, levels, relight, tint
from demo.pictures.shapes import Sprite, ellipse, polygon_mask, rotated, smooth

# (colours dark to bright, length, width over length, wobble, marks)
KINDS = {
    "emping": (((196, 160, 96), (232, 208, 150), (248, 234, 190)), 66, 0.92, 0.09, "mottle"),
    "singkong": (((190, 132, 48), (234, 188, 92), (252, 226, 150)), 70, 0.72, 0.1, "curl"),
    "pisang": (((170, 102, 30), (220, 156, 62), (246, 204, 116)), 78, 0.42, 0.06, "curl"),
    "tempe": (((132, 78, 26), (196, 134, 56), (232, 184, 104)), 72, 0.9, 0.06, "beans"),
    "rengginang": (((170, 120, 62), (224, 184, 122), (250, 228, 184)), 70, 0.94, 0.12, "grains"),
    "ubi-ungu": (((66, 28, 70), (112, 60, 118), (160, 106, 162)), 68, 0.8, 0.1, "curl"),
    "nastar": (((176, 104, 24), (228, 164, 58), (250, 214, 122)), 58, 0.96, 0.03, "ball"),
    "putri-salju": (((190, 180, 168), (232, 226, 216), (252, 250, 246)), 58, 0.6, 0.05, "ball"),
    "kopi": (((36, 18, 10), (72, 40, 22), (112, 70, 42)), 34, 0.7, 0.03, "bean"),
    "kacang": (((148, 88, 40), (200, 140, 76), (232, 184, 124)), 30, 0.72, 0.05, "ball"),
    "cokelat": (((40, 20, 12), (84, 48, 28), (126, 80, 52)), 56, 0.96, 0.03, "ball"),
    "teh": (((26, 24, 12), (58, 50, 26), (96, 84, 46)), 26, 0.22, 0.2, "plain"),
}
SNACKS = ("emping", "singkong", "pisang", "tempe", "rengginang", "ubi-ungu")
BISCUITS = ("nastar", "putri-salju", "cokelat", "kacang")


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
    return Sprite(picture, mask)


def _relief(rng, mask, marks):
    """Light on the piece: a ball, a curled rim, or flat with a lit edge."""
    size = mask.size
    if marks in ("ball", "bean"):
        return field_from(lambda x, y: 172 - 110 * math.hypot(x - 0.36, y - 0.32), size, (12, 12))
    a, b = rng.uniform(-1, 1), rng.uniform(-1, 1)
    bend = field_from(
        lambda x, y: 124 - 44 * (x + y - 1) + 34 * math.sin(3 * (a * x + b * y) + a * 5), size, (10, 10)
    )
    rim = mask.filter(ImageFilter.GaussianBlur(size[0] / 16))
    edge = ImageChops.subtract(rim, ImageChops.offset(rim, 3, 3), 1.4, 128)
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


def drop(target, piece, x, y, dark=110):
    """Put a piece with its middle at (x, y), a small shadow under it."""
    left, top = round(x - piece.size[0] / 2), round(y - piece.size[1] / 2)
    target.paste((40, 22, 10), (left + 3, top + 5), levels(piece.mask, 0, dark))
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
            spots.append(
                (column * step + rng.uniform(-0.5, 0.5) * step, row * step + rng.uniform(-0.5, 0.5) * step)
            )
    rng.shuffle(spots)
    for x, y in spots:
        drop(picture, rng.choice(pieces), x, y, 130)
    return picture


def heap(scene, kind, cx, cy, rx, ry, rise, scale=1.0, density=1.0):
    """A heap over an ellipse at (cx, cy), `rise` high in the middle."""
    rng = scene.rng
    pieces = assortment(rng, kind, 10, scale)
    length = KINDS[kind][1] * scale
    count = round(density * 3.4 * rx * (ry + rise * 0.6) / (length * length * 0.42))
    spots = []
    for _ in range(count):
        angle, reach = rng.uniform(0, math.tau), math.sqrt(rng.random())
        x, z = math.cos(angle) * reach, math.sin(angle) * reach
        height = rise * (1 - reach**1.7)
        spots.append((z + height / (ry + 1) * 0.25, cx + x * rx, cy + z * ry - height))
    for _, x, y in sorted(spots):
        drop(scene.image, rng.choice(pieces), x, y)


def scatter(scene, kind, spots, scale=1.0):
    """Single pieces on the surface."""
    rng = scene.rng
    for x, y in spots:
        piece = morsel(rng, kind, scale)
        scene.contact(x + 4, y + piece.size[1] * 0.3, piece.size[0] * 0.44, piece.size[1] * 0.16, 0.5)
        scene.place(piece, x - piece.size[0] / 2, y - piece.size[1] / 2)
