"""What staff fill in to write into the journal."""

import datetime as dt
import uuid

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.models import Category, Product, Variant
from exhibitors.models import Booth, Exhibitor
from expo.fields import RupiahField
from expo.formats import WIB
from expo.models import Edition
from journal.importing.names import Places, UnknownName
from journal.keys import Place
from journal.models import Channel, Entry, Evidence, Measure
from journal.posting import left_of
from journal.staff import Deal, may_be_regraded

MOST_PIECES = 1_000_000
PRODUCT = Variant._meta.get_field("product")  # by which the administration finds products
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
    """A regency or a country by its code or a regency's name, cleaned to its Place; blank: not known."""

    def __init__(self, **options):
        super().__init__(
            **{
                "label": gettext_lazy("Tujuan"),
                "required": False,
                "max_length": 60,
                "help_text": gettext_lazy(
                    "Nama atau kode kabupaten/kota (Kota Semarang, 33.74) atau kode negara (QA). Kosong: tidak tahu."
                ),
                **options,
            }
        )

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return Place()
        try:
            return Places().destination(text)
        except UnknownName as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class MomentForm(StaffForm):
    """When it happened, in WIB."""

    day = forms.DateField(
        label=gettext_lazy("Terjadi tanggal"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Hari uangnya diterima, atau hari disepakati."),
    )
    time = forms.TimeField(
        label=gettext_lazy("Pukul (WIB)"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("day") and cleaned.get("time") is not None:
            self.occurred_at = dt.datetime.combine(cleaned["day"], cleaned["time"], WIB)
            if self.occurred_at > timezone.now():
                self.add_error("day", _("Waktu ini belum terjadi."))
        return cleaned


class PaymentForm(MomentForm):
    """A down payment, an instalment or the balance of a promise."""

    amount = RupiahField(
        label=gettext_lazy("Dibayar (rupiah)"),
        min_value=1,
        help_text=gettext_lazy("Uang muka, angsuran, atau pelunasan. Pindah dari pesanan ke omzet."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Saluran"), choices=Channel.choices)
    evidence = forms.ChoiceField(label=gettext_lazy("Bukti"), choices=COUNTED, initial=Evidence.B)
    field_order = ["key", "amount", "day", "time", "channel", "evidence", "note"]

    def __init__(self, *args, entry: Entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"amount": left_of(entry)[0], "channel": entry.channel}

    def given(self) -> dict:
        names = ("key", "amount", "channel", "evidence", "note")
        return {name: self.cleaned_data[name] for name in names} | {"occurred_at": self.occurred_at}


class GivingBackForm(MomentForm):
    """Money of a sale that its buyer got back."""

    amount = RupiahField(label=gettext_lazy("Dikembalikan (rupiah)"), min_value=1)
    quantity = forms.IntegerField(label=gettext_lazy("Barang kembali (potong)"), min_value=0)
    field_order = ["key", "amount", "quantity", "day", "time", "note"]

    def __init__(self, *args, entry: Entry, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["amount"], self.initial["quantity"] = left_of(entry)

    def given(self) -> dict:
        names = ("key", "amount", "quantity", "note")
        return {name: self.cleaned_data[name] for name in names} | {"occurred_at": self.occurred_at}


class PaperForm(forms.Form):
    """A photo or a PDF of the paper; ``sure`` where something should be looked at twice."""

    file = forms.FileField(
        label=gettext_lazy("Foto atau PDF buktinya"),
        help_text=gettext_lazy("Kontrak, surat, nota. Hanya petugas yang melihatnya. PDF paling besar 10 MB."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class LookedForm(PaperForm):
    """The second page of a posting."""

    sure = forms.BooleanField(
        label=gettext_lazy("Sudah saya periksa sekali lagi, dan ini benar."),
        error_messages={"required": gettext_lazy("Periksa sekali lagi, lalu centang.")},
    )

    def __init__(self, *args, has_doubts: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        if not has_doubts:
            del self.fields["sure"]


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


class DealForm(MomentForm):
    """A sale or a promise on paper, of an exhibitor in an edition."""

    edition = forms.ModelChoiceField(Edition.objects.order_by("-opens_at"), label=gettext_lazy("Pameran"))
    exhibitor = forms.ModelChoiceField(
        Exhibitor.objects.defer("search"),
        label=pgettext_lazy("satu", "Peserta"),
        help_text=gettext_lazy("Cari dengan nama usaha, pemilik, NIB, atau surelnya."),
    )
    measure = forms.ChoiceField(label=gettext_lazy("Ukuran"), choices=Measure.choices, initial=Measure.COMMITTED)
    channel = forms.ChoiceField(
        label=gettext_lazy("Saluran"),
        choices=Channel.choices,
        initial=Channel.REPORTED,
        help_text=gettext_lazy("Di mana terjadinya. Yang sudah ada di pesanan atau kasir jangan dicatat lagi."),
    )
    amount = RupiahField(
        label=gettext_lazy("Jumlah (rupiah)"), min_value=1, help_text=gettext_lazy("Barang saja, tanpa ongkos kirim.")
    )
    evidence = forms.ChoiceField(label=gettext_lazy("Bukti"), choices=COUNTED, initial=Evidence.B)
    product = forms.ModelChoiceField(
        Product.objects.defer("search").select_related("category"),
        label=pgettext_lazy("satu", "Produk"),
        required=False,
        help_text=gettext_lazy("Bila ada di katalog: nama dan kategorinya ikut."),
    )
    name = forms.CharField(
        label=gettext_lazy("Barang atau perihal"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Bila bukan produk di katalog. Untuk pembiayaan: nama lembaganya."),
    )
    category = forms.ModelChoiceField(Category.objects.order_by("name"), label=gettext_lazy("Kategori"), required=False)
    quantity = forms.IntegerField(
        label=gettext_lazy("Banyaknya (potong)"),
        required=False,
        min_value=0,
        max_value=MOST_PIECES,
        help_text=gettext_lazy("Kosong: tidak diketahui."),
    )
    place = PlaceField()
    field_order = [
        "key", "edition", "exhibitor", "measure", "channel", "amount", "day", "time", "evidence", "product", "name",
        "category", "quantity", "place", "note",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, relation in (("exhibitor", Booth._meta.get_field("exhibitor")), ("product", PRODUCT)):
            choices = self.fields[name]
            choices.widget = AutocompleteSelect(relation, admin.site)
            choices.widget.choices = choices.choices
            choices.widget.is_required = choices.required

    def clean(self):
        cleaned = super().clean()
        edition, exhibitor, product = (cleaned.get(name) for name in ("edition", "exhibitor", "product"))
        if not exhibitor:
            return cleaned
        if product and product.exhibitor_id != exhibitor.pk:
            self.add_error("product", _("Produk ini bukan milik peserta itu."))
        if edition:
            self.booth = Booth.objects.filter(edition=edition, exhibitor=exhibitor).select_related("exhibitor").first()
            if self.booth is None:
                self.add_error("exhibitor", _("Peserta ini tidak punya stan di pameran itu."))
        return cleaned

    def deal(self) -> Deal:
        given = self.cleaned_data
        names = ("key", "measure", "channel", "amount", "evidence", "note", "product", "name", "category")
        return Deal(
            **{name: given[name] for name in names},
            quantity=given["quantity"] or 0,
            booth=self.booth,
            occurred_at=self.occurred_at,
            destination=given["place"],
        )
