"""Pictures that people upload: checked, re-encoded and kept under addresses that follow from their row.

Whatever arrives is decoded and written anew: upright, sRGB, without EXIF (and so without the place where it was
taken). Public pictures are addressed by the hash of their pixels, hence stored once and cacheable for ever; the sizes
that pages use are made afterwards (``expo/derivatives.py``). Private ones (payment proofs) go to a folder that no
address reaches; a view with an access check reads them.
"""

import base64
import datetime as dt
import hashlib
import math
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.utils import timezone

from expo.errors import DomainError
from expo.grounds import ground_of
from expo.models import Picture

if TYPE_CHECKING:
    from PIL import Image

FULL = "full.jpg"  # the upload as we keep it: what all sizes are made of, and what zooming shows
FULL_WIDTH = 1600
SHORTEST_SIDE = 1000  # what buyers of shops and offices ask of a photo (catalog/readiness): kept of whatever has it
FULL_MOST = 2400  # of panoramas
FULL_QUALITY = 90
SHARE = "share.jpg"  # what anything can read: pages until there are sizes, messengers, old browsers
SHARE_WIDTH = 640
PLAIN = "list.jpg"  # the same for lists: two dozen of the larger one take a slow phone ten seconds
PLAIN_WIDTH = 320
PLAIN_JPEG = {"quality": 70, "progressive": True, "optimize": True}
PRIVATE_LONG_SIDE = 1600


class PictureError(DomainError):
    """The upload is not a picture that can be shown; says why."""


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """An upload ready to be kept. Made without database or storage (and in any process)."""

    digest: str
    width: int
    height: int
    ground: str
    files: dict[str, bytes]
    looks: list[int] | None = None  # expo/looks.py


def store_picture(file: IO[bytes]) -> Picture:
    """Keep an uploaded picture and have its sizes made; the same pixels twice are one row. Raises PictureError."""
    picture = keep_picture(encode_picture(file))
    if not picture.recipe:
        _derive_after_commit(picture)
    return picture


def encode_picture(file: IO[bytes], *, measured: bool = True) -> EncodedPicture:
    """Decode and check. Pure, so that bulk loaders may run it in many processes; they may also leave the measuring."""
    from expo.looks import looks_of
    from expo.pixels import decoded, encoded, resized

    image = decoded(file, long_side=FULL_WIDTH * 2)
    if (width := full_width(image.width, image.height)) < image.width:
        image = resized(image, width)
    digest = hashlib.sha256(f"{image.width}x{image.height}:".encode() + image.tobytes()).hexdigest()
    share = resized(image, min(SHARE_WIDTH, image.width))
    files = {
        FULL: encoded(image, "JPEG", quality=FULL_QUALITY, optimize=True),
        SHARE: encoded(share, "JPEG", quality=82, progressive=True, optimize=True),
        PLAIN: encoded(resized(share, min(PLAIN_WIDTH, image.width)), "JPEG", **PLAIN_JPEG),
    }
    looks = looks_of(image) if measured else None
    return EncodedPicture(digest, image.width, image.height, ground_of(image), files, looks)


def full_width(width: int, height: int) -> int:
    """How wide a photo is kept: FULL_WIDTH, or more for a flat one whose height would fall below SHORTEST_SIDE."""
    flat = math.ceil(SHORTEST_SIDE * width / height)
    return min(width, max(FULL_WIDTH, min(flat, FULL_MOST)))


def keep_picture(upload: EncodedPicture) -> Picture:
    """Write the files, then the row: a row never points at nothing."""
    known = Picture.objects.filter(digest=upload.digest).first()
    if known is not None and _stays(known):
        if known.looks is None and upload.looks:
            known.looks = upload.looks
            known.save(update_fields=["looks"])
        return known
    folder = folder_of(upload.digest)
    for name, content in upload.files.items():
        write_public(f"{folder}/{name}", content)
    picture, _created = Picture.objects.get_or_create(
        digest=upload.digest,
        defaults={
            "folder": folder,
            "width": upload.width,
            "height": upload.height,
            "plain": PLAIN,
            "ground": upload.ground,
            "looks": upload.looks,
        },
    )
    return picture


def _stays(picture: Picture) -> bool:
    """Count an old picture as uploaded now, or else it might go as a leftover (expo/leftovers.py) before it is used."""
    now = timezone.now()
    if now - picture.created_at < dt.timedelta(days=1):
        return True
    return bool(Picture.objects.filter(pk=picture.pk).update(created_at=now))


def folder_of(digest: str) -> str:
    """80 bits of the digest: lists carry two dozen of these addresses, and chance does not compress."""
    key = base64.b32encode(bytes.fromhex(digest)[:10]).decode().lower()
    return f"pictures/{key[:2]}/{key[2:]}"


def write_public(path: str, content: bytes) -> None:
    """Write or replace a file of public storage so that no half of it is ever to be seen."""
    try:
        target = Path(default_storage.path(path))
    except NotImplementedError:  # a bucket: what is put there is whole at once
        default_storage.delete(path)
        default_storage.save(path, ContentFile(content))
        return
    part = default_storage.save(f"{path}.{secrets.token_hex(4)}.part", ContentFile(content))
    os.replace(default_storage.path(part), target)


def _derive_after_commit(picture: Picture) -> None:
    """Tell a worker once the row can be seen. If the queue is down, the minute's tick finds the row."""
    from expo.tasks import derive_picture

    def tell_worker() -> None:
        derive_picture.delay(picture.pk)

    transaction.on_commit(tell_worker, robust=True)


def store_private(file: IO[bytes], folder: str) -> str:
    """Keep a picture that only its parties may see; returns its unguessable name in private storage."""
    from expo.pixels import decoded, encoded, thumbnail

    image = decoded(file, long_side=PRIVATE_LONG_SIDE)
    thumbnail(image, PRIVATE_LONG_SIDE)
    content = encoded(image, "JPEG", quality=82, optimize=True)
    return private_storage().save(f"{folder}/{secrets.token_hex(16)}.jpg", ContentFile(content))


def open_private(name: str) -> IO[bytes]:
    """The bytes of a private picture (JPEG). Check who asks before calling."""
    return private_storage().open(name, "rb")


@cache
def private_storage() -> FileSystemStorage:
    return FileSystemStorage(
        location=str(settings.PRIVATE_ROOT),
        base_url=None,
        file_permissions_mode=0o600,
        directory_permissions_mode=0o700,
    )


def open_picture(file: IO[bytes], *, long_side: int) -> "Image.Image":
    """The pixels of an upload that is only looked at, not kept: upright, RGB. Raises PictureError."""
    from expo.pixels import decoded

    return decoded(file, long_side=long_side)
