"""Which addresses are measured: the busiest of each kind in the demonstration."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from catalog.models import Category, Placement
from exhibitors.models import Booth
from expo.models import Edition, Hall


@dataclass(frozen=True)
class Page:
    name: str
    path: str


def pages() -> list[Page]:
    """The public pages, each at its fullest."""
    hall = Hall.objects.annotate(count=Count("booths")).order_by("-count", "pk").first()
    booth = Booth.objects.select_related("edition").annotate(count=Count("placements")).order_by("-count", "pk").first()
    category = Category.objects.annotate(count=Count("products")).order_by("-count", "pk").first()
    product = purchasable().product
    return [
        Page("lobby", reverse("catalog:lobby")),
        Page("hall", reverse("catalog:hall", args=[hall.slug])),
        Page("booth", reverse("catalog:booth", args=[booth.edition.slug, booth.slug])),
        Page("category", reverse("catalog:category", args=[category.slug])),
        Page("search", reverse("catalog:search") + "?q=batik"),
        Page("product", reverse("catalog:product", args=[product.slug])),
    ]


def purchasable() -> Placement:
    """A product of the running edition, without variants, that can be bought now, with the most stock."""
    edition = Edition.objects.running_at(timezone.now()).order_by("-opens_at").first()
    return (
        Placement.objects.buyable_at(timezone.now())
        .select_related("product", "booth__edition")
        .filter(booth__edition=edition, shown_until=None, product__has_variants=False)
        .order_by("-product__stock", "pk")
        .first()
    )
