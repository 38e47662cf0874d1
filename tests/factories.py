"""Plain factories: keyword-only, with valid defaults. People are in tests/cast.py."""

import datetime as dt
import itertools

from django.contrib.auth import get_user_model
from django.utils import timezone

from catalog.models import Category, Placement, Product
from exhibitors.models import Booth, Exhibitor, PhoneConfirmation
from exhibitors.states import CurationState
from expo.formats import WIB
from expo.models import Edition, Hall, Region, RegionLevel
from orders.models import ANY_WEIGHT, ShippingService, ShippingZone

numbers = itertools.count(1)


def wib(year, month, day, hour=0, minute=0, second=0, microsecond=0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, second, microsecond, tzinfo=WIB)


def make_region(*, code="33.73", name="Kota Salatiga", level=RegionLevel.REGENCY, parent=None) -> Region:
    if parent is None and "." in code:
        province = code.split(".")[0]
        parent, _ = Region.objects.get_or_create(
            code=province, defaults={"name": f"Provinsi {province}", "level": RegionLevel.PROVINCE}
        )
    region, _ = Region.objects.get_or_create(code=code, defaults={"name": name, "level": level, "parent": parent})
    return region


def make_edition(**fields) -> Edition:
    """An edition of November 2020: sales from the 16th, open 18th to 20th 16.00 WIB, then a mall."""
    number = next(numbers)
    return Edition.objects.create(
        **{
            "slug": f"expo-{number}",
            "code": f"EXPO-{number}",
            "name": f"Expo {number}",
            "year": 2020,
            "organiser": "Dinas Koperasi dan UKM",
            "sales_open": wib(2020, 11, 16),
            "opens_at": wib(2020, 11, 18, 9),
            "closes_at": wib(2020, 11, 20, 16),
            **fields,
        }
    )


def make_exhibitor(*, shipping_fee=0, **fields) -> Exhibitor:
    """``shipping_fee`` is what it asks for a parcel to anywhere, in rupiah; None: it has no table of shipping."""
    number = next(numbers)
    exhibitor = Exhibitor.objects.create(
        **{
            "slug": f"usaha-{number}",
            "name": f"Usaha {number}",
            "state": CurationState.APPROVED,
            "bank_name": "Bank Jateng",
            "bank_account_number": f"10000{number}",
            "bank_account_holder": f"Usaha {number}",
            **fields,
        }
    )
    if exhibitor.state == CurationState.SUBMITTED and "whatsapp" not in fields:
        confirm_number(exhibitor)
    if shipping_fee is not None:
        make_shipping(exhibitor, ("home", shipping_fee), ("abroad", shipping_fee))
    return exhibitor


def confirm_number(exhibitor, *, by=None) -> None:
    """Its WhatsApp number, an own one if it has none, is known to be its own: it may be approved."""
    if not exhibitor.whatsapp:
        exhibitor.whatsapp = f"+62811{exhibitor.pk:07d}"
        exhibitor.save(update_fields=["whatsapp"])
    PhoneConfirmation.objects.create(
        exhibitor=exhibitor,
        number=exhibitor.whatsapp,
        code=f"T{exhibitor.pk}",
        asked_at=timezone.now(),
        confirmed_at=timezone.now(),
        decided_by=by or get_user_model().objects.get_or_create(email="petugas-nomor@contoh.test")[0],
    )


def make_shipping(exhibitor, *zones, name="Kurir pilihan penjual", **fields) -> ShippingService:
    """A service in the place of one of this name.

    ``zones`` are (reach or region code, fee or {grams: fee} or None) and what else a zone may have.
    """
    ShippingService.objects.filter(exhibitor=exhibitor, name=name).delete()
    service = ShippingService.objects.create(exhibitor=exhibitor, name=name, **fields)
    for where, fees, *more in zones:
        steps = {ANY_WEIGHT: fees} if isinstance(fees, int) else fees or {}
        place = {"region_id": where, "reach": "regency" if "." in where else "province"}
        ShippingZone.objects.create(
            service=service,
            **(place if where[0].isdigit() else {"reach": where}),
            to_confirm=fees is None,
            weights=list(steps),
            fees=list(steps.values()),
            **(more[0] if more else {}),
        )
    return service


def make_hall(*, edition=None, **fields) -> Hall:
    number = next(numbers)
    edition = edition or make_edition()
    letter = chr(ord("A") + edition.halls.count())
    return Hall.objects.create(
        **{"edition": edition, "slug": f"aula-{number}", "letter": letter, "name": f"Aula {letter}", **fields}
    )


def make_booth(*, edition=None, exhibitor=None, hall=None, **fields) -> Booth:
    number = next(numbers)
    edition = edition or (hall.edition if hall else make_edition())
    exhibitor = exhibitor or make_exhibitor()
    hall = hall or edition.halls.first() or make_hall(edition=edition)
    return Booth.objects.create(
        **{
            "edition": edition,
            "hall": hall,
            "exhibitor": exhibitor,
            "slug": exhibitor.slug,
            "number": f"{hall.letter}{number}",
            **fields,
        }
    )


def make_category(**fields) -> Category:
    number = next(numbers)
    return Category.objects.create(**{"slug": f"kategori-{number}", "name": f"Kategori {number}", **fields})


def make_product(*, exhibitor=None, category=None, **fields) -> Product:
    number = next(numbers)
    return Product.objects.create(
        **{
            "exhibitor": exhibitor or make_exhibitor(),
            "category": category or make_category(),
            "slug": f"produk-{number}",
            "name": f"Produk {number}",
            "price": 150_000,
            "stock": 10,
            "state": CurationState.APPROVED,
            "approved_at": wib(2020, 11, 1),
            **fields,
        }
    )


def make_placement(*, booth=None, product=None, **fields) -> Placement:
    booth = booth or make_booth()
    product = product or make_product(exhibitor=booth.exhibitor)
    return Placement.objects.create(**{"booth": booth, "product": product, "shown_from": wib(2020, 11, 16), **fields})
