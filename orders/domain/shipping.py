"""What it costs to send a parcel, from the exhibitor's own table. The most exact zone of a service wins."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import F
from django.utils.translation import gettext as _

from expo.prepared import IDS, Among, PreparedObjects
from journal.keys import HOME
from orders.durations import duration_text
from orders.models import Reach, ShippingService, ShippingZone

Table = dict[int, list[ShippingService]]
"""Active services of exhibitors by their id, each with ``zones_at_hand``."""

SHIP = "kirim-"
EXACTNESS = {Reach.REGENCY: 3, Reach.PROVINCE: 2, Reach.HOME: 1, Reach.COUNTRY: 2, Reach.ABROAD: 1}
INSIDE = frozenset({Reach.REGENCY, Reach.PROVINCE, Reach.HOME})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a parcel goes, as far as it is known: a regency by its code, or another country."""

    country: str = HOME
    regency: str = ""

    @property
    def is_known(self) -> bool:
        return self.country != HOME or bool(self.regency)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to send this parcel. ``fee`` in rupiah; None: named after the order, or (``is_unknown``) not known
    before the address is. ``free_from``: from this price of the goods on it is free.
    """

    service_id: int
    name: str
    duration: str = ""
    fee: int | None = None
    is_unknown: bool = False
    free_from: int | None = None

    @property
    def value(self) -> str:
        """What the field of the delivery says when this is chosen."""
        return f"{SHIP}{self.service_id}"

    @property
    def time(self) -> str:
        """How long it takes, in the reader's language."""
        return duration_text(self.duration)

    @property
    def to_confirm(self) -> bool:
        return self.fee is None and not self.is_unknown


def read_tables(exhibitor_ids: Iterable[int]) -> Table:
    """The services of these exhibitors in one query."""
    table: Table = defaultdict(list)
    services: dict[int, ShippingService] = {}
    for zone in _zones_query().objects(ids=[*set(exhibitor_ids)]):
        service = services.setdefault(zone.service_id, zone.service)
        if not hasattr(service, "zones_at_hand"):
            service.zones_at_hand = []
            table[service.exhibitor_id].append(service)
        service.zones_at_hand.append(zone)
    return table


@cache
def _zones_query() -> PreparedObjects:
    zones = ShippingZone.objects.filter(Among(F("service__exhibitor")), service__is_active=True)
    return PreparedObjects(zones.order_by("service__position", "service__pk", "pk"), "service", ids=IDS)


def choices_for(services: Iterable[ShippingService], place: Place, grams: int, goods_total: int) -> list[Choice]:
    """The ways to send ``grams`` worth ``goods_total`` to ``place``, in the exhibitor's order.

    An exhibitor without any table names the fee after each order; one whose table does not reach the place has none.
    """
    services = list(services)
    if not services:
        return [Choice(0, _("Kurir pilihan penjual"))]
    found = (choice_of(service, place, grams, goods_total) for service in services)
    return [choice for choice in found if choice is not None]


def choice_of(service: ShippingService, place: Place, grams: int, goods_total: int) -> Choice | None:
    zones = service.zones_at_hand
    if not place.is_known and any(zone.reach in (Reach.REGENCY, Reach.PROVINCE) for zone in zones):
        return Choice(service.pk, service.name, service.duration, is_unknown=True)
    zone = best_zone(zones, place)
    if zone is None:
        return None
    if zone.to_confirm:
        return Choice(service.pk, service.name, service.duration)
    fee = fee_by_weight(zone, grams)
    if fee is None:
        return None
    if zone.free_from is not None and goods_total >= zone.free_from:
        fee = 0
    return Choice(service.pk, service.name, service.duration, fee, free_from=zone.free_from if fee else None)


def best_zone(zones: Iterable[ShippingZone], place: Place) -> ShippingZone | None:
    fitting = [zone for zone in zones if reaches(zone, place)]
    return max(fitting, key=lambda zone: EXACTNESS[Reach(zone.reach)], default=None)


def reaches(zone: ShippingZone, place: Place) -> bool:
    if (zone.reach in INSIDE) != (place.country == HOME):
        return False
    if zone.reach == Reach.COUNTRY:
        return zone.country == place.country
    if zone.reach in (Reach.REGENCY, Reach.PROVINCE):
        return place.regency == zone.region_id or place.regency.startswith(f"{zone.region_id}.")
    return True


def fee_by_weight(zone: ShippingZone, grams: int) -> int | None:
    """The fee of the first step that holds the parcel; None when it is too heavy."""
    return next((fee for most, fee in zip(zone.weights, zone.fees, strict=True) if grams <= most), None)
