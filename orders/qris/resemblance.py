"""How much a code's merchant resembles the exhibitor who gave it: a hint for staff, never a verdict."""

import re
from difflib import SequenceMatcher

COMMON = frozenset({
    "pt", "cv", "ud", "pd", "tb", "kud", "koperasi", "kop", "toko", "warung", "kedai", "rumah", "usaha", "umkm", "ukm",
    "official", "store", "shop", "dan", "and",
})  # fmt: skip
PLACES = frozenset({"kab", "kabupaten", "kota", "kec", "kecamatan", "adm", "administrasi"})
ALIKE = 60
"""From this resemblance on (percent) names count as alike."""


def name_resemblance(merchant: str, *names: str) -> int:
    """Percent: how well ``merchant`` (cut to 25 characters by its issuer) agrees with the best of ``names``."""
    return max((resemblance(words(merchant, COMMON), words(name, COMMON)) for name in names if name), default=0)


def city_resemblance(city: str, *places: str) -> int:
    """Percent: "KAB. SEMARANG" is "Kabupaten Semarang"."""
    return max((resemblance(words(city, PLACES), words(place, PLACES)) for place in places if place), default=0)


def words(text: str, ignored: frozenset[str]) -> list[str]:
    found = re.findall(r"[^\W_]+", text.casefold())
    return [word for word in found if word not in ignored] or found


def resemblance(left: list[str], right: list[str]) -> int:
    """The better of: the letters in their order, and the share of the shorter name's words that the other has too."""
    if not left or not right:
        return 0
    ratio = SequenceMatcher(None, "".join(left), "".join(right)).ratio()
    shorter, longer = sorted((left, right), key=len)
    shared = sum(any(matches(word, other) for other in longer) for word in shorter) / len(shorter)
    return round(100 * max(ratio, shared))


def matches(word: str, other: str) -> bool:
    """The same word, or one of them cut off by the issuer's limit."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= 4 and long.startswith(short))
