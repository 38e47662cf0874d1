"""Amounts, counts and percentages of an article, with the words that hedge them ("lebih dari", "puluhan", "hampir")."""

from dataclasses import dataclass, replace
from decimal import Decimal

from reports.news import lexicon
from reports.news.numbers import Stated, read_digits, read_words
from reports.news.phrases import contains, phrase_at, phrase_before
from reports.news.tokens import Article

MONEY, COUNT, PERCENT, FOREIGN = "money", "count", "percent", "foreign"
ABOVE, BELOW, NEARLY, ABOUT, RANGE, FUZZY = "above", "below", "nearly", "about", "range", "fuzzy"
YEARS = range(1900, 2100)
HEDGES = {ABOVE: lexicon.ABOVE, BELOW: lexicon.BELOW, NEARLY: lexicon.NEARLY, ABOUT: lexicon.ABOUT}
LONGEST_HEDGE, MOST_FILLERS, NEAR_MONEY = 3, 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """`start`…`end` are places in the text, `first`…`after` token indexes. `high` ends a range ("puluhan ribu").

    `readings`: what the number can mean, the likelier first.
    """

    start: int
    end: int
    first: int
    after: int
    kind: str
    readings: tuple[Stated, ...]
    hedge: str = ""
    high: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return self.readings[0].value

    @property
    def step(self) -> Decimal:
        return self.readings[0].step

    @property
    def digits(self) -> int:
        """How many digits say something: 4,8 miliar has two, 2.768 four, 200 one."""
        return len(str(int(self.value / self.step))) if self.value >= self.step else 1


@dataclass(slots=True)
class _Number:
    """A number with its scale, before anybody has looked at what stands around it."""

    first: int
    after: int
    readings: list[Stated]
    scaled: bool
    high: Decimal | None = None
    hedge: str = ""


def find_quantities(article: Article, language: str, taken: frozenset[int] = frozenset()) -> list[Quantity]:
    """In the order of the text. `taken`: tokens that are known to be something else (dates)."""
    finder = _Finder(article, language, taken)
    found, index = [], 0
    while index < len(article.tokens):
        quantity = finder.quantity_at(index)
        if quantity:
            found.append(quantity)
        index = max(index + 1, finder.after)
    return found


class _Finder:
    def __init__(self, article: Article, language: str, taken: frozenset[int]):
        self.article, self.language, self.taken = article, language, taken
        self.after = 0

    def quantity_at(self, index: int) -> Quantity | None:
        """The quantity whose number begins at token `index`. Moves `after` behind what it has read."""
        self.after = index + 1
        if index in self.taken:
            return None
        number = self._fuzzy(index) or self._number(index)
        if number is None:
            return None
        number = self._with_range(number)
        self.after = number.after
        return self._dressed(number)

    # --- the number itself

    def _fuzzy(self, index: int) -> _Number | None:
        """ "puluhan ribu", "ratusan juta", "tens of thousands", "hundreds"."""
        article, word = self.article, self.article.low(index)
        if word not in lexicon.FUZZY:
            return None
        low, high = lexicon.FUZZY[word]
        after, scale = index + 1, lexicon.SCALES.get(article.low(index + 1))
        if scale:
            after += 1
        elif article.low(after) == "of" and (scale := lexicon.SCALES.get(article.low(after + 1).removesuffix("s"))):
            after += 2
        elif word in {"tens", "scores"}:
            return None
        if scale:
            low, high = low * scale, (high + 1) * scale - 1
        return _Number(index, after, [Stated(Decimal(low), Decimal(1))], bool(scale), Decimal(high), FUZZY)

    def _number(self, index: int) -> _Number | None:
        article = self.article
        if article.kind(index) == "number":
            return None if self._part_of_a_code(index) else self._digits(index)
        if article.kind(index) != "word" or index in self.taken:
            return None
        worded = read_words(article, index)
        if worded is None:
            return None
        return _Number(index, worded.end, [worded.stated], worded.scaled)

    def _digits(self, index: int) -> _Number | None:
        text, scale = self.article.tokens[index].text, self._scale_at(index + 1)
        percent = bool(phrase_at(self.article, index + 1, lexicon.PER_CENT))
        readings = read_digits(text, self.language, scaled=scale > 1, percent=percent)
        if not readings:
            return None
        number = _Number(index, index + 1, [each.times(scale) for each in readings], scale > 1)
        if scale > 1:
            number.after += 1
            self._add_smaller(number, scale)
        elif self.article.low(index + 1) == "-" and self.article.low(index + 2) == "an":
            self._read_some(number)
        return number

    def _read_some(self, number: _Number) -> None:
        """ "200-an", "Rp230-an juta"."""
        scale = self._scale_at(number.after + 2)
        number.readings = [each.times(scale) for each in number.readings]
        number.high = number.readings[0].value + number.readings[0].step - 1
        number.after, number.scaled, number.hedge = number.after + 2 + (scale > 1), scale > 1, RANGE

    def _scale_at(self, index: int) -> int:
        word = self.article.low(index)
        if scale := lexicon.SCALES.get(word) or lexicon.SHORT_SCALES.get(word):
            return scale
        scale = lexicon.MONEY_SCALES[self.language].get(word)
        return scale if scale and (self._currency_before(index - 1) is not None or self._is_capital(index)) else 1

    def _is_capital(self, index: int) -> bool:
        """ "omzet 3,48 M", "3,48 M rupiah": a large letter where the words speak of money."""
        article = self.article
        if not article.tokens[index].text.isupper():
            return False
        told = range(max(article.sentence_of(index).start, index - 1 - NEAR_MONEY), index - 1)
        named = any(contains(article, told, words) for words in lexicon.MEASURES.values())
        return named or article.low(index + 1) in lexicon.RUPIAH_AFTER

    def _add_smaller(self, number: _Number, scale: int) -> None:
        """ "1 miliar 680 juta" is one amount."""
        index = number.after
        smaller = self._scale_at(index + 1)
        if self.article.kind(index) != "number" or not 1 < smaller < scale or index in self.taken:
            return
        more = read_digits(self.article.tokens[index].text, self.language, scaled=True)
        if more:
            added = more[0].times(smaller)
            number.readings = [Stated(each.value + added.value, added.step) for each in number.readings]
            number.after += 2

    def _part_of_a_code(self, index: int) -> bool:
        """B12, UVO-II/2020/0013, 2nd, 13:00, +62812…, ke-2: digits that are not a number of anything."""
        article = self.article
        before, after = article.low(index - 1), article.low(index + 1)
        glued_before = index > 0 and article.touching(index - 1)
        glued_after = article.touching(index)
        if glued_before and (
            before in {"/", ":", "_", "#", "@"} or (before == "-" and not self._dash_of_range(index - 1))
        ):
            return True
        if glued_before and article.kind(index - 1) == "word" and before not in lexicon.RUPIAH_BEFORE | lexicon.FOREIGN:
            return True
        if glued_after and (after in {"/", ":", "_", "@"}):
            return True
        if glued_after and article.kind(index + 1) == "word" and not self._glued_word(index, after):
            return True
        text = article.tokens[index].text
        return (
            (text[0] == "0" and len(text) > 4 and text.isdigit())
            or before in {"ke", "pukul", "jam", "nomor", "no"}
            or before == "+"
        )

    def _glued_word(self, index: int, word: str) -> bool:
        known = lexicon.SCALES.keys() | lexicon.SHORT_SCALES.keys() | lexicon.MONEY_SCALES[self.language].keys()
        return word in known or word in lexicon.FOREIGN

    def _dash_of_range(self, index: int) -> bool:
        return self.article.kind(index - 1) == "number" or self.article.low(index - 1) in lexicon.SCALES

    # --- what stands around it

    def _with_range(self, number: _Number) -> _Number:
        """ "200-300 juta", "antara 3 dan 4 miliar", "Rp2 hingga Rp3 miliar": one quantity from … to …"""
        article, joint = self.article, self.article.low(number.after)
        between = self._before_currency(number.first)
        is_between = article.low(between - 1) in lexicon.BETWEEN and joint in {"dan", "and"}
        length = int(is_between) or phrase_at(article, number.after, lexicon.RANGE_JOINTS)
        if number.hedge or not length:
            return number
        if joint in lexicon.RANGE_IN_WORDS and article.low(between - 1) in {"dari", "from"}:
            return number
        start = number.after + length
        while article.low(start) in lexicon.RUPIAH_BEFORE or (
            article.low(start) == "." and article.low(start - 1) == "rp"
        ):
            start += 1
        following = self._digits(start) if article.kind(start) == "number" and start not in self.taken else None
        if following is None or following.hedge:
            return number
        low = number.readings[0]
        if not number.scaled and following.scaled:
            low = low.times(self._scale_at(following.after - 1))
        high = following.readings[0]
        if high.value <= low.value:
            return number
        return replace(number, after=following.after, readings=[low], scaled=following.scaled, high=high.value)

    def _currency_before(self, index: int) -> str | None:
        """Which money is named right before the number at `index`; None if none is."""
        article = self.article
        before = article.low(index - 1)
        if before == "." and article.low(index - 2) == "rp":
            return MONEY
        if before in lexicon.RUPIAH_BEFORE:
            return MONEY
        return FOREIGN if before in lexicon.FOREIGN else None

    def _before_currency(self, index: int) -> int:
        """The token at which the amount begins: "Rp", "Rp.", "US$" or the number itself."""
        article = self.article
        if article.low(index - 1) == "." and article.low(index - 2) == "rp":
            return index - 2
        if article.low(index - 1) in lexicon.RUPIAH_BEFORE:
            return index - 1
        if article.low(index - 1) in lexicon.FOREIGN:
            return index - 2 if article.low(index - 2) in {"us", "as"} and article.touching(index - 2) else index - 1
        return index

    def _kind(self, number: _Number) -> tuple[str, int]:
        """What it is a number of, and where that ends."""
        article, after = self.article, number.after
        if length := phrase_at(article, after, lexicon.PER_CENT):
            return PERCENT, after + length
        if before := self._currency_before(number.first):
            return before, after + (article.low(after) in lexicon.RUPIAH_AFTER)
        for skip in (0, 1) if article.low(after) == "of" and number.hedge == FUZZY else (0,):
            if article.low(after + skip) in lexicon.RUPIAH_AFTER:
                return MONEY, after + skip + 1
            if article.low(after + skip) in lexicon.FOREIGN:
                return FOREIGN, after + skip + 1
        large = (number.scaled or number.hedge == FUZZY) and number.readings[0].value >= 10**6
        return (MONEY if large and not self._counts_something(after) else COUNT), after

    def _counts_something(self, after: int, *, within: int = 2) -> bool:
        return self.article.low(after) in lexicon.PEOPLE or any(
            phrase_at(self.article, index, counted)
            for index in range(after, after + within)
            for name, counted in lexicon.COUNTED.items()
            if name not in {"transactions", "orders"}
        )

    def _dressed(self, number: _Number) -> Quantity | None:
        kind, after = self._kind(number)
        begin = self._before_currency(number.first)
        if kind == COUNT and not self._is_a_count(number, after):
            return None
        readings = [each for each in number.readings if kind in (PERCENT, FOREIGN) or each.value == int(each.value)]
        if not readings:
            return None
        hedge, start = number.hedge or (RANGE if number.high is not None else ""), begin
        if not hedge:
            hedge, start = self._hedge_before(begin)
        if not hedge and (length := self._more_behind(after)):
            hedge, after = ABOVE, after + length
        self.after = after
        tokens = self.article.tokens
        return Quantity(
            start=tokens[start].start, end=tokens[after - 1].end, first=number.first, after=after,
            kind=kind, readings=tuple(readings), hedge=hedge, high=number.high,
        )  # fmt: skip

    def _more_behind(self, after: int) -> int:
        """ "Rp230 juta lebih", "152+ UKM"; in "Rp3,4 miliar + Rp230 juta" something is added."""
        length = phrase_at(self.article, after, lexicon.ABOVE_AFTER)
        adds = self.article.low(after) == "+" and not self._counts_something(after + 1)
        return 0 if adds and self.article.kind(after + 1) in ("number", "word") else length

    def _is_a_count(self, number: _Number, after: int) -> bool:
        """Leaves out years, times, and numbers of other things (three days, floor 2)."""
        article, value = self.article, number.readings[0].value
        if article.low(after) in lexicon.OTHER_UNITS and not self._tells_times(number, after):
            return False
        if number.high is not None or number.scaled:
            return True
        if article.kind(number.first) == "word" and value < 100 and not self._counts_something(after, within=1):
            return False
        plain = article.tokens[number.first].text
        if value in YEARS and plain.isdigit() and len(plain) == 4:
            named = article.low(number.first - 1) in {"tahun", "year", "in", "since", "sejak", *lexicon.SHOW_WORDS}
            return not named and self._counts_something(after)
        return value == int(value) or len(number.readings) > 1

    def _tells_times(self, number: _Number, after: int) -> bool:
        """ "dikunjungi 9.500 kali", "transaksi 803 kali", "visited 9,500 times", "61.000 halaman dilihat"."""
        if phrase_at(self.article, after, lexicon.COUNTED["page_views"]):
            return True
        if self.article.low(after) not in {"kali", "times"}:
            return False
        back = range(max(self.article.sentence_of(number.first).start, number.first - NEAR_MONEY), number.first)
        return any(contains(self.article, back, lexicon.COUNTED[name]) for name in ("visitors", "transactions"))

    def _hedge_before(self, begin: int) -> tuple[str, int]:
        """The longest that ends right before the amount, or before words that say nothing: "tidak kurang dari" is no
        "kurang dari"."""
        edge = begin
        while True:
            starts = [
                (start, hedge)
                for hedge, words in HEDGES.items()
                if (start := phrase_before(self.article, edge, words, within=LONGEST_HEDGE)) is not None
            ]
            if starts and (earliest := min(starts))[0] not in self.taken:
                return earliest[1], earliest[0]
            if begin - edge == MOST_FILLERS or self.article.low(edge - 1) not in lexicon.FILLERS:
                return "", begin
            edge -= 1
