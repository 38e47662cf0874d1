"""The form by which staff seal a recap, and the one by which they withdraw it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from expo.models import Edition


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(attrs={"step": "60"}, format="%Y-%m-%dT%H:%M")


def this_minute():
    """The latest cut-off that can be typed and has passed."""
    return timezone.now().replace(second=0, microsecond=0)


class SealForm(forms.Form):
    """Moments are typed and read in WIB."""

    editions = forms.ModelMultipleChoiceField(
        Edition.objects.order_by("-opens_at"),
        label=_("Pameran"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beberapa pameran menjadi satu rekap gabungan; tidak ada yang dihitung dua kali."),
    )
    occurred_cutoff = forms.DateTimeField(
        label=_("Batas waktu (WIB)"),
        widget=MomentInput,
        initial=this_minute,
        help_text=_("Dihitung: yang terjadi sebelum saat ini. Hari ditutup pukul 00.00 hari berikutnya."),
    )
    recorded_cutoff = forms.DateTimeField(
        label=_("Tercatat sebelum (WIB)"),
        widget=MomentInput,
        required=False,
        help_text=_(
            "Kosong: sama dengan batas waktu. Lebih kemudian: catatan terlambat ikut, dan rekap lama direvisi."
        ),
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan penarikan"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampil di halaman verifikasi, untuk siapa pun yang memegang rekap ini."),
    )
