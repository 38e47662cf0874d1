"""What is wrong with a QRIS code, in a sentence for its owner."""

from expo.errors import DomainError


class QrisError(DomainError):
    """The text or picture is not a code that buyers could pay by; says why."""
