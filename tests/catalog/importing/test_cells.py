import datetime as dt

import pytest

from catalog.importing import cells
from catalog.importing.errors import CellError


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("Rp 1.250.000,00", 1_250_000),
        ("1,250,000", 1_250_000),
        ("125rb", 125_000),
        ("1,2 juta", 1_200_000),
        ("1.5jt", 1_500_000),
        ("45.000/pcs", 45_000),
        ("'45000", 45_000),
        (45_000.0, 45_000),
        (44_999.999999, 45_000),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_prices(cell, rupiah):
    assert cells.price(cell) == rupiah


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tanya dulu", "price"),
        ("10rb-20rb", "price"),
        (0.0, "price_range"),
        (-5.0, "price_range"),
        (1e15, "price_range"),
        (float("nan"), "price_range"),
        (12.5, "price_whole"),
        (dt.date(2026, 1, 2), "date"),
        ("#REF!", "formula"),
        (True, "price"),
    ],
)
def test_what_is_no_price_says_why(cell, code):
    with pytest.raises(CellError) as caught:
        cells.price(cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("read", "cell", "heading", "value"),
    [
        (cells.weight, "250 gr", "", 250),
        (cells.weight, "1,5 kg", "", 1500),
        (cells.weight, "1.250 gr", "", 1250),
        (cells.weight, "1,250 kg", "", 1250),
        (cells.weight, "2 ons", "", 200),
        (cells.weight, 0.25, "Berat (kg)", 250),
        (cells.weight, "0,25", "Berat (Kg)", 250),
        (cells.weight, 250.0, "Berat", 250),
        (cells.length, "12,5", "", 125),
        (cells.length, "30 cm", "", 300),
        (cells.length, 250.0, "Panjang (mm)", 250),
        (cells.days, "2 minggu", "", 14),
        (cells.days, "7 hari", "", 7),
        (cells.days, "1 bulan", "", 30),
        (cells.days, 3.0, "", 3),
        (cells.percent, 0.3, "", 30),
        (cells.percent, "30%", "", 30),
        (cells.percent, 30.0, "", 30),
        (cells.yes_no, "Ya", "", True),
        (cells.yes_no, "tidak", "", False),
        (cells.yes_no, True, "", True),
        (cells.yes_no, 1.0, "", True),
        (cells.whole(0, 100), "12 pcs", "", 12),
        (cells.whole(0, 10_000), "1.000", "", 1000),
        (cells.whole(0, 100), "habis", "", 0),
        (cells.sku, 1001.0, "", "1001"),
        (cells.sku, "'00123", "", "00123"),
        (cells.sku, 8_991_234_567_890.0, "", "8991234567890"),
        (cells.text(50), "  Kopi\u00a0 tubruk ", "", "Kopi tubruk"),
        (cells.text(50), "=HYPERLINK(1)", "", "=HYPERLINK(1)"),
        (cells.text(50, lines=True), "satu \r\ndua\n", "", "satu\ndua"),
    ],
)
def test_cells_mean(read, cell, heading, value):
    assert read(cell, heading) == value


@pytest.mark.parametrize(
    ("read", "cell", "code"),
    [
        (cells.whole(0, 100), "banyak", "number"),
        (cells.whole(0, 100), "-3", "number_range"),
        (cells.whole(0, 100), 2.5, "number"),
        (cells.weight, "ringan", "weight"),
        (cells.weight, 1e9, "number_range"),
        (cells.weight, -1.0, "number_range"),
        (cells.length, "12x30", "length"),
        (cells.days, "lama", "days"),
        (cells.percent, "95%", "number_range"),
        (cells.yes_no, "mungkin", "yes_no"),
        (cells.sku, dt.date(2026, 2, 1), "date"),
        (cells.sku, 12_345_678_901_234_567.0, "long_number"),
        (cells.text(5), "terlalu panjang", "long_text"),
    ],
)
def test_cells_that_mean_nothing_say_why(read, cell, code):
    with pytest.raises(CellError) as caught:
        read(cell)
    assert caught.value.code == code
