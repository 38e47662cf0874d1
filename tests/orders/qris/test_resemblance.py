import pytest

from orders.qris.resemblance import ALIKE, city_resemblance, name_resemblance


@pytest.mark.parametrize(
    ("merchant", "names"),
    [
        ("BATIK KENANGA", ["Batik Kenanga"]),
        ("TOKO BATIK KENANGA", ["Batik Kenanga Pekalongan"]),
        ("KOPERASI SERBA USAHA MAKMU", ["Koperasi Serba Usaha Makmur Jaya"]),
        ("SITI AMINAH", ["Batik Kenanga", "Siti Aminah"]),
    ],
)
def test_the_same_business_is_alike(merchant, names):
    assert name_resemblance(merchant, *names) >= ALIKE


@pytest.mark.parametrize("merchant", ["PULSA MURAH", "WARUNG NASI", "", "UD"])
def test_another_business_is_not(merchant):
    assert name_resemblance(merchant, "Batik Kenanga", "Siti Aminah") < ALIKE


@pytest.mark.parametrize("city", ["SEMARANG", "KAB. SEMARANG", "Semarang Kab", "KOTA SEMARANG"])
def test_a_city_is_known_in_any_spelling(city):
    assert city_resemblance(city, "Kabupaten Semarang") == 100


def test_another_city_is_not():
    assert city_resemblance("MEDAN", "Kabupaten Semarang") < ALIKE
    assert city_resemblance("MEDAN", "") == 0
