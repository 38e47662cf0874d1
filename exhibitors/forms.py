"""The bank account of an exhibitor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.models import BANK_ACCOUNT, Exhibitor


class BankAccountForm(forms.ModelForm):
    """Where buyers' money goes. All three belong together; the domain writes them when their time has come."""

    class Meta:
        model = Exhibitor
        fields = [*BANK_ACCOUNT]
        labels = {
            "bank_name": _("Bank"),
            "bank_account_number": _("Nomor rekening"),
            "bank_account_holder": _("Atas nama"),
        }
        widgets = {"bank_account_number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    def __init__(self, *args, exhibitor: Exhibitor, **kwargs):
        initial = {name: getattr(exhibitor, name) for name in BANK_ACCOUNT}
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_bank_account_number(self):
        return account_number(self.cleaned_data["bank_account_number"])


def account_number(text: str) -> str:
    """The digits of a bank account; raises ValidationError when it can't be one."""
    number = text.replace(" ", "").replace("-", "").replace(".", "")
    if number and not (number.isascii() and number.isdigit() and 6 <= len(number) <= 20):
        raise forms.ValidationError(_("Nomor rekening terdiri atas 6 sampai 20 angka."))
    return number
