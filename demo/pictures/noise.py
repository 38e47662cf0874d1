"""Seeded grey-scale fields: the raw stuff of every texture, shade and fold.

Light always comes from the upper left. A "light" image is grey: 128 leaves a surface as it is, less
darkens it, more brightens it.
"""

import functools
import math

from PIL import Image, ImageChops

COARSE = 12  # fields whose finest grain is this many pixels are made small, then stretched


def noise(rng, size, cells):
    """Smooth random field: `cells` (across, down) random values stretched over `size`."""
    across, down = max(2, round(cells[0])), max(2, round(cells[1]))
    small = Image.frombytes("L", (across, down), rng.randbytes(across * down))
    return small.resize(size, Image.Resampling.BICUBIC)


def fractal(rng, size, cells, octaves=3, gain=0.4):
    """Noise with finer noise blended into it `octaves - 1` times."""
    finest = 2 ** (octaves - 1)
    coarse = min(size[0] / cells[0], size[1] / cells[1]) / finest > COARSE
    shape = (size[0] // 4 + 1, size[1] // 4 + 1) if coarse else size
    field = noise(rng, shape, cells)
    for octave in range(1, octaves):
        finer = noise(rng, shape, (cells[0] * 2**octave, cells[1] * 2**octave))
        field = Image.blend(field, finer, gain)
    return field.resize(size, Image.Resampling.BILINEAR) if coarse else field


def levels(field, low, high):
    """Map 0..255 linearly to low..high (clipped)."""
    return field.point(_line(low, high))


@functools.lru_cache(1024)
def _line(low, high):
    return [_byte(low + (high - low) * value / 255) for value in range(256)]


def curve(field, function):
    """Map every grey value through `function` (0..1 to 0..1)."""
    return field.point([_byte(255 * function(value / 255)) for value in range(256)])


def rings(field, count):
    """Contour lines of a smooth field, as growth rings show on a sawn board."""
    return field.point([_byte(128 + 110 * math.sin(value / 255 * count * math.tau)) for value in range(256)])


def bump(height, gain=1.0, step=1):
    """Light on a relief: slopes that face the upper left are bright."""
    shifted = ImageChops.offset(height, step, step)
    return ImageChops.subtract(height, shifted, 1 / gain, 128)


def relight(picture, light):
    """Put a light image on a colour picture."""
    return ImageChops.hard_light(picture, Image.merge("RGB", (light, light, light)))


def tint(field, stops):
    """Colour a grey field with a gradient of `stops` (dark to bright)."""
    return Image.merge("RGB", (field, field, field)).point(_gradient(tuple(stops)))


@functools.lru_cache(512)
def _gradient(stops):
    table = [ramp(stops, value / 255) for value in range(256)]
    return [colour[channel] for channel in range(3) for colour in table]


def ramp(stops, position):
    """Colour at `position` (0..1) of a gradient of equally spaced stops."""
    if len(stops) == 1:
        return stops[0]
    place = min(max(position, 0.0), 1.0) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


def mix(first, second, share):
    """Colour between two colours; `share` 0 is the first, 1 the second."""
    return tuple(_byte(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def shade(colour, factor):
    """The colour made darker (< 1) or brighter (> 1)."""
    return tuple(_byte(channel * factor) for channel in colour)


def field_from(function, size, grid):
    """Grey field of `size` from function(x, y) in 0..1, sampled on a small grid and smoothed."""
    across, down = grid
    values = bytes(
        _byte(function((column + 0.5) / across, (row + 0.5) / down)) for row in range(down) for column in range(across)
    )
    return Image.frombytes("L", grid, values).resize(size, Image.Resampling.BICUBIC)


def _byte(value):
    return 0 if value < 0 else 255 if value > 255 else round(value)
