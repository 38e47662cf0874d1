"""Amounts in running text: what is found, how it is hedged, and what is left alone."""

import pytest

from reports.news.amounts import find_quantities
from reports.news.dates import find_dates, taken_tokens
from reports.news.tokens import read


def found(text, language="id"):
    article = read(text)
    taken = taken_tokens(article, find_dates(article, language))
    return [
        (text[q.start : q.end], q.kind, int(q.value) if q.kind != "percent" else str(q.value), q.hedge)
        for q in find_quantities(article, language, taken)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("omzet Rp4,8 miliar", ("Rp4,8 miliar", "money", 4_800_000_000, "")),
        ("omzet Rp 4,8 milyar", ("Rp 4,8 milyar", "money", 4_800_000_000, "")),
        ("senilai Rp. 230 juta saja", ("Rp. 230 juta", "money", 230_000_000, "")),
        ("tepatnya Rp3.715.382.000,-", ("Rp3.715.382.000", "money", 3_715_382_000, "")),
        ("sekitar 1,68 miliar", ("sekitar 1,68 miliar", "money", 1_680_000_000, "about")),
        ("dua setengah miliar rupiah", ("dua setengah miliar rupiah", "money", 2_500_000_000, "")),
        ("Rp4,8M", ("Rp4,8M", "money", 4_800_000_000, "")),
        ("hampir Rp5 M", ("hampir Rp5 M", "money", 5_000_000_000, "nearly")),
        ("tembus Rp4,8 miliar", ("tembus Rp4,8 miliar", "money", 4_800_000_000, "above")),
        ("lebih dari 2.700 produk", ("lebih dari 2.700", "count", 2_700, "above")),
        ("9.500 lebih pengunjung", ("9.500 lebih", "count", 9_500, "above")),
        ("1 miliar 680 juta", ("1 miliar 680 juta", "money", 1_680_000_000, "")),
        ("puluhan ribu pengunjung", ("puluhan ribu", "count", 20_000, "fuzzy")),
        ("ratusan juta rupiah", ("ratusan juta rupiah", "money", 200_000_000, "fuzzy")),
        ("antara 200 dan 300 juta rupiah", ("200 dan 300 juta rupiah", "money", 200_000_000, "range")),
        ("200-300 juta", ("200-300 juta", "money", 200_000_000, "range")),
        ("Rp2 hingga Rp3 miliar", ("Rp2 hingga Rp3 miliar", "money", 2_000_000_000, "range")),
        ("500-an UKM", ("500-an", "count", 500, "range")),
        ("sebanyak 2 juta pengunjung", ("2 juta", "count", 2_000_000, "")),
        ("152 UKM", ("152", "count", 152, "")),
        ("naik 12,5 persen", ("12,5 persen", "percent", "12.5", "")),
        ("naik 40%", ("40%", "percent", "40", "")),
        ("US$ 5 juta", ("US$ 5 juta", "foreign", 5_000_000, "")),
    ],
)
def test_indonesian(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sales of Rp4.8 billion", ("Rp4.8 billion", "money", 4_800_000_000, "")),
        ("over IDR 230 million", ("over IDR 230 million", "money", 230_000_000, "above")),
        ("Rp3,715,382,000", ("Rp3,715,382,000", "money", 3_715_382_000, "")),
        ("2,768 products", ("2,768", "count", 2_768, "")),
        ("tens of thousands of visitors", ("tens of thousands", "count", 20_000, "fuzzy")),
        ("hundreds of millions of rupiah", ("hundreds of millions of rupiah", "money", 200_000_000, "fuzzy")),
        ("two and a half billion rupiah", ("two and a half billion rupiah", "money", 2_500_000_000, "")),
        ("nearly 10,000 visits", ("nearly 10,000", "count", 10_000, "nearly")),
        ("between 3 and 4 billion rupiah", ("3 and 4 billion rupiah", "money", 3_000_000_000, "range")),
        ("12.5 per cent", ("12.5 per cent", "percent", "12.5", "")),
        ("Rp50m", ("Rp50m", "money", 50_000_000, "")),
    ],
)
def test_english(text, expected):
    assert found(text, "en") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "tahun 2020 itu", "ke-2", "lantai B12", "rekap UVO-II/2020/0013", "pukul 13.00 WIB", "09.00-16.00 WIB",
        "Jumat (20/11)", "20 November 2020", "selama 3 hari", "hubungi 081234567890", "+6281234567890",
        "salah satu cara",
        "dua gelaran UKM Virtual Expo", "1" * 20_000, "1," * 10_000, "Rp", "13:45",
    ],
)  # fmt: skip
def test_left_alone(text):
    assert found(text) == []


def test_growth_is_no_range():
    assert [each[0] for each in found("naik dari Rp2 miliar hingga Rp3 miliar")] == ["Rp2 miliar", "Rp3 miliar"]
