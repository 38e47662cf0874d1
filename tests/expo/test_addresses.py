"""`{% url %}` of our templates answers as Django's does."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch
from django.utils.translation import override


def rendered(text, **context):
    return engines["django"].from_string(text).render(context)


def test_each_language_and_argument_has_its_address():
    text = '{% url "catalog:product" slug %}'
    for _ in range(2):
        assert rendered(text, slug="batik") == "/produk/batik/"
        with override("en"):
            assert rendered(text, slug="batik") == "/en/produk/batik/"
    assert rendered(text, slug="keripik") == "/produk/keripik/"


def test_keywords_objects_and_names_work_as_in_django():
    class Slug:
        def __str__(self):
            return "batik"

    assert rendered('{% url "catalog:product" product="batik" %}') == "/produk/batik/"
    assert rendered('{% url "catalog:product" slug as address %}[{{ address }}]', slug=Slug()) == "[/produk/batik/]"


def test_an_unknown_name_is_an_error_unless_it_is_kept():
    assert rendered('{% url "nowhere" as address %}[{{ address }}]') == "[]"
    with pytest.raises(NoReverseMatch):
        rendered('{% url "nowhere" %}')
