"""After the payment: wanting out, answering that, handing over at the stand. Giving money back: ``refunds.py``."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import DepositTerms


class CancellationForm(forms.Form):
    reason = forms.CharField(
        label=_("Mengapa ingin membatalkan?"),
        max_length=250,
        error_messages={"required": _("Tulis alasannya: penjual membacanya.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    refund_to = forms.CharField(
        label=_("Rekening untuk pengembalian dana"),
        required=False,
        max_length=120,
        help_text=_("Bank, nomor, dan nama pemiliknya. Hanya dibaca penjual ini dan petugas."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HandoverForm(forms.Form):
    """Fetched at the stand: with the buyer's code, or knowingly without."""

    code = forms.CharField(
        label=_("Kode pengambilan dari pembeli"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    without_code = forms.BooleanField(label=_("Pembeli tidak membawa kode, tetapi saya mengenalinya"), required=False)

    def clean(self):
        data = super().clean()
        if not data.get("code") and not data.get("without_code"):
            self.add_error("code", _("Isi kodenya, atau centang pilihan di bawahnya."))
        return data


class DepositTermsForm(forms.ModelForm):
    class Meta:
        model = DepositTerms
        fields = ["rule"]
        widgets = {"rule": forms.RadioSelect}
