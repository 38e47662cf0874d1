import datetime as dt
from decimal import Decimal

import pytest

from orders.statements.cells import read_amount, read_date


@pytest.mark.parametrize(
    ("cell", "value", "direction"),
    [
        ("150.123", 150_123, 0),
        ("150,123", 150_123, 0),
        ("150,123.00", 150_123, 0),
        ("150.123,00", 150_123, 0),
        ("Rp1.250.000", 1_250_000, 0),
        ("Rp. 1.250.000,-", 1_250_000, 0),
        ("IDR 5000", 5_000, 0),
        ("1.250.000,00 CR", 1_250_000, 1),
        ("15,000.00 DB", 15_000, -1),
        ("(15,000.00)", 15_000, -1),
        ("-7000", 7_000, -1),
        ("+7000", 7_000, 1),
        ("'7000", 7_000, 0),
        ("12.34", Decimal("12.34"), 0),
        (150123.0, 150_123, 0),
        (-7000.0, 7_000, -1),
    ],
)
def test_amounts_in_many_spellings(cell, value, direction):
    amount = read_amount(cell)
    assert (amount.value, amount.direction) == (value, direction)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "SARI",
        "01/11/2026",
        "1.2.3",
        "1234.567.8",
        "abc 5000",
        None,
        "0812 3456 7890 1",
        float("inf"),
        float("nan"),
        1e13,
    ],
)
def test_what_is_no_amount(cell):
    assert read_amount(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "01/11/2026",
        "1-11-2026",
        "01.11.26",
        "01 Nov 2026",
        "1 November 2026",
        "2026-11-01",
        "2026-11-01 10:11:12",
        "'01/11/2026",
        "01/11/2026 10:11",
    ],
)
def test_dates_in_many_spellings(cell):
    assert read_date(cell).on(month_first=False, latest=dt.date(2026, 12, 1)) == dt.date(2026, 11, 1)


@pytest.mark.parametrize("cell", ["", "Saldo", "150.123.456", 5.0, None, "2026"])
def test_what_is_no_date(cell):
    found = read_date(cell)
    assert found is None or found.on(month_first=False, latest=dt.date(2026, 12, 1)) is None
