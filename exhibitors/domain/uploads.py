"""Photos that arrive in pieces, so that a lost connection costs one piece and not the photo (ADR 0110).

The row says how many bytes are here. A piece is taken under the row's lock and only where the last one ended; it is
written to its place in the file before the row says so, hence sending it again does no harm.
"""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.models import Exhibitor, PhotoUpload
from expo.errors import DomainError
from expo.pictures import PictureError, private_storage, store_picture

MOST_BYTES = 15 * 1024 * 1024  # as a form may carry: expo/pixels.py
PIECE_BYTES = 1024 * 1024  # the most one request may bring
MOST_OPEN = 20  # of one exhibitor; a new one takes the place of the oldest
KEPT = dt.timedelta(days=2)  # like the picture of a form that was never sent: expo/leftovers.py


class UploadError(DomainError):
    """The piece can't be taken."""


class OffsetError(UploadError):
    """The piece begins elsewhere than the last one ended; ``received`` is where to go on."""

    def __init__(self, received: int):
        self.received = received
        super().__init__(_("Sebagian foto sudah terkirim. Lanjutkan dari sana."))


@transaction.atomic
def start_upload(exhibitor: Exhibitor, size: int) -> PhotoUpload:
    """Make room for a photo of ``size`` bytes."""
    if not 0 < size <= MOST_BYTES:
        raise UploadError(_("Gambar lebih besar dari 15 MB. Pilih gambar yang lebih kecil."))
    Exhibitor.objects.select_for_update().get(pk=exhibitor.pk)
    others = PhotoUpload.objects.filter(exhibitor=exhibitor, picture=None).order_by("-created_at", "-pk")
    _forget(list(others[MOST_OPEN - 1 :]))
    upload = PhotoUpload(exhibitor=exhibitor, size=size)
    upload.file = private_storage().save(f"uploads/{upload.token}", ContentFile(b""))
    upload.save()
    return upload


@transaction.atomic
def take_piece(upload: PhotoUpload, offset: int, content: bytes) -> PhotoUpload:
    """Write the bytes that begin at ``offset``. Raises OffsetError when they are not the next ones."""
    upload = PhotoUpload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.received:
        raise OffsetError(upload.received)
    if upload.picture_id or not content:
        return upload
    if len(content) > PIECE_BYTES or offset + len(content) > upload.size:
        raise UploadError(_("Bagian foto ini lebih besar dari yang diharapkan."))
    with private_storage().open(upload.file, "r+b") as file:
        file.seek(offset)
        file.write(content)
    upload.received += len(content)
    upload.save(update_fields=["received"])
    return upload


def finish_upload(upload: PhotoUpload) -> PhotoUpload:
    """When all of it is here, make it a picture; again, and nothing more happens.

    Raises PictureError for what is no picture, and forgets it."""
    try:
        return _finish(upload)
    except PictureError:
        _forget([upload])
        raise


@transaction.atomic
def _finish(upload: PhotoUpload) -> PhotoUpload:
    upload = PhotoUpload.objects.select_for_update(of=("self",)).select_related("picture").get(pk=upload.pk)
    if upload.picture is not None or upload.received < upload.size:
        return upload
    name, upload.file = upload.file, ""
    with private_storage().open(name, "rb") as file:
        upload.picture = store_picture(file)
    upload.save(update_fields=["file", "picture"])
    _delete_later([name])
    return upload


def forget_upload(upload: PhotoUpload) -> None:
    """Its sender does not want it any more."""
    _forget([upload])


def forget_old_uploads(*, now: dt.datetime | None = None) -> int:
    """Delete what nobody went on with; returns how many. Safe to repeat."""
    before = (now or timezone.now()) - KEPT
    old = list(PhotoUpload.objects.filter(created_at__lt=before).order_by("pk")[:500])
    _forget(old)
    return len(old)


def _forget(uploads: list[PhotoUpload]) -> None:
    with transaction.atomic():
        PhotoUpload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()
        _delete_later([upload.file for upload in uploads if upload.file])


def _delete_later(names: list[str]) -> None:
    """Files go after the rows: a row never points at nothing."""

    def delete() -> None:
        for name in names:
            private_storage().delete(name)

    transaction.on_commit(delete, robust=True)
