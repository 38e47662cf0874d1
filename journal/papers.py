"""Papers of what staff write: kept in private storage beside the entry, never taken away."""

from typing import IO

from django.db import transaction

from expo.documents import digest_of, store_document
from journal.models import Entry, EntryDocument

FOLDER = "journal"


@transaction.atomic
def attach(entry: Entry, file: IO[bytes], *, by) -> EntryDocument:
    """Keep a photo or a PDF beside the entry; the same file again is the one that is there. Raises DomainError."""
    digest = digest_of(file)
    Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    known = EntryDocument.objects.filter(entry=entry, digest=digest).first()
    return known or EntryDocument.objects.create(entry=entry, file=store_document(file, FOLDER), digest=digest, by=by)
