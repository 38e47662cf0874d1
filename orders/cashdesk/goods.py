"""What stands on the cash desk's grid: the exhibitor's goods with the price, stock and photo of now."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Category, Placement, PriceStep, Product, Variant
from catalog.pricing import sale_percent, unit_price
from catalog.states import ProductState
from exhibitors.models import Booth, Exhibitor
from expo.templatetags.pictures import picture_url

BARRED = (ProductState.REJECTED, ProductState.SUSPENDED)
PHOTO_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Good:
    """One thing to press: a product, or one of its variants. ``stock`` is None for what is made to order.

    ``unit`` is today's price of one piece; ``percent`` is what the booth takes off until ``until``.
    """

    product: Product
    variant: Variant | None
    steps: tuple[PriceStep, ...]
    percent: int
    until: dt.datetime | None

    @property
    def id(self) -> str:
        return f"{self.product.pk}-{self.variant.pk}" if self.variant else str(self.product.pk)

    @property
    def name(self) -> str:
        return self.product.display_name

    @property
    def variant_label(self) -> str:
        return self.variant.display_name if self.variant else ""

    @property
    def price(self) -> int:
        return self.variant.price if self.variant else self.product.price

    @property
    def stock(self) -> int | None:
        if self.product.made_to_order:
            return None
        return self.variant.stock if self.variant else self.product.stock

    @property
    def photo(self) -> str:
        cover = self.product.cover
        return picture_url(cover, PHOTO_WIDTH) if cover else ""

    @property
    def unit(self) -> int:
        return self.unit_for(1)

    def unit_for(self, quantity: int) -> int:
        """What each of ``quantity`` pieces costs here and now."""
        price = unit_price(self.product, quantity, variant=self.variant, steps=self.steps, percent=self.percent)
        return price.unit

    def as_json(self) -> dict:
        return {
            "id": self.id,
            "product": self.product.pk,
            "variant": self.variant.pk if self.variant else None,
            "name": self.name,
            "label": self.variant_label,
            "sku": (self.variant.sku if self.variant else "") or self.product.sku,
            "price": self.price,
            "percent": self.percent,
            "until": self.until.isoformat() if self.until and self.percent else None,
            "steps": [[step.minimum_quantity, step.unit_price] for step in self.own_steps],
            "stock": self.stock,
            "photo": self.photo,
        }

    @property
    def own_steps(self) -> list[PriceStep]:
        """The steps that count for it: its variant's, or the product's when it has none of its own."""
        own = [step for step in self.steps if self.variant and step.variant_id == self.variant.pk]
        return own or [step for step in self.steps if step.variant_id is None]


def sellable(exhibitor: Exhibitor) -> QuerySet[Product]:
    """What may be sold at its stand. Curators judge the web shop's, but what they refused is sold nowhere.

    What was put away meanwhile counts: a device without a network may have sold it.
    """
    refused = Q(state__in=BARRED) | Q(archived_from__in=BARRED)
    return Product.objects.filter(exhibitor=exhibitor).exclude(refused)


def goods_of(exhibitor: Exhibitor, booth: Booth | None, now: dt.datetime) -> list[Good]:
    """By name, variants one by one; the booth's sale prices count. Four queries."""
    products = list(
        sellable(exhibitor)
        .exclude(state=ProductState.ARCHIVED)
        .select_related("cover")
        .defer("search")
        .order_by("name", "pk")
    )
    places = {place.product_id: place for place in Placement.objects.filter(booth=booth)} if booth else {}
    variants: dict[int, list[Variant]] = {}
    for variant in Variant.objects.filter(product__in=products, is_active=True):
        variants.setdefault(variant.product_id, []).append(variant)
    steps: dict[int, list[PriceStep]] = {}
    for step in PriceStep.objects.filter(product__in=products):
        steps.setdefault(step.product_id, []).append(step)
    goods = []
    for product in products:
        place = places.get(product.pk)
        for one in variants.get(product.pk, []) if product.has_variants else [None]:
            goods.append(
                Good(
                    product=product,
                    variant=one,
                    steps=tuple(steps.get(product.pk, [])),
                    percent=sale_percent(place, now) if place else 0,
                    until=place.sale_until if place else None,
                )
            )
    return goods


def categories(exhibitor: Exhibitor) -> list[Category]:
    """Those that a free amount can be put under, the leaves: first where the exhibitor's own goods stand."""
    own = Exists(Product.objects.filter(exhibitor=exhibitor, category=OuterRef("pk")))
    return list(Category.objects.filter(children__isnull=True).order_by(own.desc(), "position", "name"))
