"""What a recap counted outside the journal, counted again today.

Rows there change by right, so a difference is a note and no finding: a question that was marked as spam since, or a
booth that was taken away, counts no more.
"""

from collections.abc import Iterator
from dataclasses import replace

from redis import RedisError

from reports import canonical
from reports.canonical import CanonicalError
from reports.models import Recap
from reports.queries import asof_of
from reports.snapshot import Snapshot, capture

# The earlier edition may learn of late entries; rules say how the rest is read.
NOT_COMPARED = ("comparison", "rules")


def changed_since() -> Iterator[tuple[str, str]]:
    """Number and members of the newest recap of each scope that would be counted otherwise today."""
    newest = Recap.objects.order_by("scope", "-occurred_cutoff", "-revision").distinct("scope")
    for recap in newest.iterator(chunk_size=20):
        try:
            names = differing(recap)
        except (CanonicalError, RedisError) as error:
            yield recap.number, f"what it counted outside the journal cannot be counted again: {error}"
            continue
        if names:
            yield recap.number, f"counted otherwise today: {', '.join(names)}"


def differing(recap: Recap) -> list[str]:
    editions = list(recap.editions.order_by("slug"))
    sealed = Snapshot.from_json(recap.snapshot.encode())
    today = replace(capture(editions, asof_of(recap)), rules=sealed.rules)
    then, now = canonical.to_plain(sealed), canonical.to_plain(today)
    return [name for name in then if name not in NOT_COMPARED and then[name] != now[name]]
