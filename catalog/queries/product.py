"""One product with everything its page shows."""

import datetime as dt
from dataclasses import dataclass

from catalog.models import Placement, Product, ProductPhoto
from catalog.moments import precedence_of
from catalog.selling import curated, placed_at
from expo.models import Picture


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    placements: list[Placement]  # on show, the leading edition first
    placement: Placement | None  # the one this page sells from
    photos: list[Picture]


def product_page(slug: str, edition: str, now: dt.datetime) -> ProductPage | None:
    """None when no such product may be seen. ``edition``: slug of the booth's edition the visitor came from."""
    product = (
        Product.objects.filter(curated(), slug=slug)
        .select_related("exhibitor__regency", "category", "cover")
        .defer("search")
        .first()
    )
    if product is None:
        return None
    placements = list(
        Placement.objects.filter(placed_at(now), product=product).select_related("booth__edition", "booth__hall")
    )
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
    photos = ProductPhoto.objects.filter(product=product).select_related("picture").order_by("position", "pk")
    pictures = [product.cover] if product.cover else []
    pictures += [photo.picture for photo in photos if photo.picture_id != product.cover_id]
    return list({picture.pk: picture for picture in pictures}.values())
