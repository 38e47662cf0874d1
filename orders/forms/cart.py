"""Filling and changing the cart."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.domain.availability import MOST_PIECES

WRONG = {
    "required": _("Isi jumlahnya."),
    "invalid": _("Isi jumlah dengan angka."),
    "min_value": _("Isi jumlah paling sedikit 1."),
    "max_value": _("Jumlahnya terlalu banyak."),
}


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(label=_("Jumlah"), min_value=0, max_value=MOST_PIECES, error_messages=WRONG)


class AddForm(forms.Form):
    """Adding to the cart: ``quantity`` may be missing, then it is the product's minimum."""

    quantity = forms.IntegerField(required=False, min_value=1, max_value=MOST_PIECES, error_messages=WRONG)


class WordsForm(forms.Form):
    """What is said to one booth while the cart is filled."""

    note = forms.CharField(required=False, max_length=300)
    voucher = forms.CharField(required=False, max_length=24)
