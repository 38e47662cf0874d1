"""Inviting people."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exhibitors.models import MemberRole

EXPLAINED = (
    (MemberRole.STAFF, _("Pegawai: produk, pesanan, kasir, dan data usaha")),
    (MemberRole.OWNER, _("Pemilik: semuanya, juga rekening, pengelola, dan pengajuan")),
)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Alamat surel"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("satu orang", "Peran"),
        choices=EXPLAINED,
        initial=MemberRole.STAFF,
        widget=forms.RadioSelect,
    )
