"""What a photo shows, in its exhibitor's words: read out to who can't see it. None: the product's name stands in.

The texts hang on a product's photos as they stand there, and go along when these are put in another order. Of a product
on show they wait in its proposal, by picture, like all that shoppers read: those that differ from what stands there.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductChange, ProductPhoto
from exhibitors.models.decisions import register_label


class PhotoText(NamedTuple):
    alt: str = ""
    alt_en: str = ""


Texts = Mapping[int, PhotoText]  # by picture


def photo_texts(product: Product) -> dict[int, PhotoText]:
    """By picture."""
    rows = product.photos.values_list("picture", "alt", "alt_en")
    return {picture: PhotoText(alt, alt_en) for picture, alt, alt_en in rows}


def write_texts(product: Product, texts: Texts) -> int:
    """Let these pictures of a locked product say this; how many changed."""
    rows = {row.picture_id: row for row in product.photos.all()}
    changed = 0
    for picture, text in texts.items():
        row = rows.get(picture) or ProductPhoto(product=product, picture_id=picture)  # a cover alone has no row
        if (row.alt, row.alt_en) == text:
            continue
        row.alt, row.alt_en = text
        row.save()
        changed += 1
    return changed


def waiting_texts(change: ProductChange | None) -> dict[int, PhotoText]:
    return {int(picture): PhotoText(*text) for picture, text in change.photo_texts.items()} if change else {}


def wanted_texts(product: Product, change: ProductChange | None) -> dict[int, PhotoText]:
    """As its exhibitor wants them: what waits before what stands there."""
    return photo_texts(product) | waiting_texts(change)


def want_texts(change: ProductChange, product: Product, texts: Texts) -> None:
    """Put into a proposal what its exhibitor wants now. Not saved here."""
    now, waiting = photo_texts(product), waiting_texts(change)
    for picture, text in texts.items():
        if text == now.get(picture, PhotoText()):
            waiting.pop(picture, None)
        else:
            waiting[picture] = text
    change.photo_texts = {str(picture): list(text) for picture, text in waiting.items()}


def told_texts(texts: Texts, order: Sequence[int]) -> str:
    """As people read them: a line for each picture of ``order`` that says something, by its place."""
    said = [(place, texts.get(picture, PhotoText())) for place, picture in enumerate(order, start=1)]
    return "\n".join(f"{place}. {' · '.join(part for part in text if part)}" for place, text in said if any(text))


register_label("photo_texts", _("isi foto"))
