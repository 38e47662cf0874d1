"""A recap that was signed elsewhere comes back beside the original: kept privately, once it proves to be that recap's.

The electronic signature itself is not judged here: whoever relies on it has it checked where it was made. Checked is
that the file carries the seal of this very recap.
"""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expo.pictures import private_storage
from reports.attachments import FoundSeal, seal_in
from reports.chain import base_number
from reports.errors import RecapError
from reports.models import Recap, SignedFile

FOLDER = "recaps/signed"


def keep_signed(recap: Recap, data: bytes, *, by) -> SignedFile:
    """Keep the file, or return the one that is there with the same bytes.

    DomainError with a sentence for a file that cannot be read, carries no seal, or the seal of another recap.
    """
    found = seal_in(data)
    require_seal_of(recap, found)
    digest = hashlib.sha256(data).hexdigest()
    if existing := SignedFile.objects.filter(recap=recap, sha256=digest).first():
        return existing
    storage = private_storage()
    path = storage.save(f"{FOLDER}/{secrets.token_hex(16)}.pdf", ContentFile(data))
    try:
        with transaction.atomic():
            return SignedFile.objects.create(
                recap=recap,
                path=path,
                sha256=digest,
                size=len(data),
                signatures=found.signatures,
                untouched=found.untouched,
                uploaded_by=by,
                uploaded_by_name=str(by),
            )
    except IntegrityError:
        # Sent twice at once: the other request was quicker, and its file is the one that stays.
        storage.delete(path)
        return SignedFile.objects.get(recap=recap, sha256=digest)


def require_seal_of(recap: Recap, found: FoundSeal) -> None:
    """RecapError unless the file's attachment names the figures, and the code, of this recap."""
    if found.sha256 == recap.sha256 and found.code == recap.code:
        return
    if found.code and found.code != recap.code and found.number:
        raise RecapError(
            _("Berkas ini adalah rekap %(other)s (kode %(code)s), bukan %(number)s.")
            % {"other": found.number, "code": found.code, "number": recap.number}
        )
    raise RecapError(
        _("Segel di dalam berkas ini tidak sama dengan segel rekap %(number)s.") % {"number": base_number(recap)}
    )


def open_signed(signed: SignedFile):
    """The bytes of a kept file. Check who asks before calling."""
    return private_storage().open(signed.path, "rb")
