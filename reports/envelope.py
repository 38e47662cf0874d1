"""What a seal adds around the figures. It is not part of the hashed figures; the chain hash ties the two."""

from dataclasses import dataclass
from datetime import datetime

CURRENT = "current"
SUPERSEDED = "superseded"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    name: str
    title: str
    nip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Number, code, hashes and signatory of a sealed recap. `url` is the address of its verification page."""

    number: str
    revision: int
    state: str
    code: str
    sealed_at: datetime
    sealed_by: str
    sha256: str
    previous_sha256: str | None
    chain_sha256: str
    signatory: Signatory
    city: str
    superseded_by: str | None
    url: str
    doubted_since: datetime | None = None  # then something was found that is not as it was sealed

    @property
    def in_doubt(self) -> bool:
        return self.doubted_since is not None
