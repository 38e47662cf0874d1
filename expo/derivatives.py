"""The sizes of a picture that pages use: AVIF, WebP and JPEG, made in a task from the kept upload.

A row whose ``recipe`` is behind is due. It is claimed by an UPDATE, its files are written whole, and the row names them
last: a worker that dies in between leaves a page that shows what it showed before, and a row that is due again once
the claim has run out. Raising RECIPE makes all pictures anew, a few each minute.
"""

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone

from expo.grounds import ground_of
from expo.models import Picture
from expo.pictures import PLAIN, PLAIN_JPEG, PLAIN_WIDTH, write_public

if TYPE_CHECKING:
    from PIL import Image

logger = logging.getLogger(__name__)

RECIPE = 1
WIDTHS = (160, 320, 480, 720, 1080)
# Chosen by measuring (ADR 0043): as good to the eye as WebP at 75 to 80 with a fifth less bytes.
AVIF = {"quality": 50, "speed": 7, "max_threads": 1}
WEBP = {"quality": 75, "method": 4}

LEASE = dt.timedelta(minutes=10)
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 10, 60, 720)]
BATCH = 30  # a minute's worth: a bulk import must not keep the processors from the visitors


def derive(pk: int) -> bool:
    """Make the sizes of one picture if they are due and nobody else is at it; True if they were made now."""
    if not _claim(pk):
        return False
    picture = Picture.objects.get(pk=pk)
    try:
        widths, ground, looks = _make(picture)
    except Exception as error:
        logger.warning("Picture %s could not be made: %s", picture.pk, error)
        _put_off(picture)
        return False
    done = {"recipe": RECIPE, "attempts": 0, "next_attempt_at": None}
    Picture.objects.filter(pk=pk).update(widths=widths, plain=PLAIN, ground=ground, looks=looks, **done)
    return True


def pending() -> list[int]:
    """What is due: rows of bulk loaders, those whose task was lost, repeated attempts, abandoned claims."""
    return list(Picture.objects.filter(_due()).order_by("recipe", "pk").values_list("pk", flat=True)[:BATCH])


def sizes_of(image: "Image.Image") -> tuple[list[int], dict[str, bytes]]:
    """The widths and files of an image, the largest first so that each is made from the one before. Pure."""
    from expo.pixels import encoded, resized

    widths = [*(width for width in WIDTHS if width < image.width), min(image.width, WIDTHS[-1])]
    widths = sorted(set(widths))
    files: dict[str, bytes] = {}
    for width in reversed(widths):
        image = resized(image, width)
        files[f"{width}.avif"] = encoded(image, "AVIF", **AVIF)
        files[f"{width}.webp"] = encoded(image, "WEBP", **WEBP)
        if width <= PLAIN_WIDTH and PLAIN not in files:
            files[PLAIN] = encoded(image, "JPEG", **PLAIN_JPEG)
    return widths, files


def _make(picture: Picture) -> tuple[list[int], str, list[int]]:
    from PIL import Image

    from expo.looks import looks_of

    with default_storage.open(f"{picture.folder}/{picture.source}", "rb") as file, Image.open(file) as source:
        image = source.convert("RGB")
    widths, files = sizes_of(image)
    for name, content in files.items():
        write_public(f"{picture.folder}/{name}", content)
    return widths, ground_of(image), picture.looks or looks_of(image)


def _due() -> Q:
    return Q(recipe__lt=RECIPE, attempts__lte=len(PAUSES)) & (
        Q(next_attempt_at=None) | Q(next_attempt_at__lte=timezone.now())
    )


def _claim(pk: int) -> bool:
    """Take the row by an UPDATE on its old state: of two workers, one changes no row."""
    claimed = Picture.objects.filter(_due(), pk=pk).update(
        attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE
    )
    return bool(claimed)


def _put_off(picture: Picture) -> None:
    """Try again later; after the last attempt the page goes on showing the JPEG."""
    pause = PAUSES[min(picture.attempts, len(PAUSES)) - 1]
    Picture.objects.filter(pk=picture.pk).update(next_attempt_at=timezone.now() + pause)
