"""What staff fill in at an order; a refund is recorded with ``forms/refunds.py``."""

from django import forms
from django.utils.translation import gettext_lazy as _


class VerificationForm(forms.Form):
    note = forms.CharField(
        label=_("Apa yang Anda periksa"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: mutasi rekening peserta tanggal 20 November, jumlahnya sama. Tercatat di jurnal."),
    )
