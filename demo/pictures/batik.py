"""Cloth patterns of Central Java, drawn as tiles and repeated."""

import functools
import math

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures import materials, palette
from demo.pictures.noise import fractal, levels, mix, noise, relight
from demo.pictures.shapes import ellipse, moved, rotated, smooth

FINE = 3


def cloth(rng, kind, size, dyes=None, scale=1.0):
    """A flat piece of cloth: pattern, uneven dye and the weave."""
    dyes = dyes or palette.pick(rng, palette.DYES)
    picture = PATTERNS[kind](rng, size, dyes, scale)
    cloud = levels(fractal(rng, size, (5, 6), 2), 112, 142)
    weave = materials.take(rng, materials.weave_light(), size)
    return relight(picture, Image.blend(cloud, weave, 0.5))


def hem(picture, dyes, depth=70, edge="bottom"):
    """Put a border of tumpal (a row of spires) on the lower edge of a cloth."""
    width, height = picture.size
    ground, figure, line, accent = dyes
    tile = Image.new("RGB", (60 * FINE, depth * FINE), line)
    draw = ImageDraw.Draw(tile)
    w, h = tile.size
    draw.rectangle((0, 0, w, 5 * FINE), fill=accent)
    draw.rectangle((0, h - 9 * FINE, w, h - 4 * FINE), fill=accent)
    for share, colour in ((1.0, figure), (0.82, ground), (0.5, accent), (0.28, line)):
        base, half = h - 11 * FINE, w / 2 * share * 0.94
        top = base - (h - 20 * FINE) * share
        draw.polygon([(w / 2 - half, base), (w / 2, top), (w / 2 + half, base)], fill=colour)
    for x in (0, w):
        draw.ellipse((x - 4 * FINE, 12 * FINE, x + 4 * FINE, 20 * FINE), fill=figure)
    strip = materials.tiled(tile.reduce(FINE), (width, depth))
    picture.paste(strip, (0, height - depth))
    return picture


def _tile(side, colour):
    tile = Image.new("RGB", (side * FINE, side * FINE), colour)
    return tile, ImageDraw.Draw(tile)


def kawung(rng, size, dyes, scale):
    return materials.tiled(_kawung_tile(tuple(dyes), scale), size)


@functools.lru_cache(64)
def _kawung_tile(dyes, scale):
    """Four palm fruits about each crossing."""
    ground, figure, line, accent = dyes
    side = round(76 * scale)
    tile, draw = _tile(side, ground)
    big = side * FINE
    half = big / 2
    for turn in range(4):
        angle = math.pi / 4 + turn * math.pi / 2
        reach = half * math.sqrt(2) / 2
        cx, cy = half + math.cos(angle) * reach, half + math.sin(angle) * reach
        for rx, ry, colour in (
            (0.94, 0.50, line),
            (0.88, 0.45, figure),
            (0.70, 0.30, mix(figure, accent, 0.5)),
            (0.64, 0.25, figure),
        ):
            draw.polygon(rotated(ellipse(cx, cy, reach * rx, reach * ry, 40), angle, cx, cy), fill=colour)
        for shift in (-0.3, 0.3):
            x, y = cx + math.cos(angle) * reach * shift, cy + math.sin(angle) * reach * shift
            radius = reach * 0.085
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=line)
    for cx, cy in ((half, half), (0, 0), (big, 0), (0, big), (big, big)):
        _diamond(draw, cx, cy, big * 0.075, accent)
        _diamond(draw, cx, cy, big * 0.04, figure)
    for cx, cy in ((half, 0), (half, big), (0, half), (big, half)):
        _cross_dots(draw, cx, cy, big * 0.075, figure)
        _diamond(draw, cx, cy, big * 0.035, accent)
    return tile.reduce(FINE)


def _diamond(draw, cx, cy, r, colour):
    draw.polygon([(cx, cy - r), (cx + r, cy), (cx, cy + r), (cx - r, cy)], fill=colour)


def _cross_dots(draw, cx, cy, reach, colour):
    r = reach * 0.22
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        x, y = cx + dx * reach, cy + dy * reach
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def parang(rng, size, dyes, scale):
    return materials.tiled(_parang_tile(tuple(dyes), scale), size)


@functools.lru_cache(64)
def _parang_tile(dyes, scale):
    """Slanting rows of blades, with rows of lozenges (mlinjon) between them."""
    ground, figure, line, accent = dyes
    pitch = 30 * scale  # along a row; a row is three pitches wide
    side = round(pitch * 3 * math.sqrt(2))
    tile, draw = _tile(side, ground)
    unit = side * FINE / (3 * math.sqrt(2))
    blade = smooth(
        [
            (-0.1, -1.02),
            (0.42, -0.72),
            (0.3, -0.1),
            (0.56, 0.5),
            (0.16, 1.02),
            (-0.3, 0.66),
            (-0.16, 0.08),
            (-0.42, -0.5),
        ],
        6,
    )
    for row in range(-1, 3):
        for place in range(-5, 8):
            u, v = place + 0.5, row * 3 + 1.5
            _parang_unit(draw, u, v, unit, blade, (figure, line, accent))
        for place in range(-12, 16):
            cx, cy = _slant(place * 0.5, row * 3, unit)
            _diamond(draw, cx, cy, unit * 0.3, figure if place % 2 else accent)
    return tile.reduce(FINE)


def _parang_unit(draw, u, v, unit, blade, colours):
    figure, line, accent = colours
    for grow, colour in ((1.0, figure), (0.74, line), (0.56, figure), (0.26, accent)):
        points = [(u + x * grow * 0.92, v + y * (1 - (1 - grow) * 0.45) * 1.12) for x, y in blade]
        draw.polygon([_slant(x, y, unit) for x, y in points], fill=colour)


def _slant(u, v, unit):
    half = math.sqrt(0.5)
    return (u * half - v * half) * unit, (u * half + v * half) * unit


def ceplok(rng, size, dyes, scale):
    return materials.tiled(_ceplok_tile(tuple(dyes), scale, rng.choice((8, 8, 12))), size)


@functools.lru_cache(64)
def _ceplok_tile(dyes, scale, petals):
    """Rosettes in a square lattice."""
    ground, figure, line, accent = dyes
    side = round(104 * scale)
    tile, draw = _tile(side, ground)
    big = side * FINE
    half = big / 2
    _rosette(draw, half, half, half * 0.86, petals, (figure, line, accent))
    for cx, cy in ((0, 0), (big, 0), (0, big), (big, big)):
        _rosette(draw, cx, cy, half * 0.44, 8, (accent, line, figure))
    for cx, cy in ((half, 0), (half, big), (0, half), (big, half)):
        _cross_dots(draw, cx, cy, half * 0.13, figure)
        _diamond(draw, cx, cy, half * 0.07, accent)
    return tile.reduce(FINE)


def _rosette(draw, cx, cy, radius, petals, colours):
    outer, line, inner = colours
    petal = [(0.2, 0.0), (0.5, 0.155), (0.82, 0.16), (1.0, 0.0), (0.82, -0.16), (0.5, -0.155)]
    shape = smooth(petal, 5)
    for turn in range(petals):
        angle = turn * math.tau / petals
        for grow, colour in ((1.0, outer), (0.72, line), (0.52, inner)):
            points = [(0.6 + (x - 0.6) * grow, y * grow * 8 / petals * 1.5) for x, y in shape]
            draw.polygon(rotated(moved(points, cx, cy, radius), angle, cx, cy), fill=colour)
    for share, colour in ((0.3, line), (0.25, outer), (0.14, inner), (0.06, line)):
        r = radius * share
        draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=colour)


def truntum(rng, size, dyes, scale):
    return materials.tiled(_truntum_tile(tuple(dyes), scale), size)


@functools.lru_cache(64)
def _truntum_tile(dyes, scale):
    """Scattered small star flowers on a dotted ground."""
    ground, figure, line, accent = dyes
    side = round(66 * scale)
    tile, draw = _tile(side, ground)
    big = side * FINE
    step = big / 11
    for row in range(11):
        for column in range(11):
            x, y = (column + 0.5) * step, (row + 0.5) * step
            draw.ellipse((x - 2, y - 2, x + 2, y + 2), fill=mix(ground, accent, 0.6))
    for cx, cy, r in (
        (big / 2, big / 2, 0.33),
        (0, 0, 0.24),
        (big, 0, 0.24),
        (0, big, 0.24),
        (big, big, 0.24),
    ):
        _rosette(draw, cx, cy, big * r, 8, (figure, line, accent))
    return tile.reduce(FINE)


def lurik(rng, size, dyes, scale):
    """Hand-woven stripes along the warp."""
    ground, figure, line, accent = dyes
    colours = (ground, ground, line, figure, accent, mix(ground, line, 0.5))
    repeat = []
    while sum(width for width, _ in repeat) < 150 * scale:
        repeat.append((rng.choice((3, 4, 6, 9, 14, 24)) * scale, rng.choice(colours)))
    repeat += repeat[-2::-1]
    width = max(8, round(sum(band for band, _ in repeat)))
    tile = Image.new("RGB", (width, 8), ground)
    draw = ImageDraw.Draw(tile)
    x = 0.0
    for band, colour in repeat:
        draw.rectangle((round(x), 0, round(x + band) - 1, 8), fill=colour)
        x += band
    picture = materials.tiled(tile, size)
    threads = levels(noise(rng, size, (size[0] / 2, size[1] / 90)), 104, 152)
    return relight(picture, threads)


def tenun(rng, size, dyes, scale):
    """Ikat: stepped lozenges whose edges feather along the warp, between narrow bands."""
    ground, figure, line, accent = dyes
    cell, across, down = max(3, round(6 * scale)), 16, 26
    tile = Image.new("RGB", (across, down), ground)
    for row in range(down):
        for column in range(across):
            colour = _ikat(column, row, across, (ground, figure, line, accent))
            tile.putpixel((column, row), colour)
    tile = tile.resize((across * cell, down * cell), Image.Resampling.NEAREST)
    picture = materials.tiled(tile, size)
    feather = noise(rng, size, (size[0] / 2, size[1] / 26))
    moved_up = picture.transform(size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, cell * 0.9))
    picture.paste(
        moved_up.crop((0, 0, size[0], size[1] - cell)),
        (0, 0),
        levels(feather, -200, 420).crop((0, 0, size[0], size[1] - cell)),
    )
    return picture.filter(ImageFilter.BoxBlur(0.7))


def _ikat(column, row, across, dyes):
    ground, figure, line, accent = dyes
    if row in (0, 1, 8, 9):
        return accent if row in (0, 9) else line
    if row in range(2, 8):
        return figure if (column + row) % 4 == 0 or (column - row) % 4 == 0 else ground
    distance = abs(column - across / 2 + 0.5) + abs(row - 17.5)
    if distance < 1.5:
        return accent
    if distance < 3.5:
        return line
    if distance < 6.5:
        return figure
    if distance < 7.5:
        return accent
    return figure if distance > 13.5 else ground


def jumputan(rng, size, dyes, scale):
    """Tie-dye: rings where the cloth was bound."""
    ground, figure, line, accent = dyes
    half = (size[0] // 2 + 1, size[1] // 2 + 1)  # the dye runs: half the size is sharp enough
    picture = Image.new("RGB", half, ground)
    draw = ImageDraw.Draw(picture)
    step = 60 * scale
    rings = ((0.42, figure), (0.33, accent), (0.22, figure), (0.13, line), (0.07, figure))
    for row in range(-1, round(half[1] / step) + 2):
        for column in range(-1, round(half[0] / step) + 2):
            cx = (column + 0.5 * (row % 2)) * step + rng.uniform(-3, 3)
            cy = row * step * 0.87 + rng.uniform(-3, 3)
            for share, colour in rings:
                draw.polygon(_bound_ring(rng, cx, cy, step * share), fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.8)).resize(size, Image.Resampling.BILINEAR)


def _bound_ring(rng, cx, cy, radius):
    """An uneven circle, as thread leaves it."""
    points = []
    for step in range(18):
        reach = radius * rng.uniform(0.9, 1.12)
        angle = step / 18 * math.tau
        points.append((cx + math.cos(angle) * reach, cy + math.sin(angle) * reach))
    return smooth(points, 2)


PATTERNS = {
    "kawung": kawung,
    "parang": parang,
    "ceplok": ceplok,
    "truntum": truntum,
    "lurik": lurik,
    "tenun": tenun,
    "jumputan": jumputan,
}
