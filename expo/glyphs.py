"""Which letters the fonts of the papers can draw, and what becomes of those that they can't.

A PDF/A refuses letters without a picture: one flower in a buyer's name would leave an order without its invoice.
"""

import functools
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent / "paper" / "fonts"
UNKNOWN = "□"
# Pictures, joiners, marks and the like: names are as good without them.
ORNAMENTS = frozenset({"So", "Sk", "Mn", "Me", "Cf", "Cc", "Cn", "Co", "Cs"})


def printable(value: Any) -> Any:
    """``value`` (text, or lists and dicts of it) with what can't be drawn left out, letters among it as "□"."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else printable_text(value)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(each) for each in value]
    return value


def printable_text(text: str) -> str:
    known = letters()
    return "".join(
        sign if ord(sign) in known or sign in "\n\t" else "" if unicodedata.category(sign) in ORNAMENTS else UNKNOWN
        for sign in text
    )


@functools.cache
def letters() -> frozenset[int]:
    """Code points that one of the fonts has a picture for."""
    return frozenset(point for font in sorted(FONTS.glob("*.ttf")) for point in letters_in(font.read_bytes()))


def letters_in(font: bytes) -> Iterator[int]:
    """Code points of a TrueType font's Unicode tables (``cmap`` formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    places = (struct.unpack_from(">4sLL", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _sum, offset in places if tag == b"cmap")
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * number)
        kind = struct.unpack_from(">H", font, start + offset)[0]
        if kind == 4:
            yield from segments(font, start + offset)
        elif kind == 12:
            yield from groups(font, start + offset)


def segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges up to U+FFFF. The range that ends every table stands for nothing."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, last + 1 if last < 0xFFFF else last)


def groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: ranges beyond it, too."""
    for number in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * number)
        yield from range(first, last + 1)
