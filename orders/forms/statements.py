"""Uploading a bank statement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.statements.tables import MOST_BYTES


class StatementForm(forms.Form):
    file = forms.FileField(
        label=_("Berkas mutasi rekening"),
        error_messages={"required": _("Pilih berkas mutasinya dahulu.")},
        help_text=_("CSV atau Excel dari internet banking Anda, paling besar 3 MB. Hanya uang masuk yang disimpan."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("Berkas lebih besar dari 3 MB. Unduh mutasi untuk masa yang lebih pendek."), code="large"
            )
        return file
