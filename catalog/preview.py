"""The page of a product as shoppers would see it: whatever its state, with what waits for the curators.

From the same queries, offers and template as the public page. Where it stands in no booth yet, a booth of its exhibitor
lends its sign; nothing is saved, counted or sold.
"""

import datetime as dt
from dataclasses import replace

from catalog.domain.assortment import TEXTS as VARIANT_TEXTS
from catalog.domain.assortment import wanted_texts
from catalog.domain.products import shown_photos
from catalog.domain.proposals import wanted_values
from catalog.models import Placement, Product
from catalog.queries.product import ProductPage, product_page
from exhibitors.models import Booth


def preview_page(product: Product, now: dt.datetime) -> ProductPage:
    """As it would stand there at ``now``."""
    page = product_page(product.slug, "", now, of_anyone=True)
    if page is None:
        raise Product.DoesNotExist
    change = getattr(product, "change", None)
    item = page.product
    for name, value in wanted_values(product, change).items():
        setattr(item, item._meta.get_field(name).attname, value)
    if change is not None and change.price:
        item.price = change.price
    variants = [_as_wanted(variant) for variant in page.variants]
    photos = [*shown_photos(product), *(variant.picture for variant in variants if variant.picture)]
    return replace(
        page,
        placement=page.placement or _lent(item, now),
        photos=list({photo.pk: photo for photo in photos}.values()),
        variants=variants,
    )


def _as_wanted(variant):
    wanted = wanted_texts(variant)
    for name in VARIANT_TEXTS:
        setattr(variant, name, getattr(wanted, name))
    variant.price = wanted.price or variant.price
    return variant


def _lent(product: Product, now: dt.datetime) -> Placement | None:
    """A place in the newest booth of its exhibitor, of which nothing is saved."""
    booths = Booth.objects.filter(exhibitor=product.exhibitor_id).select_related("edition", "hall")
    booth = booths.order_by("-edition__opens_at").first()
    if booth is None:
        return None
    placement = Placement(booth=booth, product=product, shown_from=now)
    placement.is_payable = True
    return placement
