"""What totals must answer, counted in Python from a list of entries: plainly, and with nothing of the database."""

from collections import defaultdict

from expo.formats import WIB
from journal.models import Measure
from journal.totals import AsOf, Cell, Group, Largest, Steps, Totals

KEYS = {
    "phase": lambda e: e.phase,
    "channel": lambda e: e.channel,
    "category": lambda e: e.category_code,
    "kind": lambda e: e.kind,
    "regency": lambda e: e.regency_code,
    "destination": lambda e: e.destination_code,
    "exhibitor": lambda e: str(e.exhibitor_id),
    "day": lambda e: f"{e.occurred_at.astimezone(WIB):%Y-%m-%d}",
    "hour": lambda e: f"{e.occurred_at.astimezone(WIB):%H}",
}
LABELS = {
    "category": lambda e: e.category_label,
    "regency": lambda e: e.regency_label,
    "destination": lambda e: e.destination_label,
    "exhibitor": lambda e: e.exhibitor_label,
}


def visible(entries, asof: AsOf) -> list:
    return [
        entry
        for entry in entries
        if entry.edition_id in asof.editions
        and (asof.since is None or entry.occurred_at >= asof.since)
        and entry.occurred_at < asof.occurred
        and entry.recorded_at < asof.recorded
    ]


def counted(entries, *measures) -> list:
    return [entry for entry in entries if entry.evidence != "D" and entry.measure in (measures or Measure.values)]


def turnover(entries) -> list:
    return counted(entries, "realised", "committed")


def by(entries, key) -> dict:
    found = defaultdict(list)
    for entry in entries:
        found[key(entry)].append(entry)
    return found


def last(entries):
    return max(entries, key=lambda entry: (entry.recorded_at, entry.pk))


def recount(entries, asof: AsOf) -> dict:
    """Every answer at these cut-offs, in an order of its own."""
    seen = visible(entries, asof)
    return {
        "groups": groups(seen),
        "tables": {name: cells(turnover(seen), key) for name, key in KEYS.items()},
        "labels": {
            name: {code: label(last(some)) for code, some in by(turnover(seen), KEYS[name]).items()}
            for name, label in LABELS.items()
        },
        "transactions": transactions(seen),
        "largest": largest(turnover(seen), size_of),
        "netted": largest(turnover(seen), netted),
        "products": products(seen),
        "exhibitors": {entry.exhibitor_id for entry in seen},
    }


def answers(asof: AsOf) -> dict:
    """What totals says to the same questions."""
    known = Totals(asof)
    return {
        "groups": known.groups,
        "tables": {name: sorted(some, key=lambda c: c.key) for name, some in known.tables.items()},
        "labels": known.labels,
        "transactions": known.transactions,
        "largest": known.largest_transaction,
        "netted": known.largest_netted,
        "products": known.products_sold,
        "exhibitors": known.exhibitors,
    }


def groups(seen) -> list[Group]:
    names = ("measure", "evidence", "nature", "on_order")
    return [
        Group(
            **dict(zip(names, key, strict=True)),
            amount=sum(entry.amount for entry in some),
            quantity=sum(entry.quantity for entry in some),
            entries=len(some),
        )
        for key, some in sorted(by(seen, lambda e: tuple(getattr(e, name) for name in names)).items())
    ]


def cells(seen, key) -> list[Cell]:
    return [
        Cell(
            key=value,
            realised=sum(entry.amount for entry in some if entry.measure == "realised"),
            committed=sum(entry.amount for entry in some if entry.measure == "committed"),
            units=sum(entry.quantity for entry in some if entry.measure == "realised"),
            transactions=len(sold(some)),
        )
        for value, some in sorted(by(seen, key).items())
    ]


def sold(entries) -> set[str]:
    return {entry.transaction_key for entry in entries if entry.measure == "realised" and entry.nature == "sale"}


def transactions(seen) -> dict[str, int]:
    promises = {
        measure: sum(
            sum(entry.amount for entry in some) != 0
            for some in by(counted(seen, measure), lambda e: e.transaction_key).values()
        )
        for measure in ("committed", "potential", "financing")
    }
    return {"realised": len(sold(counted(seen))), **promises}


def netted(entries) -> int:
    return sum(entry.amount for entry in entries)


def size_of(entries) -> int:
    """What was paid, and what is still promised: a promise of before that was paid takes nothing off."""
    left = netted(entry for entry in entries if entry.measure == "committed")
    return netted(entry for entry in entries if entry.measure == "realised") + max(left, 0)


def largest(seen, size) -> Largest | None:
    sums = {key: size(some) for key, some in by(seen, lambda e: e.transaction_key).items()}
    if not sums or max(sums.values()) <= 0:
        return None
    key = min(key for key, amount in sums.items() if amount == max(sums.values()))
    newest = last([entry for entry in seen if entry.transaction_key == key])
    return Largest(
        transaction_key=key,
        amount=sums[key],
        exhibitor=newest.exhibitor_label,
        destination=newest.destination_label,
    )


def products(seen) -> int:
    named = [entry for entry in counted(seen, "realised") if entry.product_key]
    return sum(sum(entry.quantity for entry in some) > 0 for some in by(named, lambda e: e.product_key).values())


def steps(entries, now: AsOf, before: AsOf) -> Steps:
    known = {entry.pk for entry in visible(entries, before)}
    new = [entry for entry in counted(visible(entries, now), "realised") if entry.pk not in known]

    found = {
        "new_sales": [e for e in new if e.nature == "sale" and e.occurred_at >= before.occurred],
        "late_entries": [e for e in new if e.nature == "sale" and e.occurred_at < before.occurred],
        "refunds": [e for e in new if e.nature == "refund"],
        "corrections": [e for e in new if e.nature == "correction"],
    }
    amounts = {step: sum(entry.amount for entry in some) for step, some in found.items()}
    return Steps(
        **(amounts | {"refunds": -amounts["refunds"]}), entries={step: len(some) for step, some in found.items()}
    )
