"""What can go wrong between us and a gateway."""

from expo.errors import DomainError


class GatewayError(DomainError):
    """The gateway can't be reached or answers nonsense; trying again later may help."""


class GatewayRefusedError(GatewayError):
    """The gateway knows us not: the exhibitor's key is wrong or blocked."""


class GatewayDuplicateError(GatewayError):
    """The reference was used before."""


class UntrustedError(Exception):
    """A notification that is malformed or not signed with the merchant's key. Nobody reads its text."""
