"""The exhibitor's products as an import knows them: those that some rows may mean."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Lower

from catalog.domain.bulk import locked_products, photos_of
from catalog.domain.products import EDITED_STATES
from catalog.domain.proposals import changed_fields
from catalog.importing.matching import CHANGED, Known, Shelves, key_of, plain
from catalog.models import Product, ProductChange
from exhibitors.domain.proposals import raw
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState


def shelves_for(exhibitor: Exhibitor, values: Iterable[dict], *, lock: bool = False) -> tuple[Shelves, dict]:
    """What these rows may mean, and the products by their ids. ``lock``: in id order, to be changed."""
    values = list(values)
    own = Product.objects.filter(exhibitor=exhibitor).alias(lower=Lower("name"), code=Lower("sku"))
    ids = list(own.filter(meant(values)).values_list("pk", flat=True))
    products = locked_products(ids) if lock else Product.objects.defer("search").in_bulk(ids)
    changes = {change.product_id: change for change in ProductChange.objects.filter(product__in=ids)}
    photos = photos_of(ids)
    known = [_known(product, changes.get(pk), photos.get(pk, [])) for pk, product in products.items()]
    return Shelves(known), products


def meant(values: list[dict]) -> Q:
    names = {plain(row["name"]) for row in values if row.get("name")}
    skus = {row["sku"].casefold() for row in values if row.get("sku")}
    keys = {key_of(row) for row in values} - {""}
    ids = {row["id"] for row in values if row.get("id")}
    return Q(pk__in=ids) | Q(import_key__in=keys) | Q(code__in=skus) | Q(sku="", lower__in=names)


def _known(product: Product, change: ProductChange | None, photos: list[int]) -> Known:
    values = {name: getattr(product, name) for name in (*CHANGED, "category_id")}
    if change is not None and product.state == CurationState.APPROVED:
        values |= {f"{name}_id" if name == "category" else name: raw(change, name) for name in changed_fields(change)}
        values.pop("cover", None)
        photos = change.photo_ids if change.photo_ids is not None else photos
    return Known(product.pk, product.import_key, values, photos, product.state in EDITED_STATES, product.has_variants)
