"""Money that was given back, recorded with its proof: by the exhibitor, or by staff for them."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expo.fields import RupiahField
from expo.formats import rupiah
from orders.domain.shares import extra_left, paid_lines
from orders.models import Order, OrderLine


class ReturnForm(forms.Form):
    """What was given back, with a picture of the transfer. ``key`` makes a double click one refund."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    amount = RupiahField(
        label=_("Dari harga barang (rupiah)"), min_value=0, help_text=_("Mengurangi omzet penjual sebesar ini.")
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
        self.lines = paid_lines(order)
        self.goods_left = sum(line.paid_left for line in self.lines)
        self.fields["key"].initial = secrets.token_urlsafe(24)
        self.fields["amount"].initial = self.goods_left
        self.fields["extra_amount"].initial = extra_left(order)
        self.fields["amount"].error_messages["required"] = _("Isi 0 bila tidak ada.")
        self.fields["extra_amount"].error_messages["required"] = _("Isi 0 bila tidak ada.")

    def clean_amount(self) -> int:
        amount = self.cleaned_data["amount"] or 0
        if amount > self.goods_left:
            most = rupiah(self.goods_left)
            raise ValidationError(_("Paling banyak %(most)s yang dapat dikembalikan.") % {"most": most})
        return amount

    def refund(self) -> dict:
        """The arguments of ``record_refund``: all that is left takes the pieces back as well, a part only money."""
        amount = self.cleaned_data["amount"]
        whole = amount == self.goods_left
        given = {name: self.cleaned_data[name] for name in ("key", "reason", "extra_amount", "proof", "restock")}
        return {
            **given,
            "restock": given["restock"] and whole,
            "lines": None if whole or amount else {},
            "amount": None if whole or not amount else amount,
        }


class StaffReturnForm(ReturnForm):
    """The same for staff, who may also name the pieces that came back."""

    WHOLE, PIECES, AMOUNT = "whole", "pieces", "amount"

    kind = forms.ChoiceField(
        label=_("Yang dikembalikan"),
        choices=[
            (PIECES, _("Barang: jumlahnya di bawah")),
            (AMOUNT, _("Uang saja, tanpa barang kembali")),
            (WHOLE, _("Seluruh sisa pesanan")),
        ],
    )

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, order=order, **kwargs)
        for name in ("amount", "extra_amount"):
            self.fields[name].required, self.fields[name].initial = False, None
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
        data = super().clean()
        if data.get("kind") == self.AMOUNT and "amount" not in self.errors and not data.get("amount"):
            self.add_error("amount", ValidationError(_("Isi jumlah uangnya.")))
        return data

    def refund(self) -> dict:
        data = self.cleaned_data
        pieces = {line.pk: data[self.name_of(line)] or 0 for line in self.lines}
        return {
            **{name: data[name] for name in ("key", "reason", "extra_amount", "proof", "restock")},
            "lines": pieces if data["kind"] == self.PIECES else None,
            "amount": data["amount"] if data["kind"] == self.AMOUNT else None,
        }
