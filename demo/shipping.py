"""Shipping tables and vouchers of the demonstration: flat ones, by zone and weight, and fees to be confirmed."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from exhibitors.models import Exhibitor
from expo.models import Edition
from orders.models import ANY_WEIGHT, ShippingService, ShippingZone, Voucher

BY_ZONE, ON_REQUEST = 4, 17
"""Every how many exhibitors has a table by zone, and every how many names the fee after the order."""
FEES = (9_000, 12_000, 15_000, 18_000, 20_000)


def give_tables(exhibitors: Iterable[Exhibitor]) -> None:
    """A shipping table for each of these exhibitors, in their order."""
    plans = [plan for number, exhibitor in enumerate(exhibitors) for plan in tables_of(number, exhibitor)]
    ShippingService.objects.bulk_create([service for service, _zones in plans])
    ShippingZone.objects.bulk_create([zone for _service, zones in plans for zone in zones])


def tables_of(number: int, exhibitor: Exhibitor) -> Iterator[tuple[ShippingService, list[ShippingZone]]]:
    fee = FEES[number % len(FEES)]
    if number % ON_REQUEST == ON_REQUEST - 1:
        service = ShippingService(exhibitor=exhibitor, name="Kargo", duration="3–7 hari")
        yield service, [ShippingZone(service=service, reach=reach, to_confirm=True) for reach in ("home", "abroad")]
        return
    service = ShippingService(exhibitor=exhibitor, name="JNE Reguler", duration="2–4 hari")
    abroad = ShippingZone(service=service, reach="abroad", to_confirm=True)
    if number % BY_ZONE != BY_ZONE - 1:
        yield service, [ShippingZone(service=service, reach="home", weights=[ANY_WEIGHT], fees=[fee]), abroad]
        return
    weights = [1_000, 3_000, 10_000, 30_000]
    yield (
        service,
        [
            zone(service, weights, 8_000, reach="regency", region=exhibitor.regency),
            zone(service, weights, 12_000, reach="province", region_id="33", free_from=500_000),
            zone(service, weights, 24_000, reach="home"),
            abroad,
        ],
    )
    courier = ShippingService(exhibitor=exhibitor, name="Kurir toko", duration="hari yang sama", position=1)
    yield courier, [zone(courier, [20_000], 5_000, reach="regency", region=exhibitor.regency)]


def zone(service: ShippingService, weights: list[int], fee: int, **place) -> ShippingZone:
    fees = [fee * max(1, grams // 2_000) for grams in weights]
    return ShippingZone(service=service, weights=weights, fees=fees, **place)


def give_vouchers(edition: Edition, exhibitor: Exhibitor) -> None:
    """Free shipping paid by the organiser, and a percentage by one exhibitor."""
    now = timezone.now()
    period = {"valid_from": now - dt.timedelta(days=1), "valid_until": now + dt.timedelta(days=30)}
    Voucher.objects.create(
        code="GRATISONGKIR", edition=edition, benefit="shipping", most=15_000, budget=750_000, **period
    )
    Voucher.objects.create(
        code="HEMAT10", exhibitor=exhibitor, value=10, most=25_000, minimum_spend=50_000, most_uses=50, **period
    )
