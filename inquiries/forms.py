"""Forms of asking and answering."""

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from expo.fields import PhoneField
from expo.formats import current_language
from inquiries.models import Inquiry
from orders.places import country_choices

LANGUAGES = ("id", "en", "ar", "de", "es", "fr", "ja", "ko", "ms", "nl", "th", "vi", "zh")
TRAP = "website"


def language_choices() -> list[tuple[str, str]]:
    """Languages of askers by their name in the reader's language."""
    names = Locale(current_language()).languages
    return [(code, names[code].capitalize()) for code in LANGUAGES]


def language_name(code: str) -> str:
    """In the reader's language; the code itself if it has no name."""
    return Locale(current_language()).languages.get(code, code).capitalize()


def territory_name(code: str) -> str:
    return Locale(current_language()).territories.get(code, code) if code else "–"


class InquiryForm(forms.ModelForm):
    """``website`` is a trap: people don't see it, programs fill it in."""

    phone = PhoneField(label=_("Telepon atau WhatsApp"), required=False)
    website = forms.CharField(required=False)

    class Meta:
        model = Inquiry
        fields = ["message", "name", "email", "phone", "country", "language", "may_publish"]
        labels = {
            "message": _("Pertanyaan Anda"),
            "name": _("Nama Anda"),
            "email": _("Surel Anda"),
            "country": _("Negara"),
            "language": _("Bahasa Anda"),
            "may_publish": _("Pertanyaan ini boleh tampil di halaman produk bersama jawabannya"),
        }
        help_texts = {
            "message": _("Misalnya jumlah yang dibutuhkan, tujuan pengiriman, atau waktu."),
            "email": _("Jawaban dikirim ke alamat ini."),
            "may_publish": _("Nama Anda kami samarkan, misalnya “Siti R.”. Surel dan nomor Anda tidak pernah tampil."),
        }
        error_messages = {
            "message": {"required": _("Tulis pertanyaan Anda.")},
            "name": {"required": _("Tulis nama Anda.")},
            "email": {
                "required": _("Tulis surel Anda, supaya jawabannya sampai."),
                "invalid": _("Surel ini belum lengkap. Tulis seperti nama@contoh.com."),
            },
        }
        widgets = {
            "message": forms.Textarea(attrs={"rows": 5, "maxlength": 4000}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args, about_product: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not about_product:
            del self.fields["may_publish"]
        self.fields["country"] = forms.ChoiceField(label=_("Negara"), choices=country_choices, initial="ID")
        self.fields["language"] = forms.ChoiceField(label=_("Bahasa Anda"), choices=language_choices)
        self.fields["language"].initial = current_language()
        self.fields["message"].max_length = 4000

    def clean_message(self):
        message = self.cleaned_data["message"].strip()
        if len(message) < 5:
            raise forms.ValidationError(_("Tulis pertanyaan Anda."))
        if len(message) > 4000:
            raise forms.ValidationError(_("Paling banyak 4.000 huruf."))
        return message

    def visible(self):
        """The fields that people see."""
        return [field for field in self if field.name != TRAP]

    @property
    def trapped(self) -> bool:
        return bool(self.cleaned_data.get(TRAP))


class AnswerForm(forms.Form):
    """``publish`` only where the asker agreed to it."""

    body = forms.CharField(
        label=_("Jawaban Anda"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Dikirim ke surel penanya dan tampil di halaman permintaannya."),
    )
    publish = forms.BooleanField(
        label=_("Tampilkan pertanyaan dan jawaban ini di halaman produk"),
        required=False,
        initial=True,
        help_text=_("Penanya setuju; namanya disamarkan. Jangan tulis nomor telepon atau rekening."),
    )

    def __init__(self, *args, may_publish: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]
