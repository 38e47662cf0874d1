"""The one page between the cart and the orders."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.areas import Area, find_area, search_areas
from expo.formats import current_language
from expo.phones import PhoneError, normalise_phone
from journal.keys import HOME
from orders.domain.checkout import Buyer
from orders.domain.content import BoothPart, CartContent
from orders.domain.offers import Wishes
from orders.domain.shipping import Place
from orders.models import Delivery
from orders.places import Countries
from orders.widgets import LongSelect

HOME_POSTCODE = re.compile(r"[0-9]{5}")


class AskedByUs:
    """Required by us, not by the browser."""

    def use_required_attribute(self, initial):
        return False


class AddressText(AskedByUs, forms.Textarea):
    pass


class AreaText(AskedByUs, forms.TextInput):
    pass


class CheckoutForm(forms.Form):
    """Contact, address, and for each booth how the goods come, how they are paid, a voucher and a note.

    ``seen`` is what the page shows. ``area`` is what the buyer typed of a place in Indonesia, ``area_code`` the place
    that was chosen for the text ``area_for``.
    """

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
    country = forms.ChoiceField(
        label=_("Negara"), initial=HOME, choices=Countries(), widget=LongSelect(attrs={"autocomplete": "country"})
    )
    area = forms.CharField(
        label=_("Kecamatan atau kode pos"),
        max_length=80,
        help_text=_("Misalnya Banyumanik, atau 50264."),
        error_messages={"required": _("Tulis kecamatan atau kode pos tujuan.")},
        widget=AreaText(attrs={"autocomplete": "off"}),
    )
    area_for = forms.CharField(required=False, max_length=80)
    area_code = forms.CharField(required=False, max_length=13)
    address = forms.CharField(
        label=_("Alamat lengkap"),
        max_length=600,
        help_text=_("Jalan, nomor rumah, RT/RW, patokan. Untuk luar negeri: alamat lengkap dengan kotanya."),
        error_messages={"required": _("Tulis alamat lengkap.")},
        widget=AddressText(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Kode pos"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "text"}),
    )
    remember = forms.BooleanField(
        label=_("Ingat nama dan alamat saya di perangkat ini (180 hari)"),
        required=False,
        help_text=_("Jangan centang di perangkat bersama: siapa pun yang memakainya dapat melihat alamat Anda."),
    )

    def __init__(self, *args, content: CartContent, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content
        for part in content.payable:
            self.add_booth(part)
        self.found: list[Area] = []
        self.area = self.chosen_area()
        self.require_what_is_needed()

    def add_booth(self, part: BoothPart) -> None:
        pk = part.booth.pk
        self.fields[f"delivery_{pk}"] = forms.CharField(required=False, max_length=30)
        self.fields[f"method_{pk}"] = forms.CharField(required=False, max_length=10)
        self.fields[f"voucher_{pk}"] = forms.CharField(
            label=_("Kode voucher"),
            required=False,
            max_length=24,
            widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        )
        self.fields[f"note_{pk}"] = forms.CharField(
            label=_("Catatan untuk %(name)s") % {"name": part.booth.exhibitor.name},
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"placeholder": _("Misalnya warna atau ukuran"), "autocomplete": "off"}),
        )

    def typed(self, name: str) -> str:
        """What stands in a field now, also in a form that isn't valid yet."""
        return str(self[name].value() or "").strip()

    @property
    def at_home(self) -> bool:
        return self.typed("country") == HOME

    def chosen_area(self) -> Area | None:
        """The place that was chosen, or the only one that the text can mean; ``found`` keeps what it may mean."""
        text, code = self.typed("area"), self.typed("area_code")
        if not self.at_home:
            return None
        if code and self.typed("area_for") in ("", text) and (area := find_area(code)):
            self.found = [area]
            return area
        self.found = search_areas(text) if text else []
        return self.found[0] if len(self.found) == 1 else None

    def require_what_is_needed(self) -> None:
        """An address when anything is sent, a place when that is within Indonesia.

        The browser does not insist on them: what is needed may change while the form is filled in.
        """
        parts = self.content.payable
        sends = any(self.typed(f"delivery_{part.booth.pk}") != Delivery.PICKUP for part in parts)
        self.fields["address"].required = sends
        self.fields["area"].required = sends and self.at_home and self.area is None

    def clean(self):
        data = super().clean()
        if phone := data.get("phone"):
            try:
                data["phone"] = normalise_phone(phone, data.get("country") or HOME)
            except PhoneError as error:
                self.add_error("phone", error.message)
        if self.at_home:
            self.clean_home(data)
        return data

    def clean_home(self, data) -> None:
        if self.fields["area"].required and data.get("area"):
            problem = (
                _("Pilih tempat yang tepat.") if self.found else _("Tempat ini tidak ditemukan. Periksa ejaannya.")
            )
            self.add_error("area", problem)
        if (postcode := data.get("postcode")) and not HOME_POSTCODE.fullmatch(postcode):
            self.add_error("postcode", _("Kode pos Indonesia terdiri atas lima angka."))

    @property
    def place(self) -> Place:
        return Place(self.typed("country") or HOME, self.area.regency.pk if self.area else "")

    def buyer(self) -> Buyer:
        data, area = self.cleaned_data, self.area
        return Buyer(
            name=data["name"],
            phone=data["phone"],
            email=data["email"],
            language=current_language(),
            country=data["country"],
            regency=area.regency if area else None,
            district=area.district.name if area and area.district else "",
            district_code=area.district.pk if area and area.district else "",
            village=area.village.name if area and area.village else "",
            village_code=area.village.pk if area and area.village else "",
            address=data["address"],
            postcode=data["postcode"] or (area.postcode if area else ""),
        )

    def wishes(self) -> Wishes:
        """What is chosen so far for each booth, also in a form that isn't valid."""
        booths = [part.booth.pk for part in self.content.payable]
        kinds = ("delivery", "method", "note", "voucher")
        delivery, method, note, voucher = ({pk: self.typed(f"{kind}_{pk}") for pk in booths} for kind in kinds)
        return Wishes(deliveries=delivery, methods=method, notes=note, vouchers=voucher)
