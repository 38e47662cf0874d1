"""What a recap of the fair must say, added up from its files: plainly, and with no help of the journal."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

FOLDER = Path(__file__).parent
WIB = dt.timezone(dt.timedelta(hours=7))
OPENS, CLOSES = dt.datetime(2025, 6, 11, 9, tzinfo=WIB), dt.datetime(2025, 6, 15, 21, tzinfo=WIB)
COOPERATIVES = ("Koperasi", "KSU", "KUD")
COUNTED = "ABC"


def files() -> list[Path]:
    return sorted(FOLDER.glob("hari-*.csv"))


def rows_of(*paths: Path) -> list[dict]:
    """The rows of these files as entries: amounts signed, refunds told whose they are, payments taken off promises."""
    rows = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter=";")
    for number, row in enumerate(rows):
        row["amount"] = int(row["amount"])
        row["quantity"] = abs(int(row["quantity"])) * (1 if row["amount"] > 0 else -1)
        row["sale"] = row["reference"] or number
        row["occurred_at"], row["recorded_at"] = (moment(row[name]) for name in ("occurred_at", "recorded_at"))
        row["phase"] = phase(row["occurred_at"])
        row["on_order"] = False
    for row in rows:
        refer(row, rows)
    return [*rows, *settlements(rows)]


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(WIB)


def phase(at: dt.datetime) -> str:
    return "before" if at < OPENS else "during" if at < CLOSES else "mall"


def refer(row: dict, rows: list[dict]) -> None:
    """A refund is of the phase of its sale, and goes where that went."""
    if row["amount"] > 0 or not row["reference"]:
        return
    same = ("reference", "measure", "product")
    sale = next(one for one in rows if one["amount"] > 0 and all(one[name] == row[name] for name in same))
    row["phase"], row["destination"] = sale["phase"], row["destination"] or sale["destination"]
    row["refunds"] = sale


def settlements(rows: list[dict]) -> list[dict]:
    """What payments take off the promises of their reference; such payments are marked."""
    made = []
    promised = {row["reference"]: row for row in rows if row["measure"] == "committed" and row["amount"] > 0}
    left = Counter()
    for row in sorted(rows, key=lambda row: row["recorded_at"]):
        if row["measure"] == "committed":
            left[row["reference"]] += row["amount"]
        elif row["measure"] == "realised" and row["amount"] > 0 and left[row["reference"]] > 0:
            paid = min(row["amount"], left[row["reference"]])
            left[row["reference"]] -= paid
            row["on_order"] = True
            moments = {name: row[name] for name in ("occurred_at", "recorded_at")}
            made.append(promised[row["reference"]] | moments | {"amount": -paid, "quantity": 0})
    for row in rows:
        row["on_order"] = row["on_order"] or row.get("refunds", {}).get("on_order", False)
    return made


def seen(rows: list[dict], cutoff: dt.datetime) -> list[dict]:
    return [row for row in rows if row["occurred_at"] < cutoff and row["recorded_at"] < cutoff]


def counted(rows: list[dict], measure: str) -> list[dict]:
    return [row for row in rows if row["measure"] == measure and row["evidence"] in COUNTED]


def total(rows: list[dict], name: str = "amount") -> int:
    return sum(row[name] for row in rows)


def grades(rows: list[dict]) -> dict[str, int]:
    return {grade: total([row for row in rows if row["evidence"] == grade]) for grade in COUNTED}


def realised(rows: list[dict]) -> dict:
    paid = counted(rows, "realised")
    sales, refunds = [row for row in paid if row["amount"] > 0], [row for row in paid if row["amount"] < 0]
    return {
        "total": total(paid),
        "direct": total([row for row in paid if not row["on_order"]]),
        "on_orders": total([row for row in paid if row["on_order"]]),
        "sales": total(sales),
        "refunds": -total(refunds),
        "corrections": 0,
        "transactions": len({row["sale"] for row in sales}),
        "evidence": grades(paid),
    }


def promise(rows: list[dict], measure: str) -> dict:
    own = counted(rows, measure)
    net = Counter()
    for row in own:
        net[row["sale"]] += row["amount"]
    return {
        "total": total(own),
        "transactions": sum(amount != 0 for amount in net.values()),
        "evidence": grades(own),
    }


def province(code: str, others: str) -> str:
    return code if code.startswith("33.") or not code else others


def reach(code: str) -> str:
    if not code:
        return ""
    return "province" if code.startswith("33.") else "indonesia" if code[0].isdigit() else "abroad"


KEYS = {
    "phase": lambda row: row["phase"],
    "channel": lambda row: row["channel"],
    "category": lambda row: row["category"] or "Tidak diketahui",
    "kind": lambda row: "koperasi" if row["exhibitor"].split()[0] in COOPERATIVES else "ukm",
    "regency": lambda row: province(row["regency"], "other"),
    "reach": lambda row: reach(row["destination"]),
    "destination": lambda row: row["destination"],
    "exhibitor": lambda row: row["exhibitor"],
    "day": lambda row: f"{row['occurred_at']:%Y-%m-%d}",
    "hour": lambda row: f"{row['occurred_at']:%H}",
}
BY_LABEL = ("category", "exhibitor")  # their keys are the database's


def tables(rows: list[dict]) -> dict[str, dict]:
    """Name of the table → key → realised, committed, units, transactions; rows of zeros left out."""
    paid, promised = counted(rows, "realised"), counted(rows, "committed")
    found = {}
    for name, key in KEYS.items():
        cells = defaultdict(lambda: [0, 0, 0, set()])
        for row in paid:
            cell = cells[key(row)]
            cell[0] += row["amount"]
            cell[2] += row["quantity"]
            cell[3] |= {row["sale"]} if row["amount"] > 0 else set()
        for row in promised:
            cells[key(row)][1] += row["amount"]
        plain = {key: (*cell[:3], len(cell[3])) for key, cell in cells.items()}
        found[name] = {key: cell for key, cell in plain.items() if any(cell)}
    return found


def products(rows: list[dict]) -> tuple[int, int]:
    """Distinct products of which something is sold, and units."""
    units, paid = Counter(), counted(rows, "realised")
    for row in paid:
        units[row["exhibitor"], row["product"]] += row["quantity"] if row["product"] else 0
    return sum(number > 0 for number in units.values()), total(paid, "quantity")


def largest(rows: list[dict], name: str) -> dict:
    value, sums = counted(rows, "realised") + counted(rows, "committed"), Counter()
    for row in value:
        sums[row[name]] += row["amount"]
    amount = max(sums.values())
    return {"amount": amount, "share_bp": amount * 10_000 // total(value)}


def bridge(rows: list[dict], before: dt.datetime | None, now: dt.datetime) -> dict:
    """The steps from what was known at one cut-off to what is known at the next."""
    known = seen(rows, before) if before else []
    new = [row for row in counted(seen(rows, now), "realised") if not any(row is one for one in known)]
    steps = {
        "new_sales": [row for row in new if row["amount"] > 0 and (before is None or row["occurred_at"] >= before)],
        "late_entries": [row for row in new if row["amount"] > 0 and before and row["occurred_at"] < before],
        "refunds": [row for row in new if row["amount"] < 0],
        "corrections": [],
    }
    opening = total(counted(known, "realised"))
    return {
        "opening": opening,
        "closing": opening + total(new),
        **{step: abs(total(some)) for step, some in steps.items()},
        "entries": {step: len(some) for step, some in steps.items()},
    }
