"""Exhibitors that lack nothing, and what their owners type."""

from exhibitors.models import Exhibitor
from expo.models import RegionLevel
from tests.factories import make_category, make_region
from tests.pictures import make_picture


def make_district(*, code="33.73.01", name="Sidorejo"):
    return make_region(code=code, name=name, level=RegionLevel.DISTRICT, parent=make_region())


def everything() -> dict:
    """Columns with which every step of the registration is complete, but for what staff are asked."""
    district = make_district()
    return {
        "banner": make_picture(),
        "category": make_category(),
        "owner_name": "Wati",
        "nib": "9120001234567",
        "regency": district.parent,
        "district": district,
        "whatsapp": "+628123456789",
        "story": "Kami membatik sejak 1990.",
        "bank_name": "BRI",
        "bank_account_number": "1234567890",
        "bank_account_holder": "Wati",
    }


def complete(exhibitor: Exhibitor) -> Exhibitor:
    for name, value in everything().items():
        setattr(exhibitor, name, value)
    exhibitor.save()
    return exhibitor
