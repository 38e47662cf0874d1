"""The ground behind a photo that has not come yet: top, middle and bottom, each one of sixty colours.

A row keeps it as six digits ("071240"). A page names three classes, whose colours css/ground.css blends into the blur
of a photo: a colour in the element itself would be an inline style, which the content security policy forbids, and a
tiny picture in each card would weigh more than the card.
"""

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

LIGHTS = ((0.24, 0.03), (0.38, 0.045), (0.53, 0.055), (0.68, 0.055), (0.82, 0.04), (0.94, 0.02))  # and their chroma
HUES = 9
PLAIN = "545454"
BOX = 4  # PIL.Image.Resampling.BOX; pages need the rest of this file and should not load the library

Lab = tuple[float, float, float]


def ground_of(image: "Image.Image") -> str:
    """The six digits of an RGB image."""
    small = image.resize((3, 3), BOX)
    rows: list[list[Any]] = [[small.getpixel((column, row)) for column in range(3)] for row in range(3)]
    top, bottom = (tuple(sum(part) / 3 for part in zip(*rows[row], strict=True)) for row in (0, 2))
    return "".join(f"{nearest(colour):02}" for colour in (top, rows[1][1], bottom))


@lru_cache(maxsize=4096)
def ground_classes(ground: str) -> str:
    """The class names of a row's ``ground``."""
    return f"ground t{ground[:2]} m{ground[2:4]} b{ground[4:]}"


def nearest(rgb: tuple[float, ...]) -> int:
    """The colour of the palette that the eye finds most alike."""
    wanted = _lab(*rgb)
    return min(range(len(palette())), key=lambda number: math.dist(_lab(*palette()[number]), wanted))


@cache
def palette() -> list[tuple[int, int, int]]:
    """Grey and nine hues at six levels of light."""
    colours = []
    for light, chroma in LIGHTS:
        colours.append(_rgb(light, 0.006, 0.006))
        for hue in range(HUES):
            angle = math.tau * hue / HUES + 0.35
            colours.append(_rgb(light, chroma * math.cos(angle), chroma * math.sin(angle)))
    return colours


def stylesheet() -> str:
    """What css/ground.css holds (a test compares them)."""
    lines = ["/* Grounds behind photos that have not come yet. Written by expo/grounds.py:stylesheet. */"]
    lines += ["@layer components {", f"  .ground {{ background: {BLEND}; }}"]
    for number, colour in enumerate(palette()):
        value = "#{:02x}{:02x}{:02x}".format(*colour)
        lines.append("  " + " ".join(f".{part}{number:02} {{ --{part}: {value}; }}" for part in "tmb"))
    return "\n".join([*lines, "}", ""])


BLEND = "radial-gradient(closest-side, var(--m), transparent), linear-gradient(var(--t), var(--b))"


# OKLab (Björn Ottosson): differences of numbers are differences to the eye.


@lru_cache(maxsize=4096)
def _lab(red: float, green: float, blue: float) -> Lab:
    r, g, b = (_linear(part / 255) for part in (red, green, blue))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _rgb(light: float, a: float, b: float) -> tuple[int, int, int]:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (round(255 * min(1.0, max(0.0, _gamma(part)))) for part in parts)
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
