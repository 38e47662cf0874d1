"""What owners fill in about their exhibitor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor
from expo.fields import PhoneField, PictureField
from expo.models import Region, RegionLevel


class ProvinceIterator(forms.models.ModelChoiceIterator):
    """Regencies under their province, in two levels of a select."""

    def __iter__(self):
        yield ("", _("Pilih kabupaten/kota"))
        groups: dict[str, list] = {}
        for region in self.queryset.select_related("parent"):
            groups.setdefault(str(region.parent or ""), []).append(self.choice(region))
        yield from groups.items()


class RegencyField(forms.ModelChoiceField):
    iterator = ProvinceIterator

    def __init__(self, **options):
        super().__init__(Region.objects.filter(level=RegionLevel.REGENCY), **options)

    def to_python(self, value):
        return super().to_python(value.replace("\0", "?") if isinstance(value, str) else value)


class IdentityForm(forms.ModelForm):
    """The start of a registration, and the data of the profile."""

    owner_name = forms.CharField(label=_("Nama pemilik/ketua"), max_length=120)
    regency = RegencyField(label=_("Kabupaten/kota"))
    whatsapp = PhoneField(label=_("WhatsApp"), help_text=_("Pembeli menghubungi Anda lewat nomor ini."))

    class Meta:
        model = Exhibitor
        fields = ["name", "kind", "owner_name", "regency", "whatsapp"]
        widgets = {"kind": forms.RadioSelect}
        labels = {"name": _("Nama usaha"), "kind": _("Jenis")}


class RegistrationForm(IdentityForm):
    """Everything the curators need, on one screen; the bank account may wait until the submission."""

    class Meta(IdentityForm.Meta):
        fields = [*IdentityForm.Meta.fields, "bank_name", "bank_account_number", "bank_account_holder"]
        labels = {
            **IdentityForm.Meta.labels,
            "bank_name": _("Bank"),
            "bank_account_number": _("Nomor rekening"),
            "bank_account_holder": _("Atas nama"),
        }

    def clean_bank_account_number(self):
        return account_number(self.cleaned_data["bank_account_number"])


class ProfileForm(IdentityForm):
    banner = PictureField(
        label=_("Spanduk stan"), required=False, help_text=_("Foto lebar usaha Anda, tampil di atas stan.")
    )

    class Meta(IdentityForm.Meta):
        fields = [*IdentityForm.Meta.fields, "nib", "email", "story", "story_en", "banner"]
        labels = {
            **IdentityForm.Meta.labels,
            "nib": _("NIB"),
            "email": _("Surel usaha"),
            "story": _("Cerita usaha"),
            "story_en": _("Cerita usaha (Inggris)"),
        }
        help_texts = {"nib": _("13 angka, tanpa spasi.")}
        widgets = {
            **IdentityForm.Meta.widgets,
            "nib": forms.TextInput(attrs={"inputmode": "numeric"}),
            "story": forms.Textarea(attrs={"rows": 4}),
            "story_en": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_nib(self):
        nib = self.cleaned_data["nib"].replace(" ", "")
        if nib and not (nib.isascii() and nib.isdigit() and len(nib) == 13):
            raise forms.ValidationError(_("NIB terdiri atas 13 angka."))
        return nib


class BankAccountForm(forms.ModelForm):
    """Where buyers' money goes. All three belong together."""

    class Meta:
        model = Exhibitor
        fields = ["bank_name", "bank_account_number", "bank_account_holder"]
        labels = {
            "bank_name": _("Bank"),
            "bank_account_number": _("Nomor rekening"),
            "bank_account_holder": _("Atas nama"),
        }
        widgets = {"bank_account_number": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
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
