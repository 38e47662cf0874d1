"""Food in glass and tin: jars of snacks, sauces, bottles, tea tins."""

import functools
from operator import itemgetter

from PIL import Image

from demo.pictures import labels, materials, morsels, palette
from demo.pictures.lathe import TILT, disc, profile, turn
from demo.pictures.noise import field_from, fractal, levels, mix, relight, shade, tint

LIDS = (
    (176, 38, 36),
    (196, 152, 66),
    (44, 42, 42),
    (62, 84, 60),
    (236, 230, 218),
    (40, 62, 104),
    (190, 190, 188),
)
SAUCES = (
    ("SAMBAL", ((92, 12, 6), (164, 32, 14), (206, 74, 34))),
    ("SAMBAL", ((46, 66, 20), (98, 122, 42), (150, 166, 78))),
    ("SELAI", ((120, 60, 10), (206, 128, 28), (240, 180, 76))),
    ("ABON", ((92, 52, 20), (160, 102, 48), (206, 154, 92))),
    ("BUMBU", ((86, 44, 14), (150, 88, 34), (196, 140, 72))),
)
DRINKS = (
    ("MADU", ((110, 52, 4), (196, 116, 16), (240, 178, 62))),
    ("KECAP", ((12, 6, 4), (34, 16, 10), (70, 36, 22))),
    ("SIRUP", ((110, 8, 24), (176, 22, 44), (226, 84, 92))),
    ("JAMU", ((150, 84, 8), (214, 148, 28), (244, 196, 88))),
    ("JAHE", ((126, 82, 34), (186, 136, 72), (222, 184, 122))),
    ("VCO", ((206, 206, 196), (232, 232, 222), (248, 248, 242))),
)
TINS = (("TEH", "teh"), ("TEH MELATI", "teh"), ("KOPI", "kopi"), ("BISKUIT", "kacang"))
WORD = itemgetter(0)
JAR = ((0, 0.8), (0.04, 0.82), (0.1, 0.98), (0.16, 1), (0.9, 1), (0.97, 0.97), (1, 0.9))
BOTTLES = (
    ((0, 0.24), (0.2, 0.24), (0.3, 0.32), (0.42, 0.86), (0.5, 1), (0.94, 1), (1, 0.92)),
    ((0, 0.3), (0.1, 0.3), (0.16, 0.36), (0.26, 0.92), (0.32, 1), (0.95, 1), (1, 0.9)),
    ((0, 0.2), (0.3, 0.22), (0.5, 0.7), (0.62, 1), (0.95, 1), (1, 0.93)),
)


def shape(points, radius):
    return profile(*[(t, r * radius) for t, r in points])


def lid(scene, cx, base, radius, height, colour, kind="metal"):
    """A round cap whose foot is at `base` (middle of its lower ellipse)."""
    rng = scene.rng
    if kind == "wood":
        side = materials.wood(rng, (300, 80), "mindi", across=True)
        face = materials.wood(rng, (200, 200), "mindi")
    else:
        side = relight(Image.new("RGB", (300, 80), colour), _ridges())
        face = Image.new("RGB", (200, 200), mix(colour, palette.WHITE, 0.12))
    body = turn(lambda t: radius, height, side, 0.35)
    top = disc(radius, face, TILT, _lid_light())
    y = base + radius * TILT - body.size[1]
    scene.place(body, cx - body.size[0] / 2, y)
    scene.place(top, cx - top.size[0] / 2, y + radius * TILT - top.size[1] / 2)


@functools.cache
def _ridges():
    """Light on the milled side of a cap."""
    return field_from(lambda x, y: 128 + (22 if int(x * 60) % 2 else -22) * (0.2 < y < 0.85), (300, 80), (120, 20))


@functools.cache
def _lid_light():
    """Light on the face of a cap: a darker rim, falling off to the lower right."""

    def light(x, y):
        rim = (x - 0.5) ** 2 + (y - 0.5) ** 2 > 0.205
        return 150 - 20 * (x + y) - (22 if rim else 0)

    return field_from(light, (160, 160), (64, 64))


def glass(scene, points, radius, height, cx, base, surface, empty=0.0):
    """A glass vessel; `empty` is the share of its height, from the top, through which one sees the wall."""
    body = turn(shape(points, radius), height, surface, 0.75)
    if empty:
        cut = round(body.size[1] * empty)
        clear = body.mask.crop((0, 0, body.size[0], cut))
        body.mask.paste(levels(clear, 0, 105), (0, 0))
    scene.stand(body, cx, base, foot=(radius * 0.9, radius * TILT), strength=0.34)
    return base - body.size[1] + shape(points, radius)(0) * TILT


def _snack_jar(scene, kinds):
    rng = scene.rng
    scene.studio()
    cap = rng.choice(LIDS)
    lid_kind = rng.choice(("metal", "metal", "wood"))
    scheme = rng.choice(labels.SCHEMES)
    pair = rng.random() < 0.5
    spots = ((265, 800, 118, 300), (500, 876, 150, 380)) if pair else ((400, 880, 186, 470),)
    for cx, base, radius, height in spots:
        kind = scene.labelled(kinds, morsels.name)
        surface = morsels.filling(rng, kind, (420, 460), 150 / radius * 0.9)
        pale = Image.new("RGB", (420, 46), (236, 232, 222))
        surface.paste(pale, (0, 0))
        labels.wrapped(rng, surface, scene.word or morsels.name(kind), 0.38, 0.8, 0.5, scheme)
        top = glass(scene, JAR, radius, height, cx, base, surface, 0.12)
        lid(scene, cx, top + 8, radius * 0.86, radius * 0.3, cap, lid_kind)


def snack_jar(scene):
    _snack_jar(scene, morsels.SNACKS)


def biscuit_jar(scene):
    _snack_jar(scene, morsels.BISCUITS)


def sauce_jar(scene):
    """Two or three small jars of paste."""
    rng = scene.rng
    scene.studio()
    cap = rng.choice(LIDS)
    scheme = rng.choice(labels.SCHEMES)
    for cx, base, radius in rng.choice(
        (((225, 770, 96), (575, 780, 100), (400, 880, 122)), ((265, 820, 128), (530, 875, 140)))
    ):
        word, stops = scene.labelled(SAUCES, WORD)
        surface = tint(fractal(rng, (420, 300), (40, 30), 3), stops)
        labels.wrapped(rng, surface, scene.word or word, 0.3, 0.86, 0.5, scheme)
        top = glass(scene, JAR, radius, radius * 1.7, cx, base, surface)
        lid(scene, cx, top + 8, radius * 0.88, radius * 0.4, cap)


def bottle(scene):
    """Bottles of honey, syrup, soy sauce, herbal drink."""
    rng = scene.rng
    scene.studio()
    scheme = rng.choice(labels.SCHEMES)
    points = rng.choice(BOTTLES)
    cap = rng.choice(LIDS)
    spots = rng.choice(
        (
            ((400, 890, 120, 560),),
            ((280, 830, 92, 450), (490, 885, 106, 520)),
            ((210, 800, 80, 400), (590, 812, 84, 410), (400, 885, 98, 480)),
        )
    )
    for cx, base, radius, height in spots:
        word, stops = scene.labelled(DRINKS, WORD)
        depth = field_from(lambda x, y: 60 + 150 * (1 - abs(2 * x - 1) ** 3) * (0.6 + 0.4 * y), (420, 520), (32, 16))
        surface = tint(depth, stops)
        top_of_label = 0.56 if points[2][0] > 0.2 else 0.46
        labels.wrapped(rng, surface, scene.word or word, max(0.5, top_of_label), 0.88, 0.54, scheme)
        top = glass(scene, points, radius, height, cx, base, surface)
        lid(scene, cx, top + 6, radius * (points[0][1] + 0.06), radius * 0.42, cap)


def tin(scene):
    """A tea or biscuit tin with a printed body."""
    rng = scene.rng
    scene.studio()
    spots = rng.choice((((400, 880, 178, 370),), ((255, 800, 118, 230), (510, 880, 150, 320))))
    for cx, base, radius, height in spots:
        scheme = labels.plain_scheme(rng)
        word, leaf = scene.labelled(TINS, WORD)
        surface = labels.label(rng, (460, 520), word, scheme).resize((420, 420))
        wide = Image.new("RGB", (640, 420), scheme[0])
        wide.paste(surface, (110, 0))
        body = turn(lambda t, r=radius: r, height, wide, 0.4)
        scene.stand(body, cx, base, foot=(radius, radius * TILT))
        top = base - body.size[1] + radius * TILT
        lid(scene, cx, top + radius * 0.2, radius * 1.02, radius * 0.2, shade(scheme[0], 0.9))
        if radius > 140:
            spots_ = [(cx + rng.uniform(-1.7, 1.7) * radius, base + rng.uniform(-6, 50)) for _ in range(9)]
            morsels.scatter(scene, leaf, spots_, 0.8)


MOTIFS = {
    "toples-keripik": snack_jar,
    "toples-kue": biscuit_jar,
    "sambal": sauce_jar,
    "botol": bottle,
    "kaleng-teh": tin,
}
