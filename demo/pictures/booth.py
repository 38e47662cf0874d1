"""Booth banners: a calm row of goods on a table whose cloth has a kawung edge."""

from PIL import Image

from demo.pictures import basketry, batik, cloth, furniture, jars, labels, morsels, packs, palette, pottery
from demo.pictures.lathe import hollow, profile, turn
from demo.pictures.noise import field_from, shade, tint
from demo.pictures.shapes import Sprite
from demo.pictures.solids import Camera, paint

EDGE = 46  # depth of the kawung edge


def vase(scene, cx, base, tall):
    surface, stops = pottery.glaze(scene.rng, (300, 360))
    points = scene.rng.choice(pottery.VASES)
    pottery.pot(scene, points, tall * 0.38, tall * 0.86, cx, base, surface, stops, 0.5, 4)
    return tall * 0.76


def bowl(scene, cx, base, tall):
    surface, stops = pottery.glaze(scene.rng, (300, 240))
    radius = tall * 0.46
    pottery.pot(scene, scene.rng.choice(pottery.BOWLS), radius, tall * 0.36, cx, base, surface, stops, 0.5, 4, 0.3)
    return radius * 2


def jar(scene, cx, base, tall):
    rng = scene.rng
    radius = tall * 0.3
    kind = rng.choice(morsels.SNACKS + morsels.BISCUITS)
    surface = morsels.filling(rng, kind, (300, 320), 0.9)
    labels.wrapped(rng, surface, morsels.name(kind), 0.36, 0.82, 0.52)
    top = jars.glass(scene, jars.JAR, radius, tall * 0.66, cx, base, surface)
    jars.lid(scene, cx, top + 5, radius * 0.86, tall * 0.12, rng.choice(jars.LIDS))
    return radius * 2


def bottle(scene, cx, base, tall):
    rng = scene.rng
    radius = tall * 0.17
    word, stops = rng.choice(jars.DRINKS)
    surface = tint(field_from(lambda x, y: 70 + 140 * (1 - abs(2 * x - 1) ** 3), (300, 380), (24, 4)), stops)
    labels.wrapped(rng, surface, word, 0.52, 0.88, 0.56)
    points = jars.BOTTLES[1]
    top = jars.glass(scene, points, radius, tall * 0.86, cx, base, surface)
    jars.lid(scene, cx, top + 4, radius * 0.38, tall * 0.06, rng.choice(jars.LIDS))
    return radius * 2.2


def pouch(scene, cx, base, tall):
    rng = scene.rng
    size = (round(tall * 0.66), round(tall * 0.92))
    sprite = packs.pouch(rng, size, rng.choice(packs.WORDS), labels.plain_scheme(rng))
    scene.stand(sprite, cx, base, foot=(size[0] * 0.47, 8))
    return size[0]


def basket(scene, cx, base, tall):
    rng = scene.rng
    name = rng.choice(list(palette.REEDS))
    radius, height, tilt = tall * 0.44, tall * 0.5, 0.28
    points = rng.choice(basketry.BASKETS)
    shape = profile(*[(t, r * radius) for t, r in points])
    body = turn(shape, height, basketry.weave(rng, name, palette.pick(rng, palette.DYES)[0]), 0, tilt)
    scene.stand(body, cx, base, foot=(shape(1), shape(1) * tilt))
    top = base - body.size[1] + shape(0) * tilt
    mouth = hollow(shape(0), 4, shade(palette.REEDS[name][1], 0.7), palette.REEDS[name][2], tilt)
    scene.place(mouth, cx - mouth.size[0] / 2, top - mouth.size[1] / 2)
    basketry.ring(scene, cx, top, shape(0), name, tilt, 9)
    return radius * 2


def pile(scene, cx, base, tall):
    """Folded cloths."""
    rng = scene.rng
    half, names = tall * 0.5, rng.sample(list(palette.DYES), 3)
    scene.contact(cx + 6, base - 3, half + 6, 9, 0.75)
    for index, name in enumerate(names):
        height = round(tall * rng.uniform(0.14, 0.19))
        kind = rng.choice(list(batik.PATTERNS))
        at = (cx + rng.uniform(-4, 4), base)
        cloth.fold_front(scene, kind, palette.DYES[name], at, half, height)
        base -= height
        if index == 2:
            cloth.fold_top(scene, kind, palette.DYES[name], at, half, 0.42)
    return half * 2


def drape(scene, cx, base, tall):
    """A cloth hanging on the wall behind the table."""
    rng = scene.rng
    dyes = palette.pick(rng, palette.DYES)
    size = (round(tall * 0.66), round(base - 30 - rng.randint(20, 60)))
    kind = rng.choice(("kawung", "parang", "ceplok", "tenun", "truntum"))
    flat = batik.cloth(rng, kind, size, dyes, 0.6)
    batik.hem(flat, dyes, 40)
    picture = cloth.drape(rng, flat, 2.6, 1.0)
    sprite = Sprite(picture, Image.new("L", size, 255))
    scene.drop_shadow(sprite.mask, cx - size[0] / 2, 0, 26, 22, 0.35)
    scene.place(sprite, cx - size[0] / 2, -4)
    return size[0]


def stool(scene, cx, base, tall):
    """A small stool, as it stands in a furniture maker's booth."""
    rng = scene.rng
    camera = Camera(rng.choice((-0.5, 0.5)), 0.26, tall * 1.55, cx, base - tall * 0.16)
    wood = furniture.timber(rng, rng.choice(list(palette.WOODS)))
    parts = furniture.legs(0.2, 0.2, 0.4, 0.045, wood)
    cover = furniture.woven(rng, rng.choice(("rotan", "pandan")), 7)
    parts.append(furniture.box(-0.22, 0.22, 0.38, 0.42, -0.22, 0.22, cover, 0.3))
    paint(scene, camera, parts, 0.4)
    return tall * 0.8


def chair(scene, cx, base, tall):
    rng = scene.rng
    camera = Camera(rng.choice((-0.5, 0.5)), 0.24, tall * 0.95, cx, base - tall * 0.12)
    paint(scene, camera, furniture.chair_parts(rng), 0.4)
    return tall * 0.62


GOODS = {
    "fesyen": (pile, pile, basket, vase),
    "makanan-minuman": (jar, pouch, bottle, jar, pouch),
    "kerajinan-tangan": (vase, bowl, basket, vase, basket),
    "furnitur": (chair, stool, chair, vase),
}


def compose(scene, category=None):
    """Draw a booth's banner on the scene."""
    rng = scene.rng
    category = category or rng.choice(list(GOODS))
    scene.studio(0.64)
    if category == "fesyen":
        for cx in (rng.randint(170, 260), rng.randint(560, 660), rng.randint(930, 1040)):
            drape(scene, cx, 330, rng.randint(260, 300))
    x = rng.randint(50, 90)
    count = 0
    while x < scene.width - 130:
        tall = rng.randint(190, 300) if category != "furnitur" else rng.randint(250, 320)
        make = GOODS[category][count % len(GOODS[category])] if count else GOODS[category][0]
        half = tall * 0.42
        x += half
        if x + half * 0.8 > scene.width - 20:
            break
        width = make(scene, x, rng.randint(405, 438) - EDGE // 2, tall)
        x += max(half, width * 0.56) + rng.randint(14, 44)
        count += 1
    edge(scene)


def edge(scene):
    """The table cloth's hem: a row of kawung along the lower edge."""
    rng = scene.rng
    dyes = palette.DYES[rng.choice(("sogan", "wedel", "mengkudu", "hitam", "daun"))]
    strip = batik.cloth(rng, "kawung", (scene.width, EDGE), dyes, EDGE / 76)
    top = scene.height - EDGE
    scene.image.paste(strip, (0, top))
    scene.image.paste(shade(dyes[2], 1.0), (0, top, scene.width, top + 3))
    scene.image.paste(dyes[3], (0, top + 3, scene.width, top + 5))
