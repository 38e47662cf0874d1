"""The photos of a product one by one: moved, put in order, removed, brought back. All end in ``change_photos``.

Pictures are named by their keys, and only those that the product has (or had) count: another's is as good as none.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.curation import photo_ids_of
from catalog.domain.photo_texts import PhotoText
from catalog.domain.products import ProductError, change_photos, editable, shown_photos
from catalog.models import Product, ProductPhoto
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
def describe_photos(product: Product, texts: Mapping[int, PhotoText]) -> int:
    """Say what its photos show, by picture; how many changed. It counts at once; what is not on it is passed over."""
    product = editable(product)
    shown = photo_ids_of(product)
    rows = {row.picture_id: row for row in product.photos.all()}
    changed = 0
    for picture, text in texts.items():
        row = rows.get(picture) or ProductPhoto(product=product, picture_id=picture)  # a cover alone has no row
        if picture not in shown or (row.alt, row.alt_en) == text:
            continue
        row.alt, row.alt_en = text
        row.save()
        changed += 1
    return changed


def _place(pictures: list[Picture], key: int) -> int:
    place = next((n for n, picture in enumerate(pictures) if picture.pk == key), None)
    if place is None:
        raise ProductError(MOVED_MEANWHILE)
    return place
