"""A new product that begins as the likeness of another."""

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.domain.curation import PROVISIONAL, photo_ids_of, set_photos
from catalog.domain.photo_texts import photo_texts
from catalog.domain.variants import sum_up_steps, sum_up_variants
from catalog.models import PriceStep, Product, Variant
from exhibitors.domain.decisions import locked
from exhibitors.domain.registration import free_slug
from expo.models import Picture

# What is counted or numbered (stock, SKU, reviews) and what the curators decided is not copied.
COPIED = (
    "exhibitor", "category", "name_en", "description", "description_en", "ingredients", "ingredients_en", "price",
    "price_top", "made_to_order", "lead_days", "minimum_quantity", "weight_grams", "length_mm", "width_mm",
    "height_mm", "deposit_percent", "cover",
)  # fmt: skip


@transaction.atomic
def duplicate_product(product: Product) -> Product:
    """A draft with the same texts, price, photos, variants and price steps; without stock and without SKU.

    Photos are the same pictures, not copies of their files."""
    product = locked(product)
    name = _("%(name)s (salinan)") % {"name": product.name[:100]} if product.name else ""
    values = {field: getattr(product, field) for field in COPIED}
    copy = Product.objects.create(
        **values, name=name, slug=free_slug(Product, name or PROVISIONAL, length=120), stock=0
    )
    found = Picture.objects.in_bulk(photo_ids_of(product))
    set_photos(copy, list(found.values()), order=photo_ids_of(product), texts=photo_texts(product))
    variants = {variant.pk: _copied(variant, copy) for variant in product.variants.order_by("position", "pk")}
    PriceStep.objects.bulk_create(
        PriceStep(
            product=copy,
            variant=variants.get(step.variant_id),
            minimum_quantity=step.minimum_quantity,
            unit_price=step.unit_price,
        )
        for step in product.steps.all()
    )
    sum_up_steps(copy)
    return sum_up_variants(copy) if variants else copy


def _copied(variant: Variant, product: Product) -> Variant:
    """Like the first one a curator never saw: ``is_approved`` follows when the copy is approved."""
    values = {name: getattr(variant, name) for name in ("name", "name_en", "price", "picture", "position", "is_active")}
    return Variant.objects.create(product=product, is_approved=False, **values)
