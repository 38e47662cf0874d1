"""A fair's life in the journal: everything that posts to it, in any order, and a list of what must stand there.

Each step posts as the shop, the cash desk, staff or an import do, at an hour of the database's that the test sets
(``tests/journal/clock.py``), and notes what that does to the figures by the rules as they are told in words, with
nothing of the code under test.
"""

import datetime as dt
from dataclasses import dataclass, field

from journal import posting
from journal.models import Entry
from journal.rollups.build import roll_up
from journal.values import Channel, Correction, Line, Nature, Payment, Refund, Reversal, Sale, SourceKind
from reports.models import Recap
from reports.recompute import recompute
from reports.seal import seal
from tests.factories import make_edition, make_exhibitor, numbers, wib
from tests.journal.clock import set_clock, start_clock
from tests.journal.ledger import history
from tests.journal.test_rollups import due_after

START = wib(2020, 11, 16)
MINUTE = dt.timedelta(minutes=1)
CATEGORIES = ("fesyen", "kriya", "")


@dataclass(frozen=True)
class Fact:
    """What one entry adds to the figures."""

    edition: int
    measure: str
    evidence: str
    nature: str
    amount: int
    occurred: dt.datetime
    recorded: dt.datetime


@dataclass
class Standing:
    """An entry of which something is left that can be given back, paid or corrected."""

    entry: int
    fact: Fact
    left: int
    pieces: int


@dataclass(frozen=True)
class Step:
    """``delay`` minutes after the step before; what it tells happened ``age`` minutes ago. ``pick`` chooses among
    whatever there is to choose from."""

    what: str
    delay: int
    age: int
    pick: int
    amount: int


@dataclass
class World:
    editions: list = field(default_factory=list)
    exhibitors: list = field(default_factory=list)
    clock: dt.datetime = START
    facts: list[Fact] = field(default_factory=list)
    stands: list[Standing] = field(default_factory=list)
    recaps: list[Recap] = field(default_factory=list)
    sealed: dict[int, dt.datetime] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> "World":
        start_clock(START)
        editions = [make_edition() for _ in range(2)]
        return cls(editions=editions, exhibitors=[make_exhibitor(kind=kind) for kind in ("ukm", "ukm", "koperasi")])

    def take(self, step: Step) -> None:
        self.clock += step.delay * MINUTE
        set_clock(self.clock)
        getattr(self, step.what)(step, max(START, self.clock - step.age * MINUTE))

    # What is posted

    def shop(self, step: Step, occurred: dt.datetime) -> None:
        """An order of two lines, or of one."""
        amounts = [step.amount, step.amount // 3][: 1 + step.pick % 2]
        self.sell(
            step, occurred, amounts=amounts, evidence="AB"[step.pick % 2], destination_code=("", "QA")[step.pick % 2]
        )

    def desk(self, step: Step, occurred: dt.datetime) -> None:
        """A claim, until its day is signed off."""
        self.sell(step, occurred, evidence="D", channel=Channel.ONSITE, source_kind=SourceKind.DESK)

    def reported(self, step: Step, occurred: dt.datetime) -> None:
        self.sell(step, occurred, evidence="D", channel=Channel.REPORTED, source_kind=SourceKind.REPORT)

    def deal(self, step: Step, occurred: dt.datetime) -> None:
        """Written down by staff: a sale, a letter of intent or a credit."""
        measure = ("realised", "potential", "financing")[step.pick % 3]
        self.sell(step, occurred, measure=measure, evidence="B", source_kind=SourceKind.STAFF, channel=Channel.REPORTED)

    def promise(self, step: Step, occurred: dt.datetime) -> None:
        self.sell(step, occurred, measure="committed", evidence="B")

    def sell(self, step: Step, occurred, *, amounts=None, measure="realised", evidence, **fields) -> None:
        amounts, number = amounts or [step.amount], next(numbers)
        sale = Sale(
            edition=self.editions[step.pick % 2],
            exhibitor=self.exhibitors[step.amount % 3],
            key=f"S{number}",
            transaction_key=f"T{number}",
            occurred_at=occurred,
            lines=tuple(
                Line(key=str(at), amount=amount, quantity=2, product_key=f"p{at}", category_code=CATEGORIES[amount % 3])
                for at, amount in enumerate(amounts)
            ),
            evidence=evidence,
            **fields,
        )
        post = {
            "realised": posting.post_sale,
            "committed": posting.post_commitment,
            "potential": posting.post_potential,
            "financing": posting.post_financing,
        }[measure]
        for entry, amount in zip(post(sale), amounts, strict=True):
            fact = self.add(sale.edition.pk, measure, evidence, Nature.SALE, amount, occurred)
            self.stands.append(Standing(entry.pk, fact, amount, 2))
            assert entry.recorded_at == self.clock

    def brought(self, step: Step, occurred: dt.datetime) -> None:
        """Imported: recorded long ago, if no seal lies in between. All of one deal, which goes on in both editions."""
        edition = self.editions[step.pick % 2]
        waited = (self.clock - occurred) * (step.pick % 7) / 6
        recorded = max(occurred + waited, self.sealed.get(edition.pk, START))
        evidence, measure = "ABCD"[step.pick % 4], ("realised", "realised", "committed")[step.pick % 3]
        entry = history(
            edition=edition,
            exhibitor=self.exhibitors[step.amount % 3],
            occurred_at=occurred,
            recorded_at=recorded,
            amount=step.amount,
            evidence=evidence,
            measure=measure,
            transaction_key="B",
            product_key="p1",
        )
        assert posting.post_imported([entry]) == 1
        self.add(edition.pk, measure, evidence, Nature.SALE, step.amount, occurred, recorded)

    # What becomes of it

    def refund(self, step: Step, occurred: dt.datetime) -> None:
        if stands := self.choose(step, "realised"):
            amount = 1 + step.amount % stands.left
            self.give_back(stands, amount, min(1, stands.pieces), occurred)

    def cancel(self, step: Step, occurred: dt.datetime) -> None:
        """What is promised will not be paid."""
        if stands := self.choose(step, "committed"):
            self.give_back(stands, stands.left, stands.pieces, occurred)

    def give_back(self, stands: Standing, amount: int, pieces: int, occurred: dt.datetime) -> None:
        line = Reversal(entry_id=stands.entry, amount=amount, quantity=pieces)
        posting.post_refund(Refund(key=f"R{next(numbers)}", occurred_at=occurred, lines=(line,)))
        self.take_from(stands, amount, pieces, Nature.REFUND, occurred)

    def deposit(self, step: Step, occurred: dt.datetime) -> None:
        if stands := self.choose(step, "committed"):
            self.pay(stands, 1 + step.amount % stands.left, 0, occurred)

    def balance(self, step: Step, occurred: dt.datetime) -> None:
        if stands := self.choose(step, "committed"):
            self.pay(stands, stands.left, stands.pieces, occurred)

    def pay(self, stands: Standing, amount: int, pieces: int, occurred: dt.datetime) -> None:
        """As much is turnover now as was promised before: never both."""
        line = Reversal(entry_id=stands.entry, amount=amount, quantity=pieces)
        payment = Payment(key=f"P{next(numbers)}", occurred_at=occurred, lines=(line,), evidence="A")
        entries = posting.post_payment_on_order(payment)
        self.take_from(stands, amount, pieces, Nature.PAYMENT, occurred)
        fact = self.add(stands.fact.edition, "realised", "A", Nature.SALE, amount, occurred)
        (paid,) = [entry.pk for entry in entries if entry.measure == "realised"]
        self.stands.append(Standing(paid, fact, amount, pieces))

    def correct(self, step: Step, occurred: dt.datetime) -> None:
        if stands := self.choose(step, "realised"):
            amount = 1 + step.amount % stands.left
            amount = -amount if step.pick % 2 else amount
            line = Reversal(entry_id=stands.entry, amount=amount)
            posting.post_correction(
                Correction(key=f"C{next(numbers)}", occurred_at=occurred, lines=(line,), note="Salah ketik")
            )
            self.take_from(stands, -amount, 0, Nature.CORRECTION, occurred)

    def classify(self, step: Step, occurred: dt.datetime) -> None:
        """Of another category: taken out and put in again, on the day on which somebody saw it."""
        if stands := self.choose(step, "realised", counted=True):
            amount, pieces = stands.left, stands.pieces
            _off, on = posting.reclassify(
                stands.entry, key=f"K{next(numbers)}", occurred_at=occurred, note="Kategori", by_id=None,
                category_code="furnitur", category_label="Furnitur",
            )  # fmt: skip
            self.take_from(stands, amount, pieces, Nature.CORRECTION, occurred)
            fact = self.add(stands.fact.edition, "realised", stands.fact.evidence, Nature.CORRECTION, amount, occurred)
            self.stands.append(Standing(on.pk, fact, amount, pieces))

    def sign(self, step: Step, occurred: dt.datetime) -> None:
        """Every claim that stands is believed: it counts from the day of the claim on."""
        claims = [one for one in self.stands if one.fact.evidence == "D" and one.left > 0]
        posting.verify_claims([one.entry for one in claims], key=f"V{next(numbers)}", evidence="C", note="", by_id=None)
        for one in claims:
            amount, pieces, told = one.left, one.pieces, one.fact
            self.take_from(one, amount, pieces, Nature.CORRECTION, told.occurred)
            fact = self.add(told.edition, told.measure, "C", Nature.SALE, amount, told.occurred)
            believed = Entry.objects.get(reverses=one.entry, evidence="C", measure=told.measure)
            self.stands.append(Standing(believed.pk, fact, amount, pieces))

    def choose(self, step: Step, measure: str, *, counted: bool = False) -> Standing | None:
        found = [
            one
            for one in self.stands
            if one.fact.measure == measure and one.left > 0 and (one.fact.evidence != "D" or not counted)
        ]
        return found[step.pick % len(found)] if found else None

    def take_from(self, stands: Standing, amount: int, pieces: int, nature: str, occurred: dt.datetime) -> None:
        stands.left -= amount
        stands.pieces -= pieces
        self.add(stands.fact.edition, stands.fact.measure, stands.fact.evidence, nature, -amount, occurred)

    def add(self, edition, measure, evidence, nature, amount, occurred, recorded=None) -> Fact:
        self.facts.append(Fact(edition, measure, evidence, str(nature), amount, occurred, recorded or self.clock))
        return self.facts[-1]

    # What is made of it

    def seal(self, step: Step, occurred: dt.datetime) -> None:
        """Of one edition, the other, or both; some of a period, some a revision of the one before."""
        editions = self.scope(step.pick)
        since = START + step.age % 4 * 700 * MINUTE if step.pick % 5 == 0 else None
        if since and since >= occurred:
            since = None
        same = [one for one in self.recaps if one.since == since and set(one.editions.all()) == set(editions)]
        if same and step.amount % 3 == 0:
            occurred = same[-1].occurred_cutoff
        self.recaps.append(seal(editions, occurred_cutoff=occurred, recorded_cutoff=self.clock, since=since))
        for edition in editions:
            self.sealed[edition.pk] = self.clock

    def scope(self, pick: int) -> list:
        return (self.editions[:1], self.editions[1:], self.editions)[pick % 3]

    def roll(self, step: Step, occurred: dt.datetime) -> None:
        """Days that are over are rolled up, with a checkpoint after every few entries."""
        with due_after(1 + step.pick % 6):
            rolled = roll_up(self.clock)
        if rolled:
            self.recompute()

    def recompute(self) -> None:
        for recap in self.recaps:
            assert recompute(recap).to_json().decode() == recap.figures, recap.number

    # What must come out

    def total(self, asof, measure: str, *natures: str, evidence: str = "ABC") -> int:
        return sum(fact.amount for fact in self.seen(asof) if fact.measure == measure and fact.evidence in evidence
                   and (not natures or fact.nature in natures))  # fmt: skip

    def seen(self, asof) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.edition in asof.editions
            and (asof.since is None or fact.occurred >= asof.since)
            and fact.occurred < asof.occurred
            and fact.recorded < asof.recorded
        ]
