"""One key for the many spellings of a word: "bathik", "batik"; "loenpia", "lumpiah", "lumpia"; "kripik", "keripik".

Old spelling (oe, tj, dj), Javanese (dh, th), foreign letters (v, x, q), doubled letters, a silent h at the end, the
e that comes and goes before r and l, and u and i that sound like o and e in a closed last syllable.
"""

import re
from functools import lru_cache

RULES = tuple(
    (re.compile(pattern), into)
    for pattern, into in (
        (r"oe", "u"), (r"tj", "c"), (r"dj", "j"), (r"sj|sh", "sy"), (r"nj", "ny"),
        (r"dh", "d"), (r"th", "t"), (r"bh", "b"), (r"gh", "g"), (r"kh", "k"), (r"ph|v|f", "p"), (r"x", "ks"),
        (r"q", "k"),
        (r"([a-z])\1+", r"\1"),
        (r"n(?=[pb])", "m"), (r"m(?=[cdgjkst])", "n"),
        (r"(?<=[aeiou])h$", ""),
        (r"(?<=[bcdfgjkpst])e(?=[rl][aeiou])", ""),
        (r"o(?=[bdgjklmnprst]+$)", "u"), (r"e(?=[bdgjklmnprst]+$)", "i"),
    )
)  # fmt: skip


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """Equal for words that are spelled differently but said alike. Words with digits stay as they are."""
    if not word.isalpha():
        return word
    for pattern, into in RULES:
        word = pattern.sub(into, word)
    return word
