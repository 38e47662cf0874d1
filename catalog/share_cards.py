"""The picture that a messenger shows of a product: 1200 × 630, the whole photo beside name, price and booth.

A photo alone is upright and messengers crop it to a letterbox. The card is drawn when it is first asked for and kept:
its address holds a hash of all it says, so that each version has one address, and no other address draws anything.
"""

import hashlib
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.urls import reverse

from expo.models import Picture
from expo.pictures import write_public

SIZE = (1200, 630)
LOOK = 1  # raise it when the drawing changes


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What a card says. ``was``: the price before the sale, "" without one."""

    slug: str
    name: str
    price: str
    was: str
    booth: str  # its number
    seller: str
    place: str
    photo: Picture

    @property
    def key(self) -> str:
        said = [str(LOOK), self.name, self.price, self.was, self.booth, self.seller, self.place, self.photo.digest]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]

    @property
    def url(self) -> str:
        return reverse("catalog:share-card", args=[self.slug, self.key])


def card_file(card: ShareCard) -> bytes:
    """The JPEG, drawn now if nobody has asked for it before."""
    path = f"cards/{card.key[:2]}/{card.key[2:]}.jpg"
    if default_storage.exists(path):
        with default_storage.open(path, "rb") as file:
            return file.read()
    from catalog.share_drawing import drawn  # a web worker that draws nothing is smaller without Pillow

    with default_storage.open(f"{card.photo.folder}/{card.photo.source}", "rb") as file:
        content = drawn(card, file)
    write_public(path, content)
    return content
