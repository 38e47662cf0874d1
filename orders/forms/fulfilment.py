"""What an exhibitor says about an order: why not, or how it travels."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.domain.many import Parcel


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


class ParcelForm(forms.Form):
    """One row of the table of parcels. Empty: this one is not sent yet."""

    courier = forms.CharField(
        label=_("Kurir"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off", "class": "input"}),
    )
    tracking_number = forms.CharField(
        label=_("Nomor resi"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "input"}),
    )
    without_number = forms.BooleanField(label=_("Tanpa resi"), required=False)

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("tracking_number") or self.cleaned_data.get("without_number"))

    def clean(self):
        data = super().clean()
        if (data.get("tracking_number") or data.get("without_number")) and not data.get("courier"):
            self.add_error("courier", _("Tulis nama kurirnya."))
        return data

    def parcel(self) -> Parcel:
        return Parcel(self.cleaned_data["courier"], self.cleaned_data["tracking_number"])
