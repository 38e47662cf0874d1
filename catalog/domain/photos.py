"""The photos of a product one by one: moved, put in order, removed, brought back. All end in ``change_photos``.

Pictures are named by their keys, and only those that the product has (or had) count: another's is as good as none.
"""

from collections.abc import Container, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.curation import photo_ids_of
from catalog.domain.photo_texts import PhotoText, Texts, photo_texts, want_texts, write_texts
from catalog.domain.products import ProductError, answered_again, change_photos, editable, shown_photos
from catalog.domain.proposals import edited, open_proposal, withdraw_if_empty
from catalog.models import Product, ProductChange
from exhibitors.states import CurationState
from expo.models import Picture

MOVED_MEANWHILE = _("Foto produk ini sementara itu berubah. Urutannya yang baru ada di bawah.")


@transaction.atomic
def order_photos(product: Product, keys: Sequence[int], *, by) -> str:
    """Let its photos stand in this order. Raises ProductError unless these are exactly its photos."""
    product = editable(product)
    found = {picture.pk: picture for picture in shown_photos(product)}
    if sorted(keys) != sorted(found):
        raise ProductError(MOVED_MEANWHILE)
    return change_photos(product, [found[key] for key in keys], by=by)


@transaction.atomic
def move_photo(product: Product, key: int, step: int, *, by) -> str:
    """One place earlier (-1) or later (1); at the end it stays."""
    product = editable(product)
    pictures = shown_photos(product)
    place = _place(pictures, key)
    picture = pictures.pop(place)
    pictures.insert(max(0, place + step), picture)
    return change_photos(product, pictures, by=by)


@transaction.atomic
def remove_photo(product: Product, key: int, *, by) -> int:
    """Take it off; returns where it stood. Its files stay for a while, so that it can be brought back."""
    product = editable(product)
    pictures = shown_photos(product)
    place = _place(pictures, key)
    picture = pictures.pop(place)
    change_photos(product, pictures, by=by)
    Picture.objects.filter(pk=picture.pk).update(created_at=timezone.now())  # expo/leftovers.py counts from here
    return place


@transaction.atomic
def bring_back_photo(product: Product, key: int, place: int, *, by) -> str:
    """Put a removed photo where it stood."""
    product = editable(product)
    pictures = shown_photos(product)
    picture = Picture.objects.filter(pk=key).first()
    if picture is None:
        raise ProductError(_("Foto itu sudah tidak ada. Unggah lagi."))
    if picture not in pictures:
        pictures.insert(place, picture)
    return change_photos(product, pictures, by=by)


@transaction.atomic
def describe_photos(product: Product, texts: Texts, *, by) -> str:
    """Say what its photos show; on a product on show that waits as a proposal. What is not on it is passed over.

    Returns the way it went, as ``change_product`` does.
    """
    product = editable(product)
    if product.state == CurationState.APPROVED:
        shown = {picture.pk for picture in shown_photos(product)}
        return _propose_texts(product, _of(texts, shown), by=by)
    changed = write_texts(product, _of(texts, photo_ids_of(product)))
    return answered_again(product, by=by) if changed else "saved"


def _of(texts: Texts, shown: Container[int]) -> Texts:
    return {picture: text for picture, text in texts.items() if picture in shown}


def _propose_texts(product: Product, texts: Texts, *, by) -> str:
    waits = ProductChange.objects.filter(product=product).exists()
    now = photo_texts(product)
    if not waits and all(text == now.get(picture, PhotoText()) for picture, text in texts.items()):
        return "saved"
    change = open_proposal(product, by=by)
    want_texts(change, product, texts)
    if withdraw_if_empty(change, by=by):
        return "saved"
    change.save(update_fields=["photo_texts"])
    edited(change, by=by)
    return "proposed"


def _place(pictures: list[Picture], key: int) -> int:
    place = next((n for n, picture in enumerate(pictures) if picture.pk == key), None)
    if place is None:
        raise ProductError(MOVED_MEANWHILE)
    return place
