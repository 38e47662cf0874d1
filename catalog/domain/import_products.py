"""The exhibitor's products as an import knows them: those that some rows may mean."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Lower

from catalog.domain.bulk import locked_products, photos_of, texts_of
from catalog.domain.products import EDITED_STATES
from catalog.domain.proposals import changed_fields
from catalog.domain.waiting_offers import waiting_steps
from catalog.importing.matching import CHANGED, Known, KnownVariant, Shelves, key_of, plain
from catalog.models import PriceStep, Product, ProductChange, Variant
from exhibitors.domain.proposals import raw
from exhibitors.models import Exhibitor
from exhibitors.states import CurationState


def shelves_for(exhibitor: Exhibitor, values: Iterable[dict], *, lock: bool = False) -> tuple[Shelves, dict]:
    """What these rows may mean, and the products by their ids. ``lock``: in id order, to be changed."""
    values = list(values)
    own = Product.objects.filter(exhibitor=exhibitor).alias(lower=Lower("name"), code=Lower("sku"))
    ids = set(own.filter(meant(values)).values_list("pk", flat=True)) | with_variants_called(exhibitor, values)
    products = locked_products(ids) if lock else Product.objects.defer("search").in_bulk(ids)
    changes = {change.product_id: change for change in ProductChange.objects.filter(product__in=ids)}
    photos, variants, steps, texts = photos_of(ids), variants_of(ids), steps_of(ids), texts_of(ids)
    known = []
    for pk, product in products.items():
        wanted, hung = _as_wanted(product, changes.get(pk), photos.get(pk, []))
        its_variants = tuple(known_variant(one, product, steps) for one in variants.get(pk, []))
        is_editable = product.state in EDITED_STATES
        own_steps = steps.get((pk, None), ())
        known.append(
            Known(
                pk,
                product.import_key,
                wanted,
                hung,
                is_editable,
                product.has_variants,
                own_steps,
                its_variants,
                tuple(photos.get(pk, [])),
                dict(texts.get(pk, {})),
            )
        )
    return Shelves(known), products


def meant(values: list[dict]) -> Q:
    names = {plain(row["name"]) for row in values if row.get("name")}
    keys = {key_of(row) for row in values} - {""}
    ids = {row["id"] for row in values if row.get("id")}
    return Q(pk__in=ids) | Q(import_key__in=keys) | Q(code__in=skus(values)) | Q(sku="", lower__in=names)


def skus(values: Iterable[dict]) -> set[str]:
    found = {row["sku"] for row in values if row.get("sku")}
    found |= {row["variant"]["sku"] for row in values if row.get("variant", {}).get("sku")}
    return {sku.casefold() for sku in found}


def with_variants_called(exhibitor: Exhibitor, values: Iterable[dict]) -> set[int]:
    """Products of which a variant has one of these SKUs."""
    variants = Variant.objects.filter(product__exhibitor=exhibitor).alias(code=Lower("sku"))
    return set(variants.filter(code__in=skus(values)).values_list("product", flat=True))


def variants_of(ids) -> dict[int, list[Variant]]:
    """The variants of these products with what is proposed for them, in their order."""
    found: dict[int, list[Variant]] = {}
    rows = Variant.objects.filter(product__in=ids).select_related("change").order_by("product", "position", "pk")
    for variant in rows:
        found.setdefault(variant.product_id, []).append(variant)
    return found


def steps_of(ids) -> dict[tuple[int, int | None], tuple]:
    """Price steps as their exhibitor wants them, by product and variant, few pieces first."""
    found: dict[tuple[int, int | None], dict[int, int]] = {}
    rows = PriceStep.objects.filter(product__in=ids)
    for product, variant, pieces, price in rows.values_list("product", "variant", "minimum_quantity", "unit_price"):
        found.setdefault((product, variant), {})[pieces] = price
    for goods, steps in waiting_steps(ids).items():
        found.setdefault(goods, {}).update(steps)
    return {goods: tuple(sorted(steps.items())) for goods, steps in found.items()}


def wanted_of(variant: Variant, product: Product) -> dict:
    """What its exhibitor wants it to be: as proposed while the product is on show, else as it stands."""
    waiting = getattr(variant, "change", None) if product.state == CurationState.APPROVED else None
    texts = waiting or variant
    return {
        **{name: getattr(texts, name) for name in ("name", "name_en", "picture_id")},
        "sku": variant.sku,
        "stock": variant.stock,
        "price": (waiting.price if waiting else None) or variant.price,
        "is_sold": variant.is_active or bool(waiting and waiting.sells),
    }


def known_variant(variant: Variant, product: Product, steps: dict) -> KnownVariant:
    values = wanted_of(variant, product)
    names = frozenset({values["name"].casefold(), variant.name.casefold()})
    return KnownVariant(variant.pk, values, names, values["is_sold"], steps.get((product.pk, variant.pk), ()))


def _as_wanted(product: Product, change: ProductChange | None, photos: list[int]) -> tuple[dict, list[int]]:
    values = {name: getattr(product, name) for name in (*CHANGED, "category_id")}
    if change is not None and product.state == CurationState.APPROVED:
        values |= {f"{name}_id" if name == "category" else name: raw(change, name) for name in changed_fields(change)}
        values.pop("cover", None)
        photos = change.photo_ids if change.photo_ids is not None else photos
    return values, photos
