"""What the reports refuse, as sentences for the reader."""

from expo.errors import DomainError


class RecapError(DomainError):
    """A recap that cannot be computed, sealed or withdrawn."""


class NotWantedError(RecapError):
    """What was to be sealed has been cancelled meanwhile."""


class BusyError(RecapError):
    """Another worker is at it: to be tried again."""
