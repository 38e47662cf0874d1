"""An exhibitor's shipping table: a typical one to begin with, and what is missing or in doubt in it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from exhibitors.models import Exhibitor
from expo.formats import number
from expo.models import Region
from orders.domain.errors import OrderError
from orders.models import ANY_WEIGHT, Reach, ShippingService, ShippingZone

STEPS = (1_000, 3_000, 5_000, 10_000)
TYPICAL = {"regency": 8_000, "province": 12_000, "home": 25_000}
"""Rupiah for a kilogram; more costs in proportion. Meant to be changed."""


@transaction.atomic
def start_table(exhibitor: Exhibitor) -> ShippingService:
    """A service with typical zones: own regency, own province, all of Indonesia, abroad on request.

    OrderError when there is a table already.
    """
    Exhibitor.objects.select_for_update().get(pk=exhibitor.pk)
    if exhibitor.shipping_services.exists():
        raise OrderError(_("Tabel ongkos kirim sudah ada."))
    service = ShippingService.objects.create(exhibitor=exhibitor, name=_("Kurir reguler"), duration=_("2–4 hari"))
    home = exhibitor.regency
    places: dict[str, Region | None] = {"home": None}
    if home is not None:
        places = {"regency": home, "province": home.parent, **places}
    for reach, region in places.items():
        fees = [TYPICAL[reach] * grams // 1_000 for grams in STEPS]
        ShippingZone.objects.create(service=service, reach=reach, region=region, weights=list(STEPS), fees=fees)
    ShippingZone.objects.create(service=service, reach=Reach.ABROAD, to_confirm=True)
    return service


def doubts_about(services: Iterable[ShippingService]) -> list[str]:
    """What a buyer may stumble over: places and weights that nobody sends to. One sentence each."""
    active = [service for service in services if service.is_active]
    if not active:
        return [_("Belum ada layanan yang dipakai: ongkos setiap pesanan harus Anda tetapkan sendiri setelah pesanan.")]
    zones = [zone for service in active for zone in service.zones.all()]
    found = [_("%(name)s belum punya zona.") % {"name": s.name} for s in active if not s.zones.all()]
    if not any(zone.reach == Reach.HOME for zone in zones):
        found.append(_("Pembeli di luar wilayah yang tertulis tidak dapat memesan: tambahkan zona Seluruh Indonesia."))
    if not any(zone.reach == Reach.ABROAD for zone in zones):
        found.append(_("Pembeli di luar negeri tidak dapat memesan: tambahkan zona Seluruh luar negeri."))
    home = [zone for zone in zones if zone.reach == Reach.HOME]
    heaviest = max((ANY_WEIGHT if zone.to_confirm else zone.weights[-1] for zone in home), default=ANY_WEIGHT)
    if heaviest < ANY_WEIGHT:
        weight = number(heaviest // 1000)
        found.append(_("Kiriman di atas %(kg)s kg tidak dapat dipesan: tambahkan langkah berat.") % {"kg": weight})
    return found + [_("Ongkos %(zone)s turun saat lebih berat.") % {"zone": place_of(z)} for z in zones if falls(z)]


def falls(zone: ShippingZone) -> bool:
    return list(zone.fees) != sorted(zone.fees)


def place_of(zone: ShippingZone) -> str:
    """Where a zone lies, as its reader says it."""
    from journal.keys import country_name

    if zone.region:
        return zone.region.name
    if zone.country:
        return country_name(zone.country)
    return str(Reach(zone.reach).label)
