"""Surfaces: wood, linen, woven reeds, caning, leather, glaze, paper. All return RGB pictures of a size.

Large base fields are made once per process, from fixed seeds; a picture takes a random part of them.
"""

import functools
import math
import random

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures import palette
from demo.pictures.noise import bump, fractal, levels, noise, relight, rings, shade, tint

ATLAS = 1280


def take(rng, atlas, size):
    """A random part of an atlas, `size` large (stretched when larger than the atlas)."""
    width, height = min(size[0], atlas.width), min(size[1], atlas.height)
    x, y = rng.randint(0, atlas.width - width), rng.randint(0, atlas.height - height)
    part = atlas.crop((x, y, x + width, y + height))
    return part if part.size == tuple(size) else part.resize(size, Image.Resampling.BILINEAR)


def wood(rng, size, name="jati", across=False):
    """Sawn wood; the grain runs down, or across."""
    width, height = (size[1], size[0]) if across else size
    grain = take(rng, _wood(name), (width, height))
    return grain.transpose(Image.Transpose.ROTATE_90) if across else grain


@functools.cache
def _wood(name):
    rng = random.Random("wood")
    size = (ATLAS, ATLAS)
    figure = rings(fractal(rng, size, (5, 2), 2, 0.12), 13)
    streaks = fractal(rng, size, (220, 5), 2, 0.5)
    pores = noise(rng, size, (ATLAS // 2, 36))
    grain = Image.blend(Image.blend(figure, streaks, 0.58), pores, 0.22)
    grain = grain.filter(ImageFilter.GaussianBlur(0.7))
    cloud = levels(noise(rng, size, (7, 3)), 112, 144)
    return relight(tint(levels(grain, -30, 285), palette.WOODS[name]), cloud)


def linen(rng, size, colour):
    """Plain woven cloth."""
    return relight(Image.new("RGB", size, colour), take(rng, weave_light(), size))


@functools.cache
def weave_light():
    """Light on a fine plain weave with slubs."""
    rng = random.Random("linen")
    size = (ATLAS, ATLAS)
    warp, weft = noise(rng, size, (ATLAS // 2, 60)), noise(rng, size, (60, ATLAS // 2))
    return levels(Image.blend(warp, weft, 0.5), 108, 148)


@functools.cache
def plaster_light():
    """Light on a smoothed wall."""
    rng = random.Random("plaster")
    return levels(fractal(rng, (ATLAS, ATLAS), (7, 7), 4), 124, 132)


def leather(rng, size, name):
    """Smooth leather with fine pores and broad tone."""
    tone = levels(fractal(rng, size, (5, 5), 3), 90, 190)
    pores = take(rng, _pores(), size)
    return relight(tint(tone, palette.LEATHERS[name]), pores)


@functools.cache
def _pores():
    rng = random.Random("leather")
    field = noise(rng, (ATLAS, ATLAS), (ATLAS // 4, ATLAS // 4))
    return bump(levels(field, 100, 156), 0.7)


def paper(rng, size, colour):
    """Kraft or matt paper."""
    return relight(Image.new("RGB", size, colour), take(rng, _fibres(), size))


@functools.cache
def _fibres():
    rng = random.Random("paper")
    field = fractal(rng, (ATLAS, ATLAS), (ATLAS // 3, ATLAS // 6), 2)
    return levels(field, 120, 136)


def speckle(rng, size, stops, amount=0.5, cells=5):
    """Stoneware glaze: clouded colour with iron specks."""
    cloud = fractal(rng, size, (cells, cells), 3)
    picture = tint(levels(cloud, 96, 216), stops)
    if amount:
        specks = take(rng, _specks(), size)
        picture.paste(shade(stops[0], 0.6), (0, 0), levels(specks, 0, 255 * amount))
    return picture


@functools.cache
def _specks():
    rng = random.Random("specks")
    mask = Image.new("L", (ATLAS, ATLAS))
    draw = ImageDraw.Draw(mask)
    for _ in range(5200):
        x, y, r = rng.uniform(0, ATLAS), rng.uniform(0, ATLAS), rng.choice((0.6, 0.9, 1.3, 2.0))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=rng.randint(80, 255))
    return mask


@functools.cache
def _plait_cell(cell):
    """Height of two by two checks of flat strands, crossing over and under."""
    values = []
    for y in range(cell * 2):
        for x in range(cell * 2):
            fx, fy = (x % cell + 0.5) / cell * 2 - 1, (y % cell + 0.5) / cell * 2 - 1
            if (x // cell + y // cell) % 2:
                fx, fy = fy, fx
            values.append(round(255 * (1 - abs(fx) ** 8) * (0.62 + 0.38 * math.cos(fy * math.pi / 2))))
    return Image.frombytes("L", (cell * 2, cell * 2), bytes(values))


def tiled(tile, size):
    """The tile repeated over `size`, by doubling."""
    picture = Image.new(tile.mode, size)
    picture.paste(tile, (0, 0))
    width, height = tile.size
    while width < size[0]:
        picture.paste(picture.crop((0, 0, min(width, size[0] - width), height)), (width, 0))
        width *= 2
    while height < size[1]:
        picture.paste(picture.crop((0, 0, size[0], min(height, size[1] - height))), (0, height))
        height *= 2
    return picture


def plaited(rng, size, name="pandan", cell=14, accent=None):
    """Flat plaiting (anyaman), some strands dyed with the accent colour."""
    height = tiled(_plait_cell(cell), size)
    tone = noise(rng, size, (size[0] / cell / 2, size[1] / cell / 2))
    picture = tint(levels(tone, 90, 230), palette.REEDS[name])
    if accent:
        _dye_strands(rng, picture, cell, accent)
    return relight(relight(picture, levels(height, 70, 146)), bump(height, 0.35))


def _dye_strands(rng, picture, cell, accent):
    """Dye whole checks in a stepped diamond figure."""
    draw = ImageDraw.Draw(picture)
    period = rng.choice((6, 8, 10))
    for row in range(picture.height // cell + 1):
        for column in range(picture.width // cell + 1):
            a, b = abs(column % period - period // 2), abs(row % period - period // 2)
            if a + b in (period // 2, period // 2 - 2, 0):
                x, y = column * cell, row * cell
                draw.rectangle((x, y, x + cell - 1, y + cell - 1), fill=shade(accent, rng.uniform(0.85, 1.15)))


def wicker(rng, size, name="rotan", rib=22, strand=9):
    """Basket weave: thin strands passing before and behind upright ribs."""
    height = tiled(_rib_cell(rib, strand), size)
    tone = noise(rng, size, (size[0] / rib, size[1] / strand))
    picture = tint(levels(tone, 80, 235), palette.REEDS[name])
    return relight(relight(picture, levels(height, 24, 146)), bump(height, 0.3))


@functools.cache
def _rib_cell(rib, strand):
    values = []
    for y in range(strand * 2):
        row, phase = y // strand, (y % strand + 0.5) / strand
        round_y = (1 - (2 * phase - 1) ** 2) ** 0.5
        for x in range(rib * 2):
            place = (x + row * rib) % (rib * 2) / (rib * 2)
            over = 0.5 + 0.5 * _swing(place)
            values.append(max(0, min(255, round(20 + 235 * over * round_y))))
    return Image.frombytes("L", (rib * 2, strand * 2), bytes(values))


def _swing(place):
    """-1 (behind the rib) to 1 (before it), with steep turns."""
    wave = 1 - abs(4 * place - 2)
    return max(-1, min(1, wave * 1.5))


def caning(rng, size, name="rotan", cell=16):
    """Chair caning: (picture, mask) of the open hexagonal net."""
    tile = Image.new("L", (cell * 6, cell * 6))
    draw = ImageDraw.Draw(tile)
    big, thick = cell * 6, cell
    for shift in (0, big // 2):
        draw.line((shift, -big, shift, big * 2), fill=255, width=thick)
        draw.line((-big, shift, big * 2, shift), fill=255, width=thick)
    for shift in (-big, 0, big):
        draw.line((shift - big, -big, shift + big * 2, big * 2), fill=255, width=thick)
        draw.line((shift + big * 2, -big, shift - big, big * 2), fill=255, width=thick)
    net = tiled(tile.resize((cell, cell), Image.Resampling.BOX), size)
    tone = noise(rng, size, (size[0] / 6, size[1] / 6))
    picture = relight(tint(levels(tone, 110, 230), palette.REEDS[name]), bump(net, 0.25))
    return picture, net
