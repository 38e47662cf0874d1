"""The words in use: gathered from what is on show, with the roots and sounds by which typed words find them.

A word that is typed is compared with these few thousand words, not with every product: their roots tell which forms of
it to search for, their sounds and letters how it was meant. The list is renewed every few minutes; a word that is not
in it yet is still found as it is written.
"""

from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import connection, transaction

from catalog.search.roots import KNOWN, choose_root
from catalog.search.sound import sound_of
from catalog.search.words import MAX_LENGTH, STOP_WORDS, plain_words

RENEW_SECONDS = 600
# Each word once per document, with the weights of the fields it stands in.
GATHER = """
SELECT used.lexeme,
       count(*) FILTER (WHERE 'A' = ANY(used.weights)),
       count(*) FILTER (WHERE 'B' = ANY(used.weights)),
       bool_or(used.weights && ARRAY['A', 'C']),
       bool_or(used.weights && ARRAY['B', 'D']),
       count(*),
       max((ts_lexize('english_stem', used.lexeme))[1])
FROM (
  SELECT search FROM catalog_product WHERE state = 'approved'
  UNION ALL
  SELECT exhibitors_document('', name || ' ' || story, story_en) FROM exhibitors_exhibitor WHERE state = 'approved'
) document
CROSS JOIN LATERAL unnest(document.search) used
WHERE length(used.lexeme) BETWEEN 2 AND %s
GROUP BY 1
"""
KEEP = """
INSERT INTO catalog_word AS had (word, roots, keys, sound, in_names, in_names_en, uses)
SELECT word, string_to_array(roots, ' '), string_to_array(keys, ' '), sound, in_names, in_names_en, uses
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[])
  AS new(word, roots, keys, sound, in_names, in_names_en, uses)
ON CONFLICT (word) DO UPDATE
SET (roots, keys, sound, in_names, in_names_en, uses) =
  (excluded.roots, excluded.keys, excluded.sound, excluded.in_names, excluded.in_names_en, excluded.uses)
WHERE (had.roots, had.keys, had.in_names, had.in_names_en, had.uses)
  IS DISTINCT FROM (excluded.roots, excluded.keys, excluded.in_names, excluded.in_names_en, excluded.uses)
"""


@dataclass(slots=True)
class Use:
    """Where one word is used: in how many names of products (Indonesian, English), in how many texts at all."""

    word: str
    in_names: int = 0
    in_names_en: int = 0
    indonesian: bool = False
    english: bool = False
    uses: int = 0
    english_stem: str | None = None
    roots: list[str] = field(default_factory=list)


def renew_if_due() -> int:
    """Renew the vocabulary unless somebody has done so in the last minutes. Number of words, 0 if it was not due."""
    return renew_vocabulary() if cache.add("catalog:vocabulary", 1, RENEW_SECONDS) else 0


@transaction.atomic
def renew_vocabulary() -> int:
    """Make the list of words agree with what is on show now. Returns how many there are."""
    found = gather()
    in_use = frozenset(found)
    for use in found.values():
        use.roots = _roots(use, in_use)
    words = sorted(found.values(), key=lambda use: use.word)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_word WHERE NOT word = ANY(%s)", [[use.word for use in words]])
        cursor.execute(
            KEEP,
            [
                [use.word for use in words],
                [" ".join(use.roots) for use in words],
                [" ".join(keys_of(use.roots)) for use in words],
                [sound_of(use.word) for use in words],
                [use.in_names for use in words],
                [use.in_names_en for use in words],
                [use.uses for use in words],
            ],
        )
    return len(words)


def gather() -> dict[str, Use]:
    with connection.cursor() as cursor:
        cursor.execute(GATHER, [MAX_LENGTH])
        found = {row[0]: Use(*row) for row in cursor.fetchall() if row[0] not in STOP_WORDS}
        cursor.execute(
            """
            SELECT name FROM catalog_category
            UNION SELECT region.name FROM exhibitors_exhibitor exhibitor
            JOIN expo_region region ON region.code = exhibitor.regency_id WHERE exhibitor.state = 'approved'
            """
        )
        for (name,) in cursor.fetchall():
            for word in plain_words(name):
                if len(word) > 1 and word not in STOP_WORDS:
                    found.setdefault(word, Use(word, indonesian=True)).uses += 1
    return found


def keys_of(roots) -> list[str]:
    """The sounds of roots; English stems ("en:weav") stay as they are."""
    return list(dict.fromkeys(root if ":" in root else sound_of(root) for root in roots))


def english_root(stem: str) -> str:
    return f"en:{stem}"


def _roots(use: Use, in_use: frozenset[str]) -> list[str]:
    roots = list(choose_root(use.word, in_use)) if use.indonesian or use.word in KNOWN else [use.word]
    if use.english and use.english_stem:
        roots.append(english_root(use.english_stem))
    return roots
