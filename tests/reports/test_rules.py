"""What was sealed under old rules is read, written and computed again byte for byte, whatever the rules are today.

``golden/`` holds figures and snapshot as the code of each version wrote them; they are never made anew.
"""

from pathlib import Path

import pytest

from reports.compute import compute
from reports.consistent import consistent_reading
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
@pytest.mark.parametrize("rules", [1])
def test_figures_of_old_rules_are_computed_again_byte_for_byte(rules):
    cutoffs = first_world()
    snapshot = Snapshot.from_json(golden(f"rules-{rules}-snapshot.json"))
    with consistent_reading():
        figures = compute(cutoffs, snapshot=snapshot, previous=None)
    assert figures.to_json() == golden(f"rules-{rules}-figures.json")
    assert figures.rules == snapshot.rules == rules
