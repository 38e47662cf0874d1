"""The forms of the registration's steps: a few fields each.

While the exhibitor is a draft nothing but a name is demanded (``lenient``): what is missing is said on the task list,
what is wrong is kept as it was typed. Later only what is right and complete is taken.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.legal import (
    LEAST_MEMBERS,
    MOST_MEMBERS,
    clean_cooperative_number,
    clean_legal_number,
    clean_nib,
)
from exhibitors.models import Exhibitor, Kind
from expo.areas import Area, find_area, search_areas
from expo.errors import DomainError
from expo.fields import PhoneField, PictureField

TYPED = (forms.TextInput, forms.EmailInput, forms.Textarea)  # what can be kept although it is wrong
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CategoryIterator(forms.models.ModelChoiceIterator):
    """Leaves of the tree under their parent."""

    def __iter__(self):
        yield ("", _("Pilih kategori"))
        groups: dict[str, list] = {}
        for category in self.queryset.select_related("parent"):
            groups.setdefault(category.parent.display_name if category.parent else "", []).append(self.choice(category))
        for name, choices in groups.items():
            yield from [(name, choices)] if name else choices


class CategoryField(forms.ModelChoiceField):
    iterator = CategoryIterator

    def __init__(self, **options):
        categories = Exhibitor._meta.get_field("category").related_model
        super().__init__(
            categories.objects.filter(children__isnull=True).order_by("parent__position", "position", "name"),
            **{"label": _("Kategori utama"), "help_text": _("Yang paling banyak Anda jual."), **options},
        )

    def label_from_instance(self, category):
        return category.display_name

    def to_python(self, value):
        return super().to_python(value.replace("\0", "?") if isinstance(value, str) else value)


class StartForm(forms.Form):
    """Three things make a draft. ``key`` makes a double click one draft."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Nama usaha"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    banner = PictureField(
        label=_("Satu foto"), help_text=_("Produk, tempat kerja, atau Anda sendiri. Dapat diganti kapan saja.")
    )
    category = CategoryField()


# What identifies or reaches a person is not kept in a browser that others may use: static/js/edit-draft.js.
NEVER_ON_A_DEVICE = {"nib", "owner_name", "email", "whatsapp", "phone"}


class StepForm(forms.ModelForm):
    """``lenient`` while it is a draft. ``columns()`` and ``wrong()`` are what the domain saves."""

    always_required: tuple[str, ...] = ("name",)

    def __init__(self, *args, lenient: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.lenient = lenient
        for name in self.fields.keys() & NEVER_ON_A_DEVICE:
            self.fields[name].widget.attrs["data-keep-not"] = ""
        if lenient:
            for name, field in self.fields.items():
                field.later = field.required  # says so beside the label
                field.required = name in self.always_required

    def columns(self) -> dict:
        """The values that are right, by column."""
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}

    def wrong(self) -> dict[str, str]:
        """What is wrong, as it was typed; files and choices are not kept."""
        return {
            name: str(self.data.get(self.add_prefix(name), ""))
            for name in self.errors
            if name in self.fields and isinstance(self.fields[name].widget, TYPED)
        }

    def keeps_everything(self) -> bool:
        return set(self.errors) <= set(self.wrong())

    def with_draft(self, draft: dict[str, str]) -> dict:
        """Data of this form as it was left: what is stored, and over it what is typed but not right."""
        stored = {name: "" if (value := self[name].value()) is None else value for name in self.fields}
        return {self.add_prefix(name): value for name, value in {**stored, **draft}.items() if value is not False}


class BusinessForm(StepForm):
    banner = PictureField(label=_("Foto"), help_text=_("Tampil di atas stan Anda."))
    category = CategoryField()

    class Meta:
        model = Exhibitor
        fields = ["name", "banner", "category"]
        labels = {"name": _("Nama usaha")}


class KindForm(StepForm):
    """What only a cooperative has is neither demanded of an UKM nor lost when it is chosen by mistake."""

    legal_number = forms.CharField(
        label=_("Nomor badan hukum koperasi"),
        max_length=60,
        required=False,
        help_text=_("Misalnya AHU-0001234.AH.01.26.TAHUN 2021, atau 518/BH/KDK.11/VII/2009."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cooperative_number = forms.CharField(
        label=_("NIK koperasi"), max_length=30, required=False, widget=forms.TextInput(attrs=DIGITS)
    )
    member_count = forms.IntegerField(
        label=_("Jumlah anggota koperasi"),
        required=False,
        min_value=LEAST_MEMBERS,
        max_value=MOST_MEMBERS,
        widget=forms.TextInput(attrs=DIGITS),
    )
    ONLY_COOPERATIVES = ("legal_number", "cooperative_number", "member_count")

    class Meta:
        model = Exhibitor
        fields = ["kind", "legal_number", "cooperative_number", "member_count"]
        labels = {"kind": _("Jenis")}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.of_one) for kind in Kind]

    def clean_legal_number(self):
        return checked(clean_legal_number, self.cleaned_data["legal_number"])

    def clean_cooperative_number(self):
        return checked(clean_cooperative_number, self.cleaned_data["cooperative_number"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Kind.UKM:
            for name in self.ONLY_COOPERATIVES:
                self.errors.pop(name, None)
                cleaned.pop(name, None)
        elif cleaned.get("kind") == Kind.KOPERASI and not self.lenient:
            for name in ("legal_number", "member_count"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, forms.ValidationError(self.fields[name].error_messages["required"], "required")
                    )
        return cleaned


class NibForm(StepForm):
    nib = forms.CharField(
        label=_("NIB"),
        max_length=30,
        help_text=_("13 angka dari OSS. Spasi dan titik boleh."),
        widget=forms.TextInput(attrs=DIGITS),
    )

    class Meta:
        model = Exhibitor
        fields = ["nib", "lacks_nib"]
        labels = {"lacks_nib": _("Saya belum punya NIB; mohon dibantu panitia")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nib"].required = False  # or the tick below
        self.fields["nib"].later = self.lenient

    def clean_nib(self):
        return checked(clean_nib, self.cleaned_data["nib"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("nib"):
            cleaned["lacks_nib"] = False
        elif not self.lenient and "nib" not in self.errors and not cleaned.get("lacks_nib"):
            self.add_error("nib", _("Isi NIB, atau centang bahwa Anda belum punya."))
        return cleaned


class OwnerForm(StepForm):
    owner_name = forms.CharField(label=_("Nama pemilik atau ketua"), max_length=120)

    class Meta:
        model = Exhibitor
        fields = ["owner_name", "email"]
        labels = {"email": _("Surel usaha")}


class PlaceForm(StepForm):
    """A district by its official code, found by its name as at the checkout."""

    place = forms.CharField(
        label=_("Kecamatan"),
        max_length=80,
        help_text=_("Tulis nama kecamatan atau kode pos, misalnya Laweyan atau 57148, lalu simpan."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Exhibitor
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.found: list[Area] = []
        parts = [self.instance.district, self.instance.regency]
        self.initial.setdefault("place", ", ".join(part.name for part in parts if part))

    def clean_place(self):
        text, code = self.cleaned_data["place"], str(self.data.get("area", ""))
        self.area = None
        if not text:
            return text
        if self.instance.district and text == self.initial["place"]:
            self.area = Area(self.instance.regency, self.instance.district)
            return text
        chosen = find_area(code) if self.data.get("area_for") == text else None
        self.found = [chosen] if chosen else by_district(search_areas(text))
        if len(self.found) == 1 and self.found[0].district:
            self.area = self.found[0]
            return text
        if not self.found:
            raise forms.ValidationError(_("Kecamatan ini tidak ditemukan. Coba nama lain, atau kode posnya."))
        raise forms.ValidationError(_("Ada beberapa tempat dengan nama ini. Pilih salah satu."))

    def columns(self) -> dict:
        if "place" in self.errors:
            return {}
        area = self.area
        return {"regency": area.regency if area else None, "district": area.district if area else None}


class ContactForm(StepForm):
    whatsapp = PhoneField(label=_("WhatsApp"), help_text=_("Pembeli menghubungi Anda lewat nomor ini."))
    phone = PhoneField(label=_("Telepon lain"), required=False)

    class Meta:
        model = Exhibitor
        fields = ["whatsapp", "phone"]


class StoryForm(StepForm):
    story = forms.CharField(
        label=_("Cerita usaha"),
        max_length=5000,
        help_text=_("Siapa yang membuat, di mana, sejak kapan, dan apa yang membuatnya berbeda. Tiga kalimat cukup."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    story_en = forms.CharField(
        label=_("Cerita usaha (Inggris)"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Exhibitor
        fields = ["story", "story_en"]


def by_district(areas: list[Area]) -> list[Area]:
    """Each district once: villages of a postcode are of one district, a whole regency is none."""
    found = {area.district.pk: Area(area.regency, area.district) for area in areas if area.district}
    return list(found.values())


def checked(clean, text: str) -> str:
    """``clean(text)``, its sentence as an error of the field; blank stays blank."""
    if not text:
        return text
    try:
        return clean(text)
    except DomainError as error:
        raise forms.ValidationError(error.message, code="invalid") from error
