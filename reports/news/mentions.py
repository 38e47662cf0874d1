"""Which editions an article names, and where: by name, code, Roman number or "the second expo"."""

from dataclasses import dataclass

from reports.news import lexicon
from reports.news.known import KnownEdition
from reports.news.phrases import spans, stem_of
from reports.news.tokens import Article, read

JOINTS = {"dan", "and", "&", "serta", ",", "ditambah", "plus", "maupun", "+"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first`…`after` name the edition `slug`."""

    first: int
    after: int
    slug: str


def find_mentions(article: Article, editions: tuple[KnownEdition, ...]) -> list[Mention]:
    aliases = _aliases(editions)
    if not aliases:
        return []
    numbers = {number: slug for slug, number in _numbers(editions).items()}
    found: list[Mention] = []
    for first, after in spans(article, range(len(article.tokens)), frozenset(aliases)):
        *words, last = (article.low(index) for index in range(first, after))
        named = aliases.get((*words, last)) or aliases[(*words, stem_of(last))]
        found.append(Mention(first, after, named))
        # "UVO I dan II", "UVO 1 dan 2"
        digits = article.kind(after - 1) == "number"
        while article.low(after) in JOINTS and (slug := numbers.get(_ordinal(article.low(after + 1), digits=digits))):
            found.append(Mention(after + 1, after + 2, slug))
            after += 2
    return found


def _ordinal(word: str, *, digits: bool) -> int:
    """``digits``: where the name before it has a digit, too; else "UVO I, 2 koperasi" would name the second."""
    number = int(word) if digits and word.isdecimal() and len(word) < 3 else 0
    return number or lexicon.ROMAN.get(word) or lexicon.ORDINALS.get(word) or 0


def _numbers(editions: tuple[KnownEdition, ...]) -> dict[str, int]:
    """Editions that are counted: their number. Two with the same one are not told apart by it."""
    found: dict[str, int] = {}
    for edition in editions:
        last = edition.name.lower().split()[-1]
        number = lexicon.ROMAN.get(last) or (int(last) if last.isdecimal() and len(last) < 3 else 0)
        if number:
            found[edition.slug] = number
    numbers = list(found.values())
    return {slug: number for slug, number in found.items() if numbers.count(number) == 1}


def _aliases(editions: tuple[KnownEdition, ...]) -> dict[tuple[str, ...], str]:
    """Every phrase that names one edition and no other."""
    named: dict[tuple[str, ...], set[str]] = {}
    numbers = _numbers(editions)
    for edition in editions:
        for name in {edition.name, edition.name_en, edition.code, edition.code.replace("-", " ")}:
            if name:
                named.setdefault(_words(name), set()).add(edition.slug)
        for phrase in _counted(edition, numbers.get(edition.slug, 0)):
            named.setdefault(phrase, set()).add(edition.slug)
    return {phrase: slugs.copy().pop() for phrase, slugs in named.items() if phrase and len(slugs) == 1}


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.low for token in read(name).tokens)


def _counted(edition: KnownEdition, number: int) -> set[tuple[str, ...]]:
    """ "expo II", "UVO 2", "jilid kedua", "the second edition"; "expo 2021" for those that bear a year."""
    found = set()
    name, code = _words(edition.name), _words(edition.code.replace("-", " "))
    if number:
        spelled = [str(number), *(word for word, value in lexicon.ROMAN.items() if value == number)]
        ordinals = [word for word, value in lexicon.ORDINALS.items() if value == number]
        heads = {name[:-1], code[:-1], *((word,) for word in lexicon.SHOW_WORDS), name[1:-1]}
        found |= {(*head, word) for head in heads if head for word in [*spelled, *ordinals]}
        # "second expo", but "kedua expo" are both of them.
        found |= {(word, show) for show in lexicon.SHOW_WORDS for word in ordinals if word in lexicon.ENGLISH_ORDINALS}
    elif name[-1].isdecimal():
        found |= {("expo", name[-1]), (*code[:-1], name[-1])}
    return found
