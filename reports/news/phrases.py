"""Looking for phrases of the lexicon among tokens. Words joined by a hyphen are also found as one ("rata-rata")."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reports.news.lexicon import Phrases
from reports.news.tokens import Article

Span = tuple[int, int]


@lru_cache(maxsize=256)
def _starts(wanted: Phrases) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, longest first; those with a hyphen as the tokens they become."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in wanted:
        parts = tuple(part for word in phrase for part in _split(word))
        found.setdefault(parts[0], []).append(parts)
    return {word: sorted(listed, key=len, reverse=True) for word, listed in found.items()}


def _split(word: str) -> Iterator[str]:
    for number, part in enumerate(word.split("-") if len(word) > 1 else [word]):
        if number:
            yield "-"
        yield part


def phrase_at(article: Article, index: int, wanted: Phrases) -> int:
    """How many tokens the longest phrase has that begins at `index`; 0 if none does. Its last word
    may end with "-nya" or "'s" ("omzetnya", "nilai transaksinya", "the expo's")."""
    word, starts = article.low(index), _starts(wanted)
    for parts in (*starts.get(word, ()), *(starts.get(stem, ()) if (stem := stem_of(word)) else ())):
        last = len(parts) - 1
        if all(_is(article.low(index + step), part, ends=step == last) for step, part in enumerate(parts)):
            return len(parts)
    return 0


def _is(word: str, part: str, *, ends: bool) -> bool:
    return word == part or (ends and stem_of(word) == part)


def stem_of(word: str) -> str:
    """ "omzet" of "omzetnya", "expo" of "expo's"; "" of what bears neither or is too short for it."""
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-3] if word.endswith("nya") and len(word) > 6 else ""


def phrase_before(article: Article, index: int, wanted: Phrases, *, within: int) -> int | None:
    """Where a phrase begins that ends right before `index`; its words may lie up to `within` tokens back."""
    for start in range(index - 1, index - 1 - within, -1):
        length = phrase_at(article, start, wanted)
        if length and start + length == index:
            return start
    return None


def spans(article: Article, where: Iterable[int], wanted: Phrases) -> list[Span]:
    found, free = [], -1
    for index in where:
        if index >= free and (length := phrase_at(article, index, wanted)):
            found.append((index, index + length))
            free = index + length
    return found


def contains(article: Article, where: Iterable[int], wanted: Phrases) -> bool:
    return any(phrase_at(article, index, wanted) for index in where)
