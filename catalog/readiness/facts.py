"""What is known about exhibitors that bears on markets: five queries, for one of them or for hundreds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from catalog.models import Product, ReadinessMark
from exhibitors.models import Certificate, Exhibitor, Standing
from exhibitors.states import CurationState
from expo.pictures import SHORTEST_SIDE

OFFERED = (CurationState.APPROVED, CurationState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """Not returned and not expired on the day."""

    kind: str
    standing: str
    product: int | None
    expires_on: dt.date | None
    is_verified: bool

    @property
    def counts(self) -> bool:
        return self.is_verified and self.standing == Standing.ISSUED


LARGE = Q(photos__picture__width__gte=SHORTEST_SIDE, photos__picture__height__gte=SHORTEST_SIDE)


@dataclass(frozen=True, slots=True)
class KnownProduct:
    pk: int
    name: str
    name_en: str
    description_en: str
    sku: str
    ingredients: str
    is_food: bool
    made_to_order: bool
    lead_days: int
    has_steps: bool
    measures: tuple[int, int, int, int]
    photos: int
    large_photos: int  # of them, those that are large enough for a buyer


@dataclass(frozen=True, slots=True)
class Facts:
    exhibitor: Exhibitor
    products: list[KnownProduct] = field(default_factory=list)
    certificates: list[HeldCertificate] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)

    def held(self, *kinds: str, product: int | None = None) -> list[HeldCertificate]:
        """Those of these kinds that cover the whole business, or this product."""
        return [c for c in self.certificates if c.kind in kinds and c.product in (None, product)]

    @property
    def valid_until(self) -> dt.date | None:
        """The last day on which all certificates of now still count."""
        return min((c.expires_on for c in self.certificates if c.counts and c.expires_on), default=None)


def facts_of(exhibitors: Iterable[Exhibitor], today: dt.date) -> list[Facts]:
    known = {exhibitor.pk: Facts(exhibitor) for exhibitor in exhibitors}
    for pk, products in _products(list(known)).items():
        known[pk].products.extend(products)
    certificates = Certificate.objects.unexpired_on(today).filter(exhibitor__in=known, returned_at__isnull=True)
    rows = certificates.values_list("exhibitor", "kind", "standing", "product", "expires_on", "verified_at")
    for pk, kind, standing, product, expires_on, verified_at in rows:
        held = HeldCertificate(kind, standing, product, expires_on, verified_at is not None)
        known[pk].certificates.append(held)
    for pk, key in ReadinessMark.objects.filter(exhibitor__in=known).values_list("exhibitor", "requirement"):
        known[pk].marks.add(key)
    return list(known.values())


def _products(exhibitors: list[int]) -> dict[int, list[KnownProduct]]:
    rows = (
        Product.objects.filter(exhibitor__in=exhibitors, state__in=OFFERED)
        .annotate(
            food=Coalesce("category__is_food", "category__parent__is_food", False),
            photo_count=Count("photos"),
            large=Count("photos", filter=LARGE),
        )
        .order_by("name", "pk")
        .values(
            "pk", "exhibitor_id", "name", "name_en", "description_en", "sku", "ingredients", "food", "made_to_order",
            "lead_days", "has_steps", "weight_grams", "length_mm", "width_mm", "height_mm", "photo_count", "large",
        )
    )  # fmt: skip
    found = defaultdict(list)
    for row in rows:
        found[row["exhibitor_id"]].append(_known(row))
    return found


def _known(row: dict) -> KnownProduct:
    measures = tuple(row[name] for name in ("weight_grams", "length_mm", "width_mm", "height_mm"))
    plain = ("pk", "name", "name_en", "description_en", "sku", "ingredients", "made_to_order", "lead_days", "has_steps")
    return KnownProduct(
        **{name: row[name] for name in plain},
        is_food=row["food"],
        measures=measures,  # type: ignore[arg-type]
        photos=row["photo_count"],
        large_photos=row["large"],
    )
