"""The verbs of a product's curation, called by dashboard and admin alike."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.placement import place_product, withdraw_product
from catalog.domain.variants import sum_up_variants
from catalog.models import Product, ProductChange, Variant
from exhibitors.domain.decisions import CurationError, decide, fingerprint, locked, log, refuse_unseen, tell_people
from exhibitors.domain.notes import Notable, notes_of, register_notable
from exhibitors.domain.registration import free_slug
from exhibitors.states import CurationState
from expo.models import Picture

# What shoppers rely on: an edit of these on an approved product waits for the curators.
CURATED_FIELDS = (
    "category", "name", "name_en", "description", "description_en", "ingredients", "ingredients_en", "cover",
)  # fmt: skip
CHANGE_PROPOSED, CHANGE_RETURNED, CHANGE_APPROVED = "proposed", "change_returned", "change_approved"
CHANGE_WITHDRAWN = "change_withdrawn"


PROVISIONAL = "draf"  # the address of a draft without a name


@transaction.atomic
def submit_product(product: Product, *, by) -> Product:
    """Ask the curators to look at it. Raises CurationError if it has no photo or no name."""
    product = locked(product)
    if product.cover_id is None:
        raise CurationError(_("Tambahkan satu foto dahulu."))
    if not product.name:
        raise CurationError(_("Beri nama produk dahulu."))
    if product.approved_at is None and product.slug.startswith(PROVISIONAL):
        product.slug = free_slug(Product, product.name, length=120)
    product.submitted_at = timezone.now()
    decide(product, CurationState.SUBMITTED, by=by, fields=("submitted_at", "slug"))
    return product


def content_of_product(product: Product) -> str:
    """The fingerprint of what curators look at, its photos and variants included."""
    variants = product.variants.order_by("pk").values_list("pk", "name", "name_en", "price", "picture_id")
    return fingerprint(product, (*CURATED_FIELDS, "price"), photo_ids_of(product), *variants)


def content_of_change(change: ProductChange) -> str:
    variants = change.variants.order_by("pk").values_list("variant_id", "name", "name_en", "picture_id")
    return fingerprint(change, (*CURATED_FIELDS, "photo_ids"), *variants)


@transaction.atomic
def approve_product(product: Product, *, by, reason: str = "", seen: str | None = None) -> Product:
    """Put it on show in its exhibitor's booths; also lifts a suspension. ``seen`` is what was looked at."""
    product = locked(product)
    refuse_unseen(product, seen, content_of_product(product))
    product.approved_at = product.approved_at or timezone.now()
    decision = decide(product, CurationState.APPROVED, by=by, reason=reason, fields=("approved_at",))
    product.variants.filter(is_approved=False).update(is_approved=True)
    place_product(product)
    _tell(product, decision, CurationState.APPROVED)
    return product


def return_product(product: Product, *, by, reason: str = "", notes: dict[str, str] | None = None) -> Product:
    """Give it back to its exhibitor with notes of what to mend: by field, and on the whole."""
    return _refuse(product, CurationState.RETURNED, by=by, reason=reason, notes=notes)


def reject_product(product: Product, *, by, reason: str) -> Product:
    return _refuse(product, CurationState.REJECTED, by=by, reason=reason)


def suspend_product(product: Product, *, by, reason: str) -> Product:
    """Take it off show until it is approved again."""
    return _refuse(product, CurationState.SUSPENDED, by=by, reason=reason)


@transaction.atomic
def propose_change(product: Product, *, by, photos: Sequence[Picture] | None = None, **values) -> ProductChange | None:
    """Keep what an approved product shall say, for the curators; it stays on show as it is.

    ``values`` are of CURATED_FIELDS; ``photos`` all of its photos in order. What was proposed before and is not named
    stays proposed, and the proposal keeps its place in the queue. None when nothing differs any more.
    """
    product = locked(product)
    change = open_proposal(product, by=by)
    for name, value in values.items():
        setattr(change, name, value)
    if photos is not None:
        change.photo_ids = [picture.pk for picture in photos]
        change.cover = photos[0] if photos else None
        change.pictures.set(photos)
    change.save()
    return None if withdraw_if_empty(change, by=by) else change


def open_proposal(product: Product, *, by) -> ProductChange:
    """The proposal of a locked product, a new one if there is none. Raises CurationError."""
    if product.state != CurationState.APPROVED:
        raise CurationError(_("Produk ini sedang tidak tayang; ubah langsung isiannya."))
    as_it_is = {name: getattr(product, name) for name in CURATED_FIELDS}
    change, created = ProductChange.objects.get_or_create(
        product=product, defaults={**as_it_is, "proposed_at": timezone.now()}
    )
    if created:
        log(product, product.state, CHANGE_PROPOSED, by=by)
    return change


def withdraw_if_empty(change: ProductChange, *, by) -> bool:
    """Drop a proposal that would change nothing: its exhibitor took back what it wanted."""
    product = change.product
    if any(getattr(change, name) != getattr(product, name) for name in CURATED_FIELDS):
        return False
    if change.photo_ids not in (None, photo_ids_of(product)) or change.variants.exists():
        return False
    change.delete()
    log(product, CHANGE_PROPOSED, CHANGE_WITHDRAWN, by=by)
    return True


@transaction.atomic
def approve_change(change: ProductChange, *, by, reason: str = "", seen: str | None = None) -> Product:
    """Let the product and its variants say what was proposed. ``seen`` is what was looked at."""
    product = locked(change.product)
    change = locked(change)
    refuse_unseen(change, seen, content_of_change(change))
    new_cover = change.cover_id != product.cover_id
    for name in CURATED_FIELDS:
        setattr(product, name, getattr(change, name))
    product.save(update_fields=[*CURATED_FIELDS, "updated_at"])
    if change.photo_ids is not None:
        set_photos(product, list(Picture.objects.in_bulk(change.photo_ids).values()), order=change.photo_ids)
    elif change.cover_id and new_cover:
        show_photo(product, change.cover)
    _change_variants(change)
    change.delete()
    product = sum_up_variants(product)
    decision = log(product, CHANGE_PROPOSED, CHANGE_APPROVED, by=by, reason=reason)
    _tell(product, decision, CHANGE_APPROVED)
    return product


def _change_variants(change: ProductChange) -> None:
    for wanted in change.variants.select_related("variant", "picture"):
        variant = wanted.variant
        variant.name, variant.name_en, variant.picture = wanted.name, wanted.name_en, wanted.picture
        variant.is_approved = True
        variant.is_active = variant.is_active or wanted.sells
        taken = Variant.objects.filter(product=variant.product_id, name=variant.name).exclude(pk=variant.pk)
        if taken.exists():
            raise CurationError(_("Nama varian “%(name)s” sudah ada.") % {"name": variant.name})
        variant.save(update_fields=["name", "name_en", "picture", "is_approved", "is_active"])


@transaction.atomic
def return_change(change: ProductChange, *, by, reason: str) -> Product:
    """Drop what was proposed, telling the exhibitor why; the product stays as it was."""
    product = locked(change.product)
    change = locked(change)
    if not reason.strip():
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
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


def set_photos(product: Product, pictures: Sequence[Picture], *, order: Sequence[int] = ()) -> None:
    """Let these be the photos of a locked product. ``order``: their ids, otherwise they stand in order already."""
    if order:
        by_id = {picture.pk: picture for picture in pictures}
        pictures = [by_id[pk] for pk in order if pk in by_id]
    product.photos.all().delete()
    product.photos.bulk_create(
        [product.photos.model(product=product, picture=picture, position=n) for n, picture in enumerate(pictures)]
    )


def photo_ids_of(product: Product) -> list[int]:
    """The pictures of a product in the order in which they are shown, the cover first."""
    rest = product.photos.order_by("position", "pk").values_list("picture_id", flat=True)
    return list(dict.fromkeys([*([product.cover_id] if product.cover_id else []), *rest]))


@transaction.atomic
def _refuse(product: Product, after: str, *, by, reason: str, notes: dict[str, str] | None = None) -> Product:
    product = locked(product)
    decision = decide(product, after, by=by, reason=reason, notes=notes)
    withdraw_product(product)
    _tell(product, decision, after)
    return product


def _tell(product: Product, decision, outcome: str) -> None:
    tell_people(
        product.exhibitor,
        "catalog/mail/decided",
        {"product": product, "decision": decision, "outcome": outcome, "notes": notes_of(decision, product)},
        key=f"decision:{decision.pk}",
    )


def _column(name: str) -> Notable:
    found = Product._meta.get_field(name)
    return Notable(name, found.verbose_name, found.value_from_object)


register_notable(
    "product",
    [
        Notable("cover", _("foto"), photo_ids_of),
        *map(_column, ("name", "category", "price", "description", "ingredients", "stock", "minimum_quantity")),
        *map(_column, ("weight_grams", "lead_days", "name_en", "description_en", "ingredients_en")),
    ],
)
