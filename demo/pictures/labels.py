"""Invented labels: an emblem, one generic word, thin rules. Nobody's brand."""

import functools
import math

from PIL import Image, ImageDraw, ImageFont

from demo.pictures import batik, palette
from demo.pictures.noise import mix
from demo.pictures.shapes import ellipse, moved, rotated, smooth

FINE = 2

SCHEMES = (
    ((246, 240, 226), (70, 40, 24), (168, 92, 44)),
    ((250, 248, 242), (34, 52, 96), (206, 150, 52)),
    ((92, 40, 30), (246, 230, 200), (222, 160, 84)),
    ((42, 62, 50), (240, 232, 206), (210, 168, 80)),
    ((34, 32, 32), (238, 226, 200), (204, 158, 72)),
    ((232, 196, 112), (70, 36, 18), (150, 46, 38)),
    ((216, 100, 62), (252, 242, 222), (70, 30, 20)),
    ((226, 214, 190), (58, 74, 50), (148, 58, 44)),
)


@functools.cache
def _font(size):
    return ImageFont.load_default(size)


def label(rng, size, word, scheme=None):
    """Picture of a printed label."""
    paper, ink, accent = scheme or rng.choice(SCHEMES)
    width, height = size[0] * FINE, size[1] * FINE
    picture = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(picture)
    layout = rng.choice(("frame", "band", "edge"))
    if layout == "frame":
        for inset, thick in ((0.035, 2), (0.055, 1)):
            gap = inset * width
            draw.rectangle((gap, gap, width - gap, height - gap), outline=ink, width=thick * FINE)
    elif layout == "band":
        draw.rectangle((0, height * 0.52, width, height * 0.74), fill=accent)
    else:
        _batik_edge(rng, picture, (ink, paper, ink, accent))
    _emblem(rng, draw, width / 2, height * 0.3, min(width, height) * 0.17, (paper, ink, accent))
    on_band = paper if layout == "band" else ink
    _word(draw, word, width, height * 0.63, min(width * 0.76, height * 0.9), height * 0.17, on_band)
    _fine_print(draw, width, height, mix(paper, ink, 0.6), layout)
    return picture.reduce(FINE)


def _batik_edge(rng, picture, dyes):
    width, height = picture.size
    deep = round(height * 0.13)
    strip = batik.PATTERNS[rng.choice(("kawung", "ceplok", "truntum"))](rng, (width, deep), dyes, deep / 130)
    picture.paste(strip, (0, 0))
    picture.paste(strip, (0, height - deep))


def _emblem(rng, draw, cx, cy, radius, colours):
    paper, ink, accent = colours
    kind = rng.choice(("flower", "leaf", "sun", "mountain"))
    if kind == "flower":
        petal = smooth([(0.15, 0), (0.6, 0.2), (1, 0), (0.6, -0.2)], 5)
        for turn in range(8):
            angle = turn * math.tau / 8
            draw.polygon(rotated(moved(petal, cx, cy, radius), angle, cx, cy), fill=accent if turn % 2 else ink)
    elif kind == "leaf":
        leaf = smooth([(0, 0), (0.4, -0.26), (1.1, 0), (0.4, 0.26)], 6)
        for angle, colour in ((-2.5, ink), (-0.65, ink), (-1.57, accent)):
            draw.polygon(
                rotated(moved(leaf, cx, cy + radius * 0.6, radius * 1.2), angle, cx, cy + radius * 0.6),
                fill=colour,
            )
    elif kind == "sun":
        draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=accent)
        draw.ellipse(
            (cx - radius * 0.8, cy - radius * 0.8, cx + radius * 0.8, cy + radius * 0.8),
            outline=paper,
            width=FINE * 2,
        )
        draw.polygon(moved(smooth([(-0.4, 0.3), (0, -0.6), (0.4, 0.3), (0, 0.5)], 6), cx, cy, radius), fill=paper)
    else:
        draw.polygon(ellipse(cx, cy, radius, radius, 40), fill=accent)
        draw.polygon(
            [
                (cx - radius, cy + radius * 0.7),
                (cx - radius * 0.2, cy - radius * 0.4),
                (cx + radius * 0.2, cy + radius * 0.1),
                (cx + radius * 0.5, cy - radius * 0.2),
                (cx + radius, cy + radius * 0.7),
            ],
            fill=ink,
        )
        draw.rectangle((cx - radius, cy + radius * 0.7, cx + radius, cy + radius * 1.02), fill=paper)


def _word(draw, word, width, y, room, tall, ink):
    size = max(8, round(tall))
    while size > 8 and _font(size).getlength(word) + size * 0.12 * len(word) > room:
        size -= 2
    gap = size * 0.12
    total = sum(_font(size).getlength(letter) for letter in word) + gap * (len(word) - 1)
    x = (width - total) / 2
    for letter in word:
        draw.text(
            (x, y),
            letter,
            font=_font(size),
            fill=ink,
            anchor="lm",
            stroke_width=max(0, size // 34),
            stroke_fill=ink,
        )
        x += _font(size).getlength(letter) + gap


def _fine_print(draw, width, height, ink, layout):
    y = height * (0.78 if layout != "edge" else 0.76)
    for share in (0.34, 0.22):
        draw.rectangle((width * (0.5 - share / 2), y, width * (0.5 + share / 2), y + height * 0.012), fill=ink)
        y += height * 0.04


def wrapped(rng, surface, word, top, bottom, share=0.5, scheme=None):
    """Stick a label on a surface that will be turned: `top`..`bottom` of its height, `share` of its width."""
    width, height = surface.size
    size = (round(width * share), round(height * (bottom - top)))
    picture = label(rng, size, word, scheme)
    surface.paste(picture, ((width - size[0]) // 2, round(height * top)))
    return surface


def plain_scheme(rng):
    """Colours of a label for which the pack's own colour is the paper."""
    ground = rng.choice(palette.PACKS)
    bright = sum(ground) > 380
    ink = (52, 30, 20) if bright else (246, 234, 208)
    accent = rng.choice(((206, 150, 52), (168, 62, 46), (52, 84, 120), (78, 104, 62)))
    return ground, ink, accent
