"""Affixes: which words belong together, and which must not."""

import pytest

from catalog.search.roots import choose_root, possible_roots

TOGETHER = """
membatik batik|pembatik batik|batiknya batik|menenun tenun|tenunan tenun|penenun tenun|mengukir ukir|ukiran ukir
pengukir ukir|memahat pahat|pahatan pahat|menjahit jahit|penjahit jahit|jahitan jahit|menyulam sulam|sulaman sulam
menganyam anyam|anyaman anyam|penganyam anyam|merajut rajut|rajutan rajut|dirajut rajut|melukis lukis|lukisan lukis
makanan makan|minuman minum|gorengan goreng|menggoreng goreng|memasak masak|masakan masak|pengolahan olah|olahan olah
perhiasan hias|hiasan hias|pewarna warna|pewarnaan warna|mewarnai warna|berwarna warna|kerajinan rajin|pengrajin rajin
perajin rajin|cetakan cetak|membordir bordir|tumbukan tumbuk|dikeringkan kering|pakaian pakai
"""
PAIRS = [pair.split() for pair in TOGETHER.replace("\n", "|").split("|") if pair]


@pytest.mark.parametrize(("word", "root"), PAIRS)
def test_derived_words_lead_to_their_root(word, root):
    assert choose_root(word, {root}) == (root,)


def test_there_are_at_least_forty_pairs():
    assert len(PAIRS) >= 40


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("kemeja", "meja"),  # PostgreSQL's stemmer takes one for the other
        ("keripik", "ripik"),
        ("memasak", "pasak"),
        ("selendang", "lendang"),
        ("terasi", "rasi"),
        ("makan", "mak"),
        ("bangku", "bang"),
        ("kopi", "kop"),
        ("ikan", "ika"),
    ],
)
def test_words_that_only_look_derived_are_not_taken_apart(word, other):
    assert other not in choose_root(word, {other, "masak"})


def test_words_in_use_decide_between_roots():
    assert choose_root("menari", {"tari"}) == ("tari",)
    assert choose_root("menari", {"nari"}) == ("nari",)
    assert set(choose_root("menari", set())) == {"tari", "nari", "menari"}


def test_a_word_is_always_its_own_last_resort():
    for word in ("a", "x1", "250g", "zzzz", "membatik", "pe", "me"):
        assert possible_roots(word)[-1] == word
