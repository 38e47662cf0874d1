"""Vouchers of an exhibitor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.fields import RupiahField
from orders.domain.vouchers import clean_code
from orders.models import Voucher


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class VoucherForm(forms.ModelForm):
    """Without an owner: that is the page's business."""

    class Meta:
        model = Voucher
        fields = [
            "code",
            "benefit",
            "value",
            "most",
            "minimum_spend",
            "valid_from",
            "valid_until",
            "most_uses",
            "uses_per_buyer",
            "budget",
            "is_active",
        ]
        field_classes = dict.fromkeys(("value", "most", "minimum_spend", "budget"), RupiahField)
        widgets = {"valid_from": Moment(), "valid_until": Moment()}
        help_texts = {"code": _("Huruf dan angka tanpa spasi, misalnya HEMAT10.")}

    def clean_code(self):
        code = clean_code(self.cleaned_data["code"])
        if not code.isalnum() or not code.isascii() or len(code) < 4:
            raise forms.ValidationError(_("Paling sedikit empat huruf atau angka, tanpa tanda lain."))
        if Voucher.objects.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Kode ini sudah dipakai. Pilih kode lain."))
        return code

    def save(self, commit=True):
        """What buyers take meanwhile (``uses``, ``spent``) is never written over."""
        if commit and self.instance.pk:
            self.instance.save(update_fields=self.Meta.fields)
            return self.instance
        return super().save(commit)

    def clean(self):
        data = super().clean()
        if data.get("benefit") == "shipping":
            data["value"] = 0
        value, most = data.get("value"), 100 if data.get("benefit") == "percent" else None
        if value is not None and data.get("benefit") != "shipping" and (value < 1 or (most and value > most)):
            self.add_error("value", constraint_message("voucher_benefit_has_value"))
        begin, end = data.get("valid_from"), data.get("valid_until")
        if begin and end and end <= begin:
            self.add_error("valid_until", constraint_message("voucher_period"))
        for field, taken in (("most_uses", self.instance.uses), ("budget", self.instance.spent)):
            if data.get(field) is not None and data[field] < taken:
                self.add_error(field, _("Tidak boleh di bawah yang sudah terpakai."))
        return data


def constraint_message(name: str):
    return next(each.violation_error_message for each in Voucher._meta.constraints if each.name == name)
