""" "lumpiah" → "lumpia", "bathik" → "batik", "kripik" → "keripik": help for words that found nothing."""

import difflib

from django.db import connection

from catalog.criteria import WORD

ALIKE = 0.6


def corrected(words: list[str]) -> list[str]:
    """The words as product names spell them; those without a likeness stay as they are. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, name FROM catalog_similar_names(%s)", [words])
        names: dict[str, list[str]] = {}
        for word, name in cursor.fetchall():
            names.setdefault(word, []).append(name)
    return [_nearest(word, names.get(word, [])) for word in words]


def _nearest(word: str, names: list[str]) -> str:
    tokens = dict.fromkeys(token for name in names for token in WORD.findall(name))
    if any(token.startswith(word) for token in tokens):
        return word
    close = difflib.get_close_matches(word, tokens, n=1, cutoff=ALIKE)
    return close[0] if close else word
