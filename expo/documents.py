"""Documents that only their parties may see: a scanned page or a PDF, kept in private storage."""

import hashlib
import secrets
from typing import IO

from django.core.files.base import ContentFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from expo.pictures import private_storage, store_private

MOST_BYTES = 10 * 1024 * 1024
PDF = b"%PDF-"
PIECE = 64 * 1024  # bytes read at once


class DocumentError(DomainError):
    """The upload can't be kept; says why."""


def store_document(file: IO[bytes], folder: str) -> str:
    """Keep a picture (encoded anew) or a PDF (as it is); returns its unguessable name. Raises DomainError."""
    file.seek(0)
    if file.read(len(PDF)) != PDF:
        return store_private(file, folder)
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise DocumentError(_("Berkas lebih besar dari 10 MB."))
    return private_storage().save(f"{folder}/{secrets.token_hex(16)}.pdf", ContentFile(data))


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of an upload as it came, by which the same file is found again."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def document_response(name: str) -> FileResponse:
    """The file for someone who may see it: check who asks before calling. A PDF is saved, never shown in our page."""
    is_pdf = name.endswith(".pdf")
    return FileResponse(
        private_storage().open(name, "rb"),
        content_type="application/pdf" if is_pdf else "image/jpeg",
        as_attachment=is_pdf,
        filename=f"dokumen.{'pdf' if is_pdf else 'jpg'}",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
