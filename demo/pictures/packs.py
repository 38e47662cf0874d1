"""Packed food: standing pouches, coffee bags, boxes."""

import math

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures import labels, materials, morsels, palette
from demo.pictures.furniture import woven
from demo.pictures.noise import bump, field_from, fractal, levels, relight, shade
from demo.pictures.shapes import Sprite, ellipse, polygon_mask, smooth
from demo.pictures.solids import Camera, box, paint

WORDS = (
    "KERIPIK",
    "EMPING",
    "RENGGINANG",
    "TEMPE",
    "SINGKONG",
    "ABON",
    "JAHE",
    "GULA AREN",
    "OPAK",
    "PISANG",
)


def pouch(rng, size, word, scheme, window=None):
    """Cut-out of a standing pouch: seal on top, gusset below, swollen by what is in it."""
    width, height = size
    picture = materials.paper(rng, size, scheme[0])
    if sum(scheme[0]) < 520 and rng.random() < 0.6:
        art = labels.label(rng, (round(width * 0.72), round(height * 0.56)), word, scheme)
    else:
        art = labels.label(rng, (round(width * 0.62), round(height * 0.5)), word)
    picture.paste(art, ((width - art.width) // 2, round(height * 0.2)))
    if window:
        _window(rng, picture, window)
    _seal(picture, scheme[0])
    picture = relight(picture, _swelling(rng, size))
    left = [(6, 3), (5, height * 0.14), (0, height * 0.4), (3, height * 0.8), (11, height - 12)]
    foot = [(width * 0.3, height - 3), (width * 0.5, height), (width * 0.7, height - 3)]
    right = [(width - x, y) for x, y in reversed(left)]
    outline = [
        left[0],
        *smooth(left[1:], 6, closed=False),
        *foot,
        *smooth(right[:-1], 6, closed=False),
        right[-1],
    ]
    return Sprite(picture, polygon_mask(size, outline))


def _window(rng, picture, kind):
    """A clear window low on the front, through which the food shows."""
    width, height = picture.size
    size = (round(width * 0.5), round(height * 0.17))
    food = morsels.filling(rng, kind, size, 0.62)
    mask = polygon_mask(size, ellipse(size[0] / 2, size[1] / 2, size[0] / 2 - 2, size[1] / 2 - 2))
    picture.paste(food, (round(width * 0.25), round(height * 0.75)), mask)


def _seal(picture, colour):
    width, height = picture.size
    deep = round(height * 0.07)
    ridges = field_from(lambda x, y: 128 + 26 * math.sin(y * math.tau * 7), (width, deep), (4, 48))
    picture.paste(relight(picture.crop((0, 0, width, deep)), ridges), (0, 0))
    draw = ImageDraw.Draw(picture)
    draw.line((0, deep + 12, width, deep + 12), fill=shade(colour, 0.82), width=3)
    draw.line((0, deep + 15, width, deep + 15), fill=shade(colour, 1.15), width=2)


def _swelling(rng, size):
    """Light on film over a soft content: rounded sides, a few sharp dents, the gusset's curve."""
    dent = rng.uniform(0.3, 0.5)

    def form(x, y):
        side = abs(2 * x - 1)
        full = min(1, max(0, (y - 0.08) * 2.2))
        light = 140 - 30 * (x - 0.35) * full - 52 * full * side**4
        if x < 0.14:
            light += 24 * full * math.sin(x / 0.14 * math.pi)
        curve = 0.9 + 0.06 * (1 - side * side)
        if y > curve:
            light -= 34
        return light - 8 * math.sin((y - dent) * 9) * side

    soft = field_from(form, size, (40, 56))
    wrinkles = fractal(rng, size, (5, 9), 2)
    return Image.blend(soft, levels(bump(wrinkles.filter(ImageFilter.GaussianBlur(2)), 7, 4), 60, 196), 0.3)


def snack_pouch(scene):
    rng = scene.rng
    scene.studio()
    kind = scene.labelled(morsels.SNACKS, morsels.name)
    shows = not scene.word or morsels.name(kind) == scene.word  # else what is in it is not seen
    window = kind if rng.random() < 0.6 and shows else None
    count = rng.choice((1, 2, 2))
    for index in range(count):
        back = count == 2 and index == 0
        size = (300, 420) if back else (390, 545)
        cx, base = ((225, 800) if back else (455, 880)) if count == 2 else (400, 880)
        word = scene.word or (morsels.name(kind) if window else rng.choice(WORDS))
        sprite = pouch(rng, size, word, labels.plain_scheme(rng), window)
        scene.stand(sprite, cx, base, foot=(size[0] * 0.47, 16), strength=0.4)
    if rng.random() < 0.6 and shows:
        spots = [(rng.uniform(140, 700), rng.uniform(905, 950)) for _ in range(rng.randint(4, 8))]
        morsels.scatter(scene, kind, spots)


def coffee_bag(scene):
    """A tall bag with side folds and a rolled top; beans before it."""
    rng = scene.rng
    scene.studio()
    width, height = 360, 560
    scheme = labels.plain_scheme(rng)
    front = materials.paper(rng, (width, height), scheme[0])
    word = scene.word or rng.choice(("KOPI", "KOPI", "ROBUSTA", "ARABIKA", "LUWAK"))
    art = labels.label(rng, (round(width * 0.66), 270), word)
    front.paste(art, ((width - art.width) // 2, 190))
    _rolled_top(front)
    wrinkles = bump(fractal(rng, (width, height), (6, 8), 2).filter(ImageFilter.GaussianBlur(2)), 8, 4)
    light = field_from(lambda x, y: 140 - 24 * x - 30 * max(0, abs(2 * x - 1) - 0.8) / 0.2, (width, height), (40, 10))
    front = relight(front, Image.blend(light, wrinkles, 0.3))
    side = materials.paper(rng, (74, height), shade(scheme[0], 0.62))
    crease = field_from(lambda x, y: 132 - 60 * (x > 0.46) * (1.3 - x) - 10 * y, (74, height), (20, 6))
    side = relight(side, crease)
    whole = Image.new("RGB", (width + 66, height), scheme[0])
    whole.paste(front, (0, 0))
    whole.paste(side, (width, 0))
    outline = [
        (10, 2),
        (width - 8, 2),
        (width + 26, 26),
        (width + 60, 120),
        (width + 62, height - 34),
        (width, height - 2),
        (4, height - 4),
        (0, height * 0.5),
    ]
    scene.stand(Sprite(whole, polygon_mask(whole.size, outline)), 400, 870, foot=(205, 22))
    _beans(scene)


def _rolled_top(picture):
    width, deep = picture.width, 74
    strip = picture.crop((0, 0, width, deep))
    roll = field_from(lambda x, y: 112 + 50 * math.sin(y * math.pi * 2) - 30 * (y > 0.9), (width, deep), (4, 30))
    picture.paste(relight(strip, roll), (0, 0))
    ImageDraw.Draw(picture).rectangle((34, 22, width - 34, 36), fill=palette.BRASS[2], outline=palette.BRASS[1])


def _beans(scene):
    rng = scene.rng
    cx = rng.choice((170, 640))
    scene.contact(cx + 6, 900, 92, 24, 0.55)
    morsels.heap(scene, "kopi", cx, 892, 82, 22, 26, 0.95, 0.8)
    spots = [(cx + rng.uniform(-150, 150), 900 + rng.uniform(-12, 50)) for _ in range(9)]
    morsels.scatter(scene, "kopi", spots)


def gift_box(scene):
    """Printed cartons, or plaited besek boxes."""
    rng = scene.rng
    scene.studio(0.5)
    camera = Camera(rng.choice((-1, 1)) * rng.uniform(0.4, 0.6), 0.4, 700, 400, 820)
    besek = rng.random() < 0.35
    word = scene.word or rng.choice(("BATIK", "GETUK", "WINGKO", "BAKPIA", "JENANG", "LUMPIA", "TEH", "DODOL"))
    blocks, y = [], 0.0
    half, deep = rng.uniform(0.34, 0.4), rng.uniform(0.24, 0.3)
    for _ in range(rng.choice((1, 2, 2))):
        height = rng.uniform(0.2, 0.28)
        surface = _besek(rng, word) if besek else _carton(rng, word)
        blocks.append(box(-half, half, y, y + height, -deep, deep, surface, y))
        if besek:
            blocks.append(
                box(
                    -half - 0.012,
                    half + 0.012,
                    y + height - 0.1,
                    y + height + 0.006,
                    -deep - 0.012,
                    deep + 0.012,
                    surface,
                    y + 0.5,
                )
            )
        y += height + 0.008
        half, deep = half * 0.93, deep * 0.93
    paint(scene, camera, blocks)


def _carton(rng, word):
    scheme = labels.plain_scheme(rng)

    def surface(size, face):
        if face in ("front", "top"):
            return labels.label(rng, size, word, scheme)
        return materials.paper(rng, size, scheme[0])

    return surface


def _besek(rng, word):
    reed = woven(rng, rng.choice(("bambu", "pandan")), 13)
    scheme = rng.choice(labels.SCHEMES)

    def surface(size, face):
        picture = reed(size, face)
        if face == "top":
            art = labels.label(rng, (round(size[0] * 0.46), round(size[1] * 0.5)), word, scheme)
            picture.paste(art, ((size[0] - art.width) // 2, (size[1] - art.height) // 2))
        return picture

    return surface


MOTIFS = {
    "keripik-kemasan": snack_pouch,
    "kopi-bubuk": coffee_bag,
    "kotak-oleh-oleh": gift_box,
}
