"""An article as tokens that remember where they stand. One pass, no pattern that can go back: linear in the text."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>[^\w\s]|_)|(?P<line>\n)"
)
LONGEST = 200  # tokens of a sentence: what looks around itself looks no further
ENDS = {".", "!", "?", "…"}
OPENING = {'"', "“", "(", "-", "–", "•", "*"}
QUOTES = {'"', "”", "’", "'", ")", "»"}
# After these a point does not end a sentence.
SHORTENED = {
    "rp",
    "no",
    "dr",
    "drs",
    "dra",
    "ir",
    "hj",
    "h",
    "prof",
    "mr",
    "mrs",
    "ms",
    "st",
    "d",
    "s",
    "tbk",
    "pt",
    "tgl",
}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, word, mark or line; `low` the text in lower case; `sentence` counts from 0."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    sentence: int


@dataclass(frozen=True)
class Article:
    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def sentences(self) -> list[range]:
        """For each sentence the indexes of its tokens."""
        starts: list[int] = []
        for index, token in enumerate(self.tokens):
            while len(starts) <= token.sentence:
                starts.append(index)
        return [range(start, end) for start, end in zip(starts, [*starts[1:], len(self.tokens)], strict=True)]

    def sentence_of(self, index: int) -> range:
        return self.sentences[self.tokens[index].sentence]

    def low(self, index: int) -> str:
        """The token's text in lower case; "" outside of the text."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def kind(self, index: int) -> str:
        return self.tokens[index].kind if 0 <= index < len(self.tokens) else ""

    def touching(self, index: int) -> bool:
        """Whether nothing stands between this token and the next."""
        return index + 1 < len(self.tokens) and self.tokens[index].end == self.tokens[index + 1].start


def inside(article: Article, pattern: re.Pattern[str]) -> frozenset[int]:
    """The tokens of which ``pattern`` has found any part."""
    found = [match.span() for match in pattern.finditer(article.text)]
    starts = [token.start for token in article.tokens]
    return frozenset(
        index for start, end in found for index in range(bisect_left(starts, start), bisect_left(starts, end))
    )


def read(text: str) -> Article:
    tokens: list[Token] = []
    sentence, ended, length = 0, "", 0
    for match in TOKEN.finditer(text):
        kind, written = str(match.lastgroup), match[0]
        if kind == "line":
            ended = ended or ("line" if tokens else "")
            continue
        if length >= LONGEST or (ended and _begins(kind, written, ended)):
            sentence, ended, length = sentence + 1, "", 0
        elif written not in QUOTES and written not in ENDS:
            ended = ""
        length += 1
        tokens.append(Token(kind, written, written.lower(), match.start(), match.end(), sentence))
        if _ends(tokens, text):
            ended = "point"
    return Article(text, tuple(tokens))


def _begins(kind: str, written: str, ended: str) -> bool:
    """A new line alone may be one of a letter that was wrapped: there only a capital begins a sentence."""
    if kind == "word":
        return written[0].isupper()
    return ended == "point" and (kind == "number" or written in OPENING)


def _ends(tokens: list[Token], text: str) -> bool:
    last = tokens[-1]
    if last.text not in ENDS or text[last.end : last.end + 1].isalnum():
        return False
    before = tokens[-2] if len(tokens) > 1 else None
    return last.text != "." or before is None or before.low not in SHORTENED
