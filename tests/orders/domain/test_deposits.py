from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Product
from orders.domain.deposits import deposit_due, prorate


def line(amount: int, *, percent: int = 0, made_to_order: bool = True):
    return SimpleNamespace(amount=amount, product=Product(deposit_percent=percent, made_to_order=made_to_order))


@pytest.mark.parametrize(
    ("lines", "due"),
    [
        ([line(1_000_000, percent=30)], 300_000),
        ([line(99_999, percent=50)], 50_000),
        ([line(1_000_000, percent=30), line(50_000, made_to_order=False)], 350_000),
        ([line(1_000_000)], 0),
        ([line(1_000_000, percent=30, made_to_order=False)], 0),
        ([line(0, percent=30)], 0),
        ([], 0),
    ],
)
def test_deposit_due(lines, due):
    assert deposit_due(lines) == due


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.data())
def test_prorated_parts_sum_to_the_amount(weights, data):
    amount = data.draw(st.integers(0, sum(weights)))
    parts = prorate(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_prorate_refuses_more_than_there_is():
    with pytest.raises(ValueError, match="does not fit"):
        prorate(11, [4, 6])
