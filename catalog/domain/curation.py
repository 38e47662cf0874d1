"""The verbs of a product's curation, called by dashboard and admin alike."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.placement import place_product, withdraw_product
from catalog.models import Product, ProductChange
from exhibitors.domain.decisions import CurationError, decide, locked, log, tell_people
from exhibitors.states import CurationState
from expo.models import Picture

# What shoppers rely on: an edit of these on an approved product waits for the curators.
CURATED_FIELDS = ("category", "name", "name_en", "description", "description_en", "cover")
CHANGE_PROPOSED, CHANGE_RETURNED, CHANGE_APPROVED = "proposed", "change_returned", "change_approved"


@transaction.atomic
def submit_product(product: Product, *, by) -> Product:
    """Ask the curators to look at it. Raises CurationError if it has no photo."""
    product = locked(product)
    if product.cover_id is None:
        raise CurationError(_("Tambahkan satu foto dahulu."))
    product.submitted_at = timezone.now()
    decide(product, CurationState.SUBMITTED, by=by, fields=("submitted_at",))
    return product


@transaction.atomic
def approve_product(product: Product, *, by, reason: str = "") -> Product:
    """Put it on show in its exhibitor's booths; also lifts a suspension."""
    product = locked(product)
    product.approved_at = product.approved_at or timezone.now()
    decision = decide(product, CurationState.APPROVED, by=by, reason=reason, fields=("approved_at",))
    place_product(product)
    _tell(product, decision, CurationState.APPROVED)
    return product


def return_product(product: Product, *, by, reason: str) -> Product:
    """Give it back to its exhibitor with a note of what to mend."""
    return _refuse(product, CurationState.RETURNED, by=by, reason=reason)


def reject_product(product: Product, *, by, reason: str) -> Product:
    return _refuse(product, CurationState.REJECTED, by=by, reason=reason)


def suspend_product(product: Product, *, by, reason: str) -> Product:
    """Take it off show until it is approved again."""
    return _refuse(product, CurationState.SUSPENDED, by=by, reason=reason)


@transaction.atomic
def propose_change(product: Product, *, by, **values) -> ProductChange:
    """Keep what an approved product shall say, for the curators; it stays on show as it is.

    ``values`` are of CURATED_FIELDS. A second proposal replaces the first and keeps its place in the queue.
    """
    product = locked(product)
    if product.state != CurationState.APPROVED:
        raise CurationError(_("Produk ini sedang tidak tayang; ubah langsung isiannya."))
    wanted = {name: values.get(name, getattr(product, name)) for name in CURATED_FIELDS}
    change, created = ProductChange.objects.update_or_create(
        product=product, defaults=wanted, create_defaults={**wanted, "proposed_at": timezone.now()}
    )
    if created:
        log(product, product.state, CHANGE_PROPOSED, by=by)
    return change


@transaction.atomic
def approve_change(change: ProductChange, *, by, reason: str = "") -> Product:
    """Let the product say what was proposed."""
    change = locked(change)
    product = locked(change.product)
    for name in CURATED_FIELDS:
        setattr(product, name, getattr(change, name))
    product.save(update_fields=[*CURATED_FIELDS, "updated_at"])
    if change.cover_id:
        show_photo(product, change.cover)
    change.delete()
    decision = log(product, CHANGE_PROPOSED, CHANGE_APPROVED, by=by, reason=reason)
    _tell(product, decision, CHANGE_APPROVED)
    return product


@transaction.atomic
def return_change(change: ProductChange, *, by, reason: str) -> Product:
    """Drop what was proposed, telling the exhibitor why; the product stays as it was."""
    change = locked(change)
    if not reason.strip():
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    product = change.product
    change.delete()
    decision = log(product, CHANGE_PROPOSED, CHANGE_RETURNED, by=by, reason=reason.strip())
    _tell(product, decision, CHANGE_RETURNED)
    return product


def show_photo(product: Product, picture: Picture) -> None:
    """Make ``picture`` the first of the product's photos."""
    product.photos.filter(picture=picture).delete()
    for position, photo in enumerate(product.photos.order_by("position", "pk"), start=1):
        if photo.position != position:
            photo.position = position
            photo.save(update_fields=["position"])
    product.photos.create(picture=picture, position=0)


@transaction.atomic
def _refuse(product: Product, after: str, *, by, reason: str) -> Product:
    product = locked(product)
    decision = decide(product, after, by=by, reason=reason)
    withdraw_product(product)
    _tell(product, decision, after)
    return product


def _tell(product: Product, decision, outcome: str) -> None:
    tell_people(
        product.exhibitor,
        "catalog/mail/decided",
        {"product": product, "decision": decision, "outcome": outcome},
        key=f"decision:{decision.pk}",
    )
