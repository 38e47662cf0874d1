"""What exhibitors fill in about their products."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from expo.fields import PictureField, RupiahField

NUMBER = {"inputmode": "numeric", "min": "0"}


class CategoryChoice(forms.ModelChoiceField):
    def __init__(self, **options):
        # A parent is a heading of the catalogue; products stand in the leaves.
        super().__init__(
            Category.objects.filter(children__isnull=True),
            label=_("Kategori"),
            empty_label=_("Pilih kategori"),
            **options,
        )

    def label_from_instance(self, category):
        return category.display_name


class ContentForm(forms.ModelForm):
    """What shoppers read; on an approved product its changes wait for the curators."""

    name = forms.CharField(
        label=_("Nama produk"), max_length=120, error_messages={"required": _("Beri nama produk dahulu.")}
    )
    category = CategoryChoice()

    class Meta:
        model = Product
        fields = ["name", "category", "description", "ingredients"]
        labels = {
            "description": _("Keterangan"),
            "ingredients": _("Bahan atau komposisi"),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "ingredients": forms.Textarea(attrs={"rows": 2}),
        }


class EnglishForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["name_en", "description_en", "ingredients_en"]
        labels = {
            "name_en": _("Nama dalam bahasa Inggris"),
            "description_en": _("Keterangan dalam bahasa Inggris"),
            "ingredients_en": _("Bahan dalam bahasa Inggris"),
        }
        widgets = {
            "description_en": forms.Textarea(attrs={"rows": 4}),
            "ingredients_en": forms.Textarea(attrs={"rows": 2}),
        }


class InventoryForm(forms.ModelForm):
    """Harmless fields, live at once. Hidden initial values tell what was really changed here: stock moves meanwhile."""

    price = RupiahField(label=_("Harga"), min_value=1, help_text=_("Rupiah per buah."), show_hidden_initial=True)
    stock = forms.IntegerField(
        label=_("Stok"), min_value=0, show_hidden_initial=True, widget=forms.NumberInput(attrs=NUMBER)
    )

    class Meta:
        model = Product
        fields = ["price", "stock", "minimum_quantity", "sku"]
        labels = {"minimum_quantity": _("Pembelian minimum"), "sku": _("Kode barang (SKU)")}
        help_texts = {"sku": _("Kode Anda sendiri, untuk mencari barang ini di gudang.")}
        widgets = {"minimum_quantity": forms.NumberInput(attrs=NUMBER)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.has_variants:
            del self.fields["price"], self.fields["stock"]

    @property
    def seen_stock(self) -> int | None:
        """The stock that this form showed when it was opened."""
        text = str(self.data.get(self.add_initial_prefix("stock"), ""))
        return int(text) if text.isdecimal() and len(text) < 12 else None

    def show_stock(self, stock: int) -> None:
        """Offer the same form again, knowing the stock of now."""
        self.data = self.data.copy()
        self.data[self.add_initial_prefix("stock")] = str(stock)


class CentimetreField(forms.DecimalField):
    """Centimetres with one decimal, kept as whole millimetres."""

    def __init__(self, **options):
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(**{"min_value": 0, "max_value": 2000, "decimal_places": 1, "required": False, **options})

    def prepare_value(self, value):
        if isinstance(value, int):
            whole, rest = divmod(value, 10)
            return "" if not value else f"{whole},{rest}" if rest else str(whole)
        return value

    def to_python(self, value):
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value):
        cleaned = super().clean(value)
        return int(cleaned * 10) if cleaned is not None else 0

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or 0)
        except forms.ValidationError:
            return True


class MeasuresForm(forms.ModelForm):
    """Weight and size of the parcel: what shipping is reckoned from."""

    length_mm = CentimetreField(label=_("Panjang (cm)"))
    width_mm = CentimetreField(label=_("Lebar (cm)"))
    height_mm = CentimetreField(label=_("Tinggi (cm)"))

    class Meta:
        model = Product
        fields = ["weight_grams", "length_mm", "width_mm", "height_mm"]
        labels = {"weight_grams": _("Berat kirim (gram)")}
        help_texts = {"weight_grams": _("Dengan kemasannya. 1 kg = 1.000 gram.")}
        widgets = {"weight_grams": forms.NumberInput(attrs=NUMBER)}


class MakingForm(forms.ModelForm):
    class Meta:
        model = Product
        fields = ["made_to_order", "lead_days", "deposit_percent"]
        labels = {
            "made_to_order": _("Dibuat setelah dipesan"),
            "lead_days": _("Lama pembuatan (hari)"),
            "deposit_percent": _("Uang muka (%)"),
        }
        help_texts = {
            "made_to_order": _("Pembeli dapat memesan tanpa stok; Anda membuatnya setelah ada pesanan."),
            "lead_days": _("Dari pesanan dibayar sampai siap dikirim."),
            "deposit_percent": _(
                "Misalnya 30: pembeli membayar 30% saat memesan dan sisanya sebelum dikirim. "
                "0: membayar penuh di muka. Paling banyak 90."
            ),
        }
        widgets = {name: forms.NumberInput(attrs=NUMBER) for name in ("lead_days", "deposit_percent")}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("made_to_order") and not cleaned.get("lead_days"):
            self.add_error("lead_days", _("Berapa hari pembuatannya?"))
        if cleaned.get("deposit_percent") and not cleaned.get("made_to_order"):
            self.add_error("deposit_percent", _("Uang muka hanya untuk yang dibuat setelah dipesan."))
        if (cleaned.get("deposit_percent") or 0) > 90:
            self.add_error("deposit_percent", _("Uang muka paling banyak 90%."))
        return cleaned


class NewProductForm(ContentForm):
    """One photo and one price make a draft (the button ``draft``); the curators ask for a name as well."""

    cover = PictureField(label=_("Foto"), help_text=_("Satu foto terang, barangnya memenuhi bingkai."))
    price = RupiahField(label=_("Harga"), min_value=1, help_text=_("Rupiah per buah, misalnya 125.000."))
    stock = forms.IntegerField(label=_("Stok"), min_value=0, widget=forms.NumberInput(attrs=NUMBER))

    class Meta(ContentForm.Meta):
        fields = ["cover", "price", "name", "category", "stock", "description"]

    @property
    def is_draft(self) -> bool:
        return "draft" in self.data

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_draft:
            self.fields["name"].required = self.fields["stock"].required = False
            # Its exhibitor's own, which may be a heading: the curators get it only with a leaf below that.
            self.fields["category"].required = self.instance.category_id is None

    def clean_category(self):
        return self.cleaned_data["category"] or self.instance.category

    def clean_stock(self):
        return self.cleaned_data["stock"] or 0
