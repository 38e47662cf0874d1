"""What was sealed under old rules is read, written and computed again byte for byte, whatever the rules are today.

``golden/`` holds figures and snapshot as the code of each version wrote them; they are never made anew.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from journal.rollups.build import roll_up
from journal.totals import Totals
from reports.compute import compute
from reports.consistent import consistent_reading
from reports.figures import RULES_VERSION, Figures
from reports.officials.drill import LARGEST, Question
from reports.officials.sums import sums_of
from reports.snapshot import Snapshot
from tests.factories import make_edition, make_exhibitor, wib
from tests.journal.ledger import history, post_history
from tests.reports.cases import asof

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def first_world():
    """A journal with something of everything. Exhibitors have fixed keys, as these stand in the figures."""
    edition = make_edition(slug="uvo-2", code="UVO-II", name="UKM Virtual Expo II")
    batik = make_exhibitor(pk=990001, name="Batik")
    keramik = make_exhibitor(pk=990002, name="Keramik", kind="koperasi")
    of_batik = {"edition": edition, "exhibitor": batik, "category_code": "fesyen", "category_label": "Fesyen"}
    qatar = {"destination_code": "QA", "destination_label": "Qatar"}
    of_keramik = {"edition": edition, "exhibitor": keramik, "regency_code": "33.73", "regency_label": "Kota Salatiga"}
    sale = history(**of_batik, occurred_at=wib(2020, 11, 17, 8), amount=1_000_000, product_key="a", quantity=4)
    promise = history(
        **of_keramik,
        **qatar,
        occurred_at=wib(2020, 11, 18, 10),
        amount=900_000,
        measure="committed",
        transaction_key="Q",
    )
    again = {"transaction_key": "Q", "occurred_at": wib(2020, 11, 19, 9)}
    post_history(
        sale,
        promise,
        history(**of_batik, occurred_at=wib(2020, 11, 19, 23, 59, 59), amount=500_000, channel="live", product_key="b"),
        history(**of_batik, occurred_at=wib(2020, 11, 19, 12), amount=70_000, evidence="D"),
        history(
            **of_keramik, **qatar, **again, amount=-400_000, quantity=0, measure="committed", nature="payment",
            reverses_key=promise.source_key,
        ),
        history(**of_keramik, **qatar, **again, amount=400_000, on_order=True, evidence="A"),
        history(
            **of_batik, occurred_at=wib(2020, 11, 20, 9), amount=-250_000, quantity=-1, nature="refund",
            reverses_key=sale.source_key, transaction_key=sale.transaction_key, product_key="a",
        ),
        history(
            **of_batik, occurred_at=wib(2020, 11, 20, 10), amount=5_000, quantity=0, nature="correction",
            reverses_key=sale.source_key, transaction_key=sale.transaction_key,
        ),
        history(**of_keramik, occurred_at=wib(2020, 11, 20, 11), amount=3_000_000, measure="potential"),
        history(**of_keramik, occurred_at=wib(2020, 11, 20, 11), amount=9_000_000, measure="financing"),
    )  # fmt: skip
    return asof(edition)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rules", "name", "since"), [(1, "figures", None), (2, "figures", None), (2, "period-figures", wib(2020, 11, 19))]
)
@pytest.mark.parametrize("source", ["entries", "rollups"])
def test_figures_of_old_rules_are_computed_again_byte_for_byte(rules, name, since, source):
    """In the period an order of before is paid: rules 2 let that cancel itself out, so Batik is the largest."""
    cutoffs = replace(first_world(), since=since)
    if source == "rollups":
        roll_up(wib(2020, 11, 20))
        assert Totals(cutoffs).rolled
    sealed = golden(f"rules-{rules}-{name}.json")
    snapshot = Snapshot.from_json(golden(f"rules-{rules}-snapshot.json"))
    with consistent_reading():
        figures = compute(cutoffs, snapshot=snapshot, previous=Figures.from_json(sealed).bridge.previous)
    assert figures.to_json() == sealed
    assert figures.rules == snapshot.rules == rules


@pytest.mark.django_db
@pytest.mark.parametrize(("rules", "amount", "entries"), [(2, None, 0), (3, 400_000, 1)])
def test_a_period_of_one_payment_on_an_older_order(rules, amount, entries):
    """Under rules 2 it is nothing at all; and the way down leads to what the figure says."""
    morning = replace(first_world(), since=wib(2020, 11, 19), occurred=wib(2020, 11, 19, 12))
    snapshot = replace(Snapshot.from_json(golden("rules-2-snapshot.json")), rules=rules)
    with consistent_reading():
        figures = compute(morning, snapshot=snapshot, previous=None)
    largest = figures.concentration.transaction
    assert (largest.amount if largest else None) == amount
    assert figures.concentration.flagged == (rules == 3)
    found = sums_of(Question(asof=morning, figure=LARGEST, rules=rules))
    assert (found.value, found.entries) == (amount or 0, entries)


@pytest.mark.django_db
def test_the_same_period_under_todays_rules_differs_in_what_is_largest():
    period = replace(first_world(), since=wib(2020, 11, 19))
    snapshot = Snapshot.from_json(golden("rules-2-snapshot.json"))
    with consistent_reading():
        figures = compute(period, snapshot=replace(snapshot, rules=RULES_VERSION), previous=None)
    old = Figures.from_json(golden("rules-2-period-figures.json"))
    assert replace(figures, concentration=old.concentration, rules=2, schema=old.schema).to_json() == old.to_json()
    # 655.000 were turned over; nothing is left of the 400.000 that the order from before was reduced by.
    largest = figures.concentration.transaction, figures.concentration.exhibitor
    assert [(share.label, share.amount) for share in largest] == [("Batik", 500_000), ("Keramik", 400_000)]
    assert [share.share_bp for share in largest] == [500_000 * 10_000 // 655_000, 400_000 * 10_000 // 655_000]
