"""Forms of variants, prices for many pieces, photos and sales."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.dashboard.forms import NUMBER
from catalog.domain.offers import MOST_PERCENT
from catalog.domain.products import MOST_PHOTOS
from catalog.models import Product
from expo.fields import PictureField, RupiahField
from expo.formats import WIB
from expo.picture_list import PictureListField


class VariantForm(forms.Form):
    """Name and photo wait for the curators on a product on show; the rest is live."""

    name = forms.CharField(
        label=_("Nama varian"),
        max_length=60,
        help_text=_("Misalnya ukuran, warna, atau rasa."),
        error_messages={"required": _("Tulis nama variannya.")},
    )
    price = RupiahField(label=_("Harga"), min_value=1, help_text=_("Rupiah per buah."))
    stock = forms.IntegerField(
        label=_("Stok"), min_value=0, max_value=1_000_000, widget=forms.NumberInput(attrs=NUMBER)
    )
    picture = PictureField(label=_("Foto"), required=False)
    without_picture = forms.BooleanField(label=_("Hapus foto varian ini"), required=False)
    sku = forms.CharField(label=_("Kode barang (SKU)"), max_length=60, required=False)
    name_en = forms.CharField(label=_("Nama dalam bahasa Inggris"), max_length=60, required=False)
    seen_stock = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.initial.get("picture"):
            del self.fields["without_picture"]

    def clean(self):
        """Ticked beside a new photo, the box means the one that was there."""
        data = super().clean()
        if data.pop("without_picture", False) and data.get("picture") == self.initial["picture"]:
            data["picture"] = None
        return data

    def show_stock(self, stock: int) -> None:
        self.data = self.data.copy()
        self.data["seen_stock"] = str(stock)


class StepForm(forms.Form):
    minimum_quantity = forms.IntegerField(
        label=_("Mulai berapa buah?"), min_value=2, max_value=100_000, widget=forms.NumberInput(attrs=NUMBER)
    )
    unit_price = RupiahField(label=_("Harga per buah"), min_value=1)

    def __init__(self, *args, product: Product, **kwargs):
        super().__init__(*args, **kwargs)
        variants = product.variants.filter(is_active=True)
        if product.has_variants:
            self.fields["variant"] = forms.ModelChoiceField(
                variants, label=_("Untuk varian"), required=False, empty_label=_("Semua varian")
            )


class PhotosForm(forms.Form):
    photos = PictureListField(
        label=_("Tambah foto"), most=MOST_PHOTOS, help_text=_("Boleh beberapa sekaligus. Paling banyak 10 foto.")
    )


class SaleForm(forms.Form):
    """Whole days in WIB; ``until`` is the last day."""

    percent = forms.IntegerField(
        label=_("Potongan (%)"), min_value=1, max_value=MOST_PERCENT, widget=forms.NumberInput(attrs=NUMBER)
    )
    start = forms.DateField(label=_("Mulai"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    until = forms.DateField(label=_("Hari terakhir"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def period(self) -> tuple[dt.datetime, dt.datetime]:
        return self.days(self.cleaned_data["start"], self.cleaned_data["until"])

    @staticmethod
    def days(start: dt.date, until: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """From the beginning of the first day to the end of the last."""
        midnight = dt.time(tzinfo=WIB)
        return dt.datetime.combine(start, midnight), dt.datetime.combine(until + dt.timedelta(days=1), midnight)
