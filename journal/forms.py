"""What staff fill in to write into the journal."""

import datetime as dt
import uuid

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Category
from exhibitors.models import Booth, Exhibitor
from expo.fields import RupiahField
from expo.formats import WIB
from expo.models import Edition, Region, RegionLevel
from journal.keys import HOME, Place, country_name, destination, is_country
from journal.models import Channel, Entry, Evidence, Measure
from journal.staff import POST, Promise, may_be_regraded

COUNTED = [(grade.value, grade.label) for grade in Evidence if grade != Evidence.D]


class StaffForm(forms.Form):
    """``key`` makes one form one posting; ``note`` stands in the journal for ever."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Alasan, dan di mana buktinya"),
        max_length=250,
        help_text=gettext_lazy("Tetap tertulis di jurnal. Jangan menulis data pribadi pembeli."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class CorrectionForm(StaffForm):
    amount = forms.IntegerField(
        label=gettext_lazy("Tambah atau kurangi (rupiah)"),
        initial=0,
        help_text=gettext_lazy("Misalnya -50000 bila tercatat Rp50.000 terlalu banyak."),
    )
    quantity = forms.IntegerField(label=gettext_lazy("Tambah atau kurangi (potong)"), initial=0)
    field_order = ["key", "amount", "quantity", "note"]


class PlaceField(forms.CharField):
    """An official code of a regency (``33.74``) or of a country (``QA``), cleaned to its Place; blank: not known."""

    def __init__(self, **options):
        super().__init__(
            **{
                "label": gettext_lazy("Tujuan (kode)"),
                "required": False,
                "max_length": 8,
                "help_text": gettext_lazy("Kode kabupaten/kota (33.74) atau negara (QA). Kosong: tidak diketahui."),
                **options,
            }
        )

    def clean(self, value):
        code = super().clean(value).upper()
        if not code:
            return Place()
        if is_country(code) and code != HOME:
            return Place(code, country_name(code))
        region = Region.objects.filter(code=code, level=RegionLevel.REGENCY).first()
        if region is None:
            raise forms.ValidationError(_("Kode ini tidak dikenal."), code="invalid")
        return destination(region)


class ClassificationForm(StaffForm):
    """The classification as it is, to be changed."""

    category = forms.ModelChoiceField(
        Category.objects.order_by("name"), label=gettext_lazy("Kategori"), to_field_name="slug", required=False
    )
    channel = forms.ChoiceField(label=gettext_lazy("Saluran"), choices=Channel.choices)
    place = PlaceField()
    evidence = forms.ChoiceField(label=gettext_lazy("Bukti"), choices=Evidence.choices)
    field_order = ["key", "category", "channel", "place", "evidence", "note"]

    def __init__(self, *args, entry: Entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.is_gone = bool(entry.category_code) and not Category.objects.filter(slug=entry.category_code).exists()
        if self.is_gone:  # an imported name, or a category of before: it stays unless another is chosen
            self.fields["category"].empty_label = entry.category_label or entry.category_code
        self.initial |= {
            "category": entry.category_code,
            "channel": entry.channel,
            "place": entry.destination_code,
            "evidence": entry.evidence,
        }
        if not may_be_regraded(entry):
            del self.fields["evidence"]

    def changes(self) -> dict[str, str]:
        """Codes with the labels that go with them; what stays as it was keeps the label that was frozen."""
        given, found = self.cleaned_data, {"channel": self.cleaned_data["channel"]}
        category, place = given["category"], given["place"]
        if (category.slug if category else "") != self.entry.category_code and (category or not self.is_gone):
            found |= {
                "category_code": category.slug if category else "",
                "category_label": category.name if category else "",
            }
        if place.code != self.entry.destination_code:
            found |= {"destination_code": place.code, "destination_label": place.label}
        return found | ({"evidence": given["evidence"]} if "evidence" in given else {})


class PromiseForm(StaffForm):
    """A deal on paper of an exhibitor in an edition."""

    edition = forms.ModelChoiceField(Edition.objects.all(), label=gettext_lazy("Pameran"))
    exhibitor = forms.ModelChoiceField(
        Exhibitor.objects.defer("search"),
        label=gettext_lazy("Peserta"),
        help_text=gettext_lazy("Cari dengan nama usaha, pemilik, NIB, atau surelnya."),
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Ukuran"), choices=[(measure.value, measure.label) for measure in Measure if measure in POST]
    )
    amount = RupiahField(label=gettext_lazy("Jumlah (rupiah)"), min_value=1)
    agreed_on = forms.DateField(
        label=gettext_lazy("Disepakati tanggal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    agreed_time = forms.TimeField(
        label=gettext_lazy("Pukul (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    evidence = forms.ChoiceField(label=gettext_lazy("Bukti"), choices=COUNTED, initial=Evidence.B)
    name = forms.CharField(label=gettext_lazy("Barang atau perihal"), max_length=120, required=False)
    category = forms.ModelChoiceField(Category.objects.order_by("name"), label=gettext_lazy("Kategori"), required=False)
    place = PlaceField()
    field_order = [
        "key", "edition", "exhibitor", "measure", "amount", "agreed_on", "agreed_time", "evidence", "name", "category",
        "place", "note",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = self.fields["exhibitor"]
        choices.widget = AutocompleteSelect(Booth._meta.get_field("exhibitor"), admin.site)
        choices.widget.choices = choices.choices

    def clean(self):
        cleaned = super().clean()
        edition, exhibitor = cleaned.get("edition"), cleaned.get("exhibitor")
        if not edition or not exhibitor:
            return cleaned
        self.booth = Booth.objects.filter(edition=edition, exhibitor=exhibitor).select_related("exhibitor").first()
        if self.booth is None:
            self.add_error("exhibitor", _("Peserta ini tidak punya stan di pameran itu."))
        return cleaned

    def promise(self) -> Promise:
        given = self.cleaned_data
        names = ("key", "measure", "amount", "evidence", "note", "name", "category")
        return Promise(
            **{name: given[name] for name in names},
            booth=self.booth,
            occurred_at=dt.datetime.combine(given["agreed_on"], given["agreed_time"], WIB),
            destination=given["place"],
        )
