"""What an exhibitor does with its products."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.domain.curation import CURATED_FIELDS, propose_change, show_photo, submit_product
from catalog.models import Product
from exhibitors.domain.decisions import locked
from exhibitors.domain.registration import free_slug
from exhibitors.states import EDITABLE, CurationState
from expo.errors import DomainError

# Harmless edits: they never wait for the curators. Descriptions and photos do, see CURATED_FIELDS.
LIVE_FIELDS = ("price", "stock", "made_to_order", "lead_days", "minimum_quantity", "weight_grams")


class ProductError(DomainError):
    """The product can't be changed this way."""


@transaction.atomic
def add_product(product: Product, *, by) -> Product:
    """Save a new product with its photo (``cover``) and submit it for curation."""
    product.slug = free_slug(Product, product.name, length=120)
    product.state = CurationState.DRAFT
    product.save()
    if product.cover:
        show_photo(product, product.cover)
    return submit_product(product, by=by)


@transaction.atomic
def change_product(product: Product, *, by, **values) -> str:
    """Write what was changed. Returns the way it went: "saved", "submitted" or "proposed".

    While a product is on show, harmless fields change at once and the rest waits as a proposal; a returned one is
    submitted again with its new content. Only fields that differ are written, so that stock sold meanwhile stays
    sold when only the price was edited.
    """
    product = locked(product)
    if product.state not in {*EDITABLE, CurationState.SUBMITTED, CurationState.APPROVED}:
        raise ProductError(_("Produk ini tidak dapat diubah; hubungi panitia."))
    changed = {name: value for name, value in values.items() if getattr(product, name) != value}
    curated = {name: value for name, value in changed.items() if name in CURATED_FIELDS}
    if product.state != CurationState.APPROVED:
        _write(product, changed)
        if product.state in EDITABLE:
            submit_product(product, by=by)
            return "submitted"
        return "saved"
    _write(product, {name: value for name, value in changed.items() if name in LIVE_FIELDS})
    if curated:
        propose_change(product, by=by, **curated)
        return "proposed"
    return "saved"


def _write(product: Product, values: dict) -> None:
    for name, value in values.items():
        setattr(product, name, value)
    if values:
        product.save(update_fields=[*values, "updated_at"])
    if values.get("cover"):
        show_photo(product, values["cover"])
