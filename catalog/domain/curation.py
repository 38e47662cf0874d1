"""The verbs of a product's curation, called by dashboard and admin alike."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.photo_texts import PhotoText, photo_texts, told_texts
from catalog.domain.placement import place_product, withdraw_product
from catalog.models import Product
from catalog.states import ProductState
from exhibitors.domain.decisions import (
    CurationError,
    decide,
    fingerprint,
    locked,
    refuse_unseen,
    require_move,
    tell_people,
)
from exhibitors.domain.notes import Notable, column, notes_of, register_notable
from exhibitors.domain.registration import free_slug
from exhibitors.domain.second_eyes import PRODUCTS, approved_twice
from exhibitors.states import FIRST_APPROVED, CurationState
from expo.models import Picture

# What shoppers rely on: an edit of these on an approved product waits for the curators.
CURATED_FIELDS = (
    "category", "name", "name_en", "description", "description_en", "ingredients", "ingredients_en", "cover",
)  # fmt: skip


PROVISIONAL = "draf"  # the address of a draft without a name


def has_provisional_address(product: Product) -> bool:
    """It was kept before it had a name, and nobody was shown its address."""
    return product.approved_at is None and product.slug.startswith(PROVISIONAL)


@transaction.atomic
def submit_product(product: Product, *, by) -> Product:
    """Ask the curators to look at it. Raises CurationError if it has no photo, name or category."""
    product = locked(product)
    if product.cover_id is None:
        raise CurationError(_("Tambahkan satu foto dahulu."))
    if not product.name:
        raise CurationError(_("Beri nama produk dahulu."))
    if product.category.children.exists():
        raise CurationError(_("Pilih kategori produk dahulu."))
    if has_provisional_address(product):
        product.slug = free_slug(Product, product.name, length=120)
    product.submitted_at = timezone.now()
    decide(product, CurationState.SUBMITTED, by=by, fields=("submitted_at", "slug"))
    return product


def content_of_product(product: Product) -> str:
    """The fingerprint of what curators look at, its photos, variants and prices for many pieces included."""
    variants = product.variants.order_by("pk").values_list("pk", "name", "name_en", "price", "picture_id")
    steps = product.steps.order_by("pk").values_list("variant", "minimum_quantity", "unit_price")
    texts = sorted(photo_texts(product).items())
    said = [texts] if any(any(text) for _picture, text in texts) else []
    return fingerprint(product, (*CURATED_FIELDS, "price"), photo_ids_of(product), *variants, *steps, *said)


@transaction.atomic
def approve_product(product: Product, *, by, reason: str = "", seen: str | None = None) -> Product:
    """Put it on show in its exhibitor's booths; also lifts a suspension. ``seen`` is what was looked at."""
    product = locked(product)
    refuse_archived(product)
    content = content_of_product(product)
    refuse_unseen(product, seen, content)
    require_move(product, CurationState.APPROVED)
    exhibitor = product.exhibitor
    if not approved_twice(product, exhibitor, PRODUCTS, by=by, content=content, reason=reason, told_as=FIRST_APPROVED):
        return product
    product.approved_at, product.approved_price = product.approved_at or timezone.now(), product.price
    fields = ("approved_at", "approved_price")
    decision = decide(product, CurationState.APPROVED, by=by, reason=reason, fields=fields)
    product.variants.update(is_approved=True, approved_price=F("price"))
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


def show_photo(product: Product, picture: Picture) -> None:
    """Make ``picture`` the first of the product's photos."""
    text = photo_texts(product).get(picture.pk, PhotoText())
    product.photos.filter(picture=picture).delete()
    for position, photo in enumerate(product.photos.order_by("position", "pk"), start=1):
        if photo.position != position:
            photo.position = position
            photo.save(update_fields=["position"])
    product.photos.create(picture=picture, position=0, **text._asdict())


def set_photos(
    product: Product,
    pictures: Sequence[Picture],
    *,
    order: Sequence[int] = (),
    texts: Mapping[int, PhotoText] | None = None,
) -> None:
    """Let these be the photos of a locked product. ``order``: their ids, otherwise they stand in order already.

    ``texts`` say what they show; otherwise photos that stay keep what was said of them.
    """
    texts = photo_texts(product) if texts is None else texts
    if order:
        by_id = {picture.pk: picture for picture in pictures}
        pictures = [by_id[pk] for pk in order if pk in by_id]
    product.photos.all().delete()
    product.photos.bulk_create(
        product.photos.model(
            product=product, picture=picture, position=n, **texts.get(picture.pk, PhotoText())._asdict()
        )
        for n, picture in enumerate(pictures)
    )


def photo_ids_of(product: Product) -> list[int]:
    """The pictures of a product in the order in which they are shown, the cover first."""
    rest = product.photos.order_by("position", "pk").values_list("picture_id", flat=True)
    return list(dict.fromkeys([*([product.cover_id] if product.cover_id else []), *rest]))


@transaction.atomic
def _refuse(product: Product, after: str, *, by, reason: str, notes: dict[str, str] | None = None) -> Product:
    product = locked(product)
    refuse_archived(product)
    decision = decide(product, after, by=by, reason=reason, notes=notes)
    withdraw_product(product)
    _tell(product, decision, after)
    return product


def refuse_archived(product: Product) -> None:
    """Its exhibitor put it away while a curator had it open; brought back, it waits again."""
    if product.state == ProductState.ARCHIVED:
        raise CurationError(_("Pemiliknya sudah mengarsipkan “%(product)s”.") % {"product": product})


def _tell(product: Product, decision, outcome: str) -> None:
    tell_people(
        product.exhibitor,
        "catalog/mail/decided",
        {"product": product, "decision": decision, "outcome": outcome, "notes": notes_of(decision, product)},
        key=f"decision:{decision.pk}",
    )


def _photo_texts(product: Product) -> str:
    return told_texts(photo_texts(product), photo_ids_of(product))


def _column(name: str) -> Notable:
    return column(Product, name)


register_notable(
    "product",
    [
        Notable("cover", _("foto"), photo_ids_of, is_photo=True),
        *map(_column, ("name", "category", "price", "description", "ingredients", "stock", "minimum_quantity")),
        *map(_column, ("weight_grams", "lead_days", "name_en", "description_en", "ingredients_en")),
        Notable("photo_texts", _("isi foto"), _photo_texts),
    ],
)
