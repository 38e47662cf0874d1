"""The forms by which staff seal a recap and withdraw it, and the one of the news check."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from expo.formats import WIB
from expo.models import Edition
from reports.fields import EditionsField, MomentInput
from reports.newsroom import MOST_LETTERS


def this_minute():
    """The latest cut-off that can be typed and has passed."""
    return timezone.now().replace(second=0, microsecond=0)


class SealForm(forms.Form):
    """Moments are typed and read in WIB."""

    editions = EditionsField(
        Edition.objects.order_by("-opens_at"),
        label=_("Pameran"),
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
    since = forms.DateTimeField(
        label=_("Sejak (WIB)"),
        widget=MomentInput,
        required=False,
        help_text=_("Kosong: semua sejak awal. Terisi: rekap satu masa, bernomor sendiri (…/P0001)."),
    )
    reason = forms.CharField(
        label=_("Alasan revisi"),
        max_length=250,
        required=False,
        help_text=_("Perlu diisi bila rekap dengan batas waktu ini sudah ada."),
    )


class ExtraCutoffForm(forms.Form):
    """A moment is typed and read in WIB."""

    edition = forms.ModelChoiceField(
        Edition.objects.order_by("-opens_at"), label=_("Pameran"), empty_label=None, blank=False
    )
    moment = forms.DateTimeField(
        label=_("Batas waktu (WIB)"),
        widget=MomentInput,
        help_text=_("Misalnya pukul 13.00 pada hari penutupan. Yang terjadi sebelum saat ini dihitung."),
    )
    reason = forms.CharField(
        label=_("Keperluan"), max_length=250, help_text=_("Misalnya: sambutan penutupan oleh kepala dinas.")
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan penarikan"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tampil di halaman verifikasi, untuk siapa pun yang memegang rekap ini."),
    )


class NewsForm(forms.Form):
    text = forms.CharField(
        label=_("Teks berita"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Tempel judul dan isinya, dalam bahasa Indonesia atau Inggris; paling banyak 20.000 huruf."),
    )
    editions = EditionsField(
        Edition.objects.none(),
        label=_("Pameran"),
        required=False,
        help_text=_("Tanpa pilihan: nama dan tanggal di dalam teks yang menentukan."),
    )
    published_on = forms.DateField(
        label=_("Tanggal terbit"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Kosong: tanggal terakhir di dalam teks. Angka diperiksa terhadap rekap sampai hari itu."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["editions"].queryset = Edition.objects.filter(recaps__isnull=False).distinct().order_by("-opens_at")

    def clean_published_on(self):
        day = self.cleaned_data["published_on"]
        if day and day > timezone.now().astimezone(WIB).date():
            raise forms.ValidationError(_("Tanggal terbit belum tiba."))
        return day
