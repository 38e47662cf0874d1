"""What staff fill in at an order: a refund, or the word that a claim was verified."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expo.fields import RupiahField
from expo.formats import rupiah
from orders.models import Order, OrderLine


class RefundForm(forms.Form):
    """Pieces by line, or an amount without goods, or all that is left. ``key`` makes a double click one refund."""

    WHOLE, PIECES, AMOUNT = "whole", "pieces", "amount"

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kind = forms.ChoiceField(
        label=_("Yang dikembalikan"),
        choices=[
            (PIECES, _("Barang: jumlahnya di bawah")),
            (AMOUNT, _("Uang saja, tanpa barang kembali")),
            (WHOLE, _("Seluruh sisa pesanan")),
        ],
    )
    amount = RupiahField(label=_("Uang untuk harga barang (rupiah)"), required=False)
    extra_amount = RupiahField(
        label=_("Ongkos kirim dan kode unik yang ikut dikembalikan (rupiah)"),
        required=False,
        help_text=_("Tidak memengaruhi omzet."),
    )
    restock = forms.BooleanField(label=_("Barangnya kembali dan dapat dijual lagi"), required=False)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pembeli dan peserta membaca teks ini."),
    )

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = list(order.lines.order_by("pk"))
        self.fields["key"].initial = secrets.token_urlsafe(24)
        for line in self.lines:
            self.fields[self.name_of(line)] = forms.IntegerField(
                label=_("%(name)s, dapat dikembalikan %(count)s buah (%(price)s)")
                % {"name": line.name, "count": line.refundable_quantity, "price": rupiah(line.unit_price)},
                required=False,
                min_value=0,
                max_value=line.refundable_quantity,
                initial=0,
            )
        self.order_fields(["key", "kind", *map(self.name_of, self.lines), "amount"])

    @staticmethod
    def name_of(line: OrderLine) -> str:
        return f"line_{line.pk}"

    def clean_extra_amount(self) -> int:
        return self.cleaned_data["extra_amount"] or 0

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("kind") == self.AMOUNT and "amount" not in self.errors and not data.get("amount"):
            self.add_error("amount", ValidationError(_("Isi jumlah uangnya.")))
        return data

    def refund(self) -> dict:
        """The arguments of ``record_refund``."""
        data = self.cleaned_data
        pieces = {line.pk: data[self.name_of(line)] or 0 for line in self.lines}
        return {
            "key": data["key"],
            "reason": data["reason"],
            "restock": data["restock"],
            "extra_amount": data["extra_amount"],
            "lines": pieces if data["kind"] == self.PIECES else None,
            "amount": data["amount"] if data["kind"] == self.AMOUNT else None,
        }


class VerificationForm(forms.Form):
    note = forms.CharField(
        label=_("Apa yang Anda periksa"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: mutasi rekening peserta tanggal 20 November, jumlahnya sama. Tercatat di jurnal."),
    )
