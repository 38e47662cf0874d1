import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.words import english_words, indonesian_words

INDONESIAN_UNITS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
INDONESIAN_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read_indonesian(text: str) -> int:
    """The value of a terbilang, by the grammar of the language rather than by the code under test."""
    if text == "nol":
        return 0
    sign = -1 if text.startswith("minus ") else 1
    total = group = last = 0
    for word in text.removeprefix("minus ").split():
        if word in INDONESIAN_UNITS:
            last = INDONESIAN_UNITS[word]
            group += last
        elif word == "puluh":
            group += last * 9
        elif word == "belas":
            group += 10
        elif word == "ratus":
            group += last * 99
        elif word in ("sepuluh", "sebelas", "seratus"):
            group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word == "seribu":
            total += 1000
        else:
            total += group * INDONESIAN_SCALES[word]
            group = 0
    return sign * (total + group)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (210, "dua ratus sepuluh"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (-5, "minus lima"),
        (10**15, "satu kuadriliun"),
        (
            3_715_382_000,
            "tiga miliar tujuh ratus lima belas juta tiga ratus delapan puluh dua ribu",
        ),
    ],
)
def test_indonesian_words(value, words):
    assert indonesian_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (121, "one hundred twenty-one"),
        (-1_000_000, "minus one million"),
        (3_715_382_000, "three billion seven hundred fifteen million three hundred eighty-two thousand"),
        (10**15, "one quadrillion"),
    ],
)
def test_english_words(value, words):
    assert english_words(value) == words


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_indonesian_words_say_the_number(value):
    words = indonesian_words(value)
    assert read_indonesian(words) == value
    assert "satu ratus" not in words
    assert "satu puluh" not in words
    assert "  " not in words


@given(st.integers(min_value=-(10**15), max_value=10**15), st.integers(min_value=-(10**15), max_value=10**15))
def test_english_words_differ_where_numbers_do(one, other):
    assert (english_words(one) == english_words(other)) == (one == other)


def test_numbers_beyond_words_are_refused():
    with pytest.raises(ValueError, match="too large"):
        indonesian_words(10**18)
