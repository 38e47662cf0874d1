"""What is asked of the journal and what it answers: plain frozen values. Amounts in rupiah."""

import datetime as dt
from dataclasses import dataclass

ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)
STEPS = ("new_sales", "late_entries", "refunds", "corrections")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """Which editions, and both cut-offs. An entry counts if it occurred and was recorded before them.

    ``since`` begins a period: what occurred before it is left out. None counts from the first entry. ``from_entries``
    has rollups left out: everything is added up from the entries themselves.
    """

    editions: tuple[int, ...]
    occurred: dt.datetime
    recorded: dt.datetime
    since: dt.datetime | None = None
    from_entries: bool = False

    @property
    def parameters(self) -> dict:
        return {
            "editions": list(self.editions),
            "since": self.since or ALWAYS,
            "occurred": self.occurred,
            "recorded": self.recorded,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The smallest parts from which the headline figures are put together. Grade D is among them, to be set apart."""

    measure: str
    evidence: str
    nature: str
    on_order: bool
    amount: int
    quantity: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A row of a table: rupiah realised and committed, realised units, realised transactions."""

    key: str
    realised: int
    committed: int
    units: int
    transactions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    transaction_key: str
    amount: int
    exhibitor: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What turnover gained and lost between two pairs of cut-offs, and by how many entries. ``refunds`` is positive."""

    new_sales: int
    late_entries: int
    refunds: int
    corrections: int
    entries: dict[str, int]
