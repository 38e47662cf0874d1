"""How a photo looks, in five small numbers: what the advice in ``expo/photo_hints.py`` is made from.

Measured once, when a photo is written anew. Pure, and without numpy: a photo costs some 60 ms of a processor.
"""

from PIL import Image, ImageFilter, ImageStat

from expo.pixels import resized

LONG_SIDE = 800  # of what sharpness is measured on: about what a phone shows
TILE = 80
TEXT_WIDTH = 320
STRIP, STEP = 80, 40  # text is looked for in upright strips of this width, so that a line need not be a whole one
MOST = 32_000
LAPLACIAN = ImageFilter.Kernel((3, 3), [0, 1, 0, 1, -4, 1, 0, 1, 0], scale=1, offset=128)


def looks_of(image: Image.Image) -> list[int]:
    """(darkest 5 %, lightest 5 %, sharpness, sharpness against the same photo softened × 10, text in ‰)."""
    grey = image.convert("L")
    histogram = grey.resize((160, 160)).histogram()
    sharp, against = _sharpness(grey)
    return [_percentile(histogram, 5), _percentile(histogram, 95), sharp, against, _text(grey)]


def _sharpness(grey: Image.Image) -> tuple[int, int]:
    """The variance of the Laplacian where the photo is sharpest (goods may stand before a plain ground), and how many
    times that of the same photo softened: much for a sharp one, hardly more for one that is soft already."""
    grey = grey.copy()
    grey.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    edges = _edges(grey)
    softened = _edges(grey.filter(ImageFilter.GaussianBlur(1.5)))
    boxes = [
        (x, y, x + TILE, y + TILE)
        for x in range(0, max(1, edges.width - TILE + 1), TILE)
        for y in range(0, max(1, edges.height - TILE + 1), TILE)
    ]
    found = sorted(((_variance(edges, box), _variance(softened, box)) for box in boxes), reverse=True)
    best = found[: max(3, len(found) // 10)]
    sharp, soft = (sum(values) / len(best) for values in zip(*best, strict=True))
    return min(MOST, round(sharp)), min(MOST, round(10 * sharp / (soft + 0.1)))


def _edges(grey: Image.Image) -> Image.Image:
    """Without the border, which a kernel leaves as it was."""
    return grey.filter(LAPLACIAN).crop((1, 1, grey.width - 1, grey.height - 1))


def _variance(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    return ImageStat.Stat(image.crop(box)).var[0]


def _text(grey: Image.Image) -> int:
    """How much of the photo looks like lines of text, in ‰: bands of many changes between two flat tones with calm
    rows above and below. Weave and batik change everywhere, without such rows."""
    grey = resized(grey, TEXT_WIDTH)
    rows = [grey.tobytes()[y * TEXT_WIDTH : (y + 1) * TEXT_WIDTH] for y in range(grey.height)]
    starts = range(0, TEXT_WIDTH - STRIP + 1, STEP)
    found = sum(_lines_in([row[start : start + STRIP] for row in rows]) for start in starts)
    return round(1000 * found / (len(starts) * grey.height))


def _lines_in(strip: list[bytes]) -> int:
    """How many of the rows of a strip belong to lines of text."""
    changes = [_changes(row) for row in strip]
    found, y = 0, 0
    while y < len(strip):
        if changes[y] < 6:
            y += 1
            continue
        end = next((n for n in range(y, len(strip)) if changes[n] < 4), len(strip))
        calm = min(changes[max(0, y - 3) : y], default=9) <= 2 and min(changes[end : end + 3], default=9) <= 2
        if calm and 5 <= end - y <= 50 and _is_flat(strip[y:end]):
            found += end - y
        y = end
    return found


def _changes(row: bytes) -> int:
    """How often a row goes from dark to light and back, if it is made of little else than dark and light."""
    low, high = min(row), max(row)
    if high - low <= 90:
        return 0
    dark, light = low + (high - low) * 0.35, low + (high - low) * 0.65
    if sum(value < dark or value > light for value in row) < len(row) * 0.7:
        return 0
    found, is_light = 0, row[0] > light
    for value in row:
        if value < dark if is_light else value > light:
            is_light = not is_light
            found += 1
    return found


def _is_flat(rows: list[bytes]) -> bool:
    """Whether the darkest or lightest part is of one tone, as letters are and threads are not."""
    histogram = [0] * 256
    for value in b"".join(rows):
        histogram[value] += 1
    low, high = _percentile(histogram, 5) + 25, _percentile(histogram, 95) - 25
    tones = (tone for tone in range(0, 256, 3) if tone < low or tone > high)
    most = max((sum(histogram[max(0, tone - 5) : tone + 6]) for tone in tones), default=0)
    return most > 0.22 * sum(histogram)


def _percentile(histogram: list[int], percent: int) -> int:
    wanted, seen = sum(histogram) * percent / 100, 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return value
    return 255
