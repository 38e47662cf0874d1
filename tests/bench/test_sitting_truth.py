"""The truth of a sitting is what the database says, whatever was pressed."""

import pytest

from bench.sitting_truth import Press, truth_of
from catalog.domain.curation import approve_product, content_of_product, reject_product
from exhibitors.domain.curation import return_exhibitor
from tests.cast import person
from tests.factories import make_exhibitor, make_product
from tests.pictures import make_picture

pytestmark = pytest.mark.django_db


def press(who, wanted) -> Press:
    return Press(who.name, "page", wanted, keys=1, clicks=0, seconds=1.0, stored=0.5)


@pytest.fixture
def house():
    """An exhibitor and two products that wait, and who decides."""
    exhibitor = make_exhibitor(slug="calon-1", state="submitted")
    fields = {"exhibitor": exhibitor, "state": "submitted", "cover": make_picture()}
    return exhibitor, [make_product(slug=f"barang-{n}", **fields) for n in (1, 2)], person("Ratna"), person("Bagus")


def test_each_once_holds(house, capsys):
    exhibitor, (first, second), ratna, bagus = house
    return_exhibitor(exhibitor, by=ratna, reason="Lengkapi")
    approve_product(first, by=bagus, seen=content_of_product(first))
    reject_product(second, by=ratna, reason="Bukan")
    truth = truth_of(
        [
            press(ratna, {("exhibitor", exhibitor.pk): "returned"}),
            press(bagus, {("product", first.pk): "approved"}),
            press(bagus, {("product", second.pk): "approved"}),  # refused: somebody had decided
            press(ratna, {("product", second.pk): "rejected"}),
        ]
    )
    assert truth.holds
    assert [truth.decided(one) for one in truth.presses] == [1, 1, 0, 1]
    truth.tell(60, waited=0)
    told = capsys.readouterr().out
    assert "| decided by Ratna | 1 | 1 |" in told
    assert "1 refused" in told
    assert "| page | 4 | 3 |" in told


def test_what_still_waits_or_nobody_pressed_is_found(house, capsys):
    exhibitor, (first, second), ratna, _bagus = house
    return_exhibitor(exhibitor, by=ratna, reason="Lengkapi")
    approve_product(first, by=ratna)
    truth = truth_of([press(ratna, {("exhibitor", exhibitor.pk): "returned"})])
    assert truth.undecided == [("product", second.pk)]
    assert list(truth.unexplained) == [(("product", first.pk), "Ratna", "approved")]
    assert not truth.holds
    type(second).objects.filter(pk=second.pk).update(state="approved")  # past the log
    assert truth_of([]).otherwise == [("product", second.pk)]
