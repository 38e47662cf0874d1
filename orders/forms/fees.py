"""Naming a shipping fee after the order, and answering it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.fields import RupiahField
from orders.domain.quotes import MOST_FEE


class FeeForm(forms.Form):
    fee = RupiahField(
        label=_("Ongkos kirim"),
        min_value=0,
        max_value=MOST_FEE,
        help_text=_("Untuk seluruh pesanan ini; 0 berarti gratis."),
        error_messages={"required": _("Isi ongkos kirimnya.")},
    )
    service = forms.CharField(label=_("Kurir"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Keterangan untuk pembeli"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    """``fee`` is what the page showed: the buyer's yes counts for that alone."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    fee = forms.IntegerField(min_value=0)
    method = forms.CharField(required=False, max_length=10)
