"""Ceramics and brass: vases, bowls, plates, jugs, cups."""

import functools
import math

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures import materials, palette
from demo.pictures.lathe import TILT, disc, hollow, profile, turn
from demo.pictures.noise import field_from, fractal, levels, mix, noise, relight, shade, tint
from demo.pictures.shapes import Sprite, bounds, ellipse, line_mask, moved, polygon_mask, rotated, smooth

VASES = (
    ((0, 0.34), (0.06, 0.3), (0.2, 0.28), (0.42, 0.8), (0.58, 0.98), (0.8, 0.82), (1, 0.5)),
    ((0, 0.5), (0.08, 0.42), (0.2, 0.44), (0.4, 0.9), (0.55, 1.0), (0.78, 0.74), (1, 0.44)),
    ((0, 0.26), (0.1, 0.2), (0.36, 0.22), (0.55, 0.7), (0.72, 0.98), (0.9, 0.84), (1, 0.62)),
    ((0, 0.62), (0.1, 0.56), (0.24, 0.66), (0.36, 0.92), (0.5, 1.0), (0.7, 0.8), (1, 0.46)),
    ((0, 0.42), (0.08, 0.36), (0.16, 0.5), (0.28, 0.9), (0.38, 1.0), (0.7, 0.66), (1, 0.42)),
)
BOWLS = (
    ((0, 1.0), (0.3, 0.95), (0.6, 0.78), (0.85, 0.5), (0.93, 0.42), (1, 0.44)),
    ((0, 1.0), (0.35, 0.98), (0.7, 0.86), (0.9, 0.6), (0.95, 0.5), (1, 0.5)),
    ((0, 1.0), (0.25, 0.84), (0.55, 0.64), (0.85, 0.42), (0.92, 0.36), (1, 0.42)),
)


def scaled(points, radius):
    """Profile of a table of (height, share of the radius)."""
    return profile(*[(t, r * radius) for t, r in points])


def glaze(rng, size=(420, 520), name=None):
    """Surface of a thrown pot: glaze, perhaps dipped in a second, banded or brushed."""
    first = palette.GLAZES[name] if name else palette.pick(rng, palette.GLAZES)
    surface = materials.speckle(rng, size, first, rng.choice((0, 0.25, 0.5)))
    kind = rng.choice(("plain", "dipped", "bands", "brushed", "dipped"))
    if kind == "dipped":
        _dip(rng, surface, palette.pick(rng, palette.GLAZES))
    elif kind == "bands":
        _bands(rng, surface, palette.pick(rng, palette.GLAZES))
    elif kind == "brushed":
        _brush(rng, surface, rng.choice((palette.INK, palette.DYES["wedel"][0], palette.DYES["sogan"][0])))
    throwing = levels(noise(rng, size, (2, 46)), 118, 138)
    return relight(surface, throwing), first


def _dip(rng, surface, stops):
    width, height = surface.size
    level = rng.uniform(0.3, 0.62) * height
    drips = [(x, level + rng.uniform(-8, 20)) for x in range(-20, width + 40, 26)]
    mask = polygon_mask(surface.size, [(-20, -5), *smooth(drips, 5, closed=False), (width + 20, -5)])
    second = materials.speckle(rng, surface.size, stops, 0.3)
    edge = mask.filter(ImageFilter.GaussianBlur(5))
    surface.paste(shade(stops[0], 0.8), (0, 0), levels(edge, 0, 120))
    surface.paste(second, (0, 0), mask)


def _bands(rng, surface, stops):
    draw = ImageDraw.Draw(surface)
    y, height = rng.uniform(0.16, 0.3) * surface.height, surface.height
    for _ in range(rng.randint(2, 5)):
        thick = rng.choice((4, 7, 16, 30))
        draw.rectangle((0, y, surface.width, y + thick), fill=stops[rng.randint(0, 1)])
        y += thick + rng.choice((10, 18, 40))
        if y > height * 0.8:
            break


def _brush(rng, surface, ink):
    """Leaf sprays painted round the belly."""
    width, height = surface.size
    y = rng.uniform(0.42, 0.52) * height
    count = rng.choice((3, 4, 5))
    leaves, stems = [], []
    for index in range(count):
        cx = (index + 0.5) * width / count
        stems.append([(cx, y + 62), (cx + 6, y), (cx, y - 62)])
        for step in range(5):
            for side in (-1, 1):
                leaf = smooth([(0, 0), (16, -9), (36, -2), (16, 7)], 4)
                points = rotated(leaf, -0.7 if side > 0 else math.pi + 0.7)
                leaves.append([(cx + 2 + x, y - 52 + step * 24 + dy) for x, dy in points])
    mask = Image.new("L", surface.size)
    mask.paste(255, (0, 0), polygon_mask(surface.size, *leaves))
    mask.paste(255, (0, 0), line_mask(surface.size, *stems, width=3.4))
    surface.paste(ink, (0, 0), levels(mask, 0, 215))


def pot(scene, points, radius, height, cx, base, surface, stops, gloss, rim=5, tilt=TILT, inside=None, holds=None):
    """An open vessel with its shadow, standing at `base`; returns the level of its mouth's middle.

    `holds(top)` draws what stands in it, before the near wall is drawn.
    """
    shape = scaled(points, radius)
    body = turn(shape, height, surface, gloss, tilt)
    foot = shape(1)
    scene.stand(body, cx, base, foot=(foot, foot * tilt))
    mouth = hollow(shape(0), rim, inside or shade(stops[1], 0.8), mix(stops[-1], palette.WHITE, 0.25), tilt)
    top = base - body.size[1] + shape(0) * tilt
    scene.place(mouth, cx - mouth.size[0] / 2, top - mouth.size[1] / 2)
    if holds:
        holds(top)
        near = _near_wall(body, shape(0), tilt, rim)
        scene.place(near, cx - body.size[0] / 2, base - body.size[1])
    return top


def _near_wall(body, radius, tilt, rim):
    """The part of a vessel's body below the near edge of its mouth."""
    middle, reach = body.size[0] / 2, radius - rim
    edge = ellipse(middle, radius * tilt, reach, reach * tilt + 1, 40, 0, math.pi)
    mask = body.mask.copy()
    mask.paste(
        0,
        (0, 0),
        polygon_mask(mask.size, [(0, radius * tilt), (0, 0), (mask.width, 0), (mask.width, radius * tilt), *edge]),
    )
    return Sprite(body.image, mask)


def vase(scene):
    rng = scene.rng
    scene.studio()
    points = rng.choice(VASES)
    surface, stops = glaze(rng)
    height, radius = rng.randint(430, 520), rng.randint(165, 215)
    base = rng.randint(850, 885)
    gloss = rng.choice((0.15, 0.5, 0.7))
    cx = 400
    companion = rng.random() < 0.45
    if companion:
        side = rng.choice((-1, 1))
        cx = 400 - side * 88
        other, tone = glaze(rng)
        pot(
            scene,
            rng.choice(VASES + BOWLS),
            rng.randint(92, 118),
            rng.randint(140, 235),
            400 + side * 190,
            base - 62,
            other,
            tone,
            gloss,
        )
    holds = (lambda top: stems(scene, cx, top, rng)) if rng.random() < 0.55 else None
    pot(scene, points, radius, height, cx, base, surface, stops, gloss, holds=holds)


def stems(scene, cx, y, rng):
    """Dry grasses standing in a vase."""
    strokes, ears = [], []
    for _ in range(rng.randint(7, 11)):
        lean = rng.uniform(-120, 120)
        reach = rng.uniform(150, 300)
        tip = (cx + lean, max(30, y - reach))
        strokes.append(smooth([(cx + lean * 0.06, y + 12), (cx + lean * 0.3, y - reach * 0.45), tip], 8, closed=False))
        tilt = math.atan2(tip[1] - y, lean * 0.9)
        ear = smooth([(0, 0), (16, -6), (46, -5), (66, 0), (46, 6), (16, 6)], 4)
        ears.append([(tip[0] + px, tip[1] + py) for px, py in rotated([(x - 40, e) for x, e in ear], tilt)])
    colour = rng.choice(((176, 144, 92), (206, 182, 140), (120, 116, 74)))
    mask = line_mask(scene.size, *strokes, width=2.4)
    scene.drop_shadow(mask, 0, 0, 50, 24, 0.2)
    scene.image.paste(shade(colour, 0.8), (0, 0), mask)
    puffs = polygon_mask(scene.size, *ears)
    scene.image.paste(
        tint(fractal(rng, scene.size, (200, 240), 1), (shade(colour, 0.75), shade(colour, 1.2))),
        (0, 0),
        puffs,
    )


def bowl(scene):
    rng = scene.rng
    scene.studio(0.5)
    tilt = 0.34
    count = rng.choice((1, 1, 2, 3))
    points = BOWLS[0] if count > 1 else rng.choice(BOWLS)

    def nest(left, radius, base):
        surface, stops = glaze(rng)
        lift, less = rng.randint(44, 56), rng.randint(5, 10)
        holds = (lambda top: nest(left - 1, radius - less, base - lift)) if left > 1 else None
        pot(scene, points, radius, radius * 0.84, 400, base, surface, stops, 0.5, 6, tilt, holds=holds)

    nest(count, rng.randint(265, 300), rng.randint(835, 865))


def dish(rng, radius, stops=None, tilt=0.36):
    """Cut-out of a round plate: rim, well and painted ring."""
    stops = stops or palette.pick(rng, palette.GLAZES)
    face = materials.speckle(rng, (360, 360), stops, rng.choice((0, 0.3)))
    draw = ImageDraw.Draw(face)
    if rng.random() < 0.5:
        for inset, width in ((12, 5), (22, 2)):
            draw.ellipse((inset, inset, 360 - inset, 360 - inset), outline=shade(stops[0], 0.9), width=width)
    light = _dish_field()
    return disc(radius, face, tilt, light)


@functools.cache
def _dish_field():
    return field_from(lambda x, y: _dish_light(x - 0.5, y - 0.5), (180, 180), (60, 60))


def _dish_light(x, y):
    reach = math.hypot(x, y) * 2
    turn_ = (x + y) / max(math.hypot(x, y), 0.01)
    if reach > 0.95:
        return 140 - 26 * turn_
    if reach > 0.7:
        return 132 + 6 * turn_
    if reach > 0.58:
        return 124 + 36 * turn_ * math.sin((reach - 0.58) / 0.12 * math.pi)
    return 128 - 6 * turn_


def put_dish(scene, cx, cy, radius, stops=None, tilt=0.36):
    """A plate on the surface, with a thin edge below; returns its middle."""
    rng = scene.rng
    plate = dish(rng, radius, stops, tilt)
    scene.contact(cx + 16, cy + radius * tilt * 0.45, radius * 0.98, radius * tilt * 0.78, 0.62)
    under = Image.new("RGB", plate.size, shade(palette.INK, 1.6))
    under.paste(relight(plate.image, Image.new("L", plate.size, 84)), (0, 0))
    scene.place(Sprite(under, plate.mask), cx - plate.size[0] / 2, cy - plate.size[1] / 2 + 9)
    scene.place(plate, cx - plate.size[0] / 2, cy - plate.size[1] / 2)


def plates(scene):
    rng = scene.rng
    scene.studio(0.44)
    radius = rng.randint(285, 310)
    cy = rng.randint(690, 720)
    stops = palette.pick(rng, palette.GLAZES)
    for index in range(rng.choice((3, 4, 5, 6))):
        put_dish(scene, 400 + rng.uniform(-3, 3), cy - index * 17, radius, stops)
        cy_top = cy - index * 17
    surface, tone = glaze(rng)
    if rng.random() < 0.8:
        pot(scene, BOWLS[0], 128, 104, 400 + rng.randint(-20, 20), cy_top + 62, surface, tone, 0.5, 5, 0.36)


def cups(scene):
    rng = scene.rng
    scene.studio(0.5)
    points = rng.choice((((0, 0.86), (0.5, 0.88), (0.9, 0.84), (1, 0.76)), ((0, 1), (0.4, 0.96), (0.8, 0.8), (1, 0.6))))
    surface, stops = glaze(rng)
    liquid = rng.choice((None, (58, 32, 18), (150, 96, 30)))
    for cx, base, radius in ((225, 740, 132), (570, 715, 130), (400, 885, 148)):
        _handle(scene, cx + radius * 0.8, base - radius * 0.98, radius, stops)
        pot(scene, points, radius, radius * 1.45, cx, base, surface, stops, 0.5, 5, 0.3, liquid)


def _handle(scene, x, y, radius, stops):
    arc = ellipse(x, y, radius * 0.5, radius * 0.46, 30, -1.5, 1.5)
    scene.stroke(arc, shade(stops[1], 0.82), radius * 0.17)
    scene.stroke([(px - 3, py - 4) for px, py in arc[3:20]], stops[-1], radius * 0.05, 2, 0.75)


def jug(scene):
    """A gendi or teapot: body, spout, lid with a knob."""
    rng = scene.rng
    scene.studio(0.54)
    surface, stops = glaze(rng)
    radius, height, base = rng.randint(208, 226), rng.randint(300, 330), 860
    shape = ((0, 0.44), (0.12, 0.62), (0.4, 0.98), (0.6, 1.0), (0.85, 0.8), (1, 0.6))
    _spout(scene, 400 - radius * 0.8, base - height * 0.55, radius, stops)
    arc = smooth(
        [
            (400 + radius * 0.5, base - height - 18),
            (400 + radius * 1.34, base - height * 0.95),
            (400 + radius * 1.4, base - height * 0.45),
            (400 + radius * 0.9, base - height * 0.3),
        ],
        8,
        closed=False,
    )
    scene.stroke(arc, shade(stops[1], 0.78), 30)
    scene.stroke([(x - 5, y - 6) for x, y in arc[4:18]], stops[-1], 7, 3, 0.78)
    top = pot(scene, shape, radius, height, 400, base, surface, stops, 0.55)
    lid = turn(
        profile((0, 8), (0.25, 22), (0.4, 14), (0.55, 34), (0.8, radius * 0.4), (1, radius * 0.44)),
        84,
        materials.speckle(rng, (300, 200), stops, 0.2),
        0.5,
    )
    scene.place(lid, 400 - lid.size[0] / 2, top + radius * 0.44 * TILT - lid.size[1])


def _spout(scene, x, y, radius, stops):
    outline = smooth(
        [
            (x + 40, y + 70),
            (x - 30, y + 20),
            (x - radius * 0.5, y - 84),
            (x - radius * 0.62, y - 98),
            (x - radius * 0.36, y - 106),
            (x - 4, y - 50),
            (x + 50, y - 36),
        ],
        8,
    )
    left, upper, right, lower = bounds(outline)
    size = (right - left, lower - upper)
    light = field_from(lambda u, v: 168 - 58 * u - 34 * v, size, (8, 8))
    mask = polygon_mask(size, moved(outline, -left, -upper))
    scene.image.paste(relight(Image.new("RGB", size, stops[1]), light), (left, upper), mask)


def brass(scene):
    """A brass bowl or vase with chased bands: strong, striped reflections."""
    rng = scene.rng
    scene.studio()
    size = (420, 520)
    stripe = field_from(
        lambda x, y: 120 + 62 * math.sin(x * 21 + 1.2) + 44 * math.sin(x * 9 + y * 2) + 14 * math.sin(y * 30),
        size,
        (64, 24),
    )
    surface = tint(stripe, palette.BRASS)
    draw = ImageDraw.Draw(surface)
    for share in (0.3, 0.42, 0.7):
        y = size[1] * share
        for x in range(0, 420, 20):
            draw.ellipse((x, y, x + 13, y + 13), outline=palette.BRASS[0], width=2)
            draw.arc((x + 1, y + 1, x + 12, y + 12), 180, 300, fill=palette.BRASS[3])
        for dy in (-6, 18):
            draw.line((0, y + dy, 420, y + dy), fill=palette.BRASS[0], width=2)
    tall = rng.random() < 0.55
    if tall:
        pot(
            scene,
            rng.choice(VASES),
            rng.randint(165, 195),
            rng.randint(400, 470),
            400,
            870,
            surface,
            palette.BRASS,
            0.7,
            5,
        )
    else:
        pot(scene, BOWLS[rng.randint(0, 2)], 250, 225, 400, 830, surface, palette.BRASS, 0.7, 6, 0.34)


MOTIFS = {
    "guci-keramik": vase,
    "mangkuk-keramik": bowl,
    "piring-keramik": plates,
    "cangkir-keramik": cups,
    "teko-keramik": jug,
    "kuningan": brass,
}
