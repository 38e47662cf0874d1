"""Things to wear and carry: shirts, bags, sandals."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures import batik, cloth, materials, palette
from demo.pictures.noise import bump, field_from, fractal, levels, relight, shade
from demo.pictures.shapes import Sprite, ellipse, line_mask, polygon_mask, rounded, smooth


def mirrored(points, middle):
    """Points and their mirror images about an upright line, as one outline."""
    return [*points, *[(2 * middle - x, y) for x, y in reversed(points)]]


def rumpled(rng, size, depth=5.0, cells=(5, 3)):
    """Light on soft folds that run mostly downwards."""
    small = (size[0] // 4, size[1] // 4)
    field = fractal(rng, small, cells, 2, 0.3).filter(ImageFilter.GaussianBlur(2))
    return levels(bump(field, depth, 1), 30, 226).resize(size, Image.Resampling.BILINEAR)


def shirt(scene):
    """A batik shirt on a hanger: left and right fronts meet in the middle."""
    rng = scene.rng
    scene.wall()
    dyes = palette.pick(rng, palette.DYES)
    kind = rng.choice(list(batik.PATTERNS))
    size = (680, 780)
    long_sleeve = rng.random() < 0.45
    half = batik.cloth(rng, kind, (340, 780), dyes, rng.choice((0.8, 1.0)))
    body = Image.new("RGB", size)
    body.paste(half, (0, 0))
    body.paste(half.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (340, 0))
    if rng.random() < 0.4:
        plain = materials.linen(rng, (340, 780), shade(dyes[0], 0.9))
        body.paste(plain, (340 if rng.random() < 0.5 else 0, 0))
    body = relight(body, rumpled(rng, size))
    cuff = 560 if long_sleeve else 300
    sleeve = [
        (262, 52),
        (150, 84),
        (86, 140),
        (8 if not long_sleeve else 22, cuff - 20),
        (104, cuff + 22),
        (158, 262),
    ]
    torso = [(262, 52), (150, 84), (150, 250), (158, 480), (150, 742), (250, 756), (340, 752)]
    sleeves = polygon_mask(size, sleeve, [(680 - x, y) for x, y in sleeve])
    trunk = polygon_mask(size, [(262, 52), (300, 66), *mirrored(torso[1:], 340), (380, 66)])
    x, y = 60, 130
    hanger(scene, 400, y + 40)
    whole = ImageChops.lighter(sleeves, trunk)
    scene.drop_shadow(whole, x, y, 44, 44, 0.34)
    scene.drop_shadow(whole, x, y, 10, 10, 0.34)
    scene.place(Sprite(relight(body, Image.new("L", size, 116)), sleeves), x, y)
    inner = Image.new("RGB", size, (34, 24, 18))
    scene.place(
        Sprite(inner, levels(ImageChops.multiply(trunk.filter(ImageFilter.GaussianBlur(9)), sleeves), 0, 90)),
        x,
        y,
    )
    sides = field_from(lambda u, v: 132 - 26 * (abs(2 * u - 1) * 1.9) ** 4 * (abs(2 * u - 1) < 0.6), size, (64, 4))
    scene.place(Sprite(relight(body, sides), trunk), x, y)
    _placket(scene, body, x, y, dyes)
    _collar(scene, body, x, y, dyes)


def hanger(scene, cx, y):
    """A wire hook and the neck of a wooden hanger."""
    hook = [(cx, y + 30), (cx, y - 20), *ellipse(cx + 17, y - 40, 20, 22, 20, 2.6, 6.2)]
    mask = line_mask(scene.size, hook, width=6)
    scene.drop_shadow(mask, 0, 0, 16, 10, 0.3)
    scene.image.paste((92, 88, 84), (0, 0), mask)
    wood = line_mask(scene.size, [(cx - 170, y + 66), (cx, y + 22), (cx + 170, y + 66)], width=20)
    scene.image.paste(materials.wood(scene.rng, scene.size, "mindi", across=True), (0, 0), wood)


def _placket(scene, body, x, y, dyes):
    strip = relight(body.crop((320, 110, 362, 752)), Image.new("L", (42, 642), 134))
    mask = polygon_mask(strip.size, rounded(0, 0, 42, 640, 3))
    scene.drop_shadow(mask, x + 320, y + 110, 5, 5, 0.4)
    scene.place(Sprite(strip, mask), x + 320, y + 110)
    draw = ImageDraw.Draw(scene.image)
    for step in range(6):
        cx, cy = x + 341, y + 170 + step * 100
        draw.ellipse((cx - 7, cy - 6, cx + 9, cy + 10), fill=(30, 22, 18))
        draw.ellipse((cx - 8, cy - 8, cx + 8, cy + 8), fill=shade(dyes[1], 0.92), outline=shade(dyes[1], 0.6))
        draw.point([(cx - 2, cy - 2), (cx + 2, cy - 2), (cx - 2, cy + 2), (cx + 2, cy + 2)], fill=(40, 30, 24))


def _collar(scene, body, x, y, dyes):
    size = body.size
    throat = polygon_mask(size, smooth([(274, 46), (340, 34), (406, 46), (372, 96), (341, 150), (308, 96)], 6))
    inside = relight(Image.new("RGB", size, shade(dyes[0], 0.8)), Image.new("L", size, 84))
    scene.place(Sprite(inside, throat), x, y)
    for flip in (False, True):
        points = [(266, 40), (286, 26), (341, 128), (306, 176), (246, 84)]
        if flip:
            points = [(680 - px, py) for px, py in points]
        mask = polygon_mask(size, points)
        scene.drop_shadow(mask, x, y, 6, 6, 0.4)
        scene.place(Sprite(relight(body, Image.new("L", size, 142 if not flip else 124)), mask), x, y)


def tote(scene):
    """A bag of batik and leather standing on a surface."""
    rng = scene.rng
    scene.studio(0.6)
    dyes = palette.pick(rng, palette.DYES)
    skin = rng.choice(list(palette.LEATHERS))
    size = (520, 440)
    panel = batik.cloth(rng, rng.choice(list(batik.PATTERNS)), size, dyes, rng.choice((0.8, 1.0, 1.2)))
    if rng.random() < 0.3:
        panel = materials.plaited(rng, size, rng.choice(list(palette.REEDS)), 16, dyes[0])
    hide = materials.leather(rng, size, skin)
    low = rng.choice((300, 330))
    panel.paste(hide.crop((0, low, 520, 440)), (0, low))
    panel.paste(hide.crop((0, 0, 520, 46)), (0, 0))
    _stitches(panel, (low + 7, 39), shade(palette.LEATHERS[skin][2], 1.3))
    light = field_from(lambda x, y: 142 - 26 * x - 40 * abs(2 * x - 1) ** 6 - 10 * y, size, (40, 12))
    panel = relight(relight(panel, light), rumpled(rng, size, 3.4, (4, 3)))
    outline = [(38, 6), (260, 12), (482, 6), *smooth([(500, 120), (514, 300), (508, 420)], 6, closed=False)]
    outline += [(490, 436), (260, 439), (30, 436), *smooth([(12, 420), (6, 300), (20, 120)], 6, closed=False)]
    base = 870
    top = base - size[1]
    reach = rng.randint(170, 230)
    _strap(
        scene,
        [
            (300, top + 30),
            (312, top - reach * 0.7),
            (400, top - reach),
            (488, top - reach * 0.7),
            (500, top + 30),
        ],
        skin,
        0.66,
    )
    scene.stand(Sprite(panel, polygon_mask(size, outline)), 400, base, foot=(245, 18))
    _strap(
        scene,
        [
            (278, top + 78),
            (290, top - reach * 0.5),
            (400, top - reach * 0.78),
            (510, top - reach * 0.5),
            (522, top + 78),
        ],
        skin,
        1.0,
    )
    draw = ImageDraw.Draw(scene.image)
    for cx in (278, 522):
        draw.ellipse((cx - 7, top + 62, cx + 7, top + 76), fill=palette.BRASS[2], outline=palette.BRASS[0])


def _stitches(picture, rows, colour):
    draw = ImageDraw.Draw(picture)
    for y in rows:
        for x in range(6, picture.width, 14):
            draw.line((x, y, x + 8, y), fill=colour, width=2)


def _strap(scene, points, skin, light):
    path = smooth(points, 10, closed=False)
    tone = palette.LEATHERS[skin][1]
    scene.stroke([(x + 9, y + 12) for x, y in path], (60, 46, 38), 18, 6, 0.3)
    scene.stroke(path, shade(tone, 0.72 * light), 22)
    scene.stroke([(x - 2, y - 2) for x, y in path], shade(tone, 1.06 * light), 13)


def sandals(scene):
    """A pair of sandals seen from above."""
    rng = scene.rng
    scene.flat_lay()
    dyes = palette.pick(rng, palette.DYES)
    skin = rng.choice(list(palette.LEATHERS))
    kind = rng.choice(list(batik.PATTERNS))
    for side, degrees, x in ((-1, rng.uniform(3, 7), 118), (1, -rng.uniform(3, 7), 418)):
        sole, straps = _sole(rng, side, skin), _straps(rng, side, kind, dyes)
        shadow = ImageChops.offset(straps.mask.filter(ImageFilter.BoxBlur(8)), 7, 10)
        sole.image.paste((30, 18, 10), (0, 0), levels(shadow, 0, 150))
        sole.image.paste(straps.image, (0, 0), straps.mask)
        whole = Sprite(sole.image, ImageChops.lighter(sole.mask, straps.mask))
        scene.lay(cloth.turned(whole, degrees), x, 110, 16, 14, 0.5)


def _outline(side):
    points = [
        (130, 6),
        (196, 40),
        (228, 150),
        (214, 300),
        (196, 440),
        (214, 600),
        (196, 720),
        (132, 756),
        (72, 722),
        (58, 600),
        (66, 440),
        (34, 270),
        (30, 140),
        (66, 40),
    ]
    return smooth([(x if side < 0 else 260 - x, y) for x, y in points], 8)


def _sole(rng, side, skin):
    size = (260, 764)
    picture = materials.leather(rng, size, skin)
    mask = polygon_mask(size, _outline(side))
    inner = mask.filter(ImageFilter.GaussianBlur(9)).point([0] * 150 + [255] * 106)
    rim = Image.new("RGB", size, shade(palette.LEATHERS[skin][0], 0.75))
    rim.paste(picture, (0, 0), inner.filter(ImageFilter.GaussianBlur(1)))
    foot = field_from(
        lambda x, y: 132 - 18 * (math.exp(-((y - 0.2) ** 2) * 40) + math.exp(-((y - 0.84) ** 2) * 50)) - 16 * (x - 0.5),
        size,
        (12, 24),
    )
    return Sprite(relight(rim, foot), mask)


def _straps(rng, side, kind, dyes):
    size = (260, 764)
    picture = batik.cloth(rng, kind, size, dyes, 0.6)
    light = field_from(lambda x, y: 112 + 54 * math.sin(math.pi * min(1, max(0, x))) - 40 * (x - 0.3), size, (24, 4))
    picture = relight(picture, light)
    wide = [(26, 190), (130, 138), (234, 190), (226, 316), (130, 262), (36, 316)]
    ankle = [(56, 470), (130, 430), (204, 470), (202, 520), (130, 482), (60, 520)]
    mask = polygon_mask(size, wide, ankle)
    inner = mask.filter(ImageFilter.GaussianBlur(5)).point([0] * 200 + [255] * 56)
    edge = Image.new("RGB", size, shade(dyes[2], 1.1))
    edge.paste(picture, (0, 0), inner)
    return Sprite(edge, mask)


MOTIFS = {
    "kemeja-batik": shirt,
    "tas-batik": tote,
    "sandal": sandals,
}
