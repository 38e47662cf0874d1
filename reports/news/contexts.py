"""What a quantity speaks of, from the words around it: what is counted, which measure, which edition, whole or part."""

from dataclasses import dataclass

from reports.news import lexicon
from reports.news.amounts import COUNT, MONEY, PERCENT, Quantity
from reports.news.known import WHOLE, Part
from reports.news.mentions import JOINTS, Mention
from reports.news.phrases import contains, phrase_at, spans
from reports.news.tokens import Article

NEAR_AFTER, NEAR_BEFORE, BESIDE = 4, 5, 4
GENERAL, FARTHEST = 3, 30
BESIDES = JOINTS | {"the"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`subject`: what is counted, or the measure of an amount; "" where no word says it. `keys`: the known figures
    that are meant by it. `editions`: those that are named; several are meant together. `total`: it says that it is
    one. `expo`: its sentence speaks of an expo. `whole`: it is said of all, not of some. `partial`: it
    speaks of a part, a mean or a plan."""

    subject: str = ""
    keys: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    part: Part = WHOLE
    total: bool = False
    expo: bool = False
    whole: bool = False
    partial: bool = False


FAMILIES = {
    "exhibitors": (("exhibitors", "ukm"), ("koperasi",)),
    "koperasi": (("koperasi",), ("exhibitors",)),
    "regencies": (("regencies",), ()),
    "inquiries": (("inquiries",), ("answered",)),
    "transactions": (("transactions",), ("orders",)),
    "orders": (("orders",), ("transactions",)),
    "visitors": (("visits", "unique", "gate"), ("page_views", "booth_visits")),
    "page_views": (("page_views",), ("visits", "unique")),
}
PRODUCT_KEYS = {
    "sold": (("units", "products_sold"), ("on_show",)),
    "units": (("units",), ("products_sold", "on_show")),
    "shown": (("on_show",), ("products_sold", "units")),
}
MEASURE_KEYS = {
    "realised": (("realised", "transaction_value"), ("committed", "potential", "financing")),
    "transaction_value": (("transaction_value", "realised"), ("committed", "potential", "financing")),
    "committed": (("committed",), ("realised", "transaction_value", "potential", "financing")),
    "potential": (("potential",), ("committed", "realised", "transaction_value", "financing")),
    "financing": (("financing",), ("potential", "committed", "realised", "transaction_value")),
}


class Surroundings:
    """The article's quantities and mentions of editions, by which each quantity's context is found."""

    def __init__(
        self,
        article: Article,
        quantities: list[Quantity],
        mentions: list[Mention],
        places: lexicon.Phrases = frozenset(),
    ):
        self.article, self.places = article, places
        self.neighbours: dict[int, tuple[Quantity | None, Quantity | None]] = {}
        self.mentions: dict[int, list[Mention]] = {}
        for before, quantity, after in zip([None, *quantities], quantities, [*quantities[1:], None], strict=False):
            self.neighbours[quantity.first] = before, after
        for mention in mentions:
            self.mentions.setdefault(article.tokens[mention.first].sentence, []).append(mention)
        self.begins = {self._begin(quantity) for quantity in quantities}
        self.told: set[Mention] = set()  # mentions that stand behind the amount that they belong to
        self.in_turn = self._in_turn(quantities)
        self.named: dict[tuple[int, str], tuple] = {}  # what was last counted so far, by sentence and kind

    def of(self, quantity: Quantity) -> Context:
        before, after = self._clause(quantity)
        subject, keys, near = self._subject(quantity, before, after)
        editions = self._editions(quantity, before, after)
        nearby = range(max(before.start, quantity.first - 8), min(after.stop, quantity.after + 6))
        return Context(
            subject=subject,
            keys=keys,
            near=near,
            editions=editions,
            part=self._part(nearby) if quantity.kind in (MONEY, PERCENT) else WHOLE,
            total=self._says_total(quantity, nearby) or len(editions) > 1,
            expo=self._of_an_expo(quantity),
            whole=contains(self.article, range(before.start, after.stop), lexicon.WHOLE),
            partial=self._is_partial(quantity, nearby, after) or self._of_a_place(quantity, before, after),
        )

    def _says_total(self, quantity: Quantity, nearby: range) -> bool:
        """Behind it only where the word is not rather the next one's: "Rp1,1 miliar, sehingga total Rp4,2 miliar"."""
        found = spans(self.article, nearby, lexicon.TOTAL)
        return any(first < quantity.first or not self._is_of_the_next(quantity, first, last) for first, last in found)

    def _is_of_the_next(self, quantity: Quantity, first: int, last: int) -> bool:
        """Whether a phrase behind the quantity stands nearer to the one that follows."""
        following = self.neighbours[quantity.first][1]
        return following is not None and first - quantity.after > self._begin(following) - last

    def _is_partial(self, quantity: Quantity, nearby: range, after: range) -> bool:
        if contains(self.article, nearby, lexicon.PARTIAL) or self._is_denied(quantity):
            return True
        # "total Rp5 miliar, masing-masing Rp3 miliar dan …" lists what follows.
        lists = after.stop < self.article.sentence_of(quantity.first).stop
        where = range(nearby.start, quantity.first) if lists else nearby
        return quantity.first not in self.in_turn and contains(self.article, where, lexicon.PARTIAL_EACH)

    def _is_denied(self, quantity: Quantity) -> bool:
        """ "bukan Rp4,8 miliar": nobody claims it."""
        return self.article.low(self._begin(quantity) - 1) in lexicon.NOT

    def _begin(self, quantity: Quantity) -> int:
        """Its first token, with what hedges it and its "Rp"."""
        tokens, first = self.article.tokens, quantity.first
        while first > 0 and tokens[first - 1].start >= quantity.start:
            first -= 1
        return first

    def _in_turn(self, quantities: list[Quantity]) -> dict[int, str]:
        """ "UVO I dan UVO II masing-masing Rp3,48 miliar dan Rp230 juta": the edition of each, by its first token."""
        by_sentence: dict[int, list[Quantity]] = {}
        for quantity in quantities:
            by_sentence.setdefault(self.article.tokens[quantity.first].sentence, []).append(quantity)
        found: dict[int, str] = {}
        for number, mentions in self.mentions.items():
            sentence, here = self.article.sentences[number], by_sentence.get(number, [])
            for kind in (MONEY, COUNT):
                alike = [quantity for quantity in here if quantity.kind == kind]
                named = self._listed_before(mentions, alike[0]) if alike else []
                if len(alike) >= len(named) > 1 and contains(self.article, sentence, lexicon.IN_TURN):
                    # What comes behind them, a total, is not in turn.
                    found |= {quantity.first: each.slug for quantity, each in zip(alike, named, strict=False)}
        return found

    def _listed_before(self, mentions: list[Mention], quantity: Quantity) -> list[Mention]:
        earlier = [each for each in mentions if each.after <= quantity.first]
        chain = self._joined(earlier, earlier[-1]) if earlier else []
        return sorted(chain, key=lambda each: each.first)

    def _clause(self, quantity: Quantity) -> tuple[range, range]:
        """The tokens of its sentence before and behind it, up to its neighbours of the same sentence."""
        sentence = self.article.sentence_of(quantity.first)
        previous, following = self.neighbours[quantity.first]
        left = max(sentence.start, previous.after if previous else 0)
        right = min(sentence.stop, following.first if following else sentence.stop)
        return range(left, quantity.first), range(quantity.after, max(right, quantity.after))

    # --- what is counted

    def _subject(self, quantity: Quantity, before: range, after: range):
        if quantity.kind in (COUNT, MONEY):
            own = (self._counted if quantity.kind == COUNT else self._measure)(quantity, before, after)
            return self._carried(own, quantity, [*before, *after])
        for key, words in lexicon.SHARED.items():
            if contains(self.article, [*before, *after], words):
                return key, (key,), ()
        return "", (), ()

    def _carried(self, own: tuple, quantity: Quantity, clause: list[int]) -> tuple:
        """ "omzet UVO I Rp3,4 miliar, sedangkan UVO II Rp230 juta": with another edition the same is counted again."""
        sentence = self.article.tokens[quantity.first].sentence
        place = sentence, quantity.kind
        if own[0]:
            self.named[place] = own
            return own
        mentions = {each for each in self.mentions.get(sentence, []) if each.first in clause}
        return self.named.get(place, own) if mentions - self.told else own

    def _counted(self, quantity: Quantity, before: range, after: range):
        """The noun right behind the number; failing that, the last one before it."""
        ahead = range(after.start, min(after.stop, after.start + NEAR_AFTER))
        back = range(before.stop - 1, max(before.start, before.stop - NEAR_BEFORE) - 1, -1)
        for index in [*ahead, *back]:
            if index in ahead and self.article.low(index) in {",", ";", "("}:
                ahead = range(0)
                continue
            if self.article.low(index) in lexicon.NAME_BEGINS and self.article.low(index + 1) in lexicon.NAME_GOES_ON:
                continue
            for subject, words in lexicon.COUNTED.items():
                if phrase_at(self.article, index, words):
                    return self._family(subject, index, before, after)
        return "", (), ()

    def _family(self, subject: str, index: int, before: range, after: range):
        around = range(max(before.start, index - BESIDE), min(after.stop, index + BESIDE))
        if subject == "products":
            if contains(self.article, around, lexicon.SOLD):
                kind = "sold"
            elif phrase_at(self.article, index, lexicon.UNITS_SOLD):
                kind = "units"
            else:
                kind = "shown"
            return (subject, *PRODUCT_KEYS[kind])
        keys, near = FAMILIES[subject]
        if subject == "visitors" and contains(self.article, around, lexicon.UNIQUE):
            keys, near = ("unique",), ("visits", *near)
        elif subject == "visitors" and contains(self.article, around, lexicon.GATE):
            keys, near = ("gate",), ("visits", *near)
        return subject, keys, near

    def _measure(self, quantity: Quantity, before: range, after: range):
        """The nearest word that names a measure; before the amount rather than behind it."""
        best: tuple[int, int, str] | None = None
        for where, weight in ((before, 1), (after, 2)):
            for measure, words in lexicon.MEASURES.items():
                for first, last in spans(self.article, where, words):
                    if weight == 2 and self._is_of_the_next(quantity, first, last):
                        continue
                    distance = quantity.first - last if weight == 1 else first - quantity.after
                    # "potensi transaksi", "transaksi pesanan": what is more special says what it is.
                    distance += GENERAL if measure == "realised" else 0
                    candidate = (distance * weight, first - last, measure)
                    best = candidate if best is None or candidate < best else best
        if best is None or best[0] > FARTHEST:
            return "", tuple(MEASURE_KEYS["realised"][0]), MEASURE_KEYS["realised"][1]
        return (best[2], *MEASURE_KEYS[best[2]])

    # --- whose it is

    def _editions(self, quantity: Quantity, before: range, after: range) -> tuple[str, ...]:
        if quantity.first in self.in_turn:
            return (self.in_turn[quantity.first],)
        mentions = self.mentions.get(self.article.tokens[quantity.first].sentence, [])
        following = [each for each in mentions if each.first in after and self._belongs(quantity, each)]
        preceding = [each for each in mentions if each.first in before and each not in self.told]
        if following:
            others = [each for each in mentions if each is following[0] or not self._opens(each, following[0])]
            chain = self._joined(others, following[0])
            self.told |= {each for each in chain if each.first in after}
        elif preceding:
            chain = self._joined([each for each in mentions if each not in self.told], preceding[-1])
        else:
            earlier = [each for each in mentions if each.after <= quantity.first]
            chain = self._joined(mentions, earlier[-1]) if earlier else []
            chain = chain if set(earlier) <= set(chain) else []
        return tuple(sorted({each.slug for each in chain}))

    def _belongs(self, quantity: Quantity, mention: Mention) -> bool:
        """ "Rp3,48 miliar dari UVO I": a short way, with a word that ties the two right before the name."""
        last = mention.first - 1
        while last >= quantity.after and self.article.low(last) in {"the", "penyelenggaraan", "gelaran"}:
            last -= 1
        if mention.first - quantity.after > BESIDE + 1:
            return False
        return last < quantity.after or self.article.low(last) in lexicon.FOLLOWING

    def _opens(self, mention: Mention, anchor: Mention) -> bool:
        """Whether it stands behind ``anchor``, right before an amount of its own."""
        return mention.first > anchor.first and mention.after in self.begins

    def _joined(self, mentions: list[Mention], anchor: Mention) -> list[Mention]:
        """The mention with those that are listed together with it: "UVO I dan UVO II"."""
        place = mentions.index(anchor)
        chain = [anchor]
        for neighbours in (reversed(mentions[:place]), mentions[place + 1 :]):
            edge = anchor
            for other in neighbours:
                first, last = sorted((edge, other), key=lambda each: each.first)
                between = {self.article.low(index) for index in range(first.after, last.first)}
                if not between <= BESIDES:
                    break
                chain.append(other)
                edge = other
        return chain

    def _of_an_expo(self, quantity: Quantity) -> bool:
        sentence = self.article.sentence_of(quantity.first)
        return any(self.article.low(index) in lexicon.SHOW_WORDS for index in sentence)

    # --- of what part

    def _part(self, nearby: range) -> Part:
        for kind, table in (("phase", lexicon.PHASES), ("channel", lexicon.CHANNELS)):
            for key, words in table.items():
                if contains(self.article, nearby, words):
                    return kind, key
        return WHOLE

    def _of_a_place(self, quantity: Quantity, before: range, after: range) -> bool:
        """ "152 UKM asal Kudus", "dari Qatar": a figure of a part of which we say nothing."""
        tied = {"dari", "asal", "kota", "kabupaten", "ke", "from", "to", "kategori", "category", "tujuan"}
        near = range(max(before.start, quantity.first - 8), min(after.stop, quantity.after + 8))
        return any(self.article.low(first - 1) in tied for first, _after in spans(self.article, near, self.places))
