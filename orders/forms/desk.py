"""What people fill in at the cash desk without JavaScript, at the sign-off, and to void a sale."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from catalog.models import Category
from expo.fields import RupiahField
from orders.cashdesk.content import MOST_PIECES, NewSale, SoldLine
from orders.models import Way


class DeskForm(forms.Form):
    """One sale typed into the plain page: how many of which goods, or a free amount. ``key`` makes it one sale."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.CharField(widget=forms.HiddenInput, max_length=40)
    free_amount = RupiahField(label=_("Jumlah bebas"), required=False, min_value=1)
    free_name = forms.CharField(label=_("Nama barang"), required=False, max_length=120)
    free_category = forms.ModelChoiceField(
        Category.objects.filter(children__isnull=True),
        label=_("Kategori"),
        required=False,
        empty_label=_("Pilih kategori"),
        to_field_name="slug",
    )
    way = forms.ChoiceField(label=_("Dibayar dengan"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.CASH)
    given = RupiahField(
        label=_("Uang yang diterima"), required=False, help_text=_("Untuk menghitung kembalian. Kosong: uang pas.")
    )

    def __init__(self, *args, goods, **kwargs):
        super().__init__(*args, **kwargs)
        self.goods = goods
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("opened", timezone.now().isoformat())
        self.fields["free_category"].label_from_instance = lambda category: category.display_name
        for good in goods:
            self.fields[f"n-{good.id}"] = forms.IntegerField(
                label=good.name,
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "placeholder": "0"}),
            )

    @property
    def rows(self):
        """The goods, each with the field for its pieces."""
        return [(good, self[f"n-{good.id}"]) for good in self.goods]

    def clean_opened(self):
        moment = parse_datetime(self.cleaned_data["opened"])
        return moment if moment and moment.tzinfo else timezone.now()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("free_amount") and not cleaned.get("free_category"):
            self.add_error("free_category", _("Pilih kategori untuk jumlah bebas."))
        if cleaned.get("way") != Way.CASH:
            cleaned["given"] = None
        return cleaned

    def sale(self) -> NewSale:
        """The sale that was typed; its moment is that of its arrival."""
        cleaned = self.cleaned_data
        lines = [
            SoldLine(
                product=good.product.pk,
                variant=good.variant.pk if good.variant else None,
                quantity=pieces,
                unit_price=good.unit_for(pieces),
            )
            for good in self.goods
            if (pieces := cleaned.get(f"n-{good.id}"))
        ]
        if cleaned["free_amount"]:
            category = cleaned["free_category"].slug
            lines.append(SoldLine(unit_price=cleaned["free_amount"], name=cleaned["free_name"], category=category))
        moments = {"sold_at": cleaned["opened"], "sent_at": cleaned["opened"]}
        return NewSale(
            key=cleaned["key"], way=cleaned["way"], lines=tuple(lines), given=cleaned["given"] or None, **moments
        )


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=250)


class GoodsBackForm(forms.Form):
    """Which pieces of a stand sale came back, and how the money was returned. ``key`` makes it one return."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    everything = forms.BooleanField(label=_("Semua barang dari penjualan ini"), required=False)
    reason = forms.CharField(
        label=_("Mengapa dikembalikan?"), max_length=250, help_text=_("Misalnya: jahitannya lepas; salah ukuran.")
    )
    way = forms.ChoiceField(label=_("Uangnya dikembalikan lewat"), choices=Way.choices, widget=forms.RadioSelect)
    restock = forms.BooleanField(label=_("Masih baik: masukkan ke stok lagi"), required=False)

    def __init__(self, *args, sale, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = [line for line in sale.lines.all() if line.left]
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("way", sale.way)
        self.initial.setdefault("restock", True)
        if len(self.lines) == 1 and self.lines[0].left == 1:
            self.initial.setdefault("everything", True)
        for line in self.lines:
            self.fields[f"n-{line.pk}"] = forms.IntegerField(
                label=line.label,
                required=False,
                min_value=0,
                max_value=line.left,
                widget=forms.NumberInput(
                    attrs={"inputmode": "numeric", "min": 0, "max": line.left, "placeholder": "0"}
                ),
            )

    @property
    def rows(self):
        """The lines of which something is left, each with the field for its pieces."""
        return [(line, self[f"n-{line.pk}"]) for line in self.lines]

    def goods(self) -> dict:
        """What ``take_goods_back`` takes."""
        cleaned = self.cleaned_data
        pieces = {line.pk: cleaned.get(f"n-{line.pk}") or 0 for line in self.lines}
        return {
            "key": cleaned["key"],
            "pieces": None if cleaned["everything"] else pieces,
            "way": cleaned["way"],
            "reason": cleaned["reason"],
            "restock": cleaned["restock"],
        }


class SettlementForm(forms.Form):
    settlement = forms.CharField(
        label=_("Bagaimana diselesaikan?"),
        max_length=250,
        help_text=_("Misalnya: stok salah hitung; diambilkan dari gudang; pesanan web dibatalkan."),
    )


class SignOffForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=100)
    opening = RupiahField(
        label=_("Modal awal di laci"),
        required=False,
        min_value=0,
        help_text=_("Uang kembalian yang sudah ada sejak pagi."),
    )
    counted = RupiahField(
        label=_("Isi laci yang dihitung"), min_value=0, help_text=_("Semua uang tunai, dengan modal awal.")
    )
    note = forms.CharField(
        label=_("Keterangan selisih"), required=False, max_length=250, help_text=_("Hanya bila uangnya tidak cocok.")
    )
