"""Arithmetic inside the article: parts that do not add up to their total, and percentages that do not follow."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reports.news import lexicon
from reports.news.amounts import COUNT, MONEY, PERCENT, RANGE, Quantity
from reports.news.contexts import Context
from reports.news.phrases import contains
from reports.news.tokens import Article

LISTING = lexicon.phrases(
    "terdiri rinciannya rincian yakni yaitu meliputi masing-masing comprising consisting made_up_of namely respectively"
)
# "… sehingga total …": the parts stand before it.
CLOSING = lexicon.phrases(
    "sehingga jadi menjadikan dengan_demikian bringing making hence so", "for_a_total for_a_combined giving"
)
ADDED = lexicon.phrases("ditambah plus + added_to")
BECOMES = lexicon.phrases("menjadi jadi berarti = sama_dengan makes equals gives comes_to")
# What may be counted in several editions and is one all the same.
MAY_OVERLAP = {"exhibitors", "koperasi", "products", "regencies", "visitors"}
FROM, TO = {"dari", "from"}, {"menjadi", "to", "becoming"}
MOST_PARTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSum:
    """`parts` do not add up to `total`: they come to `actual`."""

    total: Quantity
    parts: tuple[Quantity, ...]
    actual: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongShare:
    """The percentage does not follow from the two amounts; `actual` is in percent. `growth`: from first to second."""

    percent: Quantity
    first: Quantity
    second: Quantity
    actual: Decimal
    growth: bool


Placed = list[tuple[Quantity, Context]]


def wrong_sums(article: Article, placed: Placed) -> list[WrongSum]:
    by_sentence = _by_sentence(article, placed)
    lists = {number for number in by_sentence if contains(article, article.sentences[number], LISTING)}
    found = wrong_additions(article, list(by_sentence.values()))
    known = {wrong.total.first for wrong in found}
    for quantity, context in placed:
        if quantity.first in known:
            continue
        if quantity.kind not in (MONEY, COUNT) or quantity.high is not None or not context.total or context.partial:
            continue
        sentence = article.tokens[quantity.first].sentence
        for window in ((sentence,), (sentence, sentence + 1), (sentence - 1, sentence)):
            near = [each for number in window for each in by_sentence.get(number, [])]
            parts = _parts(quantity, context, near, listed=not lists.isdisjoint(window))
            parts = parts or _parts_before(article, quantity, context, by_sentence[sentence])
            if 2 <= len(parts) <= MOST_PARTS:
                if not _adds_up(quantity, parts) and not _may_overlap(quantity, context, parts):
                    actual = sum((part.value for part in parts), Decimal(0))
                    found.append(WrongSum(total=quantity, parts=tuple(parts), actual=actual))
                break
    return found


def wrong_additions(article: Article, sentences: list[Placed]) -> list[WrongSum]:
    """ "Rp3,48 miliar ditambah Rp230 juta menjadi Rp4,8 miliar": words that say what is added to what."""
    found = []
    for near in sentences:
        for kind in (MONEY, COUNT):
            alike = [quantity for quantity, _context in near if quantity.kind == kind and quantity.high is None]
            parts: list[Quantity] = []
            for one, other in pairwise(alike):
                between = range(one.after, other.first)
                if contains(article, between, ADDED):
                    parts = parts or [one]
                    parts.append(other)
                elif parts and contains(article, between, BECOMES) and not _adds_up(other, parts):
                    actual = sum((part.value for part in parts), Decimal(0))
                    found.append(WrongSum(total=other, parts=tuple(parts), actual=actual))
                    parts = []
                else:
                    parts = []
    return found


def _parts_before(article: Article, total: Quantity, context: Context, near: Placed) -> list[Quantity]:
    """ "Tunai Rp3,1 miliar dan transfer Rp1,1 miliar, sehingga total Rp5 miliar"."""
    earlier = [(quantity, own) for quantity, own in near if quantity.first < total.first]
    if not earlier or not contains(article, range(earlier[-1][0].after, total.first), CLOSING):
        return []
    return [
        quantity
        for quantity, own in earlier
        if quantity.kind == total.kind and quantity.high is None and not own.total
        and _same_subject(total, context, own)
    ]  # fmt: skip


def _may_overlap(total: Quantity, context: Context, parts: list[Quantity]) -> bool:
    """An exhibitor at two expos is one of the total: it may be less than its parts come to."""
    if total.kind != COUNT or context.subject not in MAY_OVERLAP:
        return False
    return max(_low(part) for part in parts) <= _high(total) <= sum((_high(part) for part in parts), Decimal(0))


def _by_sentence(article: Article, placed: Placed) -> dict[int, Placed]:
    found: dict[int, Placed] = {}
    for quantity, context in placed:
        found.setdefault(article.tokens[quantity.first].sentence, []).append((quantity, context))
    return found


def _parts(total: Quantity, context: Context, near: Placed, *, listed: bool) -> list[Quantity]:
    """Amounts of the same kind that are told apart by edition, or that a word like "terdiri" lists."""
    alike = [
        (quantity, own)
        for quantity, own in near
        if quantity is not total and quantity.kind == total.kind and quantity.high is None and not own.total
        and _same_subject(total, context, own)
    ]  # fmt: skip
    by_edition = [
        (quantity, own) for quantity, own in alike if len(own.editions) == 1 and own.editions != context.editions
    ]
    distinct = {own.editions for _quantity, own in by_edition}
    if len(distinct) == len(by_edition) >= 2:
        return [quantity for quantity, _own in by_edition]
    behind = [quantity for quantity, _own in alike if quantity.first > total.first]
    return behind if listed else []


def _same_subject(total: Quantity, context: Context, own: Context) -> bool:
    if total.kind == COUNT:
        return own.subject == context.subject != ""
    return set(own.keys) == set(context.keys) or "" in (own.subject, context.subject)


def _adds_up(total: Quantity, parts: list[Quantity]) -> bool:
    """Whether some true figures behind the stated ones, cut or rounded, could add up."""
    low = sum((_low(part) for part in parts), Decimal(0))
    high = sum((_high(part) for part in parts), Decimal(0))
    return low <= _high(total) and _low(total) <= high


def _low(quantity: Quantity) -> Decimal:
    if quantity.hedge in ("below", "nearly", "about"):
        return quantity.value * Decimal("0.9")
    return quantity.value if quantity.step <= 1 else quantity.value - quantity.step / 2


def _high(quantity: Quantity) -> Decimal:
    if quantity.hedge in ("above", "about"):
        return quantity.value * Decimal("1.1") + quantity.step
    return quantity.value if quantity.step <= 1 else quantity.value + quantity.step


def wrong_shares(article: Article, placed: Placed) -> list[WrongShare]:
    found = []
    for near in _by_sentence(article, placed).values():
        percents = [quantity for quantity, _context in near if quantity.kind == PERCENT and quantity.high is None]
        if len(percents) != 1:
            continue
        for kind in (MONEY, COUNT):
            alike = [quantity for quantity, _context in near if quantity.kind == kind and quantity.hedge != RANGE]
            pair = alike if len(alike) == 2 else _joined(article, alike)
            if len(pair) == 2 and (wrong := _share(article, percents[0], pair[0], pair[1])):
                found.append(wrong)
    return found


def _joined(article: Article, alike: list[Quantity]) -> list[Quantity]:
    """Of several amounts those that "from" and "to" stand before."""
    return [quantity for quantity in alike if {*_before(article, quantity)} & (FROM | TO)]


def _before(article: Article, quantity: Quantity) -> list[str]:
    return [article.low(quantity.first - back) for back in (1, 2, 3)]


def _share(article: Article, percent: Quantity, first: Quantity, second: Quantity) -> WrongShare | None:
    sentence = article.sentence_of(percent.first)
    up, down = contains(article, sentence, lexicon.GROWTH_UP), contains(article, sentence, lexicon.GROWTH_DOWN)
    if up or down:
        return _growth(article, percent, first, second, up=up and not down)
    # "Rp230 juta atau 20 persen dari Rp1 miliar"
    ahead = article.low(percent.after) in lexicon.SHARE_OF and first.after <= percent.first < second.first
    if not ahead or second.value <= 0 or first.value > second.value:
        return None
    return _wrong(percent, first, second, first.value / second.value * 100, growth=False)


def _growth(article: Article, percent: Quantity, first: Quantity, second: Quantity, *, up: bool) -> WrongShare | None:
    """ "naik 25 persen dari Rp2 miliar menjadi Rp2,5 miliar"; also "menjadi … dari …"."""
    if not (FROM | TO) & {*_before(article, first), *_before(article, second)}:
        return None
    if TO & {*_before(article, first)}:
        first, second = second, first
    if first.value <= 0 or (second.value > first.value) != up:
        return None
    change = abs(second.value - first.value) / first.value * 100
    return _wrong(percent, first, second, change, growth=True)


def _wrong(percent: Quantity, first: Quantity, second: Quantity, actual: Decimal, *, growth: bool) -> WrongShare | None:
    """Amounts that were cut leave room: what they can come to is compared, not what they say."""
    room = actual * (_uncertain(first) + _uncertain(second)) + percent.step
    if percent.hedge or growth:
        room += max(percent.value / 10, Decimal(1)) if percent.hedge else 100 * _uncertain(first)
    if abs(percent.value - actual) <= room:
        return None
    return WrongShare(
        percent=percent, first=first, second=second, actual=actual.quantize(Decimal("0.1")), growth=growth
    )


def _uncertain(quantity: Quantity) -> Decimal:
    return quantity.step / max(quantity.value, Decimal(1))
