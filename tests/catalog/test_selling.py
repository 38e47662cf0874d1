"""The rule of what is on show and what can be bought: once in Python, once in SQL, always the same answer."""

import datetime as dt

import pytest

from catalog.models import Placement
from catalog.selling import BUYABLE, Availability
from exhibitors.states import CurationState
from tests.factories import make_booth, make_edition, make_exhibitor, make_placement, make_product, wib

NOON = wib(2020, 11, 19, 12)
TICK = dt.timedelta(microseconds=1)

CASES = {
    "ready": ({}, {}, {}, {}, {}, Availability.READY),
    "to order": ({}, {}, {"stock": 0, "made_to_order": True}, {}, {}, Availability.TO_ORDER),
    "sold out": ({}, {}, {"stock": 0}, {}, {}, Availability.SOLD_OUT),
    "less than the minimum": ({}, {}, {"stock": 5, "minimum_quantity": 6}, {}, {}, Availability.SOLD_OUT),
    "booth closed": ({}, {}, {}, {"is_open": False}, {}, Availability.NOT_SHOWN),
    "product suspended": ({}, {}, {"state": CurationState.SUSPENDED}, {}, {}, Availability.NOT_SHOWN),
    "exhibitor suspended": ({}, {"state": CurationState.SUSPENDED}, {}, {}, {}, Availability.NOT_SHOWN),
    "taken away": ({}, {}, {}, {}, {"shown_until": NOON}, Availability.NOT_SHOWN),
    "taken away later": ({}, {}, {}, {}, {"shown_until": NOON + TICK}, Availability.READY),
    "not shown yet": ({}, {}, {}, {}, {"shown_from": NOON + TICK}, Availability.NOT_SHOWN),
    "before sales": ({"sales_open": NOON + TICK, "opens_at": NOON + TICK}, {}, {}, {}, {}, Availability.NOT_YET),
    "sales open now": ({"sales_open": NOON, "opens_at": NOON}, {}, {}, {}, {}, Availability.READY),
    "no account": ({}, {"bank_account_number": ""}, {}, {}, {}, Availability.NO_PAYMENT),
    "no account, sold out": ({}, {"bank_name": ""}, {"stock": 0}, {}, {}, Availability.SOLD_OUT),
    "mall closed": (
        {"sales_open": wib(2020, 1, 1), "opens_at": wib(2020, 1, 1), "closes_at": wib(2020, 1, 2),
         "mall_closes_at": NOON},
        {}, {}, {}, {}, Availability.CLOSED,
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_rule_is_the_same_in_python_and_in_the_database(case):
    edition, exhibitor, product, booth, placement, expected = case
    made_exhibitor = make_exhibitor(**exhibitor)
    made_booth = make_booth(edition=make_edition(**edition), exhibitor=made_exhibitor, **booth)
    made = make_placement(booth=made_booth, product=make_product(exhibitor=made_exhibitor, **product), **placement)

    assert made.availability_at(NOON) == expected
    assert Placement.objects.buyable_at(NOON).exists() == (expected in BUYABLE)
    assert Placement.objects.shown_at(NOON).exists() == (expected != Availability.NOT_SHOWN)
    (loaded,) = Placement.objects.with_payable(NOON)
    assert loaded.availability_at(NOON) == expected
