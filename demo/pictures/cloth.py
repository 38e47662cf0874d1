"""Cloth as it is sold: hung from a rod, folded in a pile, laid flat, as a shawl."""

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures import batik, materials, palette
from demo.pictures.noise import curve, field_from, fractal, levels, relight, shade
from demo.pictures.shapes import Sprite, line_mask, perspective, polygon_mask, rounded


def folds(rng, size, count=4.0, depth=1.0):
    """Hanging folds: (light image, function giving the sideways shift at x, y, all in 0..1)."""
    waves = [
        (
            rng.uniform(0.25, 1) / k,
            count * k * rng.uniform(0.8, 1.2),
            rng.uniform(0, math.tau),
            rng.uniform(-0.9, 0.9),
        )
        for k in (0.45, 1, 1.7, 2.6)
    ]

    total = sum(a for a, *_ in waves)

    def slope(x, y):
        return sum(a * math.cos(math.tau * f * x + p + d * y) for a, f, p, d in waves) / total

    def valley(x, y):
        return count * sum(a / f * math.sin(math.tau * f * x + p + d * y) for a, f, p, d in waves) / total

    def lit(x, y):
        return 121 + depth * (0.6 + 0.4 * y) * (58 * slope(x, y) + 15 * valley(x, y))

    def shift(x, y):
        return (
            0.5 * depth * sum(a / f * math.cos(math.tau * f * x + p + d * y) for a, f, p, d in waves) / total / math.tau
        )

    return field_from(lit, size, (44, 6)), shift


def drape(rng, picture, count=4.0, depth=1.0):
    """The flat cloth hung in folds (same size; a little of its width is lost in the folds)."""
    light, shift = folds(rng, picture.size, count, depth)
    width, height = picture.size
    columns, rows, mesh = 32, 4, []
    for row in range(rows):
        for column in range(columns):
            x0, x1 = round(column * width / columns), round((column + 1) * width / columns)
            y0, y1 = round(row * height / rows), round((row + 1) * height / rows)
            corners = ((x0, y0), (x0, y1), (x1, y1), (x1, y0))
            quad = []
            for x, y in corners:
                source = x + width * shift(x / width, y / height)
                quad += [max(0, min(width - 1, source)), y]
            mesh.append(((x0, y0, x1, y1), quad))
    hung = picture.transform(picture.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    return relight(hung, light)


def hung(kind):
    """Painter: a long cloth over a wooden rod."""

    def paint(scene):
        rng = scene.rng
        scene.wall()
        dyes = palette.pick(rng, palette.DYES)
        width, height = rng.randint(470, 560), rng.randint(760, 810)
        flat = batik.cloth(rng, kind, (width, height), dyes, rng.choice((0.85, 1.0, 1.2)))
        if kind not in ("lurik", "jumputan"):
            batik.hem(flat, dyes, rng.choice((64, 80)))
        picture = drape(rng, flat, rng.uniform(2.2, 3.6), rng.uniform(0.7, 1.1))
        wave, phase = rng.uniform(3, 7), rng.uniform(0, 6)
        lower = [(x, height - 10 + wave * math.sin(x / width * 15 + phase)) for x in range(width, -1, -12)]
        mask = polygon_mask(picture.size, [(4, 0), (width - 4, 0), *lower])
        x, y = (scene.width - width) / 2, rng.randint(96, 120)
        rod(scene, y, width)
        scene.drop_shadow(mask, x, y, 46, 40, 0.34)
        scene.drop_shadow(mask, x, y, 12, 10, 0.3)
        top = levels(Image.linear_gradient("L").resize((width, 22)), 175, 118)
        band = relight(picture.crop((0, 0, width, 22)), top)
        picture.paste(band, (0, 0))
        scene.place(Sprite(picture, mask), x, y - 8)

    return paint


def rod(scene, y, width, overhang=70):
    """A round wooden rod on two cords across the wall."""
    rng = scene.rng
    length, thick = width + overhang * 2, 17
    board = materials.wood(rng, (length, thick), rng.choice(("jati", "mindi", "jati-tua")), across=True)
    light = curve(Image.linear_gradient("L").resize((length, thick)), lambda t: 0.75 - 0.6 * t if t > 0.2 else 0.45 + t)
    picture = relight(board, light)
    x = (scene.width - length) / 2
    mask = polygon_mask((length, thick), rounded(0, 0, length, thick, 7))
    cords = Image.new("L", scene.size)
    for place in (x + 30, x + length - 30):
        cord = line_mask((14, round(y) + 10), [(7, 0), (7, y)], width=3)
        cords.paste(cord, (round(place) - 7, -4))
    scene.drop_shadow(cords, 0, 0, 30, 16, 0.25)
    scene.image.paste((150, 118, 80), (0, 0), cords)
    scene.drop_shadow(mask, x, y - 14, 36, 22, 0.35)
    scene.place(Sprite(picture, mask), x, y - 14)


def folded(kind):
    """Painter: a pile of folded cloths on a surface, the pattern on top and along the folds."""

    def paint(scene):
        rng = scene.rng
        scene.studio(0.46)
        count = rng.choice((1, 2, 3, 3, 4))
        base = rng.randint(850, 885)
        half = rng.randint(285, 312)
        heights = [rng.randint(78, 100) if count > 1 else rng.randint(120, 150) for _ in range(count)]
        names = rng.sample(list(palette.DYES), count)
        scene.contact(412, base - 6, half + 14, 20, 0.75)
        _pile_shadow(scene, base, half, sum(heights))
        for index, height in enumerate(heights):
            dyes = palette.DYES[names[index]]
            top = index == count - 1
            pattern = kind if top or rng.random() < 0.5 else rng.choice(list(batik.PATTERNS))
            nudge = rng.uniform(-9, 9)
            fold_front(scene, pattern, dyes, (400 + nudge, base), half + rng.uniform(-8, 5), height)
            base -= height
            if top:
                fold_top(scene, pattern, dyes, (400 + nudge, base), half)

    return paint


def _pile_shadow(scene, base, half, height):
    mask = Image.new("L", (half * 2, height + 120), 255)
    scene.ground_shadow(mask, 410, base - 40, 0.8, 0.4, 0.35)


def fold_front(scene, pattern, dyes, at, half, height):
    """The front of one folded cloth: rounded layers one on the other."""
    rng = scene.rng
    cx, base = at
    width = round(half * 2)
    layers = max(2, round(height / 28))
    thick = height / layers
    flat = batik.cloth(rng, pattern, (width, height), dyes, 0.9)
    picture = Image.new("RGB", (width, height), shade(dyes[2], 0.6))
    for layer in range(layers):
        y0, y1 = round(layer * thick), round((layer + 1) * thick)
        strip = flat.crop((0, y0, width, y1))
        roll = Image.linear_gradient("L").resize(strip.size)
        light = curve(roll, lambda t: 0.30 + 0.42 * math.sin(math.pi * min(1, t * 0.9 + 0.1)) ** 0.8 - 0.26 * t)
        picture.paste(relight(strip, light), (0, y0))
    sway = field_from(lambda x, y: 136 - 34 * x + 4 * math.sin(x * 9 + cx), picture.size, (24, 3))
    picture = relight(picture, sway)
    edges = [rng.uniform(-4, 4) for _ in range(layers)]
    mask = Image.new("L", (width, height))
    for layer in range(layers):
        y0, y1 = layer * thick, (layer + 1) * thick
        shape = rounded(3 + edges[layer], y0, width - 3 + edges[layer], y1 + 1, thick * 0.46)
        mask.paste(255, (0, 0), polygon_mask((width, height), shape))
    scene.place(Sprite(picture, mask), cx - half, base - height)


def fold_top(scene, pattern, dyes, at, half, deep=0.7):
    """The upper face of the pile, going back into the picture."""
    rng = scene.rng
    cx, front = at
    back = front - round(half * deep * rng.uniform(0.9, 1.1))
    narrow = half * 0.8
    flat = batik.cloth(rng, pattern, (560, 480), dyes, rng.choice((0.9, 1.1, 1.3)))
    if pattern not in ("lurik", "jumputan") and rng.random() < 0.5:
        batik.hem(flat, dyes, 72)
    light = field_from(lambda x, y: 150 - 26 * x - 10 * y + 5 * math.sin(7 * x + 3 * y), flat.size, (16, 16))
    flat = relight(flat, light)
    size = (round(half * 2) + 8, front - back + 14)
    corners = [(half - narrow + 4, 2), (half + narrow + 4, 2), (half * 2 + 2, size[1] - 8), (6, size[1] - 8)]
    source = [(0, 0), (559, 0), (559, 479), (0, 479)]
    picture = flat.transform(size, Image.Transform.PERSPECTIVE, perspective(source, corners), Image.Resampling.BICUBIC)
    outline = [corners[0], corners[1], (corners[2][0], corners[2][1] - 4), (corners[2][0] - 8, size[1] - 1)]
    outline += [(14, size[1] - 1), (corners[3][0], corners[3][1] - 4)]
    scene.place(Sprite(picture, polygon_mask(size, outline)), cx - half - 4, back)


def shawl(kind):
    """Painter: a selendang hung over a rod, its ends fringed."""

    def paint(scene):
        rng = scene.rng
        scene.wall()
        dyes = palette.pick(rng, palette.DYES)
        rod(scene, 120, 380)
        for width, height, x, scale in ((250, 640, 330, 0.8), (270, 740, 215, 0.8)):
            width += rng.randint(-20, 20)
            height += rng.randint(-40, 30)
            flat = batik.cloth(rng, kind, (width, height), dyes, scale)
            if kind not in ("lurik", "jumputan"):
                batik.hem(flat, dyes, 60)
            picture = drape(rng, flat, rng.uniform(1.4, 2.2), 1.0)
            fringe(scene, picture, dyes, (x, 106))

    return paint


def fringe(scene, picture, dyes, at):
    """Place a hanging cloth whose lower end runs out in threads."""
    rng = scene.rng
    width, height = picture.size
    tail = 60
    full = Image.new("RGB", (width, height + tail), shade(dyes[1], 0.9))
    full.paste(picture, (0, 0))
    full.paste(
        relight(Image.new("RGB", (width, tail), shade(dyes[1], 0.85)), fractal(rng, (width, tail), (60, 3))),
        (0, height),
    )
    threads = [
        [
            (x, height - 4),
            (x + rng.uniform(-3, 3), height + 24),
            (x + rng.uniform(-7, 7), height + rng.uniform(40, 56)),
        ]
        for x in range(4, width - 2, 7)
    ]
    mask = line_mask(full.size, *threads, width=2.6)
    mask.paste(255, (1, 0, width - 1, height))
    scene.drop_shadow(mask, *at, 40, 34, 0.34)
    scene.drop_shadow(mask, *at, 10, 9, 0.3)
    scene.place(Sprite(full, mask), *at)


def spread(kind):
    """Painter: the cloth laid flat, one corner turned back to show the reverse."""

    def paint(scene):
        rng = scene.rng
        scene.flat_lay()
        dyes = palette.pick(rng, palette.DYES)
        size = (600, 780)
        flat = batik.cloth(rng, kind, size, dyes, rng.choice((1.0, 1.25, 1.5)))
        if kind not in ("lurik", "jumputan"):
            batik.hem(flat, dyes, 84)
        crease = levels(fractal(rng, size, (4, 5), 2), 108, 148)
        flat = relight(flat, crease)
        _creases(flat)
        fold = rng.randint(150, 240)
        outline = [
            (4, 6),
            (size[0] - fold, 3),
            (size[0] - 4, fold),
            (size[0] - 6, size[1] - 5),
            (6, size[1] - 3),
        ]
        _turn_back(rng, flat, kind, dyes, fold)
        sprite = turned(Sprite(flat, polygon_mask(size, outline)), rng.uniform(-5, 5))
        scene.lay(sprite, (800 - sprite.size[0]) / 2, (1000 - sprite.size[1]) / 2, 8, 8)

    return paint


def _turn_back(rng, flat, kind, dyes, fold):
    """Fold the upper right corner over: the paler reverse, and its shadow on the cloth."""
    size, x0 = (fold + 24, fold + 24), flat.width - fold - 12
    corner = [(12, 3), (fold + 8, fold), (12 + fold * 0.08, fold * 0.93)]
    mask = polygon_mask(size, corner)
    shadow = ImageChops.offset(mask, 2, 12).filter(ImageFilter.GaussianBlur(8))
    flat.paste((34, 22, 16), (x0 - 8, 0), levels(shadow, 0, 150))
    back = batik.cloth(rng, kind, size, [_faded(colour) for colour in dyes], 1.0)
    shine = field_from(lambda x, y: 104 + 66 * (x - y * 0.6 + 0.3), size, (8, 8))
    flat.paste(relight(back, shine), (x0, 0), mask)


def _faded(colour):
    return tuple(round(channel * 0.6 + 92) for channel in colour)


def _creases(picture):
    """The lines left by folding, one lit and one shaded edge each."""
    width, height = picture.size
    layer = Image.new("L", picture.size, 128)
    draw = ImageDraw.Draw(layer)
    for x in (width // 3, width * 2 // 3):
        draw.line((x, 0, x, height), fill=160, width=3)
        draw.line((x + 4, 0, x + 4, height), fill=92, width=4)
    draw.line((0, height // 2, width, height // 2), fill=160, width=3)
    draw.line((0, height // 2 + 4, width, height // 2 + 4), fill=96, width=4)
    picture.paste(relight(picture, layer.filter(ImageFilter.GaussianBlur(2))), (0, 0))


def turned(sprite, degrees):
    """The cut-out turned about its middle (its size grows)."""
    image = sprite.image.rotate(degrees, Image.Resampling.BILINEAR, expand=True)
    mask = sprite.mask.rotate(degrees, Image.Resampling.BILINEAR, expand=True)
    return Sprite(image, mask)


MOTIFS = {
    "kain-kawung": hung("kawung"),
    "kain-parang": hung("parang"),
    "kain-ceplok": spread("ceplok"),
    "kain-truntum": folded("truntum"),
    "batik-lipat": folded("kawung"),
    "batik-parang-lipat": folded("parang"),
    "kain-lurik": folded("lurik"),
    "kain-tenun": hung("tenun"),
    "kain-jumputan": hung("jumputan"),
    "selendang": shawl("tenun"),
    "selendang-batik": shawl("truntum"),
    "taplak-batik": spread("kawung"),
}
