"""What an exhibitor says about an order: why not, or how it travels."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        error_messages={"required": _("Tulis alasannya: pembeli membacanya.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ShipmentForm(forms.Form):
    courier = forms.CharField(
        label=_("Kurir"),
        max_length=60,
        error_messages={"required": _("Tulis nama kurirnya.")},
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off"}),
    )
    tracking_number = forms.CharField(
        label=_("Nomor resi"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
