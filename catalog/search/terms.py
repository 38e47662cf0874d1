"""What products must match for a typed text: a product's own words, and where it stands ("batik pekalongan")."""

from dataclasses import dataclass, field
from functools import lru_cache

from catalog.queries.choices import Choice, Choices
from catalog.search.roots import possible_roots
from catalog.search.understanding import Meaning, Understood
from catalog.search.vocabulary import keys_of
from catalog.search.words import STOP_WORDS, plain_words

KINDS_OF_REGION = frozenset({"kota", "kabupaten", "kab", "adm"})


@dataclass(frozen=True, slots=True)
class Terms:
    """``all_words`` as a tsquery; besides, ``rest`` of the words in the regencies, exhibitors or categories that the
    other words name. ``shape``: "" (everything), "text", "context" (or ``rest`` there), "category" (or anything there).
    """

    all_words: str = ""
    all_in_name: str = ""
    any_in_name: str = ""
    rest: str = ""
    regencies: tuple[str, ...] = ()
    exhibitors: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    related_categories: tuple[Choice, ...] = field(default=(), compare=False)
    related_regencies: tuple[Choice, ...] = field(default=(), compare=False)

    @property
    def shape(self) -> str:
        if not self.all_words:
            return ""
        return "context" if self.rest else "category" if self.categories else "text"


def terms_of(understood: Understood, options: Choices) -> Terms:
    if not understood:
        return Terms()
    meanings = understood.meanings
    categories = {meaning.typed: _named(meaning, options.categories) for meaning in meanings}
    regencies = {meaning.typed: _named(meaning, options.regencies, KINDS_OF_REGION) for meaning in meanings}
    context = _context(meanings, categories, regencies, options)
    return Terms(
        all_words=understood.tsquery(),
        all_in_name=understood.tsquery("AB"),
        any_in_name=understood.tsquery("AB", " | "),
        related_categories=tuple(dict.fromkeys(choice for found in categories.values() for choice in found)),
        related_regencies=tuple(dict.fromkeys(choice for found in regencies.values() for choice in found)),
        **context,
    )


def _context(meanings: list[Meaning], categories: dict, regencies: dict, options: Choices) -> dict:
    """The words that name a place, a maker or a category, of one kind; what is left must stand in the product."""
    makers = {meaning.typed: meaning.makers for meaning in meanings}
    for name, named in (("regencies", regencies), ("exhibitors", makers), ("categories", categories)):
        naming = [meaning for meaning in meanings if named[meaning.typed]]
        common = set.intersection(*(set(named[meaning.typed]) for meaning in naming)) if naming else set()
        rest = [meaning for meaning in meanings if meaning not in naming]
        if not common or (not rest and name != "categories"):
            continue
        if name == "categories":
            common = {pk for choice in common for pk in options.within(choice.key)}
        keys = common if name != "regencies" else {choice.key for choice in common}
        return {name: tuple(sorted(keys)), "rest": Understood(rest).tsquery()}
    return {}


def _named(meaning: Meaning, options: list[Choice], left_out: frozenset[str] = frozenset()) -> list[Choice]:
    """The options in whose name the word stands."""
    return [choice for choice in options if meaning.keys & _name_keys(choice, left_out)]


@lru_cache(maxsize=2048)
def _name_keys(choice: Choice, left_out: frozenset[str]) -> frozenset[str]:
    words = plain_words(f"{choice.name} {choice.name_en}")
    return frozenset(
        key
        for word in words
        if word not in left_out and word not in STOP_WORDS
        for key in keys_of(possible_roots(word))
    )
