"""The figures of a recap: what is computed from the journal, hashed, sealed and rendered.

Amounts are rupiah (int), moments are aware datetimes, days are WIB days. Renderers take these values and
never query. `reports/envelope.py` holds what the seal adds around them.

What is sealed keeps the rules by which it was computed: a member that came later is declared with
`introduced(version, default)`, and figures of older rules are read and written without it (docs/adr/0146).
"""

from dataclasses import dataclass
from datetime import date, datetime

from reports import canonical
from reports.canonical import introduced

RULES_VERSION = 3
SCHEMAS = {1: "recap/1", 2: "recap/2", 3: "recap/3"}

PHASES = ("before", "during", "mall")
CHANNELS = ("online", "live", "onsite", "reported")
KINDS = ("ukm", "koperasi")
HOURS = tuple(f"{hour:02}" for hour in range(24))
UNKNOWN = ""
OTHER = "other"
REACHES = ("province", "indonesia", "abroad", UNKNOWN)
FLAG_ABOVE_BP = 3333


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    slug: str
    name: str
    name_en: str
    code: str
    organiser: str
    mode: str
    theme: str
    sales_open: datetime
    opens_at: datetime
    closes_at: datetime
    mall_closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """Both ends are half-open: an entry counts when its time is before the moment."""

    occurred: datetime
    recorded: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Amounts by evidence grade. They sum to the measure's total."""

    A: int = 0
    B: int = 0
    C: int = 0

    @property
    def total(self) -> int:
        return self.A + self.B + self.C


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """Omzet. total = direct + on_orders = sales - refunds + corrections; `refunds` is positive."""

    total: int
    direct: int
    on_orders: int
    sales: int
    refunds: int
    corrections: int
    transactions: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Committed, potential or financing: what is not yet paid."""

    total: int
    transactions: int
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class TransactionValue:
    total: int
    realised: int
    committed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEvidence:
    """Grade D: claimed only, counted nowhere, shown for information."""

    realised: int = 0
    committed: int = 0
    potential: int = 0
    financing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table. `units` are realised net units and sum to `products.units`.

    `transactions` counts the realised transactions that touch the row: one that spans two categories or is
    paid on two days counts in both rows, so this column need not sum to the total.
    """

    key: str
    label: str
    realised: int = 0
    committed: int = 0
    units: int = 0
    transactions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    phase: tuple[Row, ...]
    channel: tuple[Row, ...]
    category: tuple[Row, ...]
    kind: tuple[Row, ...]
    regency: tuple[Row, ...]
    destination: tuple[Row, ...]
    exhibitor: tuple[Row, ...]
    day: tuple[Row, ...]
    hour: tuple[Row, ...]
    reach: tuple[Row, ...] | None = introduced(2, None)

    def items(self) -> list[tuple[str, tuple[Row, ...]]]:
        """Name and rows of every table that these figures have, in the order of printing."""
        named = ((name, getattr(self, name)) for name in TABLE_NAMES)
        return [(name, rows) for name, rows in named if rows is not None]


TABLE_NAMES = (
    "phase",
    "channel",
    "category",
    "kind",
    "regency",
    "reach",
    "destination",
    "exhibitor",
    "day",
    "hour",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Products:
    """Three numbers never to be confused: on show, distinct products sold, units sold."""

    on_show: int = 0
    sold: int = 0
    units: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The largest transaction or exhibitor, and its share of all turnover by the same measure, in basis points."""

    amount: int
    share_bp: int
    label: str


def size_of(rules: int, realised: int, committed: int) -> int:
    """How large a transaction, an exhibitor or all turnover is, by the rules of a version.

    A period knows of older promises only that they were paid: that is turnover, and takes nothing off (docs/adr/0204).
    """
    return realised + (max(committed, 0) if rules > 2 else committed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """Sizes are turnover and what is still promised (``size_of``); under rules 1 and 2 plainly realised + committed."""

    transaction: Share | None = None
    exhibitor: Share | None = None
    flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BusiestBooth:
    label: str
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueDay:
    day: date
    unique: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDay:
    day: date
    visits: int
    page_views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothVisits:
    """One booth's visits. A row without a label is what is known of no booth that is still there.

    ``unique``: its visitors, with the error of all unique figures; None where they are not told (several salts, not
    among the most visited booths). They sum to nothing: many visit several booths.
    """

    label: str
    visits: int
    unique: int | None = introduced(3, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDay:
    day: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """`unique_total` is None where the days lie under several salts: uniques are never claimed across them.

    `gate` is the on-site count, None where nobody counted. `days` sum to `visits` and `page_views`, `booths` (most
    visited first) to `booth_visits`, `gate_days` to `gate`.
    """

    visits: int = 0
    page_views: int = 0
    booth_visits: int = 0
    busiest_booth: BusiestBooth | None = None
    unique_days: tuple[UniqueDay, ...] = ()
    unique_total: int | None = None
    unique_error_bp: int = 81
    bots: int = 0
    staff: int = 0
    gate: int | None = None
    until: datetime
    days: tuple[VisitDay, ...] = ()
    booths: tuple[BoothVisits, ...] = introduced(2, ())
    gate_days: tuple[GateDay, ...] = introduced(2, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRow:
    key: str
    label: str
    sent: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiries:
    sent: int = 0
    answered: int = 0
    median_first_answer_minutes: int | None = None
    by_language: tuple[InquiryRow, ...] = ()
    by_country: tuple[InquiryRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """For information only: an unpaid or expired order is no turnover. Values are the goods', in rupiah."""

    placed: int = 0
    expired: int = 0
    cancelled: int = 0
    expired_value: int = introduced(2, 0)
    cancelled_value: int = introduced(2, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    exhibitors: int = 0
    ukm: int = 0
    koperasi: int = 0
    regencies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the bridge starts from, and by which rules that was counted (None: nobody noted it)."""

    number: str | None
    occurred: datetime
    recorded: datetime
    total: int
    by_rules: int | None = introduced(3, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeEntries:
    """How many journal entries stand behind each step of the bridge."""

    new_sales: int = 0
    late_entries: int = 0
    refunds: int = 0
    corrections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """opening + new_sales + late_entries - refunds + corrections = closing = realised.total."""

    previous: Previous | None = None
    opening: int = 0
    new_sales: int = 0
    late_entries: int = 0
    refunds: int = 0
    corrections: int = 0
    closing: int = 0
    entries: BridgeEntries | None = introduced(2, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An earlier edition on the same day of its run, at the same time of day, as it was known at the sealing."""

    slug: str
    name: str
    name_en: str
    code: str
    day: int
    since: datetime | None
    occurred: datetime
    recorded: datetime
    realised: int
    committed: int
    transactions: int
    visits: int
    inquiries: int
    exhibitors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A recap of a period has a `since`: it counts what occurred at or after it. None: from the first entry on."""

    editions: tuple[Edition, ...]
    cutoff: Cutoff
    entries: int
    realised: Realised
    committed: Promise
    potential: Promise
    financing: Promise
    transaction_value: TransactionValue
    pending_evidence: PendingEvidence
    tables: Tables
    products: Products
    concentration: Concentration
    visits: Visits
    inquiries: Inquiries
    orders: Orders
    participants: Participants
    bridge: Bridge
    comparison: Comparison | None = introduced(2, None)
    since: datetime | None = introduced(2, None)
    schema: str = SCHEMAS[RULES_VERSION]
    rules: int = RULES_VERSION

    def to_json(self) -> bytes:
        """The canonical bytes that are hashed and sealed. Floats anywhere inside raise CanonicalError."""
        return canonical.dumps(self)

    @classmethod
    def from_json(cls, data: bytes) -> "Figures":
        """Read sealed figures back, e.g. for a renderer. CanonicalError names the member that is wrong."""
        return canonical.loads(cls, data)
