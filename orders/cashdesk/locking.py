"""Each stand sale is decided by one request at a time, whatever became of the others that carry its key."""

import hashlib
import uuid

from django.db import connection

from exhibitors.models import Exhibitor


def lock_key(exhibitor: Exhibitor, key: uuid.UUID) -> None:
    """Hold this sale's key to the end of the transaction, before asking what became of it.

    A phone that waited too long gives up, its request does not: the sale may still be recorded while its seller mends
    it and throws the old one away. Whoever comes second sees what the first has decided.
    """
    number = int.from_bytes(hashlib.sha256(f"stand sale {exhibitor.pk}/{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
