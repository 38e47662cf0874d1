"""After the payment: wanting out, answering that, handing over at the stand, giving money back."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.fields import RupiahField
from expo.formats import rupiah
from orders.domain.refund import extra_left, paid_lines
from orders.models import DepositTerms, Order


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


class ReturnForm(forms.Form):
    """What an exhibitor gave back, with a picture of the transfer. ``key`` makes a double click one refund."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    amount = RupiahField(
        label=_("Dari harga barang (rupiah)"), min_value=0, help_text=_("Mengurangi omzet Anda sebesar ini.")
    )
    extra_amount = RupiahField(
        label=_("Dari ongkos kirim dan kode unik (rupiah)"), min_value=0, help_text=_("Tidak memengaruhi omzet.")
    )
    restock = forms.BooleanField(label=_("Barangnya kembali dan dapat dijual lagi"), required=False)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        error_messages={"required": _("Tulis alasannya: pembeli membacanya.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proof = forms.FileField(
        label=_("Foto atau tangkapan layar bukti pengembalian"),
        error_messages={"required": _("Pilih foto bukti pengembaliannya.")},
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        self.goods_left = sum(line.paid_left for line in paid_lines(order))
        self.fields["key"].initial = secrets.token_urlsafe(24)
        self.fields["amount"].initial = self.goods_left
        self.fields["extra_amount"].initial = extra_left(order)
        self.fields["amount"].error_messages["required"] = _("Isi 0 bila tidak ada.")
        self.fields["extra_amount"].error_messages["required"] = _("Isi 0 bila tidak ada.")

    def clean_amount(self) -> int:
        amount = self.cleaned_data["amount"]
        if amount > self.goods_left:
            most = rupiah(self.goods_left)
            raise forms.ValidationError(_("Paling banyak %(most)s yang dapat dikembalikan.") % {"most": most})
        return amount

    def refund(self) -> dict:
        """The arguments of ``record_refund``: all that is left takes the pieces back as well, a part only money."""
        data = self.cleaned_data
        whole = data["amount"] == self.goods_left
        return {
            "key": data["key"],
            "reason": data["reason"],
            "restock": data["restock"] and whole,
            "extra_amount": data["extra_amount"],
            "proof": data["proof"],
            "lines": None if whole or data["amount"] else {},
            "amount": None if whole or not data["amount"] else data["amount"],
        }


class DepositTermsForm(forms.ModelForm):
    class Meta:
        model = DepositTerms
        fields = ["rule"]
        widgets = {"rule": forms.RadioSelect}
