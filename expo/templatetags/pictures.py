"""`{% picture pic sizes="50vw" alt="…" %}`: a <picture> with its sizes, written from the row alone."""

from functools import lru_cache

from django import template
from django.core.files.storage import default_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from expo.grounds import ground_classes
from expo.models import Picture
from expo.pictures import PLAIN_WIDTH, SHARE, SHARE_WIDTH

register = template.Library()

LAZY = ' loading="lazy" decoding="async"'
FIRST = ' fetchpriority="high"'
LIST_WIDTHS = range(320, 721)  # what a card of two, three or four columns asks for
THUMB_WIDTHS = range(100, 321)
SOURCE = '<source type="image/{}" srcset="{}" sizes="{}">'
IMG = '<img class="{}" src="{}" width="{}" height="{}" alt="{}"{}>'


@register.simple_tag
def picture(pic: Picture | None, sizes: str, alt: str = "", eager: bool = False) -> SafeString:
    """In all sizes and formats, for a page that shows few. Nothing for no picture: its frame then shows the ground."""
    if pic is None:
        return mark_safe("")
    when = FIRST if eager else LAZY
    return _whole(pic.folder, tuple(pic.widths), pic.width, pic.height, pic.ground, sizes, alt, when)


@register.simple_tag
def thumb(pic: Picture | None, sizes: str, alt: str = "") -> SafeString:
    """A small one, a few rem wide."""
    if pic is None:
        return mark_safe("")
    return small(
        pic.folder, pic.plain, tuple(pic.widths), pic.width, pic.height, pic.ground, sizes, alt, among=THUMB_WIDTHS
    )


@register.simple_tag
def picture_url(pic: Picture, width: int) -> str:
    """The smallest derivative at least `width` wide, otherwise the largest; until there are any, a JPEG."""
    if not pic.widths:
        return file_url(pic.folder, pic.plain if width <= PLAIN_WIDTH else SHARE)
    return file_url(pic.folder, f"{next((w for w in pic.widths if w >= width), pic.widths[-1])}.webp")


@lru_cache(maxsize=4096)
def small(
    folder: str, plain: str, widths: tuple[int, ...], width: int, height: int, ground: str, sizes: str, alt: str = "",
    when: str = LAZY, among: range = LIST_WIDTHS,
) -> SafeString:  # fmt: skip
    """One of many, from plain values: AVIF in the widths of ``among``, else one small JPEG (``plain``). Remembered."""
    shown = [w for w in widths if w in among] or list(widths[-1:])
    source = format_html(SOURCE, "avif", _srcset(folder, shown, "avif"), sizes) if shown else ""
    image = file_url(folder, plain)
    return format_html("<picture>{}" + IMG + "</picture>", source, *_img(image, width, height, ground, alt, when))


@lru_cache(maxsize=1024)
def _whole(
    folder: str, widths: tuple[int, ...], width: int, height: int, ground: str, sizes: str, alt: str, when: str
) -> SafeString:
    shown = [w for w in widths if w >= LIST_WIDTHS.start] or list(widths[-1:])
    sources = [format_html(SOURCE, kind, _srcset(folder, shown, kind), sizes) for kind in ("avif", "webp") if shown]
    img = _img(file_url(folder, SHARE), width, height, ground, alt, when)
    return format_html("<picture>{}" + IMG + "</picture>", mark_safe("".join(sources)), *img)  # noqa: S308


def _img(url: str, width: int, height: int, ground: str, alt: str, when: str) -> tuple:
    return ground_classes(ground), url, width, height, alt, mark_safe(when)  # noqa: S308 (ours: LAZY, FIRST or blank)


def _srcset(folder: str, widths: list[int], kind: str) -> str:
    return ", ".join(f"{file_url(folder, f'{width}.{kind}')} {width}w" for width in widths)


@lru_cache(maxsize=8192)
def file_url(folder: str, name: str) -> str:
    return default_storage.url(f"{folder}/{name}")


@register.simple_tag
def full_url(pic: Picture) -> str:
    """The picture as it was kept, to look at closely."""
    return file_url(pic.folder, pic.source)


def share_url(pic: Picture) -> str:
    """The JPEG for messengers and search engines; at most SHARE_WIDTH wide."""
    return file_url(pic.folder, SHARE)


def share_size(pic: Picture) -> tuple[int, int]:
    share = min(SHARE_WIDTH, pic.width)
    return share, max(1, round(pic.height * share / pic.width))
