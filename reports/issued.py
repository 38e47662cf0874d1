"""The files of a recap that left the house, known by their bytes: so that one can be told from a copy that was changed.

A PDF is set anew each time it is asked for; a later layout gives other bytes. What is kept is a line for each different
file, never the file.
"""

import hashlib

from reports.models import IssuedFile, Recap


def note_issued(recap: Recap, format: str, data: bytes) -> None:
    """Safe to repeat: the same bytes are one line."""
    issued = IssuedFile(recap=recap, format=format, size=len(data), sha256=hashlib.sha256(data).hexdigest())
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
