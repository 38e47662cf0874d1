"""The heads of chain and book, as they are published.

With one of them anybody can show later that nothing before it was taken away or rewritten, which a database alone
cannot prove (docs/verification.md).
"""

import hashlib
import re
from typing import Any

from reports.book.lines import head
from reports.models import BookLine, Recap

HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def heads() -> tuple[Recap | None, BookLine | None]:
    """The recap that was sealed last, whatever its state, and the last line of the book. Two queries."""
    last = Recap.objects.only("number", "code", "sha256", "chain_sha256", "sealed_at").order_by("-pk").first()
    return last, head()


def hashes_in(data: bytes) -> set[str]:
    """Every SHA-256 that a published file names, and its own if it is what we sealed."""
    found = set(HASH.findall(data.decode("utf-8", "replace")))
    own = hashlib.sha256(data).hexdigest()
    return found | {own} if Recap.objects.filter(sha256=own).exists() else found


def unknown_hashes(hashes: set[str]) -> list[str]:
    """Those that neither a recap nor the book has. What was published once must be found for good."""
    known: set[Any] = set(BookLine.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    for name in ("chain_sha256", "sha256"):
        known |= set(Recap.objects.filter(**{f"{name}__in": hashes}).values_list(name, flat=True))
    return sorted(hashes - known)
