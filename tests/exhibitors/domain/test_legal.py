import pytest

from exhibitors.domain.legal import NumberError, clean_cooperative_number, clean_legal_number, clean_nib


@pytest.mark.parametrize("text", ["9120001234567", " 9120 0012 34567", "912.000.123.456-7"])
def test_a_nib_has_thirteen_digits(text):
    assert clean_nib(text) == "9120001234567"


@pytest.mark.parametrize("text", ["912000123456", "91200012345678", "0000000000000", "912000123456x", "٩١٢٠٠٠١٢٣٤٥٦٧"])
def test_what_is_no_nib(text):
    with pytest.raises(NumberError):
        clean_nib(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("AHU-0001234.AH.01.26.TAHUN 2021", "AHU-0001234.AH.01.26.TAHUN 2021"),
        ("ahu-0001234.ah.01.26.tahun2021", "AHU-0001234.AH.01.26.TAHUN 2021"),
        ("518/BH/KDK.11/VII/2009", "518/BH/KDK.11/VII/2009"),
        ("1024 c/bh/pad/kwk.11/iii/1996", "1024 C/BH/PAD/KWK.11/III/1996"),
    ],
)
def test_legal_numbers_of_cooperatives(text, number):
    assert clean_legal_number(text) == number


@pytest.mark.parametrize("text", ["AHU-12", "1234567", "BH", "SUBHAN/1", "<b>BH</b> 12345"])
def test_what_is_no_legal_number(text):
    with pytest.raises(NumberError):
        clean_legal_number(text)


def test_a_cooperatives_nik():
    assert clean_cooperative_number("3374 0100 1000 1") == "3374010010001"
    with pytest.raises(NumberError):
        clean_cooperative_number("337401001000")
