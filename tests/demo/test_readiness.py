import pytest

from catalog.readiness.markets import Market
from catalog.readiness.standing import checklists_of
from demo.readiness import load_readiness
from exhibitors.todos import certificate_todos
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_a_certificate_ends_soon_and_checklists_are_begun(owner, curator):
    make_product(exhibitor=owner.exhibitor)
    load_readiness(owner.exhibitor, owner, curator)
    assert [todo.url.rsplit("/", 2)[1] for todo in certificate_todos(owner.exhibitor)] == ["pembaruan"]
    assert all(0 < found.met < found.total for found in checklists_of(owner.exhibitor))
    assert next(iter(checklists_of(owner.exhibitor))).market == Market.RETAIL
