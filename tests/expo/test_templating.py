"""Simplified templates say what Django's own say."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from expo.templating import ShownNode, simplify

PARTS = {
    "part.html": "[{{ name }}|{{ outer }}|{% if not name %}none{% endif %}]",
    "base.html": "<{% block title %}base{% endblock %}>",
}


class Thing:
    name = "thing <b>"
    number = 7

    def method(self):
        return "called"

    def needs(self, argument):
        return argument

    @property
    def missing(self):
        return self.nowhere

    @property
    def gone(self):
        raise Gone

    def __str__(self):
        return "a <thing>"


class Gone(Exception):
    silent_variable_failure = True


class Row(dict):
    title = "attribute"


VALUES = {
    "text": "a <b> & 'c'",
    "safe": mark_safe("<i>safe</i>"),
    "whole": 1234567,
    "half": Decimal("1234.50"),
    "float": 2.5,
    "yes": True,
    "nothing": None,
    "moment": dt.datetime(2020, 11, 20, 6, 0, tzinfo=dt.UTC),
    "day": dt.date(2020, 11, 20),
    "lazy": gettext_lazy("Semua produk"),
    "thing": Thing(),
    "kind": Thing,
    "row": {"items": "own", "name": "x", "inner": {"deep": "<d>"}},
    "special": Row(name="item"),
    "things": [Thing(), Thing()],
    "pairs": [("one", 1), ("two", 2)],
    "count": 2,
    "empty": [],
}

TEXTS = [
    *(f"{{{{ {name} }}}}" for name in VALUES),
    "{{ unknown }}{{ unknown.part }}{{ row.unknown }}{{ row.unknown.more }}{{ thing.unknown }}{{ text.unknown }}",
    "{{ thing.name }} {{ thing.number }} {{ thing.method }} {{ thing.needs }} {{ thing.gone }} {{ kind.name }}",
    "{{ row.items }} {{ row.name }} {{ row.keys }} {{ row.inner.deep }} {{ special.name }} {{ special.title }}",
    "{{ things.0.name }} {{ things.5.name }} {{ pairs.1.0 }} {{ text.upper }} {{ moment.year }} {{ row.inner.items }}",
    "{{ text|upper }} {{ safe|upper }} {{ unknown|default:'none <x>' }} {{ nothing|default:text }} ",
    "{{ whole|add:count }}",
    "{{ moment|date:'c' }} {{ half|floatformat:2 }} {{ things|length }} {{ text|linebreaks }} {{ text|safe|lower }}",
    "{% autoescape off %}{{ text }}{{ thing }}{{ whole }}{{ safe }}{% endautoescape %}",
    "{% if unknown.part %}a{% elif row.unknown %}b{% elif count > 1 and not empty %}c{% else %}d{% endif %}",
    "{% if thing.gone or unknown %}a{% else %}b{% endif %}{% if text in row %}a{% else %}b{% endif %}",
    "{% for item in things %}{{ forloop.counter }}{{ item.name }}{{ forloop.last }}{% empty %}-{% endfor %}",
    "{% for name, number in pairs %}{{ name }}={{ number }} {% endfor %}",
    "{% for x in unknown %}x{% empty %}-{% endfor %}",
    "{% with name=thing.name other=unknown %}{{ name }}{{ other }}{% endwith %}",
    "{% load i18n %}{% translate 'Semua produk' %} {% translate '100% <katun>' %} {% translate text %}",
    "{% load i18n %}{% translate 'Semua produk' as said %}[{{ said }}]{% translate 'Lobi' noop %}",
    "{% load i18n %}{% translate 'Ukuran' context 'panjang × lebar' %}{% translate 'Semua produk'|upper %}",
    "{% load i18n %}{% blocktranslate trimmed with n=thing.name %}Pesanan {{ n }} {{ text }}{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate asvar said %}100% {{ whole }} {{ unknown }}{% endblocktranslate %}[{{ said }}]",
    "{% load i18n %}{% blocktranslate count n=count %}{{ n }} stan{% plural %}{{ n }} stan{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate with a=text count n=whole %}{{ n }} {{ a }}{% plural %}{{ n }}: {{ a }}{{ half }}"
    "{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate count n=float asvar a %}{{ n }}{% plural %}{{ n }}{% endblocktranslate %}{{ a }}",
    "{% load i18n %}{% blocktranslate with n=count count m=n %}{{ m }}{% plural %}{{ n }}{% endblocktranslate %}",
    "{% load i18n %}{% language 'en' %}{% translate 'Semua produk' %}{% endlanguage %}{% translate 'Semua produk' %}",
    "{% include 'part.html' with name=thing.name %}{% include 'part.html' with name=unknown only %}{{ name }}",
    "{% for item in things %}{% include 'part.html' with name=forloop.counter only %}{% endfor %}{% cycle 'a' 'b' %}",
    "{% with file='part.html' %}{% include file %}{% endwith %}{% comment %}x{% endcomment %}{# y #}!",
    "{% extends 'base.html' %}{% load i18n %}{% block title %}{{ block.super }} {{ text }}{% endblock %}",
    "{% spaceless %}<p> <b>{{ text }}</b> </p>{% endspaceless %}{% firstof unknown text %}{% now 'Y' %}",
]


def engine(loader: str = "django.template.loaders.locmem.Loader") -> Engine:
    return Engine(loaders=[(loader, PARTS)], libraries={"i18n": "django.templatetags.i18n"})


def rendered(text: str, language: str, *, simple: bool) -> str:
    template = engine().from_string(text)
    if simple:
        simplify(template.nodelist)
    with translation.override(language):
        return template.render(Context({**VALUES, "outer": "o"}))


@pytest.mark.parametrize("text", TEXTS)
def test_simplified_templates_read_as_before(text):
    for language in ("id", "en"):
        assert rendered(text, language, simple=True) == rendered(text, language, simple=False)


def test_one_simplified_template_speaks_both_languages():
    template = engine().from_string(
        "{% load i18n %}{% translate 'Semua produk' %}{% blocktranslate %}Lobi{% endblocktranslate %}"
    )
    simplify(template.nodelist)
    for language, text in (("id", "Semua produkLobi"), ("en", "All productsLobby"), ("id", "Semua produkLobi")):
        with translation.override(language):
            assert template.render(Context()) == text


def test_errors_of_properties_are_not_swallowed():
    with pytest.raises(AttributeError, match="nowhere"):
        rendered("{{ thing.missing }}", "id", simple=True)


def test_unknown_names_are_shown_where_the_engine_says_so():
    loud = Engine(string_if_invalid="?%s?")
    template = loud.from_string("{{ unknown.part }}")
    simplify(template.nodelist)
    assert template.render(Context()) == "?unknown.part?"


def test_texts_are_joined_and_values_replaced():
    template = engine().from_string("a{% load i18n %}b{% comment %}c{% endcomment %}d{{ text }}")
    simplify(template.nodelist)
    assert [type(node) for node in template.nodelist] == [TextNode, ShownNode]
    assert template.nodelist[0].s == "abd"


def test_the_site_uses_it():
    from django.template import engines

    template = engines["django"].get_template("catalog/lobby.html").template
    assert template.is_simplified
