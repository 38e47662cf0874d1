"""Furniture of Jepara: chairs, benches, tables, cabinets, in teak and its kin, with caning and rattan."""

import math

from PIL import Image, ImageDraw

from demo.pictures import batik, materials, palette
from demo.pictures.noise import field_from, levels, relight, shade
from demo.pictures.solids import Camera, box, paint


def timber(rng, name):
    """Surface of a wooden part: the grain follows its longer side."""

    def surface(size, face):
        return materials.wood(rng, size, name, across=size[0] > size[1])

    return surface


def caned(rng, name):
    """Surface one can see through: caning."""

    def surface(size, face):
        return materials.caning(rng, size, name, 15)

    return surface


def woven(rng, name, cell=9):
    """Surface of plaited cord or rush."""

    def surface(size, face):
        return materials.plaited(rng, size, name, cell)

    return surface


def cushioned(rng, kind, dyes):
    """Surface of a cushion in batik or lurik cloth, swelling in the middle."""

    def surface(size, face):
        flat = batik.cloth(rng, kind, size, dyes, 0.5)
        swell = field_from(
            lambda x, y: 96 + 56 * (math.sin(math.pi * x) * math.sin(math.pi * y)) ** 0.5, size, (12, 12)
        )
        return relight(flat, swell)

    return surface


def room(scene, scale, width=0.0):
    """A wall and a floor, and the camera that looks at them."""
    rng = scene.rng
    scene.studio(0.6, rng.choice(palette.STUDIOS))
    yaw = rng.choice((-1, 1)) * rng.uniform(0.42, 0.66)
    return Camera(yaw, rng.uniform(0.24, 0.32), scale * rng.uniform(0.96, 1.03), 400, rng.randint(790, 815))


def legs(half_x, half_z, height, thick, surface, taper=0.018):
    """Four legs at the corners."""
    parts = []
    for x in (-half_x, half_x - thick):
        for z in (-half_z, half_z - thick):
            parts.append(box(x, x + thick, 0, height, z, z + thick, surface, taper=(taper, taper)))
    return parts


def chair(scene):
    """A dining chair: slatted, caned or solid back."""
    camera = room(scene, 600)
    paint(scene, camera, chair_parts(scene.rng))


def chair_parts(rng):
    wood = timber(rng, rng.choice(list(palette.WOODS)))
    hx, hz, seat, top, t = 0.24, 0.24, 0.46, rng.uniform(0.88, 0.98), 0.045
    parts = legs(hx, hz, seat - 0.03, t, wood)
    lean = 0.07
    for x in (-hx, hx - t):
        parts.append(box(x, x + t, seat - 0.03, top, -hz, -hz + t, wood, -0.3, lean=lean))
    for z in (-hz, hz - 0.03):
        parts.append(box(-hx + t, hx - t, seat - 0.09, seat - 0.03, z, z + 0.028, wood, -0.02))
    for x in (-hx, hx - 0.03):
        parts.append(box(x, x + 0.028, seat - 0.09, seat - 0.03, -hz + t, hz - t, wood, -0.02))
        parts.append(box(x + 0.006, x + 0.03, 0.16, 0.19, -hz + t, hz - t, wood, -0.02))
    _seat(rng, parts, hx, hz, seat, wood)
    _back(rng, parts, hx, hz, seat, top, t, lean, wood)
    return parts


def _seat(rng, parts, hx, hz, seat, wood):
    kind = rng.choice(("wood", "cane", "cushion", "cord"))
    parts.append(box(-hx - 0.012, hx + 0.012, seat - 0.03, seat, -hz - 0.005, hz + 0.02, wood, 0.05))
    if kind == "cushion":
        dyes = palette.pick(rng, palette.DYES)
        cloth = cushioned(rng, rng.choice(("lurik", "kawung", "tenun", "truntum")), dyes)
        parts.append(box(-hx + 0.01, hx - 0.01, seat, seat + 0.05, -hz + 0.05, hz - 0.005, cloth, 0.12))
    elif kind in ("cane", "cord"):
        cover = woven(rng, rng.choice(("rotan", "pandan", "mendong")), 8)
        parts.append(box(-hx + 0.035, hx - 0.035, seat, seat + 0.004, -hz + 0.05, hz - 0.03, cover, 0.12))


def _back(rng, parts, hx, hz, seat, top, t, lean, wood):
    """Rails and filling of a chair's back, leaning like its posts."""
    z0 = -hz + 0.008

    def at(y):
        return lean * (y - seat + 0.03) / (top - seat + 0.03)

    def rail(y0, y1, x0=-hx + t, x1=hx - t, thick=0.026, surface=wood):
        start = at(y0)
        part = box(x0, x1, y0, y1, z0 - start, z0 - start + thick, surface, -0.28, lean=at(y1) - start)
        parts.append(part)

    rail(top - 0.08, top, -hx, hx, 0.034)
    kind = rng.choice(("slats", "ladder", "cane", "cane"))
    if kind == "slats":
        rail(seat + 0.1, seat + 0.14)
        count = rng.choice((4, 5, 6))
        for index in range(count):
            x = -hx + t + (index + 0.5) * (2 * hx - 2 * t) / count
            rail(seat + 0.14, top - 0.08, x - 0.014, x + 0.014, 0.018)
    elif kind == "ladder":
        for y in (seat + 0.1, seat + 0.22):
            rail(y, y + 0.06)
    else:
        rail(seat + 0.1, seat + 0.14)
        rail(seat + 0.14, top - 0.08, thick=0.008, surface=caned(rng, "rotan"))


def table(scene):
    """A table with a board top; now and then a bowl's worth of drawer fronts."""
    rng = scene.rng
    low = rng.random() < 0.45
    camera = room(scene, 520 if not low else 560)
    name = rng.choice(list(palette.WOODS))
    wood = timber(rng, name)
    hx, hz, height, t = 0.56, 0.36, (0.4 if low else 0.62), 0.065
    parts = legs(hx - 0.04, hz - 0.04, height - 0.045, t, wood, rng.choice((0, 0.014)))
    for z in (-hz + 0.05, hz - 0.08):
        parts.append(box(-hx + 0.1, hx - 0.1, height - 0.14, height - 0.045, z, z + 0.03, wood, -0.03))
    for x in (-hx + 0.05, hx - 0.08):
        parts.append(box(x, x + 0.03, height - 0.14, height - 0.045, -hz + 0.1, hz - 0.1, wood, -0.03))
    if low:
        shelf = woven(rng, "rotan", 9) if rng.random() < 0.5 else wood
        parts.append(box(-hx + 0.06, hx - 0.06, 0.12, 0.145, -hz + 0.06, hz - 0.06, shelf, -0.2))
    parts.append(box(-hx, hx, height - 0.045, height, -hz, hz, planked(rng, name), 0.6))
    paint(scene, camera, parts)


def planked(rng, name, count=4):
    """Surface of a table top made of boards."""

    def surface(size, face):
        if face != "top":
            return materials.wood(rng, size, name, across=size[0] > size[1])
        picture = Image.new("RGB", size)
        step = max(6, size[1] // count)
        for y in range(0, size[1], step):
            board = materials.wood(rng, (size[0], step), name, across=True)
            board = relight(board, Image.new("L", board.size, rng.randint(120, 134)))
            picture.paste(board, (0, y))
            picture.paste(shade(palette.WOODS[name][0], 0.7), (0, y, size[0], y + 1))
        return picture

    return surface


def bench(scene):
    """A long bench, plain, slatted or with a back."""
    rng = scene.rng
    camera = room(scene, 430)
    name = rng.choice(list(palette.WOODS))
    wood = timber(rng, name)
    hx, hz, seat, t = 0.72, 0.22, 0.44, 0.07
    parts = legs(hx - 0.06, hz, seat - 0.04, t, wood, 0.01)
    for z in (-hz + 0.02, hz - 0.05):
        parts.append(box(-hx + 0.1, hx - 0.1, seat - 0.11, seat - 0.04, z, z + 0.03, wood, -0.03))
    count = rng.choice((1, 4, 5))
    if count == 1:
        parts.append(box(-hx, hx, seat - 0.04, seat, -hz - 0.02, hz + 0.02, planked(rng, name, 2), 0.4))
    else:
        step = (2 * hz + 0.04) / count
        for index in range(count):
            z = -hz - 0.02 + index * step
            parts.append(box(-hx, hx, seat - 0.04, seat, z, z + step * 0.84, wood, 0.3))
    if rng.random() < 0.6:
        _bench_back(rng, parts, hx, hz, seat, wood)
    elif rng.random() < 0.7:
        cloth = cushioned(rng, rng.choice(("lurik", "tenun", "parang")), palette.pick(rng, palette.DYES))
        parts.append(box(-hx + 0.05, hx - 0.05, seat, seat + 0.055, -hz + 0.01, hz - 0.01, cloth, 0.6))
    paint(scene, camera, parts)


def _bench_back(rng, parts, hx, hz, seat, wood):
    top = seat + 0.42
    for x in (-hx + 0.06, -0.03, hx - 0.12):
        parts.append(box(x, x + 0.06, seat - 0.04, top, -hz - 0.03, -hz + 0.02, wood, -0.25, lean=0.04))
    for y in (seat + 0.14, top - 0.08):
        parts.append(box(-hx + 0.02, hx - 0.02, y, y + 0.08, -hz - 0.06, -hz - 0.03, wood, -0.24))
    if rng.random() < 0.6:
        for index in range(12):
            x = -hx + 0.12 + index * (2 * hx - 0.24) / 11
            parts.append(box(x - 0.014, x + 0.014, seat + 0.22, top - 0.08, -hz - 0.055, -hz - 0.035, wood, -0.24))


def cabinet(scene):
    """A cabinet or sideboard: panelled, caned or with drawers."""
    rng = scene.rng
    tall = rng.random() < 0.5
    camera = room(scene, 470 if tall else 500)
    name = rng.choice(list(palette.WOODS))
    wood = timber(rng, name)
    hx, hz, foot, top = (0.42, 0.22, 0.1, 1.22) if tall else (0.62, 0.24, 0.2, 0.78)
    parts = legs(hx - 0.03, hz - 0.03, foot, 0.055, wood)
    front = door_front(rng, name, 2 if tall else 3)

    def surface(size, face):
        return front(size) if face == "front" else wood(size, face)

    parts.append(box(-hx, hx, foot, top, -hz, hz, surface, 0.3))
    parts.append(box(-hx - 0.025, hx + 0.025, top, top + 0.03, -hz - 0.02, hz + 0.03, planked(rng, name, 3), 0.6))
    camera.yaw = -abs(camera.yaw) * 0.8 if rng.random() < 0.5 else abs(camera.yaw) * 0.8
    paint(scene, camera, parts)


def door_front(rng, name, doors):
    """Front of a cabinet: doors with panels of wood or caning, perhaps a row of drawers."""
    panel = rng.choice(("cane", "wood", "slats", "cane"))
    drawers = rng.random() < 0.6

    def front(size):
        picture = materials.wood(rng, size, name)
        width, height = size
        y0 = 10
        if drawers:
            for index in range(doors):
                x0, x1 = _share(width, doors, index)
                _panel(rng, picture, (x0, 10, x1, height * 0.24), "plain", name)
            y0 = round(height * 0.25)
        for index in range(doors):
            x0, x1 = _share(width, doors, index)
            _panel(rng, picture, (x0, y0, x1, height - 10), panel, name)
        return picture

    return front


def _share(width, count, index):
    step = (width - 16) / count
    return 8 + index * step + 3, 8 + (index + 1) * step - 3


def _panel(rng, picture, place, kind, name):
    """One door or drawer: a gap round it, a frame, a filling and a knob."""
    x0, y0, x1, y1 = (round(side) for side in place)
    width, height = x1 - x0, y1 - y0
    door = relight(
        materials.wood(rng, (width, height), name, across=kind == "plain"),
        Image.new("L", (width, height), 134),
    )
    frame = max(10, round(min(width, height) * 0.13))
    inner = (frame, frame, width - frame, height - frame)
    size = (inner[2] - inner[0], inner[3] - inner[1])
    if kind == "cane":
        net, mask = materials.caning(rng, size, "rotan", 13)
        dark = Image.new("RGB", size, shade(palette.WOODS[name][0], 0.45))
        dark.paste(net, (0, 0), mask)
        door.paste(dark, inner[:2])
    elif kind == "slats":
        ridge = materials.tiled(Image.linear_gradient("L").rotate(90).resize((11, 4)), size)
        door.paste(relight(door.crop(inner), levels(ridge, 60, 150)), inner[:2])
    elif kind == "wood":
        door.paste(relight(materials.wood(rng, size, name), Image.new("L", size, 122)), inner[:2])
    draw = ImageDraw.Draw(door)
    if kind != "plain":
        _sunk(draw, inner, name)
    draw.rectangle((0, 0, width - 1, height - 1), outline=shade(palette.WOODS[name][0], 0.45))
    kx, ky = (width / 2, height / 2) if kind == "plain" else (width - frame / 2, height / 2)
    draw.ellipse((kx - 4, ky - 3, kx + 6, ky + 7), fill=(30, 20, 14))
    draw.ellipse((kx - 5, ky - 5, kx + 5, ky + 5), fill=palette.BRASS[2])
    draw.ellipse((kx - 3, ky - 3, kx, ky), fill=palette.BRASS[3])
    picture.paste(door, (x0, y0))


def _sunk(draw, inner, name):
    x0, y0, x1, y1 = inner
    dark, bright = shade(palette.WOODS[name][0], 0.5), palette.WOODS[name][3]
    draw.line((x0, y0, x1, y0), fill=dark, width=3)
    draw.line((x0, y0, x0, y1), fill=dark, width=3)
    draw.line((x0, y1, x1, y1), fill=bright, width=2)
    draw.line((x1, y0, x1, y1), fill=bright, width=2)


def stool(scene):
    """A stool with a woven seat."""
    rng = scene.rng
    camera = room(scene, 760)
    wood = timber(rng, rng.choice(list(palette.WOODS)))
    hx, seat, t = 0.24, 0.46, 0.05
    parts = legs(hx, hx, seat, t, wood, 0.008)
    for y in (0.14, seat - 0.06):
        for side in (-hx + 0.01, hx - 0.04):
            parts.append(box(-hx + t, hx - t, y, y + 0.034, side, side + 0.03, wood, -0.02))
            parts.append(box(side, side + 0.03, y + 0.03, y + 0.064, -hx + t, hx - t, wood, -0.02))
    cover = woven(rng, rng.choice(("rotan", "pandan", "mendong", "eceng")), rng.choice((8, 11)))
    parts.append(box(-hx + 0.01, hx - 0.01, seat - 0.025, seat + 0.012, -hx + 0.01, hx - 0.01, cover, 0.3))
    paint(scene, camera, parts)


def shelf(scene):
    """An open shelf with a few goods' worth of boxes and baskets."""
    rng = scene.rng
    camera = room(scene, 440)
    name = rng.choice(list(palette.WOODS))
    wood = timber(rng, name)
    hx, hz, top, t = 0.42, 0.19, 1.34, 0.035
    parts = []
    for x in (-hx, hx - t):
        for z in (-hz, hz - t):
            parts.append(box(x, x + t, 0, top, z, z + t, wood, 0.2 if z > 0 else -0.2))
    for index in range(4):
        y = 0.14 + index * 0.38
        parts.append(box(-hx + 0.01, hx - 0.01, y, y + 0.028, -hz + 0.01, hz - 0.01, wood, y * 0.05))
        if index < 3:
            _on_shelf(rng, parts, y + 0.028, hx)
    paint(scene, camera, parts)


def _on_shelf(rng, parts, y, hx):
    x = -hx + 0.07
    while x < hx - 0.22:
        width, height, deep = rng.uniform(0.14, 0.26), rng.uniform(0.1, 0.22), rng.uniform(0.1, 0.14)
        surface = woven(rng, rng.choice(list(palette.REEDS)), 8)
        if rng.random() < 0.4:
            surface = cushioned(rng, rng.choice(list(batik.PATTERNS)), palette.pick(rng, palette.DYES))
        if x + width > hx - 0.06:
            break
        parts.append(box(x, x + width, y, y + height, -deep, deep * 0.8, surface, 0.08))
        x += width + rng.uniform(0.04, 0.12)


MOTIFS = {
    "kursi-kayu": chair,
    "meja-kayu": table,
    "bangku-kayu": bench,
    "lemari-kayu": cabinet,
    "bangku-anyam": stool,
    "rak-kayu": shelf,
}
