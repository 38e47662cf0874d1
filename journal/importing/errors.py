"""What is wrong with a file, row by row."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.errors import JournalError


@dataclass(frozen=True, slots=True)
class RowError:
    """``row`` counts as a spreadsheet does: the header is row 1. ``column`` is empty when the whole row is meant."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.column}: " if self.column else ""
        return _("baris %(row)s: %(what)s") % {"row": self.row, "what": f"{place}{self.reason}"}


class FileError(JournalError):
    """A file that cannot be read at all."""


class RowsError(JournalError):
    """A file with bad rows; nothing of it was imported."""

    def __init__(self, errors: list[RowError], message):
        super().__init__(message)
        self.errors = errors
