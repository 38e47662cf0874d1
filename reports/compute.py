"""The figures of a recap: a pure function of the journal, the cut-offs and the snapshot.

An old recap is computed by the rules of its version, which its snapshot carries. Members that came later (declared
with ``introduced(2, …)`` in figures.py) are computed always and left out where the rules are older. Where a version
changes what a member *means* the old way stays beside the new one, chosen by ``snapshot.rules``.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from journal.keys import HOME
from journal.models import Measure, Nature
from journal.totals import ALWAYS, AsOf, Cell, Group, Totals
from reports import figures as f
from reports.snapshot import Snapshot

COUNTED = frozenset("ABC")
CHANNEL_LABELS = {"online": "Toko daring", "live": "Belanja langsung", "onsite": "Kasir stan", "reported": "Dilaporkan"}
PHASE_LABELS = {"before": "Sebelum pembukaan", "during": "Selama pameran", "mall": "Setelah penutupan (mal)"}
KIND_LABELS = {"ukm": "UKM", "koperasi": "Koperasi"}
UNKNOWN_LABEL = "Tidak diketahui"
OTHER_LABEL = "Kabupaten/kota lain di Indonesia"
REACH_LABELS = {
    "province": "Dalam provinsi",
    "indonesia": "Provinsi lain di Indonesia",
    "abroad": "Luar negeri",
    f.UNKNOWN: UNKNOWN_LABEL,
}


def compute(asof: AsOf, *, snapshot: Snapshot, previous: f.Previous | None) -> f.Figures:
    """Compute within one REPEATABLE READ transaction: the same input gives the same bytes, at any time.

    ``previous`` is what the bridge starts from: the recap before this one, as it was sealed.
    """
    known = Totals(asof)
    known.read_all()
    groups, transactions = known.groups, known.transactions
    tables = _tables(known, snapshot)
    realised = _realised(groups, transactions)
    promises: dict[str, f.Promise] = {
        measure: _promise(groups, measure, transactions)
        for measure in (Measure.COMMITTED, Measure.POTENTIAL, Measure.FINANCING)
    }
    value = _value(realised, promises["committed"])
    figures = f.Figures(
        editions=snapshot.editions,
        cutoff=f.Cutoff(occurred=asof.occurred, recorded=asof.recorded),
        since=asof.since,
        entries=sum(group.entries for group in groups),
        realised=realised,
        committed=promises["committed"],
        potential=promises["potential"],
        financing=promises["financing"],
        transaction_value=value,
        pending_evidence=_pending(groups),
        tables=tables,
        products=_products(known, tables, snapshot),
        concentration=_concentration(known, tables, value, snapshot.rules),
        visits=snapshot.visits,
        inquiries=snapshot.inquiries,
        orders=snapshot.orders,
        participants=snapshot.participants,
        bridge=_bridge(known, realised.total, previous),
        comparison=snapshot.comparison,
        schema=f.SCHEMAS[snapshot.rules],
        rules=snapshot.rules,
    )
    # Figures of older rules are what can be read back of them: without the members that came later.
    return figures if snapshot.rules == f.RULES_VERSION else f.Figures.from_json(figures.to_json())


def _realised(groups: list[Group], transactions: dict[str, int]) -> f.Realised:
    paid = [group for group in groups if group.measure == Measure.REALISED and group.evidence in COUNTED]

    def of(nature):
        return sum(group.amount for group in paid if group.nature == nature)

    return f.Realised(
        total=sum(group.amount for group in paid),
        direct=sum(group.amount for group in paid if not group.on_order),
        on_orders=sum(group.amount for group in paid if group.on_order),
        sales=of(Nature.SALE),
        refunds=-of(Nature.REFUND),
        corrections=of(Nature.CORRECTION),
        transactions=transactions[Measure.REALISED],
        evidence=_evidence(paid),
    )


def _promise(groups: list[Group], measure: str, transactions: dict[str, int]) -> f.Promise:
    promised = [group for group in groups if group.measure == measure and group.evidence in COUNTED]
    return f.Promise(
        total=sum(group.amount for group in promised),
        transactions=transactions[measure],
        evidence=_evidence(promised),
    )


def _value(realised: f.Realised, committed: f.Promise) -> f.TransactionValue:
    return f.TransactionValue(
        total=realised.total + committed.total, realised=realised.total, committed=committed.total
    )


def _products(known: Totals, tables: f.Tables, snapshot: Snapshot) -> f.Products:
    return f.Products(on_show=snapshot.on_show, sold=known.products_sold, units=sum(row.units for row in tables.phase))


def _evidence(groups: list[Group]) -> f.Evidence:
    return f.Evidence(
        **{grade: sum(group.amount for group in groups if group.evidence == grade) for grade in sorted(COUNTED)}
    )


def _pending(groups: list[Group]) -> f.PendingEvidence:
    claims = [group for group in groups if group.evidence not in COUNTED]
    return f.PendingEvidence(
        **{measure: sum(group.amount for group in claims if group.measure == measure) for measure in Measure.values}
    )


def _tables(known: Totals, snapshot: Snapshot) -> f.Tables:
    cells, names = known.tables, known.labels
    return f.Tables(
        phase=_fixed(cells["phase"], PHASE_LABELS),
        channel=_fixed(cells["channel"], CHANNEL_LABELS),
        category=_ranked(cells["category"], names["category"]),
        kind=_fixed(cells["kind"], KIND_LABELS),
        regency=_regencies(cells["regency"], snapshot),
        reach=_reaches(cells["destination"], snapshot),
        destination=_ranked(cells["destination"], names["destination"]),
        exhibitor=_exhibitors(cells["exhibitor"], names["exhibitor"]),
        day=_days(cells["day"]),
        hour=_fixed(cells["hour"], {hour: f"{hour}.00" for hour in f.HOURS}),
    )


def _row(cell: Cell, label: str) -> f.Row:
    return f.Row(
        key=cell.key,
        label=label,
        realised=cell.realised,
        committed=cell.committed,
        units=cell.units,
        transactions=cell.transactions,
    )


def _fixed(cells: list[Cell], labels: dict[str, str]) -> tuple[f.Row, ...]:
    """Rows that are always there, in their own order, empty or not; what has no place among them is not known."""
    found = {cell.key: cell for cell in cells}
    rows = [
        _row(found.pop(key), label) if key in found else f.Row(key=key, label=label) for key, label in labels.items()
    ]
    return (*rows, *(_row(cell, UNKNOWN_LABEL) for cell in found.values()))


def _ranked(cells: list[Cell], labels: dict[str, str]) -> tuple[f.Row, ...]:
    """The highest first; the row of what is not known is always there and last."""
    known = [_row(cell, labels.get(cell.key) or cell.key) for cell in cells if cell.key != f.UNKNOWN]
    known.sort(key=lambda row: (-row.realised, -row.committed, row.key))
    return (*known, *_unknown(cells))


def _unknown(cells: Iterable[Cell]) -> tuple[f.Row]:
    for cell in cells:
        if cell.key == f.UNKNOWN:
            return (_row(cell, UNKNOWN_LABEL),)
    return (f.Row(key=f.UNKNOWN, label=UNKNOWN_LABEL),)


def _exhibitors(cells: list[Cell], labels: dict[str, str]) -> tuple[f.Row, ...]:
    rows = [_row(cell, labels[cell.key]) for cell in cells]
    return tuple(sorted(rows, key=lambda row: (-row.realised, -row.committed, row.label, row.key)))


def _regencies(cells: list[Cell], snapshot: Snapshot) -> tuple[f.Row, ...]:
    """All regencies of the province, sold or not; then the rest of Indonesia; then what is not known."""
    found = {cell.key: cell for cell in cells}
    own = [
        _row(found[region.code], region.label) if region.code in found else f.Row(key=region.code, label=region.label)
        for region in snapshot.regencies
    ]
    codes = {region.code for region in snapshot.regencies}
    rest = [cell for cell in cells if cell.key not in codes and cell.key != f.UNKNOWN]
    return (*own, _together(f.OTHER, OTHER_LABEL, rest), *_unknown(cells))


def _together(key: str, label: str, cells: list[Cell]) -> f.Row:
    return f.Row(
        key=key,
        label=label,
        realised=sum(cell.realised for cell in cells),
        committed=sum(cell.committed for cell in cells),
        units=sum(cell.units for cell in cells),
        transactions=sum(cell.transactions for cell in cells),
    )


def _reaches(cells: list[Cell], snapshot: Snapshot) -> tuple[f.Row, ...]:
    """Where goods went, in four: the province (or provinces), the rest of Indonesia, abroad, not known."""
    own = provinces_of(region.code for region in snapshot.regencies)
    groups: dict[str, list[Cell]] = {key: [] for key in f.REACHES}
    for cell in cells:
        groups[reach_of(cell.key, own)].append(cell)
    return tuple(_together(key, REACH_LABELS[key], found) for key, found in groups.items())


def provinces_of(regencies: Iterable[str]) -> set[str]:
    return {code.partition(".")[0] for code in regencies}


def reach_of(destination: str, provinces: set[str]) -> str:
    """A destination is a region's code ("33.74") or a country's ("QA")."""
    if destination == f.UNKNOWN:
        return f.UNKNOWN
    if destination.partition(".")[0] in provinces:
        return "province"
    return "indonesia" if destination == HOME or destination[0].isdigit() else "abroad"


def _days(cells: list[Cell]) -> tuple[f.Row, ...]:
    """Every WIB day from the first to the last that has something, days without as zero."""
    if not cells:
        return ()
    found = {cell.key: cell for cell in cells}
    first, last = (dt.date.fromisoformat(pick(found)) for pick in (min, max))
    every = [(first + dt.timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
    return tuple(_row(found[day], day) if day in found else f.Row(key=day, label=day) for day in every)


def _concentration(known: Totals, tables: f.Tables, value: f.TransactionValue, rules: int) -> f.Concentration:
    largest = known.largest_transaction if rules > 2 else known.largest_netted
    whole = f.size_of(rules, value.realised, value.committed)
    if whole <= 0 or largest is None:
        return f.Concentration()
    label = " → ".join(part for part in (largest.exhibitor, largest.destination) if part)
    transaction = _share(largest.amount, label, whole)
    sizes = [f.size_of(rules, row.realised, row.committed) for row in tables.exhibitor]
    exhibitor = _share(max(sizes), tables.exhibitor[sizes.index(max(sizes))].label, whole)
    return f.Concentration(
        transaction=transaction,
        exhibitor=exhibitor,
        flagged=_is_over_a_third(max(transaction, exhibitor, key=attrgetter("amount")), whole, rules),
    )


def _is_over_a_third(largest: f.Share, whole: int, rules: int) -> bool:
    """Before rules 3 it was asked of the share that is shown, which is cut: a little above a third was none."""
    return 3 * largest.amount > whole if rules > 2 else largest.share_bp > f.FLAG_ABOVE_BP


def _share(amount: int, label: str, whole: int) -> f.Share:
    return f.Share(amount=amount, share_bp=amount * 10_000 // whole, label=label)


def bridge_start(asof: AsOf, previous: f.Previous | None) -> AsOf:
    """What the bridge to ``asof`` starts from: the previous recap's cut-offs; without one, from nothing."""
    return replace(
        asof,
        occurred=previous.occurred if previous else ALWAYS,
        recorded=previous.recorded if previous else ALWAYS,
    )


def _bridge(known: Totals, total: int, previous: f.Previous | None) -> f.Bridge:
    steps = known.steps_from(bridge_start(known.asof, previous))
    return f.Bridge(
        previous=previous,
        opening=previous.total if previous else 0,
        new_sales=steps.new_sales,
        late_entries=steps.late_entries,
        refunds=steps.refunds,
        corrections=steps.corrections,
        closing=total,
        entries=f.BridgeEntries(**steps.entries),
    )
