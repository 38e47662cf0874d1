"""What an exhibitor wants an approved product to say, beside what it says, until the curators decide (ADR 0105)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.curation import CURATED_FIELDS, photo_ids_of, set_photos, show_photo
from catalog.domain.photo_texts import photo_texts, told_texts, waiting_texts, wanted_texts, write_texts
from catalog.domain.variants import sum_up_variants
from catalog.domain.waiting_offers import apply_offers, told_offers
from catalog.models import Product, ProductChange, Variant, VariantChange
from exhibitors.domain import proposals
from exhibitors.domain.decisions import (
    CurationError,
    fingerprint,
    forget_first,
    locked,
    log,
    log_many,
    refuse_unseen,
    tell_people,
)
from exhibitors.domain.notes import Notable, as_read, column, register_notable
from exhibitors.domain.proposals import proposal_notes, raw, require_waiting
from exhibitors.domain.second_eyes import PRODUCTS, approved_twice
from exhibitors.states import (
    CHANGE_APPROVED,
    CHANGE_FIRST_APPROVED,
    CHANGE_PROPOSED,
    CHANGE_REJECTED,
    CHANGE_RETURNED,
    CHANGE_WITHDRAWN,
    CurationState,
)
from expo.formats import rupiah
from expo.models import Picture


@transaction.atomic
def propose_change(product: Product, *, by, photos: Sequence[Picture] | None = None, **values) -> ProductChange | None:
    """Keep what an approved product shall say, for the curators; it stays on show as it is.

    ``values`` are of CURATED_FIELDS, and ``price`` (None: no other than now); ``photos`` all of its photos in order.
    What was proposed before and is not named stays proposed, and the proposal keeps its place in the queue. None when
    nothing differs any more.
    """
    product = locked(product)
    if _says_nothing_new(product, photos, values):
        return None
    change = open_proposal(product, by=by)
    want(change, product, values, None if photos is None else [picture.pk for picture in photos])
    if photos is not None:
        change.pictures.set(photos)
    if withdraw_if_empty(change, by=by):
        return None
    change.save()
    edited(change, by=by)
    return change


def open_proposal(product: Product, *, by) -> ProductChange:
    """The proposal of a locked product, a new one if there is none. Raises CurationError."""
    if product.state != CurationState.APPROVED:
        raise CurationError(_("Produk ini sedang tidak tayang; ubah langsung isiannya."))
    change = ProductChange.objects.filter(product=product).first()
    if change is None:
        change = fresh_proposal(product, by=by, now=timezone.now())
        change.save()
        log(product, product.state, CHANGE_PROPOSED, by=by)
    change.product = product
    return change


def fresh_proposal(product: Product, *, by, now: dt.datetime) -> ProductChange:
    """One that says what the product says; not saved here."""
    base = proposals.as_base(product, CURATED_FIELDS)
    as_it_is = {Product._meta.get_field(name).attname: value for name, value in base.items()}
    return ProductChange(product=product, base=base, proposed_at=now, proposed_by=by, **as_it_is)


def want(change: ProductChange, product: Product, values: Mapping[str, Any], photos: Sequence[int] | None) -> None:
    """Put into a proposal what its exhibitor wants now: columns or their keys, and all photos. Not saved here."""
    for name, value in values.items():
        setattr(change, name, value)
        column = name.removesuffix("_id")
        if column in CURATED_FIELDS:
            change.base[column] = raw(product, column)
    if photos is not None:
        change.photo_ids, change.cover_id = list(photos), photos[0] if photos else None
        change.base["cover"] = product.cover_id


def edited(change: ProductChange, *, by) -> None:
    """After its exhibitor changed it: if it was returned and every note is answered, it waits again."""
    touched(change, by=by)
    change.save(update_fields=["state", "proposed_at", "proposed_by"])


def touched(change: ProductChange, *, by) -> None:
    """As ``edited``, not saved here."""
    proposals.edited(change)
    change.proposed_by = by


def changed_fields(change: ProductChange) -> list[str]:
    """The columns that the exhibitor wants changed; a price apart, photos apart."""
    return [name for name in CURATED_FIELDS if raw(change, name) != change.base.get(name)]


def wanted_values(product: Product, change: ProductChange | None) -> dict:
    """What its exhibitor wants each curated column to hold: as proposed, or else as it stands. Keys, not rows."""
    proposed = changed_fields(change) if change else []
    return {name: raw(change if name in proposed else product, name) for name in CURATED_FIELDS}


def withdraw_if_empty(change: ProductChange, *, by) -> bool:
    """Drop a proposal that would change nothing: its exhibitor took back what it wanted."""
    product = change.product
    photos = None if change.photo_ids is None else photo_ids_of(product)
    if not says_nothing(change, product, photos) or change.variants.exists():
        return False
    _drop([change], CHANGE_WITHDRAWN, by=by)
    return True


def says_nothing(change: ProductChange, product: Product, photos: list[int] | None) -> bool:
    """It wants no more than the product is; ``photos`` are those that hang now. Variants are not asked here."""
    if change.photo_texts or any(raw(change, name) != raw(product, name) for name in changed_fields(change)):
        return False
    return not change.offers and change.price in (None, product.price) and change.photo_ids in (None, photos)


def drop_empty(changes: Sequence[ProductChange], *, by) -> None:
    """``withdraw_if_empty`` for proposals that were found to say nothing."""
    _drop(changes, CHANGE_WITHDRAWN, by=by)


@transaction.atomic
def withdraw_change(product: Product, *, by) -> bool:
    """Its exhibitor takes back all that waits; False when nothing did."""
    product = locked(product)
    change = ProductChange.objects.select_for_update().filter(product=product).first()
    if change is None:
        return False
    _drop([change], CHANGE_WITHDRAWN, by=by)
    return True


@transaction.atomic
def hand_in_change(product: Product, *, by, message: str = "") -> ProductChange:
    """A returned proposal goes to the curators again, with an answer to their notes. Raises CurationError."""
    product = locked(product)
    change = ProductChange.objects.select_for_update().filter(product=product).first()
    if change is None:
        raise CurationError(_("Tidak ada usulan perubahan."))
    proposals.hand_in_again(change, message=message)
    log(product, CHANGE_RETURNED, CHANGE_PROPOSED, by=by, reason=change.message)
    return change


def content_of_change(change: ProductChange) -> str:
    """The fingerprint of what curators look at: what is proposed, and what stands there meanwhile."""
    now = [raw(change.product, name) for name in changed_fields(change)]
    price = change.product.price if change.price or change.offers else None
    variants = [
        (row.variant_id, row.name, row.name_en, row.picture_id, row.price, _price_seen(row))
        for row in change.variants.select_related("variant").order_by("pk")
    ]
    texts = [waiting_texts(change), photo_texts(change.product)] if change.photo_texts else []
    return fingerprint(change, (*CURATED_FIELDS, "photo_ids", "price", "offers"), now, price, *variants, *texts)


@transaction.atomic
def approve_change(change: ProductChange, *, by, reason: str = "", seen: str | None = None) -> Product:
    """Let the product and its variants say what was proposed, and nothing else. ``seen`` is what was looked at."""
    product, change = _held(change)
    require_waiting(change)
    refuse_unseen(change, seen, content_of_change(change))
    content, told_as = content_of_change(change), CHANGE_FIRST_APPROVED
    if not approved_twice(
        change, product.exhibitor, PRODUCTS, by=by, content=content, reason=reason, told_as=told_as, about=product
    ):
        return product
    changes = told_changes(change)
    _apply(product, change)
    _change_variants(change)
    forget_first(change)
    change.delete()
    product = sum_up_variants(product)
    apply_offers(product, change)
    decision = log(product, CHANGE_PROPOSED, CHANGE_APPROVED, by=by, reason=reason, changes=changes)
    _tell(product, decision, CHANGE_APPROVED)
    return product


@transaction.atomic
def return_change(change: ProductChange, *, by, reason: str = "", notes: dict[str, str] | None = None) -> ProductChange:
    """Ask its exhibitor to mend what was proposed; it stays proposed, and the product as it was."""
    product, change = _held(change)
    require_waiting(change)
    notes = proposals.give_back(change, reason=reason, notes=notes)
    decision = log(product, CHANGE_PROPOSED, CHANGE_RETURNED, by=by, reason=change.reason, notes=notes)
    _tell(product, decision, CHANGE_RETURNED, notes=proposal_notes(change))
    return change


@transaction.atomic
def reject_change(change: ProductChange, *, by, reason: str) -> Product:
    """Drop what was proposed, telling the exhibitor why; the product stays as it was."""
    product, change = _held(change)
    if not reason.strip():
        raise CurationError(_("Tuliskan alasannya: pemiliknya akan membacanya."))
    changes = told_changes(change)
    forget_first(change)
    change.delete()
    decision = log(product, CHANGE_PROPOSED, CHANGE_REJECTED, by=by, reason=reason.strip(), changes=changes)
    _tell(product, decision, CHANGE_REJECTED)
    return product


def told_changes(change: ProductChange) -> dict[str, list]:
    """Field → what the product says and what it shall say, for the log."""
    product, told = change.product, {}
    for name in (*changed_fields(change), *(["price"] if change.price else [])):
        if name != "cover":
            told[name] = [str(as_read(one, name) or "") for one in (product, change)]
    if change.photo_ids is not None or change.cover_id != change.base.get("cover"):
        told["cover"] = [photo_ids_of(product), change.photo_ids or [change.cover_id]]
    if change.photo_texts:
        told["photo_texts"] = list(photo_texts_of(change))
    for row in change.variants.select_related("variant"):
        before = row.variant.name if row.variant.is_approved else ""
        told[f"variant-{row.variant_id}"] = [before, row.name if not row.price else f"{row.name}: {rupiah(row.price)}"]
    return told | told_offers(change)


def photo_texts_of(change: ProductChange) -> tuple[str, str]:
    """What the photos say, and what they shall say, as people read it."""
    product = change.product
    now, wanted = photo_ids_of(product), change.photo_ids
    return told_texts(photo_texts(product), now), told_texts(wanted_texts(product, change), wanted or now)


def _held(change: ProductChange) -> tuple[Product, ProductChange]:
    """Product and proposal as they are now, locked in this order. CurationError when somebody decided already."""
    product = locked(change.product)
    found = ProductChange.objects.select_for_update(of=("self",)).filter(pk=change.pk).first()
    if found is None:
        raise CurationError(_("Usulan ini sudah tidak ada: ditarik kembali, atau sudah diputuskan."))
    found.product = product
    return product, found


def _apply(product: Product, change: ProductChange) -> None:
    names = changed_fields(change)
    new_cover = "cover" in names and change.cover_id != product.cover_id
    for name in names:
        setattr(product, name, getattr(change, name))
    if change.price and not product.has_variants:
        product.price = product.approved_price = change.price
        names += ["price", "approved_price"]
    product.save(update_fields=[*names, "updated_at"])
    if change.photo_ids is not None:
        set_photos(product, list(Picture.objects.in_bulk(change.photo_ids).values()), order=change.photo_ids)
    elif change.cover_id and new_cover:
        show_photo(product, change.cover)
    shown = photo_ids_of(product)
    write_texts(product, {picture: text for picture, text in waiting_texts(change).items() if picture in shown})


def _change_variants(change: ProductChange) -> None:
    for wanted in change.variants.select_related("variant", "picture"):
        variant = wanted.variant
        variant.name, variant.name_en, variant.picture = wanted.name, wanted.name_en, wanted.picture
        if wanted.price or not variant.is_approved:
            variant.price = variant.approved_price = wanted.price or variant.price
        variant.is_approved = True
        variant.is_active = variant.is_active or wanted.sells
        taken = Variant.objects.filter(product=variant.product_id, name=variant.name).exclude(pk=variant.pk)
        if taken.exists():
            raise CurationError(_("Nama varian “%(name)s” sudah ada.") % {"name": variant.name})
        variant.save(
            update_fields=["name", "name_en", "picture", "price", "approved_price", "is_approved", "is_active"]
        )


def _says_nothing_new(product: Product, photos: Sequence[Picture] | None, values: dict) -> bool:
    """Nothing is proposed yet, and what is wanted stands there already: then there is nothing to log either."""
    if ProductChange.objects.filter(product=product).exists():
        return False
    if photos is not None and [picture.pk for picture in photos] != photo_ids_of(product):
        return False
    return all(value == getattr(product, name) or (name == "price" and value is None) for name, value in values.items())


def _drop(changes: Sequence[ProductChange], outcome: str, *, by) -> None:
    forget_first(*changes)
    ProductChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    log_many([(change.product, CHANGE_PROPOSED, outcome) for change in changes], by=by)


def _tell(product: Product, decision, outcome: str, notes: Sequence = ()) -> None:
    tell_people(
        product.exhibitor,
        "catalog/mail/decided",
        {"product": product, "decision": decision, "outcome": outcome, "notes": notes},
        key=f"decision:{decision.pk}",
    )


def _price_seen(row: VariantChange) -> int | None:
    """What it costs now, where that is part of what is decided."""
    return row.variant.price if row.price or not row.variant.is_approved else None


def _photos(change: ProductChange) -> list[int]:
    if change.photo_ids is not None:
        return change.photo_ids
    return [change.cover_id] if change.cover_id else []


def _variants(change: ProductChange) -> list:
    rows = VariantChange.objects.filter(change=change).order_by("pk")
    return [list(row) for row in rows.values_list("variant_id", "name", "name_en", "picture_id", "price")]


def _told_offers(change: ProductChange) -> str:
    return "; ".join(wanted for _now, wanted in told_offers(change).values())


register_notable(
    "productchange",
    [
        Notable("cover", _("foto"), _photos, is_photo=True),
        *(column(ProductChange, name) for name in ("name", "category", "price", "description", "ingredients")),
        *(column(ProductChange, name) for name in ("name_en", "description_en", "ingredients_en")),
        Notable("variants", _("varian"), _variants),
        Notable("offers", _("harga grosir dan potongan"), attrgetter("offers"), _told_offers),
        Notable("photo_texts", _("isi foto"), attrgetter("photo_texts"), lambda change: photo_texts_of(change)[1]),
    ],
)
