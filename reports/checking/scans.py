"""A photo of a recap's QR code: which code it leads to, and whether it leads to us at all."""

import re
from dataclasses import dataclass
from typing import IO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from expo.errors import DomainError
from expo.qr import texts_in_picture
from reports.codes import MistypedError, read_code

PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
ADDRESS = re.compile(r"(?:/en)?/verifikasi/([^/]+)/?")


class ScanError(DomainError):
    """No code of ours in the picture; says what there is."""


@dataclass(frozen=True, slots=True)
class Scan:
    """``host``: of the QR code, where it is not this site."""

    code: str
    host: str = ""


def is_picture(data: bytes) -> bool:
    return data.startswith(PICTURES) or data[:4] == b"RIFF" or data[4:8] == b"ftyp"


def scan(file: IO[bytes]) -> Scan:
    """The code in a photo. PictureError for what is no picture, ScanError for one without a code of ours."""
    texts = sorted(texts_in_picture(file))
    if not texts:
        raise ScanError(
            _("Tidak ada kode QR yang terbaca. Foto dari dekat, tegak lurus, dengan cahaya cukup; atau ketik kodenya.")
        )
    found = [each for text in texts if (each := read_scan(text))]
    if not found:
        raise ScanError(
            _("Kode QR di foto ini bukan milik rekap kami. Isinya: %(text)s") % {"text": " · ".join(texts)[:200]}
        )
    return min(found, key=lambda each: each.host != "")


def read_scan(text: str) -> Scan | None:
    """The code that a QR code's text means, or None if that is no address of a verification page."""
    try:
        parts = urlsplit(text.strip())
        address = ADDRESS.fullmatch(unquote(parts.path)) if parts.netloc else None
        code = read_code(address[1]) if address else read_code(text) if len(text) < 30 else ""
    except (ValueError, MistypedError):
        return None
    if not code:
        return None
    ours = not parts.netloc or parts.netloc == urlsplit(settings.SITE_URL).netloc
    return Scan(code, "" if ours else parts.netloc)
