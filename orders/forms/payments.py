"""Showing and judging a payment."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    file = forms.FileField(
        label=_("Foto atau tangkapan layar bukti pembayaran"),
        error_messages={"required": _("Pilih foto buktinya dahulu.")},
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    note = forms.CharField(
        label=_("Catatan"),
        required=False,
        max_length=200,
        help_text=_("Misalnya bila rekening pengirim atas nama orang lain."),
    )


class ConfirmForm(forms.Form):
    evidence = forms.FileField(
        label=_("Foto mutasi rekening"),
        required=False,
        help_text=_("Tanpa bukti apa pun penjualan ini belum dihitung dalam omzet sampai petugas memeriksanya."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
