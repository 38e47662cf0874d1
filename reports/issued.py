"""The files of a recap that left the house, known by their bytes: so that one can be told from a copy that was changed.

A PDF is set anew each time it is asked for; a later layout gives other bytes. What is kept is a line for each different
file, never the file.
"""

import hashlib
from typing import IO

from expo.documents import digest_of
from reports.models import IssuedFile, Recap


def note_issued(recap: Recap, format: str, data: bytes) -> None:
    """Safe to repeat: the same bytes are one line."""
    _note(recap, format, len(data), hashlib.sha256(data).hexdigest())


def note_issued_file(recap: Recap, format: str, file: IO[bytes]) -> int:
    """The same for a file that is too long for memory; its size."""
    digest = digest_of(file)
    size = file.tell()
    _note(recap, format, size, digest)
    return size


def _note(recap: Recap, format: str, size: int, sha256: str) -> None:
    issued = IssuedFile(recap=recap, format=format, size=size, sha256=sha256)
    IssuedFile.objects.bulk_create([issued], ignore_conflicts=True)


def issued_as(data: bytes) -> IssuedFile | None:
    """The file of ours that has these very bytes."""
    return IssuedFile.objects.filter(sha256=hashlib.sha256(data).hexdigest()).first()


def issued_within(recap: Recap, data: bytes) -> IssuedFile | None:
    """The file of ours with which ``data`` begins: electronic signatures are appended to a PDF."""
    for issued in IssuedFile.objects.filter(recap=recap, size__lt=len(data)).order_by("-size", "pk")[:100]:
        if hashlib.sha256(memoryview(data)[: issued.size]).hexdigest() == issued.sha256:
            return issued
    return None
