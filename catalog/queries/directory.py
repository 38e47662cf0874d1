"""The directory: every exhibitor with a booth on show, and how many there are of each kind. One query, remembered for
a minute; a directory of a few thousand names is narrowed and sorted faster here than by asking again."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as remembered

from django.core.cache import cache
from django.utils.translation import get_language

from catalog.queries.booths import on_show, open_booths
from expo.prepared import MOMENT, Prepared

FRESH_SECONDS = 60
FIELDS = (
    "pk", "exhibitor_id", "exhibitor__name", "exhibitor__kind", "exhibitor__regency_id", "exhibitor__regency__name",
    "hall__slug", "hall__letter", "hall__name", "hall__name_en", "edition__slug", "edition__name", "edition__name_en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One booth, as the directory needs it to narrow and sort."""

    pk: int
    exhibitor: int
    name: str
    kind: str
    regency: str | None
    regency_name: str | None
    hall: str
    hall_letter: str
    hall_name: str
    hall_name_en: str
    edition: str
    edition_name: str
    edition_name_en: str

    @property
    def initial(self) -> str:
        """The first letter of the name; everything else stands under "#"."""
        first = self.name.strip()[:1].upper()
        return first if first.isascii() and first.isalpha() else "#"

    @property
    def hall_label(self) -> str:
        english = get_language() == "en"
        hall = (english and self.hall_name_en) or self.hall_name
        edition = (english and self.edition_name_en) or self.edition_name
        return f"{edition} · {self.hall_letter} {hall}"


def entries(now: dt.datetime) -> list[Entry]:
    """All open booths of the editions on show, those of the newest first."""
    return cache.get_or_set(
        "catalog:directory", lambda: [Entry(*row) for row in _entries_query().rows(now=now)], FRESH_SECONDS
    )


@remembered
def _entries_query() -> Prepared:
    booths = open_booths().filter(on_show(MOMENT)).order_by("-edition__opens_at", "hall__position", "pk")
    return Prepared(booths.values_list(*FIELDS), now=MOMENT)


def newest_of_each(found: Iterable[Entry]) -> list[Entry]:
    """One booth of each exhibitor: of the newest edition among them."""
    first: dict[int, Entry] = {}
    for entry in found:
        first.setdefault(entry.exhibitor, entry)
    return list(first.values())


def counted(found: Iterable[Entry], field: str) -> Counter:
    return Counter(getattr(entry, field) or "" for entry in found)
