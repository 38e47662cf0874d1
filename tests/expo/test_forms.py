"""An empty field is named; amounts and numbers stand in groups and come back as they were."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from expo.fields import PhoneField, RupiahField
from expo.forms import Renderer


class Sample(forms.Form):
    name = forms.CharField(label="Nama usaha")
    kind = forms.ChoiceField(label="Jenis", choices=[("ukm", "UKM")])
    reason = forms.CharField(error_messages={"required": "Tulis alasannya."})


def test_empty_fields_are_named():
    form = Sample({"name": " "})
    assert [form[name].errors for name in form.fields] == [
        ["“Nama usaha” belum diisi."],
        ["“Jenis” belum dipilih."],
        ["Tulis alasannya."],
    ]
    assert form["name"].errors.as_text() == "* “Nama usaha” belum diisi."
    with translation.override("en"):
        assert Sample({})["kind"].errors == ["“Jenis” is not chosen yet."]


class Money(forms.Form):
    fee = RupiahField()
    phone = PhoneField()


def test_amounts_and_phones_are_shown_in_groups_and_read_back():
    kept = {"fee": 1_250_000, "phone": "+6281234567890"}
    shown = {name: Money(initial=kept)[name].value() for name in kept}
    assert shown == {"fee": "1.250.000", "phone": "+62 812-3456-7890"}
    form = Money(shown, initial=kept)
    assert form.is_valid()
    assert form.cleaned_data == kept
    assert form.changed_data == []
    assert Money({**shown, "phone": "0812 3456 7891"}, initial=kept).changed_data == ["phone"]


@pytest.mark.parametrize("value", [None, "", "a <b> & 'c'", 0, 1250000, mark_safe("<i>"), gettext_lazy("Semua produk")])
@pytest.mark.parametrize(
    "kind", [forms.TextInput, forms.HiddenInput, forms.EmailInput, forms.NumberInput, forms.URLInput]
)
def test_plain_inputs_are_written_as_django_writes_them(kind, value):
    widget = kind(attrs={"class": 'x"y', "required": True, "disabled": False, "max": 5, "title": gettext_lazy("Lobi")})
    ours, theirs = (
        widget.render("na<me", value, {"id": "id"}, renderer) for renderer in (Renderer(), DjangoTemplates())
    )
    assert ours == theirs


class Order(forms.Form):
    price = forms.IntegerField(label=gettext_lazy("Harga"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", '<a href="#id_price">“Harga” belum diisi.</a></li>'), ("x", '<a href="#id_price">Harga</a>: ')],
)
def test_the_list_of_errors_names_a_field_once(typed, told):
    form = Order({"price": typed})
    assert not form.is_valid()
    assert told in render_to_string("components/form_errors.html", {"form": form}).replace("&quot;", '"')
