"""A fair of five days, imported day by day with the real commands, sealed each midnight: every figure of every recap
equals what the files add up to (``fair/recount.py``), and the days add up to the whole.

In the files: 40 exhibitors of which 8 cooperatives, the web shop, the cash desk, live sales and reports, all grades of
evidence; promises that are paid in parts, taken back, or turn from potential to committed; refunds, also of a payment
and of no sale that is known; a sale of day 2 that is recorded on day 4, one of 23.59 that is recorded at midnight,
one at 00.00; a zero too many that is put right; two equal sales.
"""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from journal.models import Entry
from journal.posting import post_correction, reclassify
from journal.values import Correction, Reversal
from reports.models import Recap, RecapState
from tests.factories import make_edition, make_region
from tests.reports.fair import recount

pytestmark = pytest.mark.django_db
FAIR = "pameran-lereng"
FINAL = dt.datetime(2025, 6, 20, tzinfo=recount.WIB)
REGENCIES = {
    "33.07": "Kabupaten Wonosobo",
    "33.09": "Kabupaten Boyolali",
    "33.18": "Kabupaten Pati",
    "33.20": "Kabupaten Jepara",
    "33.22": "Kabupaten Semarang",
    "33.26": "Kabupaten Pekalongan",
    "33.73": "Kota Salatiga",
    "33.74": "Kota Semarang",
    "33.75": "Kota Pekalongan",
    "31.71": "Kota Jakarta Pusat",
    "32.73": "Kota Bandung",
    "34.71": "Kota Yogyakarta",
}


@pytest.fixture
def fair():
    regions = [make_region(code=code, name=name) for code, name in REGENCIES.items()]
    return make_edition(
        slug=FAIR,
        code="LERENG",
        name="Pameran Lereng",
        year=2025,
        province=regions[0].parent,
        sales_open=dt.datetime(2025, 6, 11, tzinfo=recount.WIB),
        opens_at=recount.OPENS,
        closes_at=recount.CLOSES,
    )


def run(command, *arguments) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def brought_in(path) -> dict:
    return json.loads(run("import_journal", path, "--edition", FAIR, "--create-exhibitors", "--format", "json"))


def recap(cutoff: dt.datetime, *options) -> dict:
    return json.loads(run("recap", "--edition", FAIR, "--cutoff", cutoff.isoformat(), *options))


def midnight_after(path) -> dt.datetime:
    return dt.datetime(2025, 6, 11, tzinfo=recount.WIB) + dt.timedelta(days=int(path.stem[-1]))


def cells(rows, name) -> dict:
    key = "label" if name in recount.BY_LABEL else "key"
    found = {row[key]: tuple(row[one] for one in ("realised", "committed", "units", "transactions")) for row in rows}
    assert len(found) == len(rows)
    return {one: values for one, values in found.items() if any(values)}


def require_equal(figures: dict, rows: list[dict], before: dt.datetime | None, now: dt.datetime) -> None:
    """Every figure that comes from the journal."""
    known = recount.seen(rows, now)
    assert figures["entries"] == len(known)
    assert figures["realised"] == recount.realised(known)
    for measure in ("committed", "potential", "financing"):
        assert figures[measure] == recount.promise(known, measure)
    parts = {name: recount.total(recount.counted(known, name)) for name in ("realised", "committed")}
    assert figures["transaction_value"] == {"total": sum(parts.values()), **parts}
    claims = [row for row in known if row["evidence"] == "D"]
    assert figures["pending_evidence"] == {
        measure: recount.total([row for row in claims if row["measure"] == measure])
        for measure in ("realised", "committed", "potential", "financing")
    }
    assert figures["tables"].keys() == recount.KEYS.keys()
    for name, expected in recount.tables(known).items():
        assert cells(figures["tables"][name], name) == expected, name
        columns = {one: sum(row[one] for row in figures["tables"][name]) for one in ("realised", "committed", "units")}
        assert columns == {**parts, "units": recount.products(known)[1]}
    assert (figures["products"]["sold"], figures["products"]["units"]) == recount.products(known)
    for name, key in (("transaction", "sale"), ("exhibitor", "exhibitor")):
        share = {one: figures["concentration"][name][one] for one in ("amount", "share_bp")}
        assert share == recount.largest(known, key)
    people = {row["exhibitor"] for row in known}
    cooperatives = sum(name.split()[0] in recount.COOPERATIVES for name in people)
    assert figures["participants"]["exhibitors"] == len(people)
    assert figures["participants"]["koperasi"] == cooperatives
    steps = {name: value for name, value in figures["bridge"].items() if name != "previous"}
    assert steps == recount.bridge(rows, before, now)
    net = steps["new_sales"] + steps["late_entries"] - steps["refunds"] + steps["corrections"]
    assert steps["opening"] + net - steps["closing"] == 0


def imported_day_by_day() -> list[dict]:
    """The recaps of the days; each day is imported when the one before is sealed."""
    recaps, before = [], None
    for number, path in enumerate(recount.files(), 1):
        rows = recount.rows_of(*recount.files()[:number])
        there, result, now = Entry.objects.count(), brought_in(path), midnight_after(path)
        assert (there + result["added"], result["unchanged"]) == (len(rows), 0)
        recaps.append(recap(now, "--seal"))
        require_equal(recaps[-1], rows, before, now)
        before = now
    return recaps


def test_a_fair_imported_day_by_day_adds_up(fair):
    days = imported_day_by_day()
    rows = recount.rows_of(*recount.files())
    last = midnight_after(recount.files()[-1])
    final = recap(FINAL, "--seal")
    require_equal(final, rows, last, FINAL)
    assert final["participants"] == days[-1]["participants"] | {"exhibitors": 40, "koperasi": 8, "ukm": 32}
    # The traps are there: none of them may be nothing.
    assert [day["bridge"]["late_entries"] for day in days] == [0, 0, 0, 640_000 + 1_325_000, 0]
    assert all(final["realised"]["evidence"].values())
    assert all(row["realised"] for name in ("channel", "phase", "kind") for row in final["tables"][name])
    assert all((final["pending_evidence"]["realised"], final["realised"]["on_orders"], final["realised"]["refunds"]))
    # What was added on each day, and what occurred on each day as known in the end, are the whole.
    added = [day["bridge"]["closing"] - day["bridge"]["opening"] for day in days]
    assert sum(added) == final["realised"]["total"] == days[-1]["realised"]["total"]
    periods = [period(now) for now in map(midnight_after, recount.files())]
    for measure in ("realised", "committed", "potential", "financing"):
        assert sum(one[measure]["total"] for one in periods) == final[measure]["total"]
    assert [(row["key"], row["realised"]) for row in final["tables"]["day"]] == [
        (f"2025-06-{11 + number}", one["realised"]["total"]) for number, one in enumerate(periods)
    ]
    require_nothing_new_of_the_same_files([*days, final])


def period(midnight: dt.datetime) -> dict:
    """What occurred on the day before, as known in the end."""
    since = midnight - dt.timedelta(days=1)
    return recap(midnight, "--since", since.isoformat(), "--recorded-cutoff", FINAL.isoformat())


def require_nothing_new_of_the_same_files(recaps: list[dict]) -> None:
    entries = Entry.objects.count()
    for path in recount.files():
        again = brought_in(path)
        said = len(path.read_text(encoding="utf-8").splitlines()) - 1
        assert (again["added"], again["settlements"], again["unchanged"]) == (0, 0, said)
        assert again["exhibitors_created"] == 0
    assert Entry.objects.count() == entries == len(recount.rows_of(*recount.files()))
    run("rollups")
    assert [recap(cutoff, "--seal") for cutoff in [*map(midnight_after, recount.files()), FINAL]] == recaps
    said = verified()
    assert said.pop("head").keys() == {"book", "recap"}
    assert said == {
        "recaps": len(recaps),
        "rules": {"3": len(recaps)},
        "holds": True,
        "first": [],
        "findings": [],
        "notes": [],
    }


def verified() -> dict:
    return json.loads(run("verify_recaps", "--format", "json"))


def test_what_staff_put_right_afterwards_is_a_revision_whose_bridge_names_it(fair):
    for path in recount.files():
        brought_in(path)
    before = recap(FINAL, "--seal")
    sale = Entry.objects.get(transaction_key__endswith="/NOTA-0207")
    moment = dt.datetime(2025, 6, 18, 10, tzinfo=recount.WIB)
    line = Reversal(entry_id=sale.pk, amount=-325_000)
    post_correction(Correction(key="nota", occurred_at=moment, lines=(line,), note="Salah hitung di nota."))
    claims = Entry.objects.filter(evidence="D", measure="realised")
    claimed = claims.aggregate(sum=Sum("amount"))["sum"]
    for claim in list(claims):
        reclassify(claim.pk, key=f"ok-{claim.pk}", occurred_at=moment, note="Nota ada.", by_id=None, evidence="B")
    after = recap(FINAL, "--recorded-cutoff", timezone.now().isoformat(), "--seal")
    assert after["bridge"] | {"previous": None, "entries": None} == {
        "previous": None, "entries": None, "opening": before["realised"]["total"], "new_sales": 0,
        "late_entries": claimed, "refunds": 0, "corrections": -325_000, "closing": after["realised"]["total"],
    }  # fmt: skip
    assert after["realised"]["total"] == before["realised"]["total"] + claimed - 325_000
    assert after["pending_evidence"]["realised"] == 0
    assert after["realised"]["evidence"]["C"] == before["realised"]["evidence"]["C"] - 325_000
    assert recap(FINAL, "--seal") == before
    states = Recap.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [RecapState.SUPERSEDED, RecapState.CURRENT]
    assert verified()["findings"] == []
