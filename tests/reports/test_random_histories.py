"""Any sequence of sales, late entries, refunds, corrections and payments, sealed at any moments in between.

The expected totals are recounted naively, in Python, from a list of what was posted.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.posting import post_imported
from journal.values import Evidence, Nature
from reports.queries import figures_of
from reports.recompute import figures_at, recompute
from reports.seal import seal
from reports.sums import check_sums
from reports.verify import verify_recaps
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history
from tests.reports.cases import asof

START = wib(2020, 11, 16)
MINUTE = dt.timedelta(minutes=1)
# An event is recorded this many minutes after the one before it, and occurred this many before it was recorded.
delays = st.integers(min_value=1, max_value=900)
ages = st.integers(min_value=0, max_value=2000)
amounts = st.integers(min_value=1, max_value=10**9)
events = st.one_of(
    st.tuples(st.just("sale"), delays, ages, amounts, st.sampled_from(Evidence.values)),
    st.tuples(st.just("promise"), delays, ages, amounts, st.just("B")),
    st.tuples(st.just("payment"), delays, ages, amounts, st.just("A")),
    st.tuples(st.just("refund"), delays, ages, amounts, st.just("B")),
    st.tuples(st.just("correction"), delays, ages, st.integers(min_value=-(10**6), max_value=10**6), st.just("B")),
    st.tuples(st.just("seal"), delays, ages, st.just(0), st.just("")),
)


@dataclass
class World:
    """The journal's mirror: every entry posted, and the recaps sealed so far."""

    edition: object
    exhibitors: list
    clock: dt.datetime = START
    entries: list = field(default_factory=list)
    recaps: list = field(default_factory=list)

    def step(self, what, delay, age, amount, evidence):
        self.clock += delay * MINUTE
        occurred = max(START, self.clock - age * MINUTE)
        if what == "seal":
            self.recaps.append(seal([self.edition], occurred_cutoff=occurred, recorded_cutoff=self.clock))
        elif what in ("sale", "promise"):
            self.post(occurred, amount, evidence, measure="realised" if what == "sale" else "committed")
        else:
            self.reverse(what, occurred, amount, evidence)

    def reverse(self, what, occurred, amount, evidence):
        wanted = "committed" if what == "payment" else "realised"
        origins = [e for e in self.entries if e.measure == wanted and e.nature == Nature.SALE and not e.on_order]
        if not origins:
            return
        origin = origins[amount % len(origins)]
        same = {"transaction_key": origin.transaction_key, "reverses_key": origin.source_key, "phase": origin.phase}
        if what == "correction":
            self.post(occurred, amount, origin.evidence, nature=Nature.CORRECTION, quantity=0, **same)
        elif what == "refund":
            self.post(occurred, -amount, origin.evidence, nature=Nature.REFUND, quantity=-1, **same)
        else:
            self.post(occurred, -amount, origin.evidence, measure="committed", nature=Nature.PAYMENT, **same)
            self.post(occurred, amount, evidence, on_order=True, **same)

    def post(self, occurred, amount, evidence, **fields):
        entry = history(
            edition=self.edition,
            exhibitor=self.exhibitors[amount % len(self.exhibitors)],
            occurred_at=occurred,
            recorded_at=self.clock,
            amount=amount,
            evidence=evidence,
            category_code=("fesyen", "kriya", "")[amount % 3],
            **fields,
        )
        assert post_imported([entry]) == 1
        self.entries.append(entry)

    def count(self, measure, occurred, recorded):
        return sum(
            entry.amount
            for entry in self.entries
            if entry.measure == measure
            and entry.evidence != "D"
            and entry.occurred_at < occurred
            and entry.recorded_at < recorded
        )


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sequence=st.lists(events, min_size=1, max_size=25), cutoffs=st.lists(st.tuples(ages, ages), max_size=3))
def test_recaps_equal_a_naive_recount(sequence, cutoffs):
    with transaction.atomic():
        world = World(edition=make_edition(), exhibitors=[make_exhibitor() for _ in range(3)])
        for event in sequence:
            world.step(*event)
        for occurred, recorded in [(recap.occurred_cutoff, recap.recorded_cutoff) for recap in world.recaps] + [
            (world.clock - one * MINUTE, world.clock - other * MINUTE) for one, other in cutoffs
        ]:
            figures, _recap = figures_at([world.edition], asof(world.edition, occurred, recorded))
            check_sums(figures)
            assert figures.realised.total == world.count("realised", occurred, recorded)
            assert figures.committed.total == world.count("committed", occurred, recorded)
        for recap in world.recaps:
            assert recompute(recap).to_json().decode() == recap.figures
            bridge = figures_of(recap).bridge
            steps = bridge.new_sales + bridge.late_entries - bridge.refunds + bridge.corrections
            assert bridge.opening + steps == bridge.closing == figures_of(recap).realised.total
        assert verify_recaps().findings == ()
        transaction.set_rollback(True)
