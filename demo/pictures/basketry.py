"""Woven goods: baskets, trays, mats, lamp shades."""

import math

from PIL import Image, ImageDraw

from demo.pictures import materials, palette
from demo.pictures.lathe import hollow, profile, turn
from demo.pictures.noise import field_from, levels, relight, shade
from demo.pictures.scene import flat_sprite
from demo.pictures.shapes import Sprite, ellipse, line_mask, smooth

BASKETS = (
    ((0, 1.0), (0.5, 0.96), (0.9, 0.82), (1, 0.78)),
    ((0, 0.86), (0.25, 0.96), (0.55, 1.0), (0.85, 0.86), (1, 0.74)),
    ((0, 1.0), (0.3, 0.94), (0.7, 0.76), (1, 0.66)),
    ((0, 0.7), (0.2, 0.84), (0.5, 1.0), (0.8, 0.92), (1, 0.7)),
)


def dye(rng):
    """A colour that stands out from undyed reed."""
    dyes = palette.pick(rng, palette.DYES)
    return min(dyes[:2], key=sum)


def weave(rng, name, accent=None, size=(640, 520)):
    """Surface of a basket: wicker, or plaited, perhaps with dyed bands."""
    if rng.random() < 0.55:
        surface = materials.wicker(rng, size, name, rng.choice((20, 26)), rng.choice((12, 15)))
        if accent:
            draw_y = rng.choice((0.2, 0.36, 0.6)) * size[1]
            for y in (draw_y, draw_y + 70):
                band = (0, round(y), size[0], round(y) + 30)
                part = surface.crop(band)
                dyed = Image.blend(part, Image.new("RGB", part.size, accent), 0.62)
                surface.paste(dyed, band[:2])
        return surface
    return materials.plaited(rng, size, name, rng.choice((18, 24)), accent)


def ring(scene, cx, cy, radius, name, tilt, thick=15):
    """The bound rim of a basket."""
    tone = palette.REEDS[name]
    size = (math.ceil(radius) * 2 + 40, math.ceil(radius * tilt) * 2 + 40)
    path = ellipse(size[0] / 2, size[1] / 2, radius, radius * tilt, 90)
    mask = line_mask(size, path, width=thick)
    cord = field_from(lambda x, y: 158 - 46 * x - 40 * y, size, (20, 12))
    picture = relight(Image.new("RGB", size, tone[1]), cord)
    draw = ImageDraw.Draw(picture)
    for x, y in ellipse(size[0] / 2, size[1] / 2, radius, radius * tilt, 110):
        draw.line((x - 5, y - thick * 0.55, x + 5, y + thick * 0.55), fill=shade(tone[0], 0.9), width=2)
    scene.place(Sprite(picture, mask), cx - size[0] / 2, cy - size[1] / 2)


def basket(scene):
    rng = scene.rng
    scene.studio()
    name = rng.choice(list(palette.REEDS))
    accent = dye(rng) if rng.random() < 0.5 else None
    tilt, base = 0.3, 860
    spots = rng.choice(
        (((400, base, 235, 330),), ((400, base, 225, 300),), ((270, 810, 150, 210), (520, 872, 175, 270)))
    )
    for cx, foot, radius, height in spots:
        points = rng.choice(BASKETS)
        shape = profile(*[(t, r * radius) for t, r in points])
        body = turn(shape, height, weave(rng, name, accent), 0, tilt)
        scene.stand(body, cx, foot, foot=(shape(1), shape(1) * tilt))
        top = foot - body.size[1] + shape(0) * tilt
        inside = materials.plaited(rng, (200, 200), name, 10)
        mouth = hollow(shape(0), 4, shade(palette.REEDS[name][1], 0.75), palette.REEDS[name][2], tilt)
        mouth.image.paste(relight(inside.resize(mouth.size), levels(mouth.image.convert("L"), 0, 150)), (0, 0))
        scene.place(mouth, cx - mouth.size[0] / 2, top - mouth.size[1] / 2)
        if len(spots) == 1 and rng.random() < 0.6:
            _handle(scene, cx, top, shape(0), name)
        ring(scene, cx, top, shape(0), name, tilt)


def _handle(scene, cx, top, radius, name):
    arc = smooth(
        [
            (cx - radius, top + 10),
            (cx - radius * 0.9, top - radius * 0.75),
            (cx, top - radius * 1.25),
            (cx + radius * 0.9, top - radius * 0.75),
            (cx + radius, top + 10),
        ],
        12,
        closed=False,
    )
    mask = line_mask(scene.size, arc, width=20)
    scene.drop_shadow(mask, 0, 0, 30, 20, 0.2)
    tone = palette.REEDS[name]
    layer = Image.new("RGB", scene.size, tone[1])
    draw = ImageDraw.Draw(layer)
    for x, y in arc[::1]:
        draw.line((x - 14, y - 7, x + 14, y + 7), fill=tone[0], width=3)
        draw.line((x - 14, y - 3, x + 14, y + 11), fill=tone[3], width=3)
    scene.image.paste(layer, (0, 0), mask)


def tray(scene):
    """A round winnowing tray (tampah) on a wall or table, seen from above."""
    rng = scene.rng
    scene.flat_lay()
    name = rng.choice(("bambu", "pandan", "rotan"))
    accent = dye(rng) if rng.random() < 0.75 else None
    radius = rng.randint(300, 335)
    side = radius * 2 + 4
    wide = materials.plaited(rng, (round(side * 1.45),) * 2, name, rng.choice((20, 26)), accent)
    wide = wide.rotate(45, Image.Resampling.BILINEAR)
    off = (wide.width - side) // 2
    face = wide.crop((off, off, off + side, off + side))
    bowl_light = field_from(
        lambda x, y: 126 + 60 * ((x + y - 1) * 0.7) * (math.hypot(x - 0.5, y - 0.5) * 2) ** 5,
        (side, side),
        (40, 40),
    )
    face = relight(face, bowl_light)
    sprite = flat_sprite(face, ellipse(side / 2, side / 2, radius, radius, 90))
    x, y = 400 - side / 2, 500 - side / 2
    scene.lay(sprite, x, y, 20, 18, 0.5)
    ring(scene, 400, 500, radius - 4, name, 1.0, 26)


def mat(scene):
    """A rolled or flat plaited mat."""
    rng = scene.rng
    scene.flat_lay()
    name = rng.choice(("pandan", "mendong", "bambu"))
    dyes = palette.pick(rng, palette.DYES)
    size = (540, 760)
    picture = materials.plaited(rng, size, name, rng.choice((18, 20)), dyes[0])
    draw = ImageDraw.Draw(picture)
    for inset, colour in ((0, dyes[2]), (14, dyes[1])):
        draw.rectangle((inset, inset, size[0] - 1 - inset, size[1] - 1 - inset), outline=colour, width=9)
    light = field_from(lambda x, y: 140 - 14 * x - 12 * y + 8 * math.sin(9 * y), size, (12, 24))
    outline = [(3, 4), (size[0] - 4, 2), (size[0] - 2, size[1] - 4), (4, size[1] - 2)]
    scene.lay(flat_sprite(relight(picture, light), outline), 110, 110, 8, 8)
    tube = Image.new("RGB", (150, 780))
    tube.paste(materials.plaited(rng, (150, 780), name, 20, palette.pick(rng, palette.DYES)[0]), (0, 0))
    roll = field_from(lambda x, y: 190 - 150 * abs(x - 0.34) ** 1.1, tube.size, (24, 4))
    sprite = flat_sprite(relight(tube, roll), [(2, 8), (75, 1), (148, 8), (148, 772), (75, 779), (2, 772)])
    scene.lay(sprite, 590, 100, 20, 16, 0.5)


def lamp(scene):
    """A woven lamp shade, lit from inside."""
    rng = scene.rng
    scene.wall()
    name = rng.choice(("rotan", "bambu", "pandan"))
    points = rng.choice(
        (
            ((0, 0.3), (0.2, 0.62), (0.55, 0.98), (0.75, 1.0), (1, 0.86)),
            ((0, 0.34), (0.12, 0.4), (0.6, 0.84), (1, 1.0)),
            ((0, 0.3), (0.3, 0.86), (0.55, 1.0), (0.8, 0.86), (1, 0.5)),
        )
    )
    radius, height, top = rng.randint(225, 255), rng.randint(330, 400), 330
    shape = profile(*[(t, r * radius) for t, r in points])
    body = turn(shape, height, weave(rng, name), 0, 0.16)
    glow = field_from(
        lambda x, y: 128 + 66 * math.exp(-((x - 0.5) ** 2) * 7 - (y - 0.62) ** 2 * 6), body.size, (20, 24)
    )
    body.image = relight(body.image, glow)
    cord = line_mask(scene.size, [(400, 0), (400, top + 6)], width=6)
    scene.image.paste((58, 48, 42), (0, 0), cord)
    scene.drop_shadow(body.mask, 400 - body.size[0] / 2, top, 90, 70, 0.26)
    halo = field_from(
        lambda x, y: 128 + 46 * math.exp(-((x - 0.5) ** 2) * 9 - (y - 0.62) ** 2 * 9), scene.size, (32, 40)
    )
    scene.image = relight(scene.image, halo)
    scene.place(body, 400 - body.size[0] / 2, top)


MOTIFS = {
    "keranjang-anyaman": basket,
    "tampah-anyaman": tray,
    "tikar-anyaman": mat,
    "lampu-anyaman": lamp,
}
