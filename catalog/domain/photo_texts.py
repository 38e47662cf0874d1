"""What a photo shows, in its exhibitor's words: read out to who can't see it. None: the product's name stands in.

The texts hang on a product's photos as they stand there, and go along when these are put in another order.
"""

from typing import NamedTuple

from catalog.models import Product


class PhotoText(NamedTuple):
    alt: str = ""
    alt_en: str = ""


def photo_texts(product: Product) -> dict[int, PhotoText]:
    """By picture."""
    rows = product.photos.values_list("picture", "alt", "alt_en")
    return {picture: PhotoText(alt, alt_en) for picture, alt, alt_en in rows}
