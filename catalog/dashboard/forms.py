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
    """What shoppers read and see; on an approved product its changes wait for the curators."""

    cover = PictureField(label=_("Foto"), help_text=_("Satu foto terang, barangnya memenuhi bingkai."))
    category = CategoryChoice()

    class Meta:
        model = Product
        fields = ["cover", "name", "category", "description", "name_en", "description_en"]
        labels = {
            "name": _("Nama produk"),
            "description": _("Keterangan"),
            "name_en": _("Nama dalam bahasa Inggris"),
            "description_en": _("Keterangan dalam bahasa Inggris"),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "description_en": forms.Textarea(attrs={"rows": 3}),
        }


class InventoryForm(forms.ModelForm):
    """Harmless fields, live at once. Hidden initial values tell what was really changed here: stock moves meanwhile."""

    price = RupiahField(label=_("Harga"), min_value=1, help_text=_("Rupiah per buah."), show_hidden_initial=True)
    stock = forms.IntegerField(
        label=_("Stok"), min_value=0, show_hidden_initial=True, widget=forms.NumberInput(attrs=NUMBER)
    )

    class Meta:
        model = Product
        fields = ["price", "stock", "minimum_quantity", "weight_grams", "made_to_order", "lead_days"]
        labels = {
            "minimum_quantity": _("Pembelian minimum"),
            "weight_grams": _("Berat kirim (gram)"),
            "made_to_order": _("Dibuat setelah dipesan"),
            "lead_days": _("Lama pembuatan (hari)"),
        }
        widgets = {name: forms.NumberInput(attrs=NUMBER) for name in ("minimum_quantity", "weight_grams", "lead_days")}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("made_to_order") and not cleaned.get("lead_days"):
            self.add_error("lead_days", _("Berapa hari pembuatannya?"))
        return cleaned


class NewProductForm(ContentForm):
    """One photo and one price make a product; the rest can follow."""

    price = RupiahField(label=_("Harga"), min_value=1, help_text=_("Rupiah per buah, misalnya 125.000."))
    stock = forms.IntegerField(label=_("Stok"), min_value=0, widget=forms.NumberInput(attrs=NUMBER))

    class Meta(ContentForm.Meta):
        fields = ["cover", "name", "category", "price", "stock", "description"]
