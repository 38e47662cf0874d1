"""The one page between the cart and the orders."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.formats import current_language, rupiah
from expo.models import Region
from expo.phones import PhoneError, normalise_phone
from journal.keys import HOME
from orders.domain.checkout import Buyer, Wishes
from orders.domain.content import BoothPart, CartContent
from orders.models import Delivery
from orders.places import country_choices, regency_choices
from orders.widgets import LongSelect

HOME_POSTCODE = re.compile(r"[0-9]{5}")


class AskedByUs:
    """Required by us, not by the browser."""

    def use_required_attribute(self, initial):
        return False


class AddressText(AskedByUs, forms.Textarea):
    pass


class RegencySelect(AskedByUs, LongSelect):
    pass


class CheckoutForm(forms.Form):
    """Contact, address, and for each booth how the goods come and a note. ``seen`` is what the page shows."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=43, min_length=43)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
    name = forms.CharField(
        label=_("Nama penerima"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Nomor WhatsApp atau telepon"),
        max_length=30,
        help_text=_("Contoh: 0812 3456 7890. Dipakai penjual untuk menghubungi Anda tentang pesanan ini."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        help_text=_("Kami hanya mengirim kabar tentang pesanan ini."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    country = forms.ChoiceField(label=_("Negara"), initial=HOME, widget=LongSelect(attrs={"autocomplete": "country"}))
    regency = forms.ChoiceField(
        label=_("Kabupaten atau kota"),
        help_text=_("Dikelompokkan menurut provinsi."),
        error_messages={"required": _("Pilih kabupaten atau kota tujuan.")},
        widget=RegencySelect,
    )
    district = forms.CharField(
        label=_("Kecamatan"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "districts", "autocomplete": "address-level3"}),
    )
    address = forms.CharField(
        label=_("Alamat lengkap"),
        max_length=600,
        help_text=_(
            "Jalan, nomor rumah, RT/RW, desa atau kelurahan. Untuk luar negeri: alamat lengkap dengan kotanya."
        ),
        error_messages={"required": _("Tulis alamat lengkap.")},
        widget=AddressText(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Kode pos"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "text"}),
    )

    def __init__(self, *args, content: CartContent, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        self.fields["country"].choices = country_choices()
        self.fields["regency"].choices = [("", _("Pilih kabupaten atau kota")), *regency_choices()]
        for part in content.payable:
            self.add_booth(part)
        self.require_what_is_needed()

    def add_booth(self, part: BoothPart) -> None:
        booth = part.booth
        if part.allows_pickup:
            fee = rupiah(part.shipping_fee) if part.shipping_fee else _("gratis")
            self.fields[f"delivery_{booth.pk}"] = forms.ChoiceField(
                label=_("Cara menerima barang"),
                choices=[
                    (Delivery.SHIP, _("Dikirim ke alamat saya (ongkos %(fee)s)") % {"fee": fee}),
                    (Delivery.PICKUP, _("Saya ambil di stan %(number)s (gratis)") % {"number": booth.number}),
                ],
                initial=Delivery.SHIP,
                widget=forms.RadioSelect,
            )
        self.fields[f"note_{booth.pk}"] = forms.CharField(
            label=_("Catatan untuk %(name)s") % {"name": booth.exhibitor.name},
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"placeholder": _("Misalnya warna atau ukuran"), "autocomplete": "off"}),
        )

    def require_what_is_needed(self) -> None:
        """An address when anything is shipped, a regency when that is within Indonesia.

        The browser does not insist on them: what is needed may change while the form is filled in.
        """
        ships = any(self.chosen_delivery(part) == Delivery.SHIP for part in self.content.payable)
        at_home = str(self["country"].value()) == HOME
        self.fields["address"].required = ships
        self.fields["regency"].required = ships and at_home

    def clean(self):
        data = super().clean()
        if phone := data.get("phone"):
            try:
                data["phone"] = normalise_phone(phone, data.get("country") or HOME)
            except PhoneError as error:
                self.add_error("phone", error.message)
        if data.get("country", HOME) != HOME:
            data["regency"] = ""
        elif (postcode := data.get("postcode")) and not HOME_POSTCODE.fullmatch(postcode):
            self.add_error("postcode", _("Kode pos Indonesia terdiri atas lima angka."))
        return data

    def booth_fields(self, part: BoothPart) -> list:
        names = (f"delivery_{part.booth.pk}", f"note_{part.booth.pk}")
        return [self[name] for name in names if name in self.fields]

    def chosen_delivery(self, part: BoothPart) -> str:
        """What is chosen so far, also in a form that isn't valid yet."""
        name = f"delivery_{part.booth.pk}"
        return str(self[name].value()) if name in self.fields else Delivery.SHIP

    def buyer(self) -> Buyer:
        data = self.cleaned_data
        return Buyer(
            name=data["name"],
            phone=data["phone"],
            email=data["email"],
            language=current_language(),
            country=data["country"],
            regency=Region.objects.get(pk=data["regency"]) if data["regency"] else None,
            district=data["district"],
            address=data["address"],
            postcode=data["postcode"],
        )

    def wishes(self) -> Wishes:
        data, parts = self.cleaned_data, self.content.payable
        return Wishes(
            deliveries={part.booth.pk: data.get(f"delivery_{part.booth.pk}", Delivery.SHIP) for part in parts},
            notes={part.booth.pk: data.get(f"note_{part.booth.pk}", "") for part in parts},
        )
