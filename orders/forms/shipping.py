"""An exhibitor's services, their zones, and a look at what a parcel would cost."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from expo.areas import search_areas
from expo.fields import RupiahField
from journal.keys import HOME
from orders.models import ANY_WEIGHT, Reach, ShippingService, ShippingZone
from orders.places import country_choices
from orders.widgets import LongSelect

ROWS = 6


class ServiceForm(forms.ModelForm):
    class Meta:
        model = ShippingService
        fields = ["name", "duration", "is_active"]
        help_texts = {"name": _("Misalnya JNE Reguler atau Kurir toko."), "duration": _("Misalnya 2–4 hari.")}

    def clean_name(self):
        """The exhibitor is no field of the form, so that Django does not look at the constraint."""
        name = self.cleaned_data["name"]
        others = ShippingService.objects.filter(exhibitor=self.instance.exhibitor_id, name=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Layanan dengan nama ini sudah ada."))
        return name


class ZoneForm(forms.Form):
    """One zone. Weights in kilograms as people write them (1,5); the last may be empty: of any weight."""

    reach = forms.ChoiceField(label=_("Ke mana?"), choices=Reach.choices, initial=Reach.HOME)
    place = forms.CharField(
        label=_("Nama kabupaten, kota, atau provinsi"),
        required=False,
        max_length=80,
        help_text=_("Hanya untuk satu kabupaten, kota, atau provinsi."),
    )
    country = forms.ChoiceField(
        label=_("Negara"), required=False, widget=LongSelect, help_text=_("Hanya untuk satu negara lain.")
    )
    to_confirm = forms.BooleanField(
        label=_("Ongkosnya saya tetapkan setelah ada pesanan"),
        required=False,
        help_text=_("Pembeli menunggu dan menyetujuinya sebelum membayar."),
    )
    free_from = RupiahField(label=_("Gratis mulai belanja"), required=False, min_value=1)

    def __init__(self, *args, service: ShippingService, zone: ShippingZone | None = None, **kwargs):
        self.service, self.zone = service, zone
        super().__init__(*args, initial=initial_of(zone), **kwargs)
        self.fields["country"].choices = [("", "—"), *(c for c in country_choices() if c[0] != HOME)]
        for row in range(ROWS):
            self.fields[f"weight_{row}"] = forms.DecimalField(
                label=_("Sampai (kg)"), required=False, min_value=Decimal("0.001"), max_value=1000, localize=True
            )
            self.fields[f"fee_{row}"] = RupiahField(label=_("Ongkos"), required=False, min_value=0)

    @property
    def rows(self):
        return [(self[f"weight_{row}"], self[f"fee_{row}"]) for row in range(ROWS)]

    @property
    def plain(self):
        return [self[name] for name in ("reach", "place", "country", "to_confirm", "free_from")]

    def clean(self):
        data = super().clean()
        data["region"] = self.region_of(data)
        if data.get("reach") == Reach.COUNTRY and not data.get("country"):
            self.add_error("country", _("Pilih negaranya."))
        data["steps"] = [] if data.get("to_confirm") else self.steps_of(data)
        return data

    def region_of(self, data):
        reach, text = data.get("reach"), data.get("place", "").strip()
        if reach not in (Reach.REGENCY, Reach.PROVINCE):
            return None
        found = places_named(text, reach)
        if len(found) != 1:
            names = ", ".join(region.name for region in found[:5])
            unclear = _("Tulis lebih lengkap: %(names)s.") % {"names": names}
            self.add_error("place", unclear if found else _("Wilayah tidak ditemukan."))
            return None
        return found[0]

    def steps_of(self, data) -> list[tuple[int, int]]:
        steps = []
        for row in range(ROWS):
            weight, fee = data.get(f"weight_{row}"), data.get(f"fee_{row}")
            if fee is None:
                if weight is not None:
                    self.add_error(f"fee_{row}", _("Isi ongkosnya."))
                continue
            steps.append((int(weight * 1000) if weight is not None else ANY_WEIGHT, fee))
        weights = [weight for weight, _fee in steps]
        if not steps and not self.errors:
            self.add_error("fee_0", _("Isi paling sedikit satu ongkos."))
        if weights != sorted(set(weights)):
            self.add_error(None, _("Tulis beratnya dari yang ringan ke yang berat, masing-masing sekali."))
        return steps

    def save(self) -> ShippingZone:
        """Raises ValidationError when the service has this area already."""
        data, zone = self.cleaned_data, self.zone or ShippingZone(service=self.service)
        zone.reach, zone.region = data["reach"], data["region"]
        zone.country = data["country"] if data["reach"] == Reach.COUNTRY else ""
        zone.to_confirm, zone.free_from = data["to_confirm"], data["free_from"]
        zone.weights = [weight for weight, _fee in data["steps"]]
        zone.fees = [fee for _weight, fee in data["steps"]]
        zone.validate_constraints()
        zone.save()
        return zone


def initial_of(zone: ShippingZone | None) -> dict:
    if zone is None:
        return {}
    first = {
        "reach": zone.reach,
        "place": zone.region.name if zone.region else "",
        "country": zone.country,
        "to_confirm": zone.to_confirm,
        "free_from": zone.free_from,
    }
    for row, (weight, fee) in enumerate(zip(zone.weights, zone.fees, strict=True)):
        first[f"weight_{row}"] = None if weight == ANY_WEIGHT else Decimal(weight) / 1000
        first[f"fee_{row}"] = fee
    return first


def places_named(text: str, reach: str):
    """Regions of this level by name; the one that is called exactly so comes alone."""
    from expo.models import Region

    level = "province" if reach == Reach.PROVINCE else "regency"
    found = list(Region.objects.filter(level=level, name__icontains=text).order_by("name")) if text else []
    exact = [region for region in found if region.name.casefold() == text.casefold()]
    return exact or found


class PreviewForm(forms.Form):
    area = forms.CharField(label=_("Ke"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kilograms = forms.DecimalField(
        label=_("Berat (kg)"), min_value=Decimal("0.001"), max_value=1000, initial=Decimal(1), localize=True
    )

    def clean_area(self):
        found = search_areas(self.cleaned_data["area"], 20)
        if not found:
            raise forms.ValidationError(_("Tempat ini tidak ditemukan. Periksa ejaannya."))
        return found[0]
