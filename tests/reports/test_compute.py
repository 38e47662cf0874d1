import pytest
from django.db import DatabaseError, transaction

from exhibitors.models import Booth
from reports.compute import compute
from reports.consistent import consistent_reading
from reports.recompute import figures_at
from reports.snapshot import Snapshot, capture
from reports.sums import check_sums
from tests.factories import make_booth, make_edition, make_exhibitor, make_placement, make_region, wib
from tests.journal.ledger import history, post_history
from tests.reports.cases import asof, make_history

pytestmark = pytest.mark.django_db


def figures_of(edition, **cutoffs):
    figures, _recap = figures_at([edition], asof(edition, **cutoffs))
    check_sums(figures)
    return figures


def row(table, key):
    (found,) = [row for row in table if row.key == key]
    return found


def test_measures_are_kept_apart():
    figures = figures_of(make_history())
    assert figures.realised.total == 1_000_000 + 500_000 + 400_000 - 250_000
    assert (figures.realised.direct, figures.realised.on_orders) == (1_250_000, 400_000)
    assert (figures.realised.sales, figures.realised.refunds, figures.realised.corrections) == (1_900_000, 250_000, 0)
    assert figures.realised.evidence.A == 400_000
    assert figures.committed.total == 500_000
    assert figures.committed.transactions == 1
    assert figures.transaction_value.total == 2_150_000
    assert figures.pending_evidence.realised == 70_000
    assert figures.entries == 7
    assert figures.realised.transactions == 3


def test_tables_have_their_fixed_rows():
    make_region(code="62.71", name="Kota Palangka Raya")
    edition = make_history()
    tables = figures_of(edition).tables
    assert [r.key for r in tables.regency] == ["33.73", "33.74", "other", ""]
    assert row(tables.regency, "33.73").realised == 400_000
    assert row(tables.regency, "").realised == 1_250_000
    assert row(tables.destination, "QA").committed == 500_000
    assert [r.key for r in tables.phase] == ["before", "during", "mall"]
    assert len(tables.hour) == 24
    assert [(r.label, r.realised) for r in tables.exhibitor] == [("Batik", 1_250_000), ("Keramik", 400_000)]
    assert row(tables.category, "").realised == 1_650_000


def test_days_are_wib_days_without_gaps():
    tables = figures_of(make_history()).tables
    assert [(r.key, r.realised) for r in tables.day] == [
        ("2020-11-17", 1_000_000),
        ("2020-11-18", 0),
        ("2020-11-19", 900_000),
        ("2020-11-20", -250_000),
    ]
    assert row(tables.hour, "23").realised == 500_000


@pytest.mark.parametrize(
    ("cutoff", "total"),
    [
        (wib(2020, 11, 19, 23, 59, 59), 1_400_000),
        (wib(2020, 11, 20), 1_900_000),
        (wib(2020, 11, 20, 9), 1_900_000),
        (wib(2020, 11, 20, 9, 0, 0, 1), 1_650_000),
    ],
)
def test_cutoffs_are_half_open(cutoff, total):
    assert figures_of(make_history(), occurred=cutoff, recorded=wib(2020, 12, 1)).realised.total == total


def test_what_was_recorded_later_is_not_known_yet():
    edition = make_history()
    late = history(
        edition=edition,
        exhibitor=edition_exhibitor(edition),
        occurred_at=wib(2020, 11, 18),
        recorded_at=wib(2020, 11, 20, 13),
    )
    before = figures_of(edition)
    post_history(late)
    assert figures_of(edition) == before
    after = figures_of(edition, recorded=wib(2020, 11, 20, 13, 1))
    assert after.realised.total == before.realised.total + late.amount


def edition_exhibitor(edition):
    from exhibitors.models import Exhibitor

    return Exhibitor.objects.order_by("pk").first()


def test_products_on_show_sold_and_units_are_three_numbers():
    edition = make_history()
    booth = make_booth(edition=edition)
    for _ in range(3):
        make_placement(booth=booth)
    make_placement(booth=booth, shown_until=wib(2020, 11, 20, 12, 59))
    make_placement(booth=booth, shown_from=wib(2020, 11, 20, 13))
    products = figures_of(edition).products
    # Sold: "a" and "b"; the ceramics have no product key. Units: 4 + 1 + 1 of the order, minus one refunded.
    assert (products.on_show, products.sold, products.units) == (3, 2, 5)


def test_concentration_over_a_third_is_flagged():
    concentration = figures_of(make_history()).concentration
    assert concentration.transaction.amount == 900_000
    assert concentration.transaction.label == "Keramik → Qatar"
    assert concentration.transaction.share_bp == 900_000 * 10_000 // 2_150_000
    assert concentration.exhibitor.label == "Batik"
    assert concentration.flagged


@pytest.mark.parametrize(("largest", "flagged"), [(100_000, False), (100_001, True)])
def test_a_little_over_a_third_is_over_a_third(largest, flagged):
    edition = make_edition()
    others = 300_000 - largest
    for number, amount in enumerate((largest, others // 2, others - others // 2)):
        common = {"edition": edition, "exhibitor": make_exhibitor(name=f"Batik {number}"), "amount": amount}
        post_history(history(**common, occurred_at=wib(2020, 11, 18, 10)))
    concentration = figures_of(edition).concentration
    assert (concentration.transaction.amount, concentration.flagged) == (largest, flagged)


def test_editions_together_count_nothing_twice():
    first = make_edition(slug="uvo-1", code="UVO-I")
    second = make_history()
    exhibitor = edition_exhibitor(second)
    post_history(history(edition=first, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19), amount=1))
    for edition in (first, second):
        make_booth(edition=edition, exhibitor=exhibitor)
    both = asof(first)
    both = type(both)(editions=(first.pk, second.pk), occurred=both.occurred, recorded=both.recorded)
    together, _recap = figures_at([first, second], both)
    check_sums(together)
    assert together.realised.total == figures_of(first).realised.total + figures_of(second).realised.total
    assert together.participants.exhibitors == 2
    assert len([r for r in together.tables.exhibitor if r.key == str(exhibitor.pk)]) == 1


def test_a_booth_counts_from_when_it_was_given_in_an_edition_that_runs():
    """A recap that is issued late tells of its own day."""
    edition = make_edition()
    for opened_at in (wib(2020, 11, 1), wib(2020, 11, 19), None, edition.mall_closes_at or edition.closes_at):
        Booth.objects.filter(pk=make_booth(edition=edition).pk).update(opened_at=opened_at)
    on_day = [figures_of(edition, occurred=wib(2020, 11, day)).participants.exhibitors for day in (18, 19, 20)]
    assert on_day == [3, 3, 4]


def test_a_booth_stays_with_its_edition_and_its_exhibitor():
    booth = make_booth()
    booth.is_open = False
    booth.save()
    for change in ({"edition": make_edition()}, {"exhibitor": make_booth().exhibitor}):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Booth.objects.filter(pk=booth.pk).update(**change)


def test_empty_edition_has_figures_too():
    edition = make_edition()
    figures = figures_of(edition)
    assert figures.realised.total == 0
    assert figures.tables.day == ()
    assert figures.concentration.transaction is None


def test_same_input_gives_the_same_bytes():
    edition = make_history()
    with consistent_reading():
        snapshot = capture([edition], asof(edition))
        again = Snapshot.from_json(snapshot.to_json())
        first = compute(asof(edition), snapshot=snapshot, previous=None).to_json()
        assert compute(asof(edition), snapshot=again, previous=None).to_json() == first


def test_number_of_queries_does_not_grow_with_entries(django_assert_num_queries):
    edition = make_history()
    with consistent_reading():
        snapshot = capture([edition], asof(edition))
    with django_assert_num_queries(8):
        compute(asof(edition), snapshot=snapshot, previous=None)
    exhibitor = edition_exhibitor(edition)
    post_history(*[history(edition=edition, exhibitor=exhibitor, occurred_at=wib(2020, 11, 19)) for _ in range(50)])
    with django_assert_num_queries(8):
        compute(asof(edition), snapshot=snapshot, previous=None)
