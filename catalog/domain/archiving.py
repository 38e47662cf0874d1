"""Putting products away, bringing them back, and deleting those that nobody but their exhibitor ever saw."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from catalog.domain.placement import place_product, withdraw_product
from catalog.domain.products import ProductError
from catalog.models import Product, ProductChange
from catalog.states import BROUGHT_BACK, ProductState
from exhibitors.domain.decisions import decide, forget_first, locked, log

DELETED = "deleted"
DELETABLE = frozenset({ProductState.DRAFT, ProductState.RETURNED, ProductState.REJECTED, ProductState.ARCHIVED})


@transaction.atomic
def archive_product(product: Product, *, by) -> Product:
    """Take it off show and out of the lists; orders and figures keep their lines. Raises CurationError.

    What was proposed about it stays with it, out of the curators' queues until it is brought back.
    """
    product = locked(product)
    product.archived_from = BROUGHT_BACK.get(product.state, "")
    decide(product, ProductState.ARCHIVED, by=by, fields=("archived_from",))
    withdraw_product(product)
    if change := ProductChange.objects.filter(product=product).first():
        forget_first(change)
    return product


@transaction.atomic
def bring_back(product: Product, *, by) -> Product:
    """Let it be what it was. Nothing can be changed while it is away, so an approved one goes on show again."""
    product = locked(product)
    if product.state != ProductState.ARCHIVED:
        raise ProductError(_("Produk ini tidak ada di arsip."))
    after, product.archived_from = product.archived_from, ""
    decide(product, after, by=by, fields=("archived_from",))
    if after == ProductState.APPROVED:
        place_product(product)
    return product


@transaction.atomic
def delete_product(product: Product, *, by) -> None:
    """Remove one that was never on show. What was sold, asked about or reviewed stays, and is archived instead."""
    product = locked(product)
    if not can_delete(product):
        raise ProductError(_("Produk yang pernah tayang tidak dapat dihapus. Arsipkan saja."))
    try:
        with transaction.atomic():
            product.variants.all().delete()
            log(product, product.state, DELETED, by=by)
            product.delete()
    except ProtectedError as error:
        raise ProductError(
            _("Produk ini tercatat dalam penjualan, jadi tidak dapat dihapus. Arsipkan saja.")
        ) from error


def can_delete(product: Product) -> bool:
    return product.approved_at is None and product.state in DELETABLE


def can_archive(product: Product) -> bool:
    return product.state in BROUGHT_BACK
