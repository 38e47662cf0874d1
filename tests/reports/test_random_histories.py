"""Any sequence of sales, claims, promises, payments, refunds and corrections, sealed and rolled up at any moments.

Whatever is sealed equals a naive recount in Python, bridges close, and what was sealed is computed again to the same
bytes, from rollups and checkpoints as from the entries. Every run tries histories that nobody has tried before, a few
or as many as ``HISTORIES=500`` says; one that fails is printed, with a line by which it is tried again.
"""

import os
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from journal.models import Entry
from journal.totals import ALWAYS, AsOf
from reports.compute import compute
from reports.figures import Concentration, Figures
from reports.queries import figures_of
from reports.series import before, previous_of
from reports.snapshot import capture
from reports.sums import check_sums
from reports.verify import verify_recaps
from tests.journal.recount import KEYS, by, recount, size_of, steps, turnover, visible
from tests.journal.recount import largest as largest_of
from tests.reports.histories import MINUTE, Step, World

HISTORIES = int(os.environ.get("HISTORIES", "5"))
POSTED = ["shop", "shop", "desk", "reported", "deal", "promise", "brought", "brought", "brought", "brought"]
CHANGED = ["refund", "cancel", "deposit", "balance", "correct", "classify", "sign"]
numbers = st.integers(min_value=0, max_value=10**6)
ages = st.integers(min_value=0, max_value=3000)
moments = st.integers(min_value=0, max_value=6000)
step = st.builds(
    Step,
    what=st.sampled_from([*POSTED, *CHANGED, "seal", "seal", "roll", "roll"]),
    delay=st.integers(min_value=1, max_value=600),
    age=ages,
    pick=numbers,
    amount=st.integers(min_value=1, max_value=10**9),
)


# Not shrunk: one failing example says enough, and the suite must not wait for a smaller one.
@pytest.mark.django_db
@settings(
    max_examples=HISTORIES,
    print_blob=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    history=st.lists(step, min_size=20, max_size=40),
    cutoffs=st.lists(st.tuples(moments, moments, numbers, st.none() | moments), min_size=3, max_size=4),
)
def test_recaps_equal_a_naive_recount(history, cutoffs):
    with transaction.atomic():
        world = World.begin()
        for one in history:
            world.take(one)
        world.take(Step("roll", delay=1500, age=0, pick=1, amount=1))
        entries = list(Entry.objects.all())
        for recap in world.recaps:
            asof = asof_of(recap)
            assert_counted(world, entries, asof, figures_of(recap))
        for occurred, recorded, pick, length in cutoffs:
            asof = AsOf(
                editions=tuple(edition.pk for edition in world.scope(pick)),
                occurred=world.clock - occurred * MINUTE,
                recorded=world.clock - recorded * MINUTE,
                since=None if length is None else world.clock - (occurred + length + 1) * MINUTE,
            )
            assert_counted(world, entries, asof, both_ways(world.scope(pick), asof))
        world.recompute()
        assert verify_recaps().findings == ()
        transaction.set_rollback(True)


def asof_of(recap) -> AsOf:
    return AsOf(
        editions=tuple(sorted(recap.editions.values_list("pk", flat=True))),
        occurred=recap.occurred_cutoff,
        recorded=recap.recorded_cutoff,
        since=recap.since,
    )


def both_ways(editions: list, asof: AsOf) -> Figures:
    """Figures that nobody sealed, from what is rolled up as from the entries: the same bytes."""
    inputs = {"snapshot": capture(editions, asof), "previous": previous_of(before(editions, asof))}
    figures = compute(asof, **inputs)
    assert figures.to_json() == compute(replace(asof, from_entries=True), **inputs).to_json()
    return figures


def assert_counted(world: World, entries: list[Entry], asof: AsOf, figures: Figures) -> None:
    check_sums(figures)
    paid = figures.realised
    assert paid.total == world.total(asof, "realised")
    assert paid.sales == world.total(asof, "realised", "sale")
    assert paid.refunds == -world.total(asof, "realised", "refund")
    assert paid.corrections == world.total(asof, "realised", "correction")
    for measure in ("committed", "potential", "financing"):
        assert getattr(figures, measure).total == world.total(asof, measure)
    assert figures.pending_evidence.realised == world.total(asof, "realised", evidence="D")
    assert figures.entries == len(world.seen(asof))
    counted = recount(entries, asof)
    for name in KEYS.keys() - {"regency"}:  # those of no province are told as one row
        assert rows_of(getattr(figures.tables, name)) == rows_of(counted["tables"][name]), name
    assert figures.products.sold == counted["products"]
    assert (paid.transactions, figures.committed.transactions) == (
        counted["transactions"]["realised"],
        counted["transactions"]["committed"],
    )
    assert_concentrated(entries, asof, figures)
    assert_bridged(entries, asof, figures)


def assert_concentrated(entries: list[Entry], asof: AsOf, figures: Figures) -> None:
    """The largest transaction and exhibitor of the span, and of what their shares are."""
    seen, found = turnover(visible(entries, asof)), figures.concentration
    whole, largest = size_of(seen), largest_of(seen, size_of)
    if whole <= 0 or largest is None:
        assert found == Concentration()
        return
    top = max(size_of(some) for some in by(seen, KEYS["exhibitor"]).values())
    shares = [amount * 10_000 // whole for amount in (largest.amount, top)]
    assert [(share.amount, share.share_bp) for share in (found.transaction, found.exhibitor)] == [
        (largest.amount, shares[0]),
        (top, shares[1]),
    ]
    assert found.transaction.label == " → ".join(filter(None, (largest.exhibitor, largest.destination)))
    assert found.flagged == (3 * max(largest.amount, top) > whole)


def rows_of(rows) -> dict[str, tuple[int, ...]]:
    found = {row.key: (row.realised, row.committed, row.units, row.transactions) for row in rows}
    return {key: numbers for key, numbers in found.items() if any(numbers)}


def assert_bridged(entries: list[Entry], asof: AsOf, figures: Figures) -> None:
    bridge, start = figures.bridge, figures.bridge.previous
    gained = bridge.new_sales + bridge.late_entries - bridge.refunds + bridge.corrections
    assert bridge.opening + gained == bridge.closing == figures.realised.total
    since = replace(asof, occurred=start.occurred if start else ALWAYS, recorded=start.recorded if start else ALWAYS)
    behind = steps(entries, asof, since)
    assert (bridge.new_sales, bridge.late_entries) == (behind.new_sales, behind.late_entries)
    assert (bridge.refunds, bridge.corrections) == (behind.refunds, behind.corrections)
