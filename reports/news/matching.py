"""A quantity against the sealed figures: the same, cut, rounded, under another name, contradicted, or unknown.

A contradiction is claimed only where the words say what is counted, of the whole, and a sealed figure of that exists.
"""

import enum
from dataclasses import dataclass
from decimal import Decimal

from reports.news import amounts
from reports.news.amounts import Quantity
from reports.news.contexts import Context
from reports.news.known import MONEY_KEYS, WHOLE, Book, KnownFigure
from reports.news.numbers import Stated

MOST_TIMES = 5  # an amount so many times a sealed one is not likely to be meant for it


class Status(enum.StrEnum):
    MATCH = "match"
    OTHER = "other"
    CONTRADICTED = "contradicted"
    WRONG = "wrong"
    UNKNOWN = "unknown"


class Level(enum.IntEnum):
    """How a stated figure agrees with a sealed one, best first."""

    EXACT = 0
    TRUNCATED = 1
    ROUNDED = 2
    HOLDS = 3
    LOOSE = 4


class Reason(enum.StrEnum):
    """Why a figure is unknown, or which way it agrees with another one."""

    NO_SUBJECT = "no_subject"
    PARTIAL = "partial"
    NOT_WHOLE = "not_whole"
    NOT_SEALED = "not_sealed"
    FOREIGN = "foreign"
    OTHER_MEASURE = "other_measure"
    OTHER_EDITION = "other_edition"
    OTHER_PART = "other_part"
    MIXED = "mixed"
    SHARE = "share"


# Of an online expo "online" may be said of everything.
ONLINE = ("channel", "online")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`figures`: what it agrees with (several: their sum), or the nearest one that contradicts it."""

    status: Status
    level: Level | None = None
    figures: tuple[KnownFigure, ...] = ()
    reason: Reason | None = None
    reread: bool = False  # it agrees only when its points and commas are read the other way

    @property
    def sealed(self) -> int:
        return sum(figure.value for figure in self.figures)


def compare(quantity: Quantity, stated: Stated, sealed: int | Decimal) -> Level | None:
    """How `sealed` agrees with what is stated; None if it does not."""
    value, step = stated.value, stated.step
    if quantity.high is not None:
        return Level.HOLDS if value <= sealed <= quantity.high else None
    if sealed == value:
        return Level.EXACT
    margin = max(step, value / 4)
    if quantity.hedge == amounts.ABOVE:
        return None if sealed < value else Level.HOLDS if sealed <= value + margin else Level.LOOSE
    if quantity.hedge == amounts.BELOW:
        return None if sealed > value else Level.HOLDS if sealed >= value - margin else Level.LOOSE
    if quantity.hedge == amounts.NEARLY:
        return Level.HOLDS if value * Decimal("0.9") <= sealed < value else None
    if quantity.hedge == amounts.ABOUT:
        return Level.HOLDS if abs(sealed - value) <= max(step, value / 20) else None
    if value <= sealed < value + step:
        return Level.TRUNCATED
    return Level.ROUNDED if abs(sealed - value) * 2 <= step else None


def judge(quantity: Quantity, context: Context, book: Book) -> Verdict:
    if quantity.kind == amounts.FOREIGN:
        return Verdict(status=Status.UNKNOWN, reason=Reason.FOREIGN)
    if quantity.kind == amounts.PERCENT:
        return _judge_share(quantity, context, book)
    return _Judge(quantity, context, book).verdict()


def _judge_share(quantity: Quantity, context: Context, book: Book) -> Verdict:
    """A percentage is only ever recognised: of what it is a share is seldom said well enough to contradict it."""
    for part, whole in book.shares:
        meant = part.part == context.part if context.part != WHOLE else part.key in context.keys and part.part == WHOLE
        if not meant or (context.editions and part.recap.scope != context.editions):
            continue
        level = compare(quantity, quantity.readings[0], Decimal(part.value * 100) / whole.value)
        if level is not None and level <= Level.HOLDS:
            return Verdict(status=Status.MATCH, level=level, figures=(part, whole), reason=Reason.SHARE)
    return Verdict(status=Status.UNKNOWN, reason=Reason.NO_SUBJECT)


class _Judge:
    def __init__(self, quantity: Quantity, context: Context, book: Book):
        self.quantity, self.context, self.book = quantity, context, book
        self.money = quantity.kind == amounts.MONEY
        # "4,8 miliar" says enough to be recognised anywhere, "3 miliar" and "200" only where they belong.
        self.telling = quantity.digits >= 2 and quantity.high is None and quantity.hedge in ("", amounts.ABOVE)

    def verdict(self) -> Verdict:
        return (
            self._own(worst=Level.HOLDS)
            or self._added()
            or self._other()
            or self._own(worst=Level.LOOSE)
            or self._mixed()
            or self._contradicted()
        )

    # --- agreeing

    def _own(self, *, worst: Level) -> Verdict | None:
        """With a figure of the measure and the editions that the words name."""
        if self.money and self.context.subject == "" and not self.telling:
            return None
        if not self.context.keys:
            return None
        allowed = [figure for figure in self._near() if self._is_own(figure)]
        best = self._best(allowed)
        return self._matched(*best) if best and best[0] <= worst else None

    def _near(self) -> tuple[KnownFigure, ...]:
        """Wide enough for every way of agreeing but the loosest, which only reference figures have."""
        values = [stated.value for stated in self.quantity.readings]
        step = max(stated.step for stated in self.quantity.readings)
        low, high = min(values), max([*values, self.quantity.high or Decimal(0)])
        return self.book.near(low - max(low / 4, step), high + max(high / 4, step))

    def _is_own(self, figure: KnownFigure) -> bool:
        if figure.key not in self.context.keys or not self._of_named_editions(figure):
            return False
        if figure.part == self.context.part:
            return True
        return self.context.part == ONLINE and figure.part == WHOLE

    def _of_named_editions(self, figure: KnownFigure) -> bool:
        return not self.context.editions or figure.recap.scope == self.context.editions

    def _best(self, figures: list[KnownFigure]) -> tuple[Level, KnownFigure, bool] | None:
        """The figure that agrees best; an older recap only where the number says enough."""
        references = set(self.book.references.values())
        best = None
        for figure in figures:
            current = figure.recap in references
            for reread, stated in enumerate(self.quantity.readings):
                level = compare(self.quantity, stated, figure.value)
                if level is None or (not current and (level > Level.ROUNDED or not self.telling)):
                    continue
                if level == Level.LOOSE and not (self.context.subject and not self.context.partial):
                    continue
                if figure.part not in (WHOLE, self.context.part) and self.quantity.digits < 4:
                    continue
                rank = (
                    reread, level, not current, figure.part != self.context.part, self._key_rank(figure.key),
                    len(figure.recap.scope), -figure.recap.cutoff.timestamp(), figure.recap.number,
                )  # fmt: skip
                if best is None or rank < best[0]:
                    best = rank, level, figure, bool(reread)
        return best[1:] if best else None

    def _key_rank(self, key: str) -> int:
        known = (*self.context.keys, *self.context.near)
        return known.index(key) if key in known else len(known)

    def _matched(self, level: Level, figure: KnownFigure, reread: bool) -> Verdict:
        return Verdict(status=Status.MATCH, level=level, figures=(figure,), reread=reread)

    def _added(self) -> Verdict | None:
        """With the sum of several editions' figures."""
        if not self.telling and self.quantity.high is None:
            return None
        best = None
        for key in self.context.keys:
            for group in self.book.sums(key):
                slugs = tuple(sorted(slug for figure in group for slug in figure.recap.scope))
                if self.context.editions and slugs != self.context.editions:
                    continue
                level = compare(self.quantity, self.quantity.readings[0], sum(figure.value for figure in group))
                if level is not None and level <= Level.HOLDS and (best is None or level < best[0]):
                    best = level, group
        return Verdict(status=Status.MATCH, level=best[0], figures=best[1]) if best else None

    def _other(self) -> Verdict | None:
        """With a figure of another measure, edition or part: the number is right, its name is not."""
        large = self.money or self.quantity.value >= 1000
        if not self.telling or self.quantity.digits < (2 if large else 3):
            return None
        family = MONEY_KEYS if self.money else (*self.context.keys, *self.context.near)
        if not family:
            family = tuple({figure.key for figure in self.book.wholes} - set(MONEY_KEYS))
        best = self._best([figure for figure in self._near() if figure.key in family])
        if best is None or best[0] == Level.LOOSE or (self._hedged_widely() and best[0] == Level.HOLDS):
            return None
        level, figure, reread = best
        if figure.key not in self.context.keys:
            reason = Reason.OTHER_MEASURE
        elif not self._of_named_editions(figure):
            reason = Reason.OTHER_EDITION
        else:
            reason = Reason.OTHER_PART
        if not self.context.subject:  # nothing was said that could be wrong
            return Verdict(status=Status.MATCH, level=level, figures=(figure,), reread=reread)
        return Verdict(status=Status.OTHER, level=level, figures=(figure,), reason=reason, reread=reread)

    def _hedged_widely(self) -> bool:
        return self.money and self.quantity.hedge == amounts.ABOVE

    def _mixed(self) -> Verdict | None:
        """With a sum of measures that must not be added: turnover with promises, say."""
        if not (self.money and self.telling) or self.context.partial:
            return None
        for scope in self.book.references:
            parts = [
                figure
                for figure in self.book.wholes
                if figure.recap.scope == scope and figure.key in ("realised", "committed", "potential", "financing")
                and figure.value > 0
            ]  # fmt: skip
            for number in range(1, 1 << len(parts)):
                group = tuple(part for place, part in enumerate(parts) if number >> place & 1)
                level = compare(self.quantity, self.quantity.readings[0], sum(part.value for part in group))
                if len(group) > 1 and level is not None and level <= Level.ROUNDED:
                    return Verdict(status=Status.OTHER, level=level, figures=group, reason=Reason.MIXED)
        return None

    # --- not agreeing

    def _contradicted(self) -> Verdict:
        """The nearest reference figure of what the words name; unknown where they do not name it well enough."""
        nearest = self._nearest()
        reason = self._why_unknown(nearest)
        if reason is None:
            return Verdict(status=Status.CONTRADICTED, figures=(nearest,) if nearest else ())
        shown = (nearest,) if nearest and reason == Reason.NOT_WHOLE else ()
        return Verdict(status=Status.UNKNOWN, figures=shown, reason=reason)

    def _nearest(self) -> KnownFigure | None:
        main = self.context.keys[:1]
        parts = {self.context.part, WHOLE} if self.context.part == ONLINE else {self.context.part}
        own = [
            figure
            for figure in self.book.referred
            if figure.key in main and figure.part in parts and figure.recap.state != "withdrawn"
        ]
        own = [figure for figure in own if self._of_named_editions(figure)]
        return min(own, key=lambda figure: (abs(figure.value - self.quantity.value), figure.recap.scope), default=None)

    def _why_unknown(self, nearest: KnownFigure | None) -> Reason | None:
        context = self.context
        if not context.subject:
            return Reason.NO_SUBJECT
        if context.partial:
            return Reason.PARTIAL
        if nearest is None or nearest.value <= 0:
            return Reason.NOT_SEALED
        return None if self._of_the_whole(nearest) else Reason.NOT_WHOLE

    def _of_the_whole(self, nearest: KnownFigure) -> bool:
        """Whether the words speak of the whole expo: most amounts in the news are those of one seller."""
        context, quantity = self.context, self.quantity
        of_expo = bool(context.editions) or context.expo
        near = nearest.value <= quantity.value * 2 and quantity.value <= nearest.value * MOST_TIMES
        if self.money:
            return quantity.value * 1000 >= nearest.value and (of_expo or context.total or near)
        told_of_all = of_expo and (context.whole or context.total or bool(context.editions))
        return quantity.value >= 10 and (told_of_all or self._of_everyone())

    def _of_everyone(self) -> bool:
        """Visitors and inquiries are hardly ever told of a part, unless there are few of them."""
        return self.context.subject in ("visitors", "inquiries") and self.quantity.value >= 100
