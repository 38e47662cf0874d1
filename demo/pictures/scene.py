"""The studio: wall, surface, light, shadows, and placing goods in it."""

import functools

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.pictures import materials, palette
from demo.pictures.noise import levels, mix, relight, shade
from demo.pictures.shapes import Sprite, polygon_mask

SHRINK = 4  # soft things are made this many times smaller


class Scene:
    """A picture being composed. Coordinates are pixels of `size`; the light comes from the upper left."""

    def __init__(self, rng, size=(800, 1000)):
        self.rng = rng
        self.size = self.width, self.height = size
        self.image = Image.new("RGB", size, palette.WHITE)

    # --- backdrops -------------------------------------------------------------------------------

    def studio(self, horizon=0.62, studio=None):
        """Wall and surface meeting softly, a table edge, or a wooden top: chosen by seed."""
        wall, floor = studio or self.rng.choice(palette.STUDIOS)
        kind = self.rng.choice(("sweep", "sweep", "table", "wood"))
        horizon += self.rng.uniform(-0.03, 0.03)
        edge = round(self.height * horizon)
        self.image.paste(wall, (0, 0, self.width, edge))
        if kind == "wood":
            self._wooden_top(edge)
        else:
            self.image.paste(floor, (0, edge, self.width, self.height))
        soft = {"sweep": 9, "table": 0.8, "wood": 0.7}[kind]
        small = self.image.resize((self.width // 8, self.height // 8), Image.Resampling.BOX)
        if kind == "sweep":
            small = small.filter(ImageFilter.GaussianBlur(soft))
            self.image = small.resize(self.size, Image.Resampling.BICUBIC)
        else:
            strip = (0, edge - 6, self.width, edge + 6)
            self.image.paste(self.image.crop(strip).filter(ImageFilter.GaussianBlur(2)), strip[:2])
        self._fall_off(edge)
        if self.rng.random() < 0.3:
            self.leaf_shade()

    def flat_lay(self):
        """A surface seen from straight above: plaster, linen or boards."""
        wall, _ = self.rng.choice(palette.STUDIOS)
        kind = self.rng.choice(("plaster", "plaster", "linen", "boards"))
        if kind == "linen":
            self.image = materials.linen(self.rng, self.size, mix(wall, palette.WHITE, 0.3))
        elif kind == "boards":
            self.image = boards(self.rng, self.size)
        else:
            light = materials.take(self.rng, materials.plaster_light(), self.size)
            self.image = relight(Image.new("RGB", self.size, wall), light)
        self._fall_off(None)
        if self.rng.random() < 0.35:
            self.leaf_shade()

    def wall(self):
        """A plain wall with little texture, for things that hang."""
        wall, _ = self.rng.choice(palette.STUDIOS)
        light = materials.take(self.rng, materials.plaster_light(), self.size)
        self.image = relight(Image.new("RGB", self.size, wall), light)
        self._fall_off(None)
        if self.rng.random() < 0.4:
            self.leaf_shade()

    def _wooden_top(self, edge):
        height = self.height - edge
        wood = self.rng.choice(("jati", "mindi", "mindi", "jati-tua"))
        board = materials.wood(self.rng, (self.width, height * 2), wood, across=True)
        top = board.resize((self.width, height), Image.Resampling.BILINEAR)
        self.image.paste(mix_image(top, 0.12), (0, edge))

    def _fall_off(self, edge):
        """The light's fall-off, and the soft dark line where wall and surface meet."""
        small = (self.width // SHRINK, self.height // SHRINK)
        light = _glow().resize(small, Image.Resampling.BILINEAR)
        if edge is not None:
            line = Image.new("L", small)
            y = edge // SHRINK
            ImageDraw.Draw(line).rectangle((0, y, small[0], y + 3), fill=40)
            light = ImageChops.subtract(light, line.filter(ImageFilter.GaussianBlur(6)))
        self.image = relight(self.image, light.resize(self.size, Image.Resampling.BILINEAR))

    def leaf_shade(self):
        """The shadow of a palm leaf outside the window, out of focus."""
        small = (self.width // 8, self.height // 8)
        mask = Image.new("L", small)
        draw = ImageDraw.Draw(mask)
        rng = self.rng
        x, y = rng.uniform(0.1, 0.9) * small[0], -0.06 * small[1]
        for _ in range(rng.randint(6, 9)):
            dx, dy = rng.uniform(-70, 70), rng.uniform(40, 100)
            mid = (x + dx * 0.5 - dy * 0.1, y + dy * 0.5)
            draw.polygon([(x, y), (mid[0] - 4, mid[1]), (x + dx, y + dy), (mid[0] + 5, mid[1])], fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(2.4)).resize(self.size, Image.Resampling.BILINEAR)
        self.image.paste((84, 72, 66), (0, 0), levels(mask, 0, 34))

    # --- shadows and goods -----------------------------------------------------------------------

    def place(self, sprite, x, y):
        """Put a cut-out with its upper left corner at (x, y)."""
        self.image.paste(sprite.image, (round(x), round(y)), sprite.mask)

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
        self._darken(
            Image.blend(
                layer.filter(ImageFilter.GaussianBlur(3)), layer.filter(ImageFilter.GaussianBlur(9)), 0.6
            ),
            strength,
        )

    def contact(self, cx, cy, half, deep, strength=0.6):
        """The dark line where a thing touches the surface."""
        layer = Image.new("L", (self.width // SHRINK, self.height // SHRINK))
        draw = ImageDraw.Draw(layer)
        x, y, rx, ry = cx / SHRINK, cy / SHRINK, half / SHRINK, max(1.0, deep / SHRINK)
        draw.ellipse((x - rx, y - ry, x + rx * 1.06, y + ry * 1.1), fill=255)
        self._darken(layer.filter(ImageFilter.GaussianBlur(2)), strength)

    def drop_shadow(self, mask, x, y, distance=14, blur=10, strength=0.4):
        """Shadow of a thing that lies on, or hangs before, a surface seen straight on."""
        layer = Image.new("L", (self.width // SHRINK, self.height // SHRINK))
        small = mask.resize([max(1, side // SHRINK) for side in mask.size], Image.Resampling.BOX)
        at = (round((x + distance * 0.75) / SHRINK), round((y + distance) / SHRINK))
        layer.paste(small, at)
        self._darken(layer.filter(ImageFilter.GaussianBlur(blur / SHRINK)), strength)

    def lay(self, sprite, x, y, distance=12, blur=12, strength=0.45):
        """Put a cut-out flat on the surface, with a soft and a tight shadow."""
        self.drop_shadow(sprite.mask, x, y, distance * 2, blur * 2.4, strength * 0.6)
        self.drop_shadow(sprite.mask, x, y, distance * 0.5, blur * 0.5, strength)
        self.place(sprite, x, y)

    def _darken(self, layer, strength):
        box = layer.getbbox()
        if box is None:
            return
        full = tuple(side * SHRINK for side in box)
        part = layer.crop(box).resize((full[2] - full[0], full[3] - full[1]), Image.Resampling.BICUBIC)
        self.image.paste((46, 34, 28), full[:2], levels(part, 0, 255 * strength))

    def finish(self):
        """The finished picture, a little warmer where it is bright."""
        return self.image


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
    return levels(part, 96, 142)
