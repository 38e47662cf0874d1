"""`{% picture pic sizes="50vw" alt="…" %}`: an <img> with srcset, written from the row alone."""

import colorsys
from functools import lru_cache

from django import template
from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from expo.models import Picture
from expo.pictures import SHARE_WIDTH, picture_path

register = template.Library()

EAGER = mark_safe('fetchpriority="high"')
LAZY = mark_safe('loading="lazy" decoding="async"')


@register.simple_tag
def picture(pic: Picture | None, sizes: str, alt: str = "", eager: bool = False) -> SafeString:
    """Nothing for no picture: its frame then shows the empty ground."""
    if pic is None:
        return mark_safe("")
    return img(pic.digest, tuple(pic.widths), pic.width, pic.height, pic.colour, sizes, alt, eager)


@register.simple_tag
def picture_url(pic: Picture, width: int) -> str:
    """The smallest derivative at least `width` wide, otherwise the largest."""
    return file_url(pic.digest, next((w for w in pic.widths if w >= width), pic.widths[-1]))


@lru_cache(maxsize=4096)
def img(
    digest: str,
    widths: tuple[int, ...],
    width: int,
    height: int,
    colour: str,
    sizes: str,
    alt: str = "",
    eager: bool = False,
) -> SafeString:
    """The element from plain values, for lists that need no model. Remembered: a picture never changes."""
    middle = next((w for w in widths if w >= 320), widths[-1])
    return format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {}>',
        tint(colour),
        file_url(digest, middle),
        ", ".join(f"{file_url(digest, w)} {w}w" for w in widths),
        sizes,
        width,
        height,
        alt,
        EAGER if eager else LAZY,
    )


@lru_cache(maxsize=4096)
def file_url(digest: str, width: int) -> str:
    return default_storage.url(picture_path(digest, f"{width}.webp"))


def share_url(digest: str) -> str:
    """The JPEG for share cards; at most SHARE_WIDTH wide."""
    return default_storage.url(picture_path(digest, "share.jpg"))


def share_size(width: int, height: int) -> tuple[int, int]:
    share = min(SHARE_WIDTH, width)
    return share, max(1, round(height * share / width))


@lru_cache(maxsize=4096)
def tint(colour: str) -> str:
    """The class whose ground stands in until the photo has come: css/tint.css names 27 tints.

    A colour in the element itself would be an inline style, which the content security policy forbids.
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    level = 0 if light < 0.38 else 1 if light < 0.68 else 2
    if saturation < 0.12:
        return f"tint-n{level}"
    return f"tint-{round(hue * 8) % 8}{level}"
