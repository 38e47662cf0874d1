"""One product with everything its page shows."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from catalog.models import Placement, Product, ProductPhoto
from catalog.moments import precedence_of
from catalog.selling import curated, placed_at
from expo.models import Picture
from expo.prepared import MOMENT, PreparedObjects, number_slot, text_slot


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    placements: list[Placement]  # on show, the leading edition first
    placement: Placement | None  # the one this page sells from
    photos: list[Picture]


def product_page(slug: str, edition: str, now: dt.datetime) -> ProductPage | None:
    """None when no such product may be seen. ``edition``: slug of the booth's edition the visitor came from."""
    product = _product_query().first(slug=slug)
    if product is None:
        return None
    placements = _placements_query().objects(product=product.pk, now=now)
    for placement in placements:
        placement.product = product
    placements.sort(key=lambda placement: precedence_of(placement.booth.edition, now), reverse=True)
    wanted = (placement for placement in placements if placement.booth.edition.slug == edition)
    return ProductPage(
        product=product,
        placements=placements,
        placement=next(wanted, placements[0] if placements else None),
        photos=_photos(product),
    )


def _photos(product: Product) -> list[Picture]:
    """The cover first, each picture once."""
    pictures = [product.cover] if product.cover else []
    pictures += [photo.picture for photo in _photos_query().objects(product=product.pk)]
    return list({picture.pk: picture for picture in pictures}.values())


@cache
def _product_query() -> PreparedObjects:
    products = Product.objects.filter(curated(), slug=text_slot("slug")).order_by()
    related = ("exhibitor", "exhibitor__regency", "category", "cover")
    return PreparedObjects(products, *related, slug=text_slot("slug"))


@cache
def _placements_query() -> PreparedObjects:
    placements = Placement.objects.filter(placed_at(MOMENT), product=number_slot(1)).order_by()
    return PreparedObjects(placements, "booth", "booth__edition", "booth__hall", now=MOMENT, product=number_slot(1))


@cache
def _photos_query() -> PreparedObjects:
    photos = ProductPhoto.objects.filter(product=number_slot(1)).order_by("position", "pk")
    return PreparedObjects(photos, "picture", product=number_slot(1))
