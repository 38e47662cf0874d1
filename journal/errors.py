"""What the journal refuses, as sentences for the reader."""

from expo.errors import DomainError


class JournalError(DomainError):
    """An entry that the journal does not take."""


class OutsideEditionError(JournalError):
    """The moment lies outside the edition's ``sales_open … mall_closes_at``."""


class DifferentContentError(JournalError):
    """The same source was posted before with a different content."""
