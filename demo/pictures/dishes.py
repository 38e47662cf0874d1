"""Food on plates and in bowls: snacks, lumpia, layer cake, palm sugar."""

import math

from PIL import Image, ImageDraw, ImageFilter

from demo.pictures import morsels, palette, pottery
from demo.pictures.lathe import profile, turn
from demo.pictures.noise import field_from, fractal, levels, relight, shade, tint
from demo.pictures.shapes import Sprite, polygon_mask, rotated, rounded, smooth
from demo.pictures.solids import Camera, box, paint

CAKES = (
    ((206, 70, 96), (250, 228, 226)),
    ((92, 140, 70), (236, 238, 206)),
    ((112, 64, 36), (234, 198, 140)),
    ((108, 62, 122), (236, 214, 236)),
)


def leaf(scene, points, colour=(62, 98, 46)):
    """A banana leaf laid on the surface."""
    rng = scene.rng
    outline = smooth(points, 10)
    mask = polygon_mask(scene.size, outline)
    tone = levels(fractal(rng, scene.size, (3, 60), 2), 60, 200)
    picture = tint(tone, (shade(colour, 0.62), colour, shade(colour, 1.4)))
    scene.drop_shadow(mask, 0, 0, 14, 14, 0.45)
    scene.image.paste(picture, (0, 0), mask)
    draw = ImageDraw.Draw(scene.image)
    draw.line([points[0], points[len(points) // 2]], fill=shade(colour, 1.7), width=4)


def snack_bowl(scene):
    """A bowl heaped with chips."""
    rng = scene.rng
    scene.studio(0.46)
    kind = rng.choice(morsels.SNACKS)
    surface, stops = pottery.glaze(rng)
    radius, tilt = rng.randint(272, 295), 0.36

    def heap(top):
        morsels.heap(scene, kind, 400, top + 6, radius * 0.86, radius * tilt * 0.86, radius * 0.46)

    pottery.pot(scene, pottery.BOWLS[1], radius, radius * 0.78, 400, 850, surface, stops, 0.5, 6, tilt, holds=heap)
    spots = [(rng.uniform(120, 690), rng.uniform(885, 945)) for _ in range(rng.randint(2, 5))]
    morsels.scatter(scene, kind, spots)


def roll(rng, length, thick):
    """Cut-out of one fried spring roll."""
    size = (round(length), round(thick))
    skin = tint(levels(fractal(rng, size, (9, 5), 3), 50, 225), ((128, 66, 16), (204, 132, 46), (240, 190, 98)))
    light = field_from(lambda x, y: 92 + 84 * math.sin(math.pi * (y * 0.86 + 0.16)) - 34 * y, size, (8, 16))
    skin = relight(skin, light)
    draw = ImageDraw.Draw(skin)
    fold = size[0] * rng.uniform(0.3, 0.7)
    draw.line((fold, 0, fold - 34, size[1]), fill=(112, 58, 18), width=2)
    draw.line((fold + 3, 0, fold - 31, size[1]), fill=(246, 206, 124), width=2)
    for _ in range(16):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1] * 0.8)
        draw.ellipse((x, y, x + 4, y + 3), outline=(160, 92, 30))
    return Sprite(skin, polygon_mask(size, rounded(1, 1, size[0] - 1, size[1] - 1, thick * 0.42)))


def lumpia(scene):
    """Spring rolls stacked on a plate or leaf, with a bowl of sauce."""
    rng = scene.rng
    scene.studio(0.42)
    pottery.put_dish(scene, 400, 700, 320, palette.GLAZES[rng.choice(("susu", "arang", "celadon", "nila"))], 0.42)
    if rng.random() < 0.6:
        leaf(
            scene,
            [(150, 700), (270, 640), (420, 618), (560, 640), (655, 704), (560, 770), (400, 796), (250, 766)],
        )
    for row, count in enumerate((4, 3, 2)):
        for index in range(count):
            piece = roll(rng, 250 + rng.uniform(-10, 10), 74)
            turned = rng.uniform(-5, 5) - 8
            image = piece.image.rotate(turned, Image.Resampling.BICUBIC, expand=True)
            mask = piece.mask.rotate(turned, Image.Resampling.BICUBIC, expand=True)
            x = 330 + rng.uniform(-8, 8) + row * 12
            y = 640 + (index + row * 0.5) * 46 - row * 56
            sprite = Sprite(image, mask)
            scene.drop_shadow(mask, x - image.width / 2, y - image.height / 2, 12, 10, 0.5)
            scene.place(sprite, x - image.width / 2, y - image.height / 2)
    stops = rng.choice((((88, 34, 10), (150, 66, 20), (204, 118, 48)), ((120, 14, 8), (176, 40, 18), (216, 92, 50))))
    surface, tone = pottery.glaze(rng, name="susu")
    pottery.pot(scene, pottery.BOWLS[1], 78, 62, 575, 745, surface, tone, 0.5, 5, 0.42, stops[1])
    _chillies(scene)


def _chillies(scene):
    rng = scene.rng
    for _ in range(3):
        cx, cy, angle = rng.uniform(470, 560), rng.uniform(772, 800), rng.uniform(-0.6, 0.5)
        outline = smooth(
            rotated(
                [(cx - 40, cy), (cx - 10, cy - 8), (cx + 36, cy - 4), (cx + 12, cy + 8), (cx - 20, cy + 8)],
                angle,
                cx,
                cy,
            ),
            6,
        )
        mask = polygon_mask(scene.size, outline)
        scene.drop_shadow(mask, 0, 0, 6, 6, 0.5)
        scene.image.paste(rng.choice(((70, 120, 40), (176, 30, 22))), (0, 0), mask)


def layer_cake(scene):
    """Kue lapis: striped slices standing on a leaf."""
    rng = scene.rng
    scene.studio(0.44)
    leaf(scene, [(90, 760), (240, 660), (430, 620), (610, 655), (720, 740), (600, 850), (400, 890), (210, 850)])
    camera = Camera(rng.choice((-0.5, 0.5)), 0.5, 640, 400, 760)
    colours = rng.choice(CAKES)
    layers = rng.choice((5, 7, 9))
    blocks = []
    for x, z in ((-0.3, -0.24), (0.02, -0.26), (0.32, -0.2), (-0.32, 0.06), (0.0, 0.06), (0.3, 0.1)):
        x, z = x + rng.uniform(-0.02, 0.02), z + rng.uniform(-0.02, 0.02)
        blocks.append(box(x - 0.12, x + 0.12, 0, 0.17, z - 0.1, z + 0.1, _layered(rng, colours, layers)))
    blocks.append(box(-0.16, 0.1, 0.17, 0.34, -0.14, 0.06, _layered(rng, colours, layers), 0.4))
    paint(scene, camera, blocks, 0.4)


def _layered(rng, colours, layers):
    def surface(size, face):
        if face == "top":
            picture = Image.new("RGB", size, colours[0])
        else:
            small = Image.new("RGB", (1, layers))
            for index in range(layers):
                small.putpixel((0, index), colours[index % 2])
            picture = small.resize((1, layers * 24), Image.Resampling.NEAREST).resize(size, Image.Resampling.BILINEAR)
        return relight(picture, levels(fractal(rng, size, (6, 6), 2), 112, 148))

    return surface


def palm_sugar(scene):
    """Gula aren: brown domes and half shells, stacked on a leaf."""
    rng = scene.rng
    scene.studio(0.48)
    leaf(
        scene,
        [(110, 800), (260, 720), (440, 690), (600, 715), (700, 790), (590, 872), (400, 900), (220, 870)],
    )
    stops = rng.choice((((62, 30, 12), (124, 70, 32), (172, 112, 62)), ((96, 54, 18), (168, 108, 48), (212, 158, 90))))
    dome = ((0, 0.62), (0.12, 0.8), (0.5, 0.94), (1, 1))
    for cx, base, radius in (
        (290, 790, 108),
        (510, 790, 108),
        (400, 850, 112),
        (220, 862, 100),
        (585, 866, 104),
        (400, 712, 104),
    ):
        surface = tint(levels(fractal(rng, (300, 160), (12, 8), 3), 70, 210), stops)
        body = turn(profile(*[(t, r * radius) for t, r in dome]), radius * 0.62, surface, 0.12)
        scene.stand(body, cx, base, foot=(radius, radius * 0.24), strength=0.25)
        top = field_from(lambda x, y: 150 - 36 * x - 18 * y, (120, 60), (8, 8))
        face = relight(tint(fractal(rng, (120, 60), (7, 5), 3), (stops[1], stops[2])), top)
        outline = [(60 + 58 * math.cos(a / 20 * math.pi), 30 + 27 * math.sin(a / 20 * math.pi)) for a in range(40)]
        width, height = round(radius * 1.24), round(radius * 0.3)
        mask = polygon_mask((120, 60), outline).resize((width, height)).filter(ImageFilter.GaussianBlur(1.4))
        scene.place(Sprite(face.resize((width, height)), mask), cx - width / 2, base - body.size[1] + 1)


def sweets(scene):
    """A plate of small biscuits."""
    rng = scene.rng
    scene.studio(0.44)
    kind = rng.choice(morsels.BISCUITS)
    pottery.put_dish(scene, 400, 730, 300, None, 0.4)
    morsels.heap(scene, kind, 400, 722, 190, 74, 96, 1.1, 1.0)
    if rng.random() < 0.6:
        surface, stops = pottery.glaze(rng)
        pottery.pot(
            scene,
            ((0, 0.86), (0.5, 0.88), (0.9, 0.84), (1, 0.76)),
            84,
            120,
            670,
            640,
            surface,
            stops,
            0.5,
            5,
            0.3,
            (120, 70, 24),
        )


MOTIFS = {
    "keripik-mangkuk": snack_bowl,
    "lumpia": lumpia,
    "kue-lapis": layer_cake,
    "gula-aren": palm_sugar,
    "kue-kering": sweets,
}
