"""The journal: its entries, which are the truth, and rollups of its closed days, which are only quick."""

from journal.models.documents import EntryDocument
from journal.models.entries import Channel, Entry, Evidence, Measure, Nature, SealedUntil, SourceKind
from journal.models.rollups import (
    CellDay,
    CellSum,
    Checkpoint,
    ClosedDay,
    GroupDay,
    GroupSum,
    LongTransaction,
    PeakDay,
    PeakSum,
    ProductDay,
    ProductSum,
    RollupCheck,
    RollupDifference,
    SharedTransaction,
)

__all__ = [
    "CellDay",
    "CellSum",
    "Channel",
    "Checkpoint",
    "ClosedDay",
    "Entry",
    "EntryDocument",
    "Evidence",
    "GroupDay",
    "GroupSum",
    "LongTransaction",
    "Measure",
    "Nature",
    "PeakDay",
    "PeakSum",
    "ProductDay",
    "ProductSum",
    "RollupCheck",
    "RollupDifference",
    "SealedUntil",
    "SharedTransaction",
    "SourceKind",
]
