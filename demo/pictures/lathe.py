"""Round things: a profile turned about an upright axis, seen from a little above.

The surface is painted in its own space (left to right edge, top to bottom), where the reflections of a
studio's soft boxes are simple upright bands; a mesh then bends it to the profile.
"""

import functools
import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

from demo.pictures.noise import field_from, levels, relight
from demo.pictures.shapes import Sprite, ellipse, polygon_mask, smooth

TILT = 0.24  # height of a circle seen from the side, as a share of its width


def profile(*points):
    """Radius at each height: a smooth function of 0 (top) .. 1 (foot) through (height, radius) points."""
    path = smooth(list(points), 10, closed=False)

    def radius(t):
        if t <= path[0][0]:
            return path[0][1]
        for (ta, ra), (tb, rb) in pairwise(path):
            if t <= tb:
                return ra + (rb - ra) * (t - ta) / max(tb - ta, 1e-6)
        return path[-1][1]

    return radius


def turn(radius, height, surface, gloss=0.5, tilt=TILT):
    """Cut-out of the body: `surface` (any RGB picture, wrapped half round) on the profile.

    The picture's top is the level of the uppermost rim's far edge, its bottom the near edge of the foot.
    """
    samples = [radius(step / 40) for step in range(41)]
    widest = max(samples)
    width = math.ceil(widest) * 2 + 4
    top, foot = tilt * samples[0], tilt * samples[-1]
    total = math.ceil(top + height + foot) + 2
    cx = width / 2
    painted = _light(_wrap(surface, widest * tilt / height, _grain(widest)), samples, gloss)
    body = _bend(painted, samples, (width, total), cx, top, height, foot)
    left = [(cx - samples[i], top + height * i / 40) for i in range(41)]
    right = [(cx + samples[i], top + height * i / 40) for i in range(40, -1, -1)]
    under = ellipse(cx, top + height, samples[-1], foot, 32, math.pi, 0)
    over = ellipse(cx, top, samples[0], top, 32, 0, -math.pi)
    mask = polygon_mask((width, total), left + under + right + over)
    return Sprite(body, mask)


def _grain(widest):
    """Size at which a surface is painted: as fine as it will be seen."""
    return next(
        size for size in ((150, 200), (240, 320), (360, 480), (480, 640)) if size[0] >= widest * 1.7 or size[0] == 480
    )


def _wrap(surface, bulge, size):
    """The surface as seen on a cylinder: narrow towards the edges, bands sagging in the middle."""
    width, height = size
    source_w, source_h = surface.size
    scale = (source_h - 1) / (1 + bulge)
    columns, mesh = 20, []
    for index in range(columns):
        edges = (index / columns, (index + 1) / columns)
        u = [0.5 + math.asin(2 * edge - 1) / math.pi for edge in edges]
        sag = [math.sqrt(max(0.0, 1 - (2 * edge - 1) ** 2)) * bulge for edge in edges]
        x = [value * (source_w - 1) for value in u]
        tops = [(bulge - value) * scale for value in sag]
        quad = (x[0], tops[0], x[0], scale + tops[0], x[1], scale + tops[1], x[1], tops[1])
        box = (round(edges[0] * width), 0, round(edges[1] * width), height)
        mesh.append((box, quad))
    return surface.transform((width, height), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _light(painted, samples, gloss):
    """Shade by the direction in which each part faces; then the soft boxes' reflections."""
    slopes = [samples[min(i + 1, 40)] - samples[max(i - 1, 0)] for i in range(41)]
    widest = max(samples)
    down = [max(28, min(228, round(128 + 102 * slope / widest))) for slope in slopes]
    upright = Image.frombytes("L", (1, 41), bytes(down)).resize(painted.size, Image.Resampling.BICUBIC)
    lit = relight(painted, ImageChops.add(_round_light(painted.size), upright, 1, -128))
    if gloss:
        lit.paste((255, 253, 248), (0, 0), levels(_soft_box(painted.size, round(gloss * 10)), 0, 235 * gloss))
    return lit


@functools.cache
def _round_light(size):
    """Light on an upright cylinder, with a little light coming back at the right edge."""

    def light(x, _):
        across = 2 * x - 1
        facing = math.sqrt(max(0.0, 1 - across * across))
        return max(22, 36 + 100 * (0.72 * facing - 0.46 * across)) + 26 * max(0.0, across - 0.72) / 0.28

    return field_from(light, size, (32, 2))


@functools.cache
def _soft_box(size, sharp):
    """Reflection of a tall window at the left and a thin one at the right."""
    mask = polygon_mask(
        (360, 480),
        [(40, 60), (78, 50), (86, 340), (52, 350)],
        [(322, 70), (332, 74), (330, 330), (320, 330)],
    )
    return mask.filter(ImageFilter.GaussianBlur(max(3, 15 - sharp * 1.5))).resize(size)


def _bend(painted, samples, size, cx, top, height, foot):
    total = size[1]
    rows, mesh = min(72, total // 2), []
    for index in range(rows):
        y0, y1 = round(index * total / rows), round((index + 1) * total / rows)
        radius = max(_sample(samples, (y - top) / height * 40) for y in (y0, y1)) + 1.5
        x0, x1 = max(0, math.floor(cx - radius) - 1), min(size[0], math.ceil(cx + radius) + 1)
        v0, v1 = y0 / total * painted.height, y1 / total * painted.height
        u0 = (x0 - cx + radius) / (2 * radius) * painted.width
        u1 = (x1 - cx + radius) / (2 * radius) * painted.width
        u0, u1 = max(0, u0), min(painted.width - 0.01, u1)
        mesh.append(((x0, y0, x1, y1), (u0, v0, u0, v1, u1, v1, u1, v0)))
    return painted.transform(size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _sample(samples, place):
    """Radius between two samples."""
    place = min(max(place, 0), len(samples) - 1.001)
    index = int(place)
    return samples[index] + (samples[index + 1] - samples[index]) * (place - index)


def disc(radius, picture, tilt=TILT, light=None):
    """Cut-out of a flat round face seen from above; `picture` is its face (square)."""
    width, height = math.ceil(radius) * 2 + 4, math.ceil(radius * tilt) * 2 + 4
    face = picture.resize((width, height), Image.Resampling.BILINEAR)
    if light is not None:
        face = relight(face, light.resize((width, height)))
    outline = ellipse(width / 2, height / 2, radius, radius * tilt, 72)
    return Sprite(face, polygon_mask((width, height), outline))


def hollow(radius, rim, colour_in, colour_rim, tilt=TILT):
    """Cut-out of an opening: the rim's ring and the shaded inside."""
    width, height = math.ceil(radius) * 2 + 4, math.ceil(radius * tilt) * 2 + 4
    cx, cy = width / 2, height / 2
    inside = Image.new("RGB", (width, height), colour_in)
    inside = relight(inside, _inner_light().resize((width, height)))
    ring = Image.new("RGB", (width, height), colour_rim)
    ring = relight(ring, _rim_light().resize((width, height)))
    inner = polygon_mask((width, height), ellipse(cx, cy + rim * tilt * 0.3, radius - rim, (radius - rim) * tilt, 64))
    ring.paste(inside, (0, 0), inner)
    return Sprite(ring, polygon_mask((width, height), ellipse(cx, cy, radius, radius * tilt, 64)))


@functools.cache
def _inner_light():
    """Inside of a vessel lit from the upper left: dark at the left, light on the far right wall."""
    return field_from(lambda x, y: 34 + 96 * x * (0.35 + 0.65 * y), (128, 64), (16, 12))


@functools.cache
def _rim_light():
    return field_from(lambda x, y: 168 - 60 * x - 14 * y, (128, 64), (16, 12))
