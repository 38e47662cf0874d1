"""What is told of a file that somebody holds."""

from dataclasses import dataclass, field
from enum import StrEnum

from expo.errors import DomainError
from reports.models import Recap
from reports.public.columns import Column


class Kind(StrEnum):
    ISSUED = "issued"  # these very bytes left the house
    APPENDED = "appended"  # they did, and something was appended: signatures, say
    SEALED_DATA = "sealed-data"  # the sealed data, in a file that was written anew
    PUBLIC = "public"  # the public figures of a recap, unchanged
    PARTIAL = "partial"  # some of them, and all that are there are right
    DATASET = "dataset"  # several recaps from our open data: each is told in ``rows``
    CELLS = "cells"  # a workbook that was saved again, and every cell of it says what was sealed
    ALTERED = "altered"  # names one of our recaps, but does not say what that says
    FOREIGN = "foreign"  # carries a seal that we never made
    UNSEALED = "unsealed"  # nothing in it can be compared


class FileError(DomainError):
    """A file that cannot be looked at; the sentence is for whoever chose it."""


@dataclass(frozen=True, slots=True)
class Difference:
    column: Column
    said: int | None
    sealed: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    kind: Kind
    recap: Recap | None = None
    format: str = ""
    signatures: int = 0
    differences: tuple[Difference, ...] = field(default=())
    parts: tuple[str, ...] = ()  # what else of a public JSON says something else
    missing: tuple[str, ...] = ()  # public figures, or sheets, that are not in the file
    rows: tuple["Row", ...] = ()

    @property
    def all_right(self) -> bool:
        """Of a file with several recaps: nothing in it differs from what was sealed."""
        return all(row.kind in (Kind.PUBLIC, Kind.PARTIAL) for row in self.rows) and not self.parts


@dataclass(frozen=True, slots=True)
class Row:
    """What a file of the open data says of one recap. ``said`` is how it names it, ``what`` is told in words."""

    kind: Kind
    said: str
    recap: Recap | None = None
    what: tuple[str, ...] = ()
