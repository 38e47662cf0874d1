"""The salts of visitors: the hash of each secret, so that none is exchanged for another.

Under another secret everybody would be counted as new. A secret is 256 random bits, of which a hash gives nothing away.
"""

import hashlib
from collections.abc import Iterator

from django.db.models import Q

from expo.models import Edition
from reports.book.lines import Difference, Fact, content_of
from reports.models import BookLine
from visits.models import Salt

SALT = "salt"


def new() -> Iterator[Fact]:
    """Those that live and are not noted yet."""
    known = set(BookLine.objects.filter(kind=SALT).values_list("key", flat=True))
    for salt in Salt.objects.filter(secret__isnull=False).order_by("pk"):
        key = f"{salt.edition_id}:{salt.period}"
        if key not in known:
            content = {"edition": salt.edition_id, "period": salt.period, "id": salt.pk, "sha256": hash_of(salt)}
            yield Fact(SALT, key, content)


def changed() -> Iterator[Difference]:
    """Those that are not the ones that were noted, and are not destroyed. A salt goes with its edition."""
    salts, editions = Salt.objects.in_bulk(), set(Edition.objects.values_list("pk", flat=True))
    for line in BookLine.objects.filter(kind=SALT).order_by("position"):
        said = content_of(line)
        salt = salts.get(said["id"])
        if salt is None:
            if said["edition"] in editions:
                yield f"visits_salt {said['id']}", "the salt is gone"
        elif (salt.edition_id, salt.period) != (said["edition"], said["period"]):
            yield f"visits_salt {said['id']}", "the salt's edition or period"
        elif salt.secret is not None and hash_of(salt) != said["sha256"]:
            yield f"visits_salt {said['id']}", "the secret"
    halves = Q(secret__isnull=True, destroyed_at__isnull=True) | Q(secret__isnull=False, destroyed_at__isnull=False)
    for salt in Salt.objects.filter(halves).order_by("pk"):
        yield f"visits_salt {salt.pk}", "the secret, and when it was destroyed"


def hash_of(salt: Salt) -> str:
    return hashlib.sha256(bytes(salt.secret or b"")).hexdigest()
