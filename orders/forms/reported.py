"""What an exhibitor fills in about a sale made elsewhere. Evidence that was uploaded once is kept over an error."""

import datetime as dt
import uuid

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Category
from expo.errors import DomainError
from expo.fields import RupiahField
from expo.formats import WIB
from expo.limits import check_rate
from expo.models import Region
from journal.keys import HOME, Place, destination
from journal.models import Measure
from orders.models import SoldAt
from orders.places import Countries, regency_choices
from orders.reported.content import MOST_PIECES, Evidence, NewPayment, NewReport, store_evidence
from orders.widgets import LongSelect

SALT = "reported-evidence"
UPLOADS_AN_HOUR = 60
KEPT_FOR = dt.timedelta(hours=12)
MEASURES = [
    (Measure.REALISED, gettext_lazy("Sudah dibayar (omzet)")),
    (Measure.COMMITTED, gettext_lazy("Sudah disepakati, belum dibayar (pesanan)")),
    (Measure.POTENTIAL, gettext_lazy("Baru minat, dengan surat (potensi)")),
]


class EvidenceForm(forms.Form):
    """A photo or a PDF. ``kept`` names what was stored at an earlier attempt, signed for this exhibitor."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    file = forms.FileField(
        label=gettext_lazy("Bukti: foto atau PDF"),
        help_text=gettext_lazy("Nota, tangkapan layar pesanan, atau mutasi. Hanya Anda dan panitia yang melihatnya."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args, exhibitor, **kwargs):
        super().__init__(*args, **kwargs)
        self.exhibitor = exhibitor
        self.evidence: Evidence | None = None

    def clean_kept(self):
        try:
            file, digest, exhibitor = signing.loads(self.cleaned_data["kept"], salt=SALT, max_age=KEPT_FOR)
        except (signing.BadSignature, ValueError):
            return ""
        if exhibitor == self.exhibitor.pk:
            self.keep(Evidence(file, digest))
        return ""

    def clean_file(self):
        if file := self.cleaned_data["file"]:
            try:
                check_rate("reported", str(self.exhibitor.pk), UPLOADS_AN_HOUR, 3600)
                self.keep(store_evidence(file))
            except DomainError as error:
                raise forms.ValidationError(error.message, code="invalid") from error
        return file

    def keep(self, evidence: Evidence) -> None:
        """Hand the stored document to the next attempt, should this one have an error."""
        self.evidence = evidence
        self.fields["file"].required = False  # for the next attempt, and where this one brings what was kept
        self.data = self.data.copy()
        self.data[self.add_prefix("kept")] = signing.dumps(
            [evidence.file, evidence.digest, self.exhibitor.pk], salt=SALT
        )
        self["file"].help_text = _("Berkas sudah tersimpan. Pilih lagi hanya bila ingin menggantinya.")


class MomentForm(forms.Form):
    """When it was paid or agreed, by the clock of Java; and the key that makes the form one report."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = RupiahField(
        label=gettext_lazy("Jumlah (rupiah)"),
        min_value=1,
        help_text=gettext_lazy("Harga barang setelah potongan, tanpa ongkos kirim dan biaya lokapasar."),
    )
    sold_on = forms.DateField(
        label=gettext_lazy("Tanggal"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    sold_time = forms.TimeField(
        label=gettext_lazy("Pukul (WIB)"),
        help_text=gettext_lazy("Kira-kira sudah cukup."),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Keterangan untuk panitia"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Jangan menulis nama atau nomor telepon pembeli perorangan."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = timezone.now().astimezone(WIB)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("sold_on", now.date())
        self.initial.setdefault("sold_time", now.time().replace(second=0, microsecond=0))

    @property
    def moment(self) -> dt.datetime:
        return dt.datetime.combine(self.cleaned_data["sold_on"], self.cleaned_data["sold_time"], WIB)


class PaymentForm(MomentForm, EvidenceForm):
    field_order = ["key", "kept", "amount", "file", "sold_on", "sold_time", "note"]

    def payment(self) -> NewPayment:
        given = self.cleaned_data
        return NewPayment(key=given["key"], amount=given["amount"], occurred_at=self.moment, note=given["note"])


class ReportForm(MomentForm, EvidenceForm):
    """One sale (or promise). Goods are one of the exhibitor's products, or a name and a category."""

    measure = forms.ChoiceField(
        label=gettext_lazy("Bagaimana keadaannya?"),
        choices=MEASURES,
        widget=forms.RadioSelect,
        initial=Measure.REALISED,
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Terjual di mana?"), choices=[("", gettext_lazy("Pilih tempat")), *SoldAt.choices]
    )
    product = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Produk Anda"),
        required=False,
        empty_label=gettext_lazy("Lain-lain, atau beberapa produk"),
    )
    name = forms.CharField(
        label=gettext_lazy("Nama barang"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Bila bukan salah satu produk di atas."),
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(children__isnull=True),
        label=gettext_lazy("Kategori"),
        required=False,
        empty_label=gettext_lazy("Pilih kategori"),
        to_field_name="slug",
        help_text=gettext_lazy("Bila bukan salah satu produk di atas."),
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Banyaknya (potong)"),
        required=False,
        min_value=0,
        max_value=MOST_PIECES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reference = forms.CharField(
        label=gettext_lazy("Nomor pesanan atau nota"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Agar satu penjualan tidak terhitung dua kali."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Dikirim ke negara"), choices=Countries(), widget=LongSelect, initial=HOME, required=False
    )
    regency = forms.ChoiceField(label=gettext_lazy("Dikirim ke kabupaten atau kota"), required=False, widget=LongSelect)
    field_order = [
        "key", "kept", "measure", "amount", "file", "sold_on", "sold_time", "where", "reference", "product", "name",
        "category", "quantity", "country", "regency", "note",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = self.exhibitor.products.defer("search").order_by("name")
        self.fields["category"].label_from_instance = lambda category: category.display_name
        self.fields["regency"].choices = [("", _("Tidak tahu")), *regency_choices()]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("product") and not cleaned.get("category") and "category" not in self.errors:
            self.add_error("category", _("Pilih kategori, atau salah satu produk Anda."))
        return cleaned

    @cached_property
    def destination(self) -> Place:
        given = self.cleaned_data
        region = Region.objects.filter(code=given["regency"]).first() if given["regency"] else None
        return destination(region, given["country"] or HOME)

    def report(self) -> NewReport:
        given = self.cleaned_data
        return NewReport(
            key=given["key"],
            sold_at=given["where"],
            amount=given["amount"],
            occurred_at=self.moment,
            measure=given["measure"],
            quantity=given["quantity"] or 0,
            product=given["product"],
            name=given["name"],
            category=given["category"],
            reference=given["reference"],
            destination=self.destination,
            note=given["note"],
        )
