"""One number, written in digits or in words, with the last place that its writer gave.

Digits are read by the language of the text: 1.234 is a thousand in Indonesian and one and a bit in English. Where both
can be meant, both are returned, the likelier first.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from expo.amounts import DIVIDED
from reports.news import lexicon
from reports.news.tokens import Article

MOST_DIGITS = 15
HUNDREDS = {"ratus", "hundred"}
ONE_POINT = re.compile(r"([0-9]+)([.,])([0-9]+)")
CENTS = re.compile(r"(.+)[.,]([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as stated: `step` is the place of its last digit that means something."""

    value: Decimal
    step: Decimal

    def times(self, factor: int | Decimal) -> "Stated":
        return Stated(self.value * factor, self.step * factor)


@dataclass(frozen=True, slots=True)
class Worded:
    """A number in words: up to which token it goes, and whether it names thousands, millions …"""

    stated: Stated
    end: int
    scaled: bool


def whole(value: int) -> Stated:
    """A number given in full: 9.500 may have been cut to its hundreds, 152 to nothing."""
    digits = str(value)
    zeros = len(digits) - len(digits.rstrip("0")) if value else 0
    return Stated(Decimal(value), Decimal(10**zeros if zeros > 1 else 1))


def read_digits(text: str, language: str, *, scaled: bool = False, percent: bool = False) -> list[Stated]:
    """Every number that `text` can mean, the likelier first; empty when it is none, or longer than any figure.

    `scaled`: a word like "miliar" follows, so that a point or comma is likely to be a decimal one.
    """
    if sum(character.isdigit() for character in text) > MOST_DIGITS:
        return []
    grouped = [_grouped(text, scaled)] if DIVIDED.fullmatch(text) and not text.startswith(("0.", "0,")) else []
    if found := ONE_POINT.fullmatch(text):
        decimal = [_decimal(found[1], found[3])]
        thousands = "." if language == "id" else ","
        points_first = percent or (scaled and found[2] != thousands)
        return decimal + grouped if points_first else grouped + decimal
    if not grouped and (found := CENTS.fullmatch(text)) and DIVIDED.fullmatch(found[1]):
        return [_decimal(_only_digits(found[1]), found[2])]
    return grouped


def _grouped(text: str, scaled: bool) -> Stated:
    value = int(_only_digits(text))
    return Stated(Decimal(value), Decimal(1)) if scaled else whole(value)


def _decimal(before: str, after: str) -> Stated:
    return Stated(Decimal(f"{before}.{after}"), Decimal(1).scaleb(-len(after)))


def _only_digits(text: str) -> str:
    return text.replace(".", "").replace(",", "")


def read_words(article: Article, index: int) -> Worded | None:
    """The number in words that begins at token `index`, or None."""
    reader = _Words(article, index)
    while reader.take():
        pass
    return reader.result()


class _Words:
    """Adds up words from left to right; each must be smaller than the one before, or the number has ended."""

    def __init__(self, article: Article, index: int):
        self.article, self.index = article, index
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.place = Decimal(1000)  # what is added to the group must be smaller
        self.scale = Decimal(10**15)  # the next scale must be smaller
        self.step = Decimal(1)
        self.scaled = self.fraction = self.started = False

    def word(self, ahead: int = 0) -> str:
        return self.article.low(self.index + ahead)

    def take(self) -> bool:
        return (
            self._fraction()
            or (self.place > 1 and self._small())
            or self._one()
            or self._decimals()
            or self._scale()
            or self._joint()
        )

    def _small(self) -> bool:
        """ "lima", "lima belas", "lima puluh", "lima ratus", "twenty", "five hundred"."""
        number = lexicon.SMALL.get(self.word())
        if (
            number is None
            and self.word() in {"a", "an"}
            and (self.word(1) in HUNDREDS or self.word(1) in lexicon.SCALES)
        ):
            number = 1
        if number is None:
            return False
        after, place = self.word(1), 10 if number >= 20 and number % 10 == 0 else 1
        number, place, length = {
            "belas": (number + 10, 1, 2),
            "puluh": (number * 10, 10, 2),
        }.get(after, (number, place, 1))
        if after in HUNDREDS:
            number, place, length = number * 100, 100, 2
        if after == "perempat":
            return self._add(Decimal(number) / 4, Decimal("0.01"), 2, fraction=True)
        return number < self.place and self._add(Decimal(number), Decimal(place), length)

    def _one(self) -> bool:
        number = lexicon.ONES.get(self.word())
        if number is None or number >= (self.place if number < 1000 else self.scale):
            return False
        if number < 1000:
            return self._add(Decimal(number), Decimal(100), 1)
        if self.group is not None:
            return False
        return self._multiply(Decimal(1), number)

    def _fraction(self) -> bool:
        length = 2 if self.word() in {"a", "one"} and self.word(1) in lexicon.QUARTERS else 1
        part = lexicon.HALVES.get(self.word(length - 1)) or lexicon.QUARTERS.get(self.word(length - 1))
        if part is None or self.fraction:
            return False
        while self.word(length) in {"a", "of"}:
            length += 1
        if self.word(length) not in lexicon.SCALES:
            return False
        return self._add(part, Decimal("0.1") if part == Decimal("0.5") else Decimal("0.01"), length, fraction=True)

    def _decimals(self) -> bool:
        """ "tiga koma tujuh lima"."""
        if self.word() not in lexicon.POINT or self.group is None or self.fraction:
            return False
        digits = ""
        while len(digits) < 6 and (digit := lexicon.SMALL.get(self.word(len(digits) + 1), 10)) < 10:
            digits += str(digit)
        if not digits:
            return False
        return self._add(Decimal(f"0.{digits}"), Decimal(1).scaleb(-len(digits)), len(digits) + 1, fraction=True)

    def _scale(self) -> bool:
        scale = lexicon.SCALES.get(self.word())
        if scale is None or self.group is None or scale >= self.scale:
            return False
        return self._multiply(self.group, scale)

    def _joint(self) -> bool:
        """The hyphen of "twenty-one", the "and" of "two hundred and five" and of "two and a half billion"."""
        if not self.started or (self.group is None and self.word() == "-"):
            return False
        if self.word() == "-":
            ahead = 1
        elif self.word() == "and":
            ahead = 2 if self.word(1) == "a" and self.word(2) in lexicon.HALVES else 1
        else:
            return False
        following = self.word(ahead)
        if following not in lexicon.HALVES and lexicon.SMALL.get(following, 1000) >= (
            self.place if self.group else 1000
        ):
            return False
        if following in lexicon.HALVES and self.word(ahead + 1) not in lexicon.SCALES:
            return False
        self.index += ahead
        return True

    def _add(self, number: Decimal, place: Decimal, length: int, *, fraction: bool = False) -> bool:
        self.group = (self.group or Decimal(0)) + number
        self.place, self.step, self.started = place, place if fraction else Decimal(1), True
        self.fraction = self.fraction or fraction
        self.index += length
        return True

    def _multiply(self, group: Decimal, scale: int) -> bool:
        self.total += group * scale
        self.step *= scale
        self.scale, self.group, self.place = Decimal(scale), None, Decimal(1000)
        self.scaled = self.started = True
        self.fraction = False
        self.index += 1
        return True

    def result(self) -> Worded | None:
        if not self.started:
            return None
        total = self.total + (self.group or 0)
        if total != int(total) and not self.scaled:
            return None
        if self.group is not None:  # it ends with its ones: given in full
            stated = whole(int(total)) if total == int(total) else Stated(total, self.step)
        else:
            stated = Stated(total, self.step)
        return Worded(stated, self.index, self.scaled)
