"""The journal: its entries, which are the truth, and rollups of its closed days, which are only quick."""

from journal.models.documents import EntryDocument
from journal.models.entries import Channel, Entry, Evidence, Measure, Nature, SealedUntil, SourceKind
from journal.models.rollups import (
    CellDay,
    ClosedDay,
    GroupDay,
    PeakDay,
    ProductDay,
    RollupCheck,
    RollupDifference,
    SharedTransaction,
)

__all__ = [
    "CellDay",
    "Channel",
    "ClosedDay",
    "Entry",
    "EntryDocument",
    "Evidence",
    "GroupDay",
    "Measure",
    "Nature",
    "PeakDay",
    "ProductDay",
    "RollupCheck",
    "RollupDifference",
    "SealedUntil",
    "SharedTransaction",
    "SourceKind",
]
