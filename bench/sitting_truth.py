"""What a sitting came to, as the database has it: whom the log names for what waited, beside what was pressed."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bench.sitting_house import CURATORS, EXHIBITORS, PRODUCTS

DAY = 7.5 * 3600
Subject = tuple[str, int]  # model and key


@dataclass(frozen=True)
class Press:
    """``wanted``: what each subject was to become by it; times in seconds."""

    who: str
    kind: str
    wanted: dict[Subject, str]
    keys: int
    clicks: int
    seconds: float
    stored: float


@dataclass(frozen=True)
class Truth:
    presses: list[Press]
    lines: list[tuple[Subject, str, str]]  # of the log: what was decided, by whom, what it became
    states: dict[Subject, str]  # of all that waited

    @property
    def by_subject(self) -> Counter:
        return Counter(subject for subject, _who, _after in self.lines)

    @property
    def undecided(self) -> list[Subject]:
        return [subject for subject, state in self.states.items() if state == "submitted"]

    @property
    def pressed(self) -> Counter:
        return Counter((subject, press.who, after) for press in self.presses for subject, after in press.wanted.items())

    @property
    def refused(self) -> Counter:
        """What was pressed and does not stand in the log."""
        return self.pressed - Counter(self.lines)

    @property
    def unexplained(self) -> Counter:
        """What stands in the log and nobody pressed."""
        return Counter(self.lines) - self.pressed

    @property
    def otherwise(self) -> list[Subject]:
        """What is in another state than the log says."""
        told = {subject: after for subject, _who, after in self.lines}
        return [subject for subject, state in self.states.items() if told.get(subject, "submitted") != state]

    @property
    def holds(self) -> bool:
        """Each was decided exactly once, as somebody pressed."""
        once = set(self.by_subject) == set(self.states) and set(self.by_subject.values()) == {1}
        return once and not self.unexplained and not self.otherwise

    def decided(self, press: Press) -> int:
        stands = set(self.lines)
        return sum((subject, press.who, after) in stands for subject, after in press.wanted.items())

    def tell(self, seconds: float, *, waited: int) -> None:
        """Two tables for docs/speed.md, and a sentence."""
        print("| what was pressed | times | decided | keys | clicks | stored | next shown | slowest of twenty |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for kind in sorted({press.kind for press in self.presses}):
            print(self._row(kind, [press for press in self.presses if press.kind == kind]))
        print("\n| in the database at its end | exhibitors | products |")
        print("| --- | --- | --- |")
        for label, count in self._counts():
            print(f"| {label} | {count['exhibitor']:,} | {count['product']:,} |")
        machine = sum(press.seconds for press in self.presses)
        pages = len(self.presses)
        left = len(CURATORS) * DAY - machine
        print(
            f"\n{seconds / 60:.1f} minutes; {pages:,} pages, {machine:.0f} s of waiting for the machine, "
            f"{sum(self.refused.values())} refused, {waited} times nothing but what the colleague had open.\n"
            f"A day of two ({len(CURATORS)} × 7.5 hours) leaves {left / max(1, pages):.0f} s to look at a page.\n"
            + ("Each was decided exactly once." if self.holds else "NOT EACH WAS DECIDED EXACTLY ONCE.")
        )

    def _row(self, kind: str, presses: list[Press]) -> str:
        shown = sorted(press.seconds for press in presses)
        keys, clicks = (statistics.mean(getattr(press, name) for press in presses) for name in ("keys", "clicks"))
        stored = statistics.median(press.stored for press in presses)
        middle = statistics.median(shown)
        times = f"{stored:.2f} s | {middle:.2f} s | {shown[int(len(shown) * 0.95)]:.2f} s"
        decided = sum(self.decided(press) for press in presses)
        return f"| {kind} | {len(presses):,} | {decided:,} | {keys:.1f} | {clicks:.1f} | {times} |"

    def _counts(self):
        """Label, and how many there are of a model."""
        yield "waited", counter(subject for subject in self.states)
        for name in CURATORS:
            yield f"decided by {name}", counter(subject for subject, who, _after in self.lines if who == name)
        for state in ("approved", "returned", "rejected"):
            yield state, counter(subject for subject, now in self.states.items() if now == state)
        yield "decided twice", counter(subject for subject, times in self.by_subject.items() if times > 1)
        yield "still waiting", counter(self.undecided)


def counter(subjects: Iterable[Subject]) -> Counter:
    """How many of each model."""
    return Counter(model for model, _pk in subjects)


def truth_of(presses: list[Press]) -> Truth:
    """Asks the log and the rows about all that was made to wait."""
    from catalog.models import Product
    from exhibitors.models import Decision, Exhibitor

    states = {}
    for model, start in ((Exhibitor, EXHIBITORS), (Product, PRODUCTS)):
        rows = model.objects.filter(slug__startswith=start).values_list("pk", "state")
        states |= {(model._meta.model_name, pk): state for pk, state in rows}
    own = Decision.objects.filter(before="submitted").values_list(
        "subject_type", "subject_id", "decided_by__name", "after"
    )
    lines = [((model, pk), who, after) for model, pk, who, after in own if (model, pk) in states]
    return Truth(presses, lines, states)
