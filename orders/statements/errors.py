"""What is wrong with an uploaded statement, in a sentence for its owner."""

from expo.errors import DomainError


class StatementError(DomainError):
    """The file can't be read as a statement; says why and what to do."""
