"""The list of words in use follows what is on show."""

import pytest
from django.core.cache import cache

from catalog.models import Product, Word
from catalog.search.vocabulary import renew_if_due, renew_vocabulary
from exhibitors.states import CurationState
from tests.catalog.street import Street


@pytest.fixture
def street(db):
    street = Street(products=0)
    street.add_product(1, name="Lumpia rebung", name_en="Spring rolls")
    street.add_product(2, name="Sarung tenun", description="Ditenun tangan, bukan tenunan mesin.")
    renew_vocabulary()
    return street


def test_words_know_roots_sounds_and_where_they_are_used(street):
    lumpia, rolls, woven = (Word.objects.get(word=word) for word in ("lumpia", "rolls", "ditenun"))
    assert (lumpia.in_names, lumpia.in_names_en, lumpia.uses) == (1, 0, 1)
    assert (rolls.in_names, rolls.in_names_en) == (0, 1)
    assert "en:roll" in rolls.roots
    assert woven.roots == ["tenun"]
    assert Word.objects.filter(keys__contains=["tenun"]).count() == 3


def test_words_come_and_go_with_products(street):
    Product.objects.filter(name="Lumpia rebung").update(state=CurationState.SUSPENDED)
    Product.objects.filter(name="Sarung tenun").update(name="Sarung goyor")
    renew_vocabulary()
    assert not Word.objects.filter(word="lumpia").exists()
    assert Word.objects.get(word="goyor").in_names == 1
    assert Word.objects.get(word="tenun" if Word.objects.filter(word="tenun") else "ditenun").in_names == 0


def test_renewing_costs_one_turn_in_a_while(street):
    cache.clear()
    assert renew_if_due() > 0
    assert renew_if_due() == 0
