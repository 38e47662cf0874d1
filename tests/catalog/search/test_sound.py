"""Spellings that are said alike share a key; words of their own don't."""

import pytest

from catalog.search.sound import sound_of


@pytest.mark.parametrize(
    "spellings",
    [
        "batik bathik batek battik", "lumpia lumpiah loenpia lunpia", "keripik kripik", "kerupuk krupuk",
        "canting tjanting", "jamu djamu", "tempe tempeh", "cokelat coklat", "sutera sutra", "telur telor",
        "mangkuk mangkok", "wedang wedhang", "getuk gethuk", "apotek apotik", "foto photo poto", "syal shal sjal",
        "kue kueh", "klepon kelepon", "brem berem",
    ],
)  # fmt: skip
def test_spellings_of_one_word_sound_alike(spellings):
    assert len({sound_of(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    "words", ["bolu bulu", "kemeja meja", "kopi kopiah", "tas tis", "madu mada", "teh tahu", "batu batuk", "250 g250"]
)
def test_other_words_sound_different(words):
    assert len({sound_of(word) for word in words.split()}) == len(words.split())
