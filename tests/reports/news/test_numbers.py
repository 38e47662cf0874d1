"""Numbers in digits and words, in both languages: what is written comes back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.formats import number, rupiah
from expo.words import english_words, indonesian_words
from reports.news.numbers import read_digits, read_words
from reports.news.tokens import read

AMOUNTS = st.integers(min_value=1, max_value=10**14)


def worded(text):
    found = read_words(read(text), 0)
    return found and (found.stated.value, found.end == len(read(text).tokens))


@given(AMOUNTS)
def test_words_come_back(value):
    assert worded(indonesian_words(value)) == (value, True)
    assert worded(english_words(value)) == (value, True)


@given(AMOUNTS, st.sampled_from(["id", "en"]))
def test_digits_come_back(value, language):
    assert read_digits(number(value, language), language)[0].value == value
    assert rupiah(value, language) == f"Rp{number(value, language)}"


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_the_readers(text):
    article = read(text)
    assert all(text[token.start : token.end] == token.text for token in article.tokens)
    for index in range(len(article.tokens)):
        found = read_words(article, index)
        assert found is None or found.end > index
    read_digits(text, "id")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dua setengah miliar", "2500000000"),
        ("satu setengah juta", "1500000"),
        ("setengah miliar", "500000000"),
        ("seperempat triliun", "250000000000"),
        ("tiga perempat juta", "750000"),
        ("tiga koma tujuh miliar", "3700000000"),
        ("dua koma nol lima juta", "2050000"),
        ("sejuta", "1000000"),
        ("two and a half billion", "2500000000"),
        ("half a million", "500000"),
        ("a quarter of a billion", "250000000"),
        ("three point seven billion", "3700000000"),
        ("a hundred", "100"),
        ("two hundred and five", "205"),
    ],
)
def test_words(text, value):
    assert worded(text) == (Decimal(value), True)


@pytest.mark.parametrize("text", ["dua tiga", "seratus seratus", "juta", "setengah hati", "a booth", "and", "belas"])
def test_words_that_are_no_number_or_two(text):
    assert not (worded(text) or (0, False))[1]


@pytest.mark.parametrize(
    ("text", "options", "indonesian", "english"),
    [
        ("1.234", {}, ["1234", "1.234"], ["1234", "1.234"]),
        ("1.250", {"scaled": True}, ["1250", "1.250"], ["1.250", "1250"]),
        ("1,250", {"scaled": True}, ["1.250", "1250"], ["1250", "1.250"]),
        ("3,48", {"scaled": True}, ["3.48"], ["3.48"]),
        ("12.345", {"percent": True}, ["12.345", "12345"], ["12.345", "12345"]),
        ("1.250.000,50", {}, ["1250000.50"], ["1250000.50"]),
        ("0,125", {}, ["0.125"], ["0.125"]),
        ("1.2.3", {}, [], []),
        ("1.2345.678", {}, [], []),
        ("9" * 16, {}, [], []),
    ],
)
def test_points_and_commas(text, options, indonesian, english):
    for language, expected in (("id", indonesian), ("en", english)):
        assert [str(stated.value) for stated in read_digits(text, language, **options)] == expected
