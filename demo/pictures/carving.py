"""Carved and painted work: Jepara panels, the leather gunungan, masks, wooden bowls and spoons."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures import materials, palette, pottery
from demo.pictures.noise import bump, field_from, fractal, levels, relight, shade, tint
from demo.pictures.shapes import Sprite, bounds, ellipse, line_mask, moved, polygon_mask, rotated, smooth


def scroll(cx, cy, reach, turns, hand, start):
    """Points of a spiral, from its outer end inwards."""
    steps = 46
    return [
        (
            cx + reach * (1 - step / steps) ** 0.8 * math.cos(start + hand * turns * math.tau * step / steps),
            cy + reach * (1 - step / steps) ** 0.8 * math.sin(start + hand * turns * math.tau * step / steps),
        )
        for step in range(steps + 1)
    ]


def foliage(rng, size):
    """Outlines of a symmetrical panel of scrolls and leaves: (strokes, leaves)."""
    width, height = size
    strokes, leaves = [], []
    rows = rng.choice((3, 4))
    step = height / rows
    for row in range(rows):
        cy = (row + 0.5) * step
        reach = min(width * 0.21, step * 0.44)
        start = rng.uniform(0, math.tau)
        hand = 1 if row % 2 else -1
        strokes.append(scroll(width * 0.27, cy, reach, 1.6, hand, start))
        for index in range(9):
            angle = start + index * 0.75 * hand
            leaves.append(
                _leaf(
                    width * 0.27 + reach * math.cos(angle),
                    cy + reach * math.sin(angle),
                    angle + 0.9 * hand,
                    reach * 0.7,
                )
            )
        leaves.append(_leaf(width * 0.5 - 4, cy + step * 0.34, -2.2, step * 0.4))
        leaves.append(_leaf(width * 0.5 - 4, cy - step * 0.06, -1.9, step * 0.34))
    both = lambda lines: lines + [[(width - x, y) for x, y in line] for line in lines]  # noqa: E731
    strokes = both(strokes)
    strokes.append([(width / 2, 10), (width / 2, height - 10)])
    return strokes, both(leaves)


def _leaf(x, y, angle, length):
    shape = [
        (0, -0.06),
        (0.3, -0.3),
        (0.52, -0.16),
        (0.66, -0.26),
        (1.0, 0.08),
        (0.6, 0.2),
        (0.44, 0.12),
        (0.28, 0.22),
        (0, 0.06),
    ]
    return moved(rotated(moved(smooth(shape, 4), 0, 0, length), angle), x, y)


def relief(picture, mask, veins):
    """Wood carved so that what the mask covers stands out, rounded, from a deeper ground."""
    wide, fine = mask.filter(ImageFilter.GaussianBlur(9)), mask.filter(ImageFilter.GaussianBlur(2.6))
    height = Image.blend(wide, fine, 0.42)
    height = ImageChops.subtract(height, levels(veins.filter(ImageFilter.GaussianBlur(1.6)), 0, 70))
    light = levels(bump(height.filter(ImageFilter.GaussianBlur(1.2)), 2.2, 3), 10, 205)
    picture = relight(picture, levels(wide, 46, 146))
    return relight(picture, light)


def panel(scene):
    """A framed panel of carved teak on a wall."""
    rng = scene.rng
    scene.wall()
    name = rng.choice(("jati", "jati", "jati-tua", "mahoni", "mindi"))
    size = rng.choice(((500, 700), (560, 620), (420, 740)))
    strokes, leaves = foliage(rng, size)
    mask = polygon_mask(size, *leaves)
    mask = ImageChops.lighter(mask, line_mask(size, *strokes, width=19))
    centre = (size[0] / 2, size[1] / 2)
    petals = [
        rotated(
            moved(smooth([(0.2, 0), (0.6, 0.24), (1, 0), (0.6, -0.24)], 5), *centre, 70),
            k * math.tau / 8,
            *centre,
        )
        for k in range(8)
    ]
    mask = ImageChops.lighter(mask, polygon_mask(size, *petals))
    veins = line_mask(size, *[[leaf[0], leaf[len(leaf) // 2]] for leaf in [*leaves, *petals]], width=3)
    wood = materials.wood(rng, size, name)
    carved = relief(wood, mask, veins)
    x, y = (800 - size[0]) / 2, (1000 - size[1]) / 2
    frame(scene, x - 40, y - 40, x + size[0] + 40, y + size[1] + 40, name)
    scene.image.paste(carved, (round(x), round(y)))
    inner = Image.new("L", size, 255)
    ImageDraw.Draw(inner).rectangle((8, 9, size[0] - 3, size[1] - 3), fill=0)
    scene.image.paste((20, 10, 6), (round(x), round(y)), levels(inner.filter(ImageFilter.GaussianBlur(7)), 0, 190))


def frame(scene, x0, y0, x1, y1, name):
    """A moulded frame of four mitred bars, filled behind."""
    rng = scene.rng
    width, height = round(x1 - x0), round(y1 - y0)
    board = Image.new("RGB", (width, height))
    bar = 44
    full = [(0, 0), (width, 0), (width, height), (0, height)]
    inner = [(bar, bar), (width - bar, bar), (width - bar, height - bar), (bar, height - bar)]
    for side in range(4):
        after = (side + 1) % 4
        level = (150, 112, 104, 140)[side]
        across = side % 2 == 0
        wood = relight(
            materials.wood(rng, (width, height), name, across=across), Image.new("L", (width, height), level)
        )
        mask = polygon_mask((width, height), [full[side], full[after], inner[after], inner[side]])
        board.paste(wood, (0, 0), mask)
    draw = ImageDraw.Draw(board)
    for inset, colour in (
        (10, palette.WOODS[name][0]),
        (12, palette.WOODS[name][3]),
        (32, palette.WOODS[name][0]),
    ):
        draw.rectangle((inset, inset, width - inset, height - inset), outline=colour, width=2)
    sprite = Sprite(board, Image.new("L", (width, height), 255))
    scene.lay(sprite, x0, y0, 18, 16, 0.5)


def gunungan(scene):
    """The mountain of the shadow theatre: pierced leather, painted and gilded."""
    rng = scene.rng
    scene.wall()
    size = (480, 800)
    half = [
        (240, 4),
        (214, 110),
        (150, 230),
        (70, 390),
        (34, 520),
        (66, 640),
        (120, 704),
        (170, 730),
        (240, 736),
    ]
    outline = smooth([*half, *[(480 - x, y) for x, y in reversed(half[1:-1])]], 10)
    body = polygon_mask(size, outline)
    tones = rng.choice(
        (
            ((120, 72, 24), (206, 156, 66), (246, 214, 130)),
            ((120, 24, 20), (178, 60, 40), (222, 130, 80)),
            ((24, 48, 56), (52, 100, 104), (150, 184, 168)),
        )
    )
    gold = ((110, 66, 18), (208, 158, 64), (250, 222, 140))
    skin = tint(levels(fractal(rng, size, (6, 10), 3), 40, 220), tones)
    strokes, leaves = foliage(rng, (400, 560))
    place = lambda lines: [[(x * 0.86 + 68, y + 110) for x, y in line] for line in lines]  # noqa: E731
    filigree = ImageChops.lighter(polygon_mask(size, *place(leaves)), line_mask(size, *place(strokes), width=9))
    skin.paste(tint(fractal(rng, size, (30, 40), 2), gold), (0, 0), filigree)
    _gate(skin, tones, gold)
    holes = _piercings(size, body, filigree)
    rim = ImageChops.subtract(body, body.filter(ImageFilter.GaussianBlur(8)).point([0] * 205 + [255] * 51))
    skin.paste(gold[1], (0, 0), rim)
    mask = ImageChops.subtract(body, ImageChops.subtract(holes, rim))
    skin = relight(skin, bump(mask.filter(ImageFilter.GaussianBlur(1.5)), 0.5, 2))
    x, y = 160, 60
    rod = polygon_mask(scene.size, [(394, 120), (406, 120), (407, 970), (400, 990), (393, 970)])
    scene.drop_shadow(rod, 0, 0, 34, 20, 0.3)
    scene.drop_shadow(mask, x, y, 40, 26, 0.42)
    scene.place(Sprite(skin, mask), x, y)
    scene.drop_shadow(rod, 0, 0, 5, 5, 0.4)
    scene.image.paste((104, 62, 30), (0, 0), rod)
    scene.image.paste(
        (170, 118, 66), (0, 0), polygon_mask(scene.size, [(395, 120), (399, 120), (398, 970), (395, 970)])
    )


def _gate(skin, tones, gold):
    """The small house at the foot of the mountain."""
    draw = ImageDraw.Draw(skin)
    draw.polygon([(150, 640), (240, 560), (330, 640)], fill=gold[0])
    draw.polygon([(166, 636), (240, 572), (314, 636)], fill=(140, 34, 26))
    draw.rectangle((172, 640, 308, 724), fill=gold[1])
    draw.rectangle((182, 650, 298, 724), fill=(38, 54, 84))
    for x in (186, 242):
        draw.rectangle((x, 656, x + 50, 724), fill=(126, 34, 28), outline=gold[2], width=3)
    for step in range(4):
        draw.rectangle((160 - step * 8, 724 + step * 4, 320 + step * 8, 728 + step * 4), fill=gold[step % 2])


def _piercings(size, body, filigree):
    """Small holes everywhere but on the gilded leaves, the gate and near the edge."""
    keep = body.filter(ImageFilter.GaussianBlur(12)).point([0] * 230 + [255] * 26)
    tile = Image.new("L", (48, 96))
    pen = ImageDraw.Draw(tile)
    for cx, cy in ((0, 0), (48, 0), (0, 96), (48, 96), (24, 48)):
        pen.ellipse((cx - 15, cy - 12, cx + 15, cy + 12), fill=255)
    holes = materials.tiled(tile.reduce(4), size)
    holes.paste(0, (140, 548, 340, size[1]))
    spared = filigree.filter(ImageFilter.GaussianBlur(2)).point([255] * 40 + [0] * 216)
    return ImageChops.multiply(ImageChops.multiply(holes, keep), spared)


def mask_face(scene):
    """A topeng: a carved and painted face with a gilded crown."""
    rng = scene.rng
    scene.wall()
    size = (440, 600)
    colour = rng.choice(((238, 226, 204), (176, 48, 38), (206, 158, 66), (66, 104, 92), (246, 240, 230)))
    half = [(220, 590), (150, 560), (78, 450), (44, 320), (40, 200), (70, 110), (130, 74), (220, 62)]
    outline = smooth(mirrored_outline(half, 220), 8)
    mask = polygon_mask(size, outline)
    height = ImageChops.multiply(_dome(size), mask)
    features = Image.new("L", size)
    draw = ImageDraw.Draw(features)
    draw.polygon([(208, 270), (232, 270), (252, 400), (220, 424), (188, 400)], fill=150)
    for cx in (138, 302):
        draw.ellipse((cx - 56, 262, cx + 56, 330), fill=90)
        draw.ellipse((cx - 60, 356, cx + 44, 450), fill=46)
    draw.ellipse((160, 452, 280, 506), fill=110)
    draw.ellipse((176, 520, 264, 576), fill=60)
    height = ImageChops.add(height, features.filter(ImageFilter.GaussianBlur(11)), 1.35)
    face = relight(Image.new("RGB", size, colour), bump(height.filter(ImageFilter.GaussianBlur(5)), 5.5, 5))
    _features(face, colour)
    _crown(rng, face)
    gloss = field_from(lambda x, y: 255 * math.exp(-((x - 0.34) ** 2) * 120 - (y - 0.62) ** 2 * 60), size, (40, 50))
    face.paste((255, 252, 244), (0, 0), levels(gloss, 0, 80))
    x, y = 180, 200
    scene.drop_shadow(mask, x, y, 60, 48, 0.4)
    scene.drop_shadow(mask, x, y, 16, 14, 0.4)
    scene.place(Sprite(face, mask), x, y)


def mirrored_outline(points, middle):
    return [*points, *[(2 * middle - x, y) for x, y in reversed(points[1:-1])]]


def _dome(size):
    return field_from(lambda x, y: 225 - 300 * ((x - 0.5) ** 2 * 1.5 + (y - 0.5) ** 2 * 0.8), size, (44, 60))


def _features(face, colour):
    dark = (40, 24, 20)
    for sign in (-1, 1):
        cx = 220 + sign * 82
        brow = smooth([(cx - sign * 58, 262), (cx - sign * 10, 226), (cx + sign * 64, 248), (cx + sign * 4, 242)], 8)
        face.paste(dark, (0, 0), polygon_mask(face.size, brow))
        eye = smooth([(cx - sign * 50, 304), (cx, 284), (cx + sign * 52, 292), (cx + sign * 6, 316)], 8)
        face.paste(dark, (0, 0), polygon_mask(face.size, eye))
        slit = smooth([(cx - sign * 34, 303), (cx, 292), (cx + sign * 36, 296), (cx + sign * 4, 309)], 8)
        face.paste((236, 226, 206), (0, 0), polygon_mask(face.size, slit))
        face.paste((14, 10, 10), (0, 0), polygon_mask(face.size, ellipse(cx, 299, 11, 10, 20)))
    lip = shade((172, 44, 40), 0.9 if sum(colour) > 400 else 1.25)
    lips = smooth([(162, 470), (200, 462), (220, 468), (240, 462), (278, 470), (246, 494), (220, 500), (194, 494)], 6)
    red = relight(
        Image.new("RGB", face.size, lip),
        field_from(lambda x, y: 160 - 240 * abs(y - 0.79), face.size, (4, 60)),
    )
    face.paste(red, (0, 0), polygon_mask(face.size, lips))
    face.paste(dark, (0, 0), polygon_mask(face.size, smooth([(168, 472), (220, 480), (272, 472), (220, 485)], 6)))


def _crown(rng, face):
    gold = tint(
        field_from(lambda x, y: 120 + 80 * math.sin(x * 40) * math.cos(y * 50), face.size, (80, 80)),
        palette.BRASS,
    )
    band = smooth([(30, 210), (120, 176), (220, 206), (320, 176), (410, 210), (410, 40), (220, 40), (30, 40)], 8)
    face.paste((44, 26, 20), (0, 5), polygon_mask(face.size, band))
    face.paste(gold, (0, 0), polygon_mask(face.size, band))
    draw = ImageDraw.Draw(face)
    stone = rng.choice(((150, 26, 34), (28, 84, 96), (40, 56, 120)))
    for index in range(9):
        x = 52 + index * 42
        y = 150 + 14 * math.sin(index * math.pi / 2)
        draw.ellipse((x - 15, y - 20, x + 15, y + 20), fill=palette.BRASS[3], outline=palette.BRASS[0], width=3)
        draw.ellipse((x - 9, y - 13, x + 9, y + 13), fill=stone)
        draw.ellipse((x - 5, y - 9, x, y - 3), fill=(240, 214, 210))


def wooden_bowl(scene):
    """Turned wooden bowls and a spoon."""
    rng = scene.rng
    scene.studio(0.5)
    name = rng.choice(list(palette.WOODS))
    stops = palette.WOODS[name]

    def nest(left, radius, base):
        surface = materials.wood(rng, (520, 420), name, across=True)
        holds = (lambda top: nest(left - 1, radius - 10, base - 46)) if left > 1 else None
        height = radius * 0.8
        pottery.pot(scene, points, radius, height, 400, base, surface, stops[1:], 0.25, 9, 0.34, holds=holds)

    points = rng.choice(pottery.BOWLS)
    nest(rng.choice((1, 2, 3)), rng.randint(262, 290), 845)
    _spoon(scene, rng.choice([wood for wood in palette.WOODS if wood != name]))


def _spoon(scene, name):
    rng = scene.rng
    angle = rng.uniform(-0.22, 0.1)
    outline = smooth(
        [
            (120, 905),
            (170, 872),
            (240, 880),
            (272, 900),
            (640, 902),
            (690, 910),
            (640, 920),
            (272, 916),
            (240, 934),
            (170, 938),
        ],
        8,
    )
    left, upper, right, lower = bounds(rotated(outline, angle, 400, 905), 12)
    size = (right - left, lower - upper)
    mask = polygon_mask(size, moved(rotated(outline, angle, 400, 905), -left, -upper))
    picture = relight(
        materials.wood(rng, size, name, across=True), bump(mask.filter(ImageFilter.GaussianBlur(6)), 1.6, 5)
    )
    scene.drop_shadow(mask, left, upper, 12, 10, 0.5)
    well = polygon_mask(size, moved(rotated(ellipse(192, 904, 48, 22, 30), angle, 400, 905), -left, -upper))
    inner = relight(picture, field_from(lambda x, y: 70 + 90 * x * size[0] / 110, size, (60, 2)))
    picture.paste(inner, (0, 0), well.filter(ImageFilter.GaussianBlur(1.5)))
    scene.place(Sprite(picture, mask), left, upper)


MOTIFS = {
    "ukiran-jepara": panel,
    "wayang-gunungan": gunungan,
    "topeng": mask_face,
    "mangkuk-kayu": wooden_bowl,
}
