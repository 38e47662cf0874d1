"""What callers hand to the journal: plain frozen values. Amounts in rupiah, moments aware."""

import datetime as dt
from dataclasses import dataclass, field

from exhibitors.models import Exhibitor
from expo.models import Edition
from journal.models import Channel, Evidence, Measure, Nature, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a sale or promise.

    ``key`` tells the line from the others of its sale (an order line's id, say). ``product_key`` is
    ``journal.keys.product_key(product)``; empty when no product is known.
    """

    key: str
    amount: int
    quantity: int = 0
    product_key: str = ""
    product_label: str = ""
    category_code: str = ""
    category_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A confirmed sale, or a promise (order accepted by both sides, potential, financing), of one exhibitor.

    ``key`` is unique within ``source_kind`` and makes posting idempotent: the same sale posted again adds nothing.
    ``transaction_key`` joins what belongs to one deal (an order's code). ``occurred_at`` is the moment at which the
    payment was confirmed, or the promise accepted; it decides the phase.
    """

    edition: Edition
    exhibitor: Exhibitor
    key: str
    transaction_key: str
    occurred_at: dt.datetime
    lines: tuple[Line, ...]
    channel: str = Channel.ONLINE
    evidence: str = Evidence.B
    destination_code: str = ""
    destination_label: str = ""
    source_kind: str = SourceKind.ORDER
    recorded_by_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """How much of which entry is given back, corrected or paid. ``entry_id`` is the entry's primary key."""

    entry_id: int
    amount: int
    quantity: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money given back. Amounts and quantities of its lines are positive; they are posted as negative entries."""

    key: str
    occurred_at: dt.datetime
    lines: tuple[Reversal, ...]
    source_kind: str = SourceKind.REFUND
    recorded_by_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of entries by signed amounts: +5000 raises what was posted too low, -5000 lowers it."""

    key: str
    occurred_at: dt.datetime
    lines: tuple[Reversal, ...]
    note: str
    source_kind: str = SourceKind.STAFF
    recorded_by_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Part or all of committed entries paid: positive amounts, from committed to realised in one transaction.

    ``channel`` and ``evidence`` are those of the payment; without them the promise's are kept.
    """

    key: str
    occurred_at: dt.datetime
    lines: tuple[Reversal, ...]
    evidence: str | None = None
    channel: str | None = None
    source_kind: str = SourceKind.ORDER
    recorded_by_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One entry with everything decided, as ``post_imported`` takes it and ``posting`` makes it.

    ``recorded_at`` counts only under the importer's role; None lets the database say now. ``reverses_key`` names the
    reversed entry by its ``source_key`` (same source kind, posted earlier, perhaps just before in the same call).
    """

    edition_id: int
    phase: str
    exhibitor_id: int
    exhibitor_label: str
    kind: str
    transaction_key: str
    channel: str
    measure: str
    evidence: str
    amount: int
    occurred_at: dt.datetime
    source_key: str
    source_kind: str = SourceKind.IMPORT
    quantity: int = 0
    nature: str = Nature.SALE
    on_order: bool = False
    regency_code: str = ""
    regency_label: str = ""
    category_code: str = ""
    category_label: str = ""
    product_key: str = ""
    product_label: str = ""
    destination_code: str = ""
    destination_label: str = ""
    recorded_at: dt.datetime | None = None
    reverses_id: int | None = None
    reverses_key: str = field(default="")
    recorded_by_id: int | None = None
    note: str = ""


__all__ = [
    "Channel",
    "Correction",
    "Evidence",
    "Line",
    "Measure",
    "Nature",
    "NewEntry",
    "Payment",
    "Refund",
    "Reversal",
    "Sale",
    "SourceKind",
]
