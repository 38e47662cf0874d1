"""What a visitor means: each typed word with the words in use that answer it. One query for all of them.

A typed word stands for, in this order: itself with all words of the same root and the same sound; words of the root
that it may be derived from; words that sound the same; words that begin with it; the word most like it.
"""

import difflib
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from catalog.search.roots import choose_root, possible_roots
from catalog.search.sound import sound_of
from catalog.search.vocabulary import keys_of

ALIKE = 0.6
MANY_EXHIBITORS = 50
# Words are lower case letters and digits, so all that begin with one lie before it followed by "{".
RESOLVE = """
SELECT asked.word, near.how, near.word, near.roots, near.uses, near.id
FROM unnest(%s::text[], %s::text[], %s::text[]) AS asked(word, sound, keys)
CROSS JOIN LATERAL (
  (SELECT 'form' AS how, word::text, roots::text[], uses, 0::bigint AS id FROM catalog_word
   WHERE keys && (string_to_array(asked.keys, ' ') || ('en:' || (ts_lexize('english_stem', asked.word))[1]))
   ORDER BY uses DESC, word LIMIT 40)
  UNION ALL
  (SELECT 'start', word, roots, uses, 0 FROM catalog_word
   WHERE word ~>=~ asked.word AND word ~<~ (asked.word || '{')
     OR sound ~>=~ asked.sound AND sound ~<~ (asked.sound || '{')
   ORDER BY uses DESC, word LIMIT 8)
  UNION ALL
  (SELECT 'like', word, roots, uses, 0 FROM catalog_word
   WHERE word %% asked.word OR sound %% asked.sound
   ORDER BY greatest(similarity(word, asked.word), similarity(sound, asked.sound)) DESC, uses DESC, word LIMIT 12)
  UNION ALL
  (SELECT 'maker', '', NULL, 0, id FROM exhibitors_exhibitor
   WHERE search @@ to_tsquery('simple', asked.word || ':A') AND state = 'approved'
   LIMIT %s)
) near
"""


@dataclass(slots=True)
class Near:
    word: str
    roots: frozenset[str]
    uses: int


@dataclass(slots=True)
class Meaning:
    """One typed word: which words to search for, whether as beginnings, and how it should have been spelled."""

    typed: str
    forms: tuple[str, ...]
    is_beginning: bool = False
    corrected: str = ""
    keys: frozenset[str] = frozenset()
    makers: frozenset[int] = frozenset()  # exhibitors that have it in their name

    def tsquery(self, weights: str = "") -> str:
        mark = f":*{weights}" if self.is_beginning else f":{weights}" if weights else ""
        return f"({' | '.join(form + mark for form in self.forms)})"


@dataclass(slots=True)
class Understood:
    meanings: list[Meaning] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.meanings)

    @property
    def corrected(self) -> str:
        """The text as it was meant, if any word was spelled differently."""
        if not any(meaning.corrected for meaning in self.meanings):
            return ""
        return " ".join(meaning.corrected or meaning.typed for meaning in self.meanings)

    def tsquery(self, weights: str = "", joint: str = " & ") -> str:
        return joint.join(meaning.tsquery(weights) for meaning in self.meanings)


def understand(words: list[str]) -> Understood:
    """One query; none without words."""
    if not words:
        return Understood()
    near: dict[str, dict[str, list[Near]]] = {word: defaultdict(list) for word in words}
    makers: dict[str, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        keys = [" ".join(keys_of(possible_roots(word))) for word in words]
        cursor.execute(RESOLVE, [words, [sound_of(word) for word in words], keys, MANY_EXHIBITORS])
        for typed, how, word, roots, uses, pk in cursor.fetchall():
            if how == "maker":
                makers[typed].add(pk)
            else:
                near[typed][how].append(Near(word, frozenset(roots), uses))
    meanings = [meaning_of(word, near[word]["form"], near[word]["start"], near[word]["like"]) for word in words]
    for meaning in meanings:
        if len(makers[meaning.typed]) < MANY_EXHIBITORS:
            meaning.makers = frozenset(makers[meaning.typed])
    return Understood(meanings)


def meaning_of(typed: str, forms: list[Near], starts: list[Near], likes: list[Near]) -> Meaning:
    """``forms``: words with a root or sound that ``typed`` may have; ``starts``: that begin with it; ``likes``: with
    similar letters. Each the most used first."""
    candidates = possible_roots(typed)
    exact = next((near for near in forms if near.word == typed), None)
    if exact:
        return _family(typed, exact.roots, forms)
    for root in candidates:
        if any(root in near.roots for near in forms):
            return _family(typed, frozenset([root]), forms)
    for root in candidates:
        same = [near for near in forms if sound_of(root) in keys_of(near.roots)]
        if same:
            return _family(typed, same[0].roots, same, corrected=same[0].word)
    if forms:  # the stem of an English word
        return _family(typed, forms[0].roots, forms)
    if starts:
        begun = tuple(near.word for near in starts if not near.word.startswith(typed))  # they only sound like it
        return Meaning(typed, (typed, *begun), is_beginning=True, keys=_keys([near.word for near in starts]))
    best = _most_like(typed, likes)
    if best:
        return _family(typed, best.roots, [best, *likes], corrected=best.word)
    likely = (typed, *choose_root(typed, frozenset()))
    return Meaning(typed, tuple(dict.fromkeys(likely)), is_beginning=True, keys=_keys(likely))


def _family(typed: str, roots: frozenset[str], forms: list[Near], corrected: str = "") -> Meaning:
    """Every word with one of the sounds of ``roots``."""
    keys = _keys(roots)
    family = [near.word for near in forms if keys & _keys(near.roots)]
    own = [] if corrected else [typed]
    return Meaning(typed, tuple(dict.fromkeys(own + family)), corrected=corrected, keys=keys)


def _most_like(typed: str, likes: list[Near]) -> Near | None:
    """The word whose sound is nearest; among equals the most used."""
    if typed.isdigit():
        return None

    def likeness(near: Near) -> float:
        return difflib.SequenceMatcher(None, sound_of(typed), sound_of(near.word)).ratio()

    best = max(likes, key=lambda near: (round(likeness(near), 2), near.uses), default=None)
    return best if best and likeness(best) >= ALIKE else None


def _keys(roots) -> frozenset[str]:
    return frozenset(keys_of(roots))
