"""The seal inside a recap's PDF: a small PDF attached to it that names the recap and the SHA-256 of its figures.

PDF/A-2 lets a document hold attachments that are PDF/A themselves, and nothing else; canonical JSON would ask for
PDF/A-3. So the attachment is a page of PDF/A-2 of its own (docs/adr/0145). It stays inside when the document is signed
elsewhere, and says what the paper claims, without anything being read off the pages.

``hash_in(data)`` reads it back from whatever somebody uploads.
"""

import hashlib
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from reports.child import UnreadableError
from reports.pdf_reading import read_seal

NAME = "segel.pdf"
MOST_BYTES = 20 * 1024 * 1024


class SealedFileError(DomainError):
    """A file that cannot be read as a recap's PDF; the sentence is for whoever uploaded it.

    ``is_unsealed``: it can be read well, only our attachment is not in it."""

    def __init__(self, message, *, is_unsealed: bool = False):
        super().__init__(message)
        self.is_unsealed = is_unsealed


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSeal:
    """What the attachment says.

    ``sha256`` is the hash of the canonical figures. ``signatures`` counts electronic signatures in the document; they
    are not checked here. ``untouched`` tells that the file begins with the very bytes that we set: what came after
    (signatures, say) was appended. Where it is False the file was written anew by another program, and only the
    attachment can be compared.
    """

    number: str
    code: str
    sha256: str
    signatures: int
    untouched: bool


def hash_in(data: bytes) -> str:
    """The SHA-256 (hexadecimal) of the canonical figures that the PDF's attachment names: ``Recap.sha256`` to compare.

    Asks neither database nor store. SealedFileError, with a sentence for the reader, for what is no PDF, is too large,
    damaged or locked, and for a PDF without our attachment. Reads in a process of its own (about 0.3 s of processor
    time, bounded memory), so a crafted upload costs nothing else. A hash that is found proves only what the attachment
    claims; whether such a recap was sealed is the caller's question.
    """
    return seal_in(data).sha256


def seal_in(data: bytes) -> FoundSeal:
    """Everything the attachment says, and what can be told of the file; raises like ``hash_in``."""
    if len(data) > MOST_BYTES:
        raise SealedFileError(_("Berkas ini lebih besar dari 20 MB; PDF rekap tidak sebesar itu."))
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise SealedFileError(_("Berkas ini bukan PDF."))
    try:
        found = read_seal(data, NAME)
    except UnreadableError as error:
        raise SealedFileError(_("PDF ini rusak atau terpotong. Unduh atau pindahkan berkasnya sekali lagi.")) from error
    if found["locked"]:
        raise SealedFileError(_("PDF ini dikunci dengan kata sandi. Unggah berkas tanpa kunci."))
    said = words(found["keywords"] or "")
    if not re.fullmatch(r"[0-9a-f]{64}", said.get("sha256", "")):
        raise SealedFileError(
            _(
                "Di dalam PDF ini tidak ada lampiran segel rekap. Cetak atau pindaian tidak memuatnya; "
                "pakai berkas PDF-nya."
            ),
            is_unsealed=True,
        )
    return FoundSeal(
        number=said.get("number", ""),
        code=said.get("code", ""),
        sha256=said["sha256"],
        signatures=found["signatures"],
        untouched=begins_with(data, said.get("pages", "")),
    )


def keywords(*, number: str, code: str, sha256: str, pages: bytes) -> list[str]:
    """What the attachment carries for programs; ``pages`` are the bytes that it is attached to."""
    return [
        f"number:{number}",
        f"code:{code}",
        f"sha256:{sha256}",
        f"pages:{len(pages)}:{hashlib.sha256(pages).hexdigest()}",
    ]


def words(text: str) -> dict[str, str]:
    pairs = (word.strip().partition(":") for word in text.split(","))
    return {name: value for name, colon, value in pairs if colon}


def begins_with(data: bytes, pages: str) -> bool:
    length, _colon, digest = pages.partition(":")
    if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > len(data):
        return False
    return hashlib.sha256(data[: int(length)]).hexdigest() == digest
