"""The studio: wall, surface, light, shadows, and placing goods in it."""

import functools
import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures import materials, palette
from demo.pictures.noise import levels, mix, relight, shade
from demo.pictures.shapes import Sprite, bounds, line_mask, moved, polygon_mask

SHRINK = 4  # shadows are made this many times smaller
SOFT = 8  # and backdrops, which are softer still


class Scene:
    """A picture being composed. Coordinates are pixels of `size`; the light comes from the upper left.

    `word` is what a label in it has to say; "" leaves that to chance."""

    def __init__(self, rng, size=(800, 1000), word=""):
        self.rng = rng
        self.word = word
        self.size = self.width, self.height = size
        self.image = Image.new("RGB", size, palette.WHITE)

    def labelled(self, choices, word_of=lambda choice: choice):
        """One of the choices; where the label has to say something, one that says it, else any."""
        fitting = [choice for choice in choices if word_of(choice) == self.word]
        return self.rng.choice(fitting or choices)

    # --- backdrops -------------------------------------------------------------------------------

    def studio(self, horizon=0.62, studio=None):
        """Wall and surface meeting softly, a table edge, or a wooden top: chosen by seed."""
        wall, floor = studio or self.rng.choice(palette.STUDIOS)
        kind = self.rng.choice(("sweep", "sweep", "table", "wood"))
        edge = round(self.height * (horizon + self.rng.uniform(-0.03, 0.03)))
        light = self._fall_off(edge)
        above = relight(Image.new("RGB", light.size, wall), light)
        below = relight(Image.new("RGB", light.size, floor), light)
        meeting = Image.new("L", light.size)
        meeting.paste(255, (0, edge // SOFT, *light.size))
        if kind == "sweep":
            meeting = meeting.filter(ImageFilter.GaussianBlur(9))
        above.paste(below, (0, 0), meeting)
        self.image = above.resize(self.size, Image.Resampling.BILINEAR)
        if kind == "wood":
            self._wooden_top(edge, light)
        if kind != "sweep":
            strip = (0, edge - 8, self.width, edge + 8)
            self.image.paste(self.image.crop(strip).filter(ImageFilter.GaussianBlur(1.6)), strip[:2])
        if self.rng.random() < 0.3:
            self.leaf_shade()

    def flat_lay(self):
        """A surface seen from straight above: plaster, linen or boards."""
        wall, _ = self.rng.choice(palette.STUDIOS)
        kind = self.rng.choice(("plaster", "plaster", "linen", "boards"))
        if kind == "linen":
            self._lit_surface(materials.linen(self.rng, self.size, mix(wall, palette.WHITE, 0.3)))
        elif kind == "boards":
            self._lit_surface(boards(self.rng, self.size))
        else:
            self._plaster(wall)
        if self.rng.random() < 0.35:
            self.leaf_shade()

    def wall(self):
        """A plain wall with little texture, for things that hang."""
        self._plaster(self.rng.choice(palette.STUDIOS)[0])
        if self.rng.random() < 0.4:
            self.leaf_shade()

    def _plaster(self, colour):
        rough = materials.take(self.rng, materials.plaster_light(), self.size)
        light = self._fall_off().resize(self.size, Image.Resampling.BILINEAR)
        self.image = relight(Image.new("RGB", self.size, colour), ImageChops.add(rough, light, 1, -128))

    def _wooden_top(self, edge, light):
        height = self.height - edge
        wood = self.rng.choice(("jati", "mindi", "mindi", "jati-tua"))
        board = materials.wood(self.rng, (self.width, round(height * 1.6)), wood, across=True)
        top = mix_image(board.resize((self.width, height), Image.Resampling.BILINEAR), 0.12)
        part = light.crop((0, edge // SOFT, *light.size)).resize(top.size, Image.Resampling.BILINEAR)
        self.image.paste(relight(top, part), (0, edge))

    def _fall_off(self, edge=None):
        """The light's fall-off, small, with a soft dark line where wall and surface meet."""
        small = (self.width // SOFT, self.height // SOFT)
        light = _glow().resize(small, Image.Resampling.BILINEAR)
        if edge is not None:
            line = Image.new("L", small)
            ImageDraw.Draw(line).rectangle((0, edge // SOFT, small[0], edge // SOFT + 1), fill=20)
            light = ImageChops.subtract(light, line.filter(ImageFilter.GaussianBlur(3)))
        return light

    def _lit_surface(self, texture):
        """Make the picture a flat surface: a texture (RGB) under the light's fall-off."""
        light = self._fall_off().resize(self.size, Image.Resampling.BILINEAR)
        self.image = relight(texture, light)

    def leaf_shade(self):
        """The shadow of a palm leaf outside the window, out of focus."""
        small = (self.width // SOFT, self.height // SOFT)
        mask = Image.new("L", small)
        draw = ImageDraw.Draw(mask)
        rng = self.rng
        x, y = rng.uniform(0.1, 0.9) * small[0], -0.06 * small[1]
        for _ in range(rng.randint(6, 9)):
            dx, dy = rng.uniform(-70, 70), rng.uniform(40, 100)
            mid = (x + dx * 0.5 - dy * 0.1, y + dy * 0.5)
            draw.polygon([(x, y), (mid[0] - 4, mid[1]), (x + dx, y + dy), (mid[0] + 5, mid[1])], fill=255)
        self.darken(mask.filter(ImageFilter.GaussianBlur(2.4)), 0.134, (84, 72, 66))

    # --- shadows and goods -----------------------------------------------------------------------

    def place(self, sprite, x, y):
        """Put a cut-out with its upper left corner at (x, y)."""
        self.image.paste(sprite.image, (round(x), round(y)), sprite.mask)

    def stroke(self, path, colour, width, soft=0, strength=1.0):
        """Draw a line along a path; `soft` blurs it, as a reflection is."""
        left, upper, right, lower = bounds(path, math.ceil(width + soft * 3))
        mask = line_mask((right - left, lower - upper), moved(path, -left, -upper), width=width)
        if soft:
            mask = levels(mask.filter(ImageFilter.GaussianBlur(soft)), 0, 255 * strength)
        self.image.paste(colour, (left, upper), mask)

    def stand(self, sprite, cx, base, lean=0.55, strength=0.42, foot=None, squash=0.3):
        """Put a cut-out upright: middle at `cx`, lowest point at `base`, with its shadow on the surface.

        `foot` is (half width, half depth) of what touches the surface.
        """
        width, height = sprite.size
        half, deep = foot or (width * 0.42, width * 0.08)
        self.ground_shadow(sprite.mask, cx, base - deep, lean, strength, squash)
        self.contact(cx, base - deep, half, deep)
        self.place(sprite, cx - width / 2, base - height)

    def ground_shadow(self, mask, cx, base, lean, strength, squash):
        """Shadow of an upright thing, thrown to the right and back, wider and softer with distance."""
        width, height = (max(2, side // SHRINK) for side in mask.size)
        flat = max(3, round(height * squash))
        reach = round(flat * lean * 3)
        small = mask.resize((width, flat), Image.Resampling.BOX)
        skew = reach / flat
        small = small.transform(
            (width + reach, flat),
            Image.Transform.AFFINE,
            (1, skew, -reach, 0, 1, 0),
            Image.Resampling.BILINEAR,
        )
        layer = Image.new("L", (self.width // SHRINK, self.height // SHRINK))
        layer.paste(small, (round(cx / SHRINK - width / 2), round(base / SHRINK - flat)))
        self.darken(
            Image.blend(layer.filter(ImageFilter.GaussianBlur(3)), layer.filter(ImageFilter.GaussianBlur(9)), 0.6),
            strength,
        )

    def contact(self, cx, cy, half, deep, strength=0.6):
        """The dark line where a thing touches the surface."""
        layer = Image.new("L", (self.width // SHRINK, self.height // SHRINK))
        draw = ImageDraw.Draw(layer)
        x, y, rx, ry = cx / SHRINK, cy / SHRINK, half / SHRINK, max(1.0, deep / SHRINK)
        draw.ellipse((x - rx, y - ry, x + rx * 1.06, y + ry * 1.1), fill=255)
        self.darken(layer.filter(ImageFilter.GaussianBlur(2)), strength)

    def drop_shadow(self, mask, x, y, distance=14, blur=10, strength=0.4):
        """Shadow of a thing that lies on, or hangs before, a surface seen straight on."""
        layer = Image.new("L", (self.width // SHRINK, self.height // SHRINK))
        small = mask.reduce(SHRINK)
        at = (round((x + distance * 0.75) / SHRINK), round((y + distance) / SHRINK))
        layer.paste(small, at)
        self.darken(layer.filter(ImageFilter.GaussianBlur(blur / SHRINK)), strength)

    def lay(self, sprite, x, y, distance=12, blur=12, strength=0.45):
        """Put a cut-out flat on the surface, with a soft and a tight shadow."""
        self.drop_shadow(sprite.mask, x, y, distance * 2, blur * 2.4, strength * 0.6)
        self.drop_shadow(sprite.mask, x, y, distance * 0.5, blur * 0.5, strength)
        self.place(sprite, x, y)

    def darken(self, layer, strength, colour=(46, 34, 28)):
        """Lay shade on the picture; `layer` is its mask, some whole number of times smaller."""
        times = self.width // layer.width
        layer = levels(layer, 0, 255 * strength)
        box = layer.getbbox()
        if box is not None:
            size = ((box[2] - box[0]) * times, (box[3] - box[1]) * times)
            part = layer.crop(box).resize(size, Image.Resampling.BILINEAR)
            self.image.paste(colour, (box[0] * times, box[1] * times), part)


def boards(rng, size):
    """Wooden boards side by side, seen from above."""
    name = rng.choice(("mindi", "jati", "jati-tua"))
    picture = Image.new("RGB", size)
    width = rng.choice((160, 200, 266))
    for x in range(0, size[0], width):
        board = materials.wood(rng, (width, size[1]), name)
        board = relight(board, Image.new("L", board.size, rng.randint(118, 134)))
        picture.paste(board, (x, 0))
        picture.paste(shade(palette.WOODS[name][0], 0.5), (x, 0, x + 2, size[1]))
    return picture


def mix_image(picture, share, colour=palette.WHITE):
    """The picture with a share of one colour laid over it."""
    return Image.blend(picture, Image.new("RGB", picture.size, colour), share)


def flat_sprite(picture, outline):
    """A cut-out of `picture` along an outline given in its own pixels."""
    return Sprite(picture, polygon_mask(picture.size, outline))


@functools.cache
def _glow():
    """Light from the upper left that falls off towards the lower right."""
    radial = ImageChops.invert(Image.radial_gradient("L")).resize((640, 640))
    part = radial.crop((230, 210, 600, 640)).resize((128, 160))
    return levels(part, 104, 144)
