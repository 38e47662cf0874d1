"""What an exhibitor lets stand on its labels."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import LabelSender


class LabelSenderForm(forms.ModelForm):
    class Meta:
        model = LabelSender
        fields = ["name", "address", "shows_phone", "note"]
        labels = {"name": _("Nama pengirim"), "address": _("Alamat pengirim"), "note": _("Pesan untuk kurir")}
        widgets = {"address": forms.Textarea(attrs={"rows": 2})}
