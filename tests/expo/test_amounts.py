import pytest

from expo.amounts import parse_rupiah


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("1250000", 1_250_000),
        ("Rp 1.250.000,00", 1_250_000),
        ("Rp. 1.250.000,-", 1_250_000),
        ("IDR 1,250,000.00", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("125rb", 125_000),
        ("125 Ribu", 125_000),
        ("12,5k", 12_500),
        ("1,2 juta", 1_200_000),
        ("1.5jt", 1_500_000),
        ("1,250 juta", 1_250_000),
        ("15.000", 15_000),
    ],
)
def test_rupiah_in_many_spellings(text, rupiah):
    assert parse_rupiah(text) == rupiah


@pytest.mark.parametrize(
    "text", ["", "murah", "1.2.3", "1,5", "-5000", "1.250 rb", "1.250.000 juta", "²5", "9" * 41, "5.00.000", "Rp"]
)
def test_what_is_no_price(text):
    with pytest.raises(ValueError):  # noqa: PT011 (the text is the message)
        parse_rupiah(text)
