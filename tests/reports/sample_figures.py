"""Full, balanced figures to render and test with, made from a list of sales without any database.

`sample_figures(exhibitors=152)` always gives the same value. Names are invented.
"""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from reports import figures as f
from reports.envelope import CURRENT, Envelope, Signatory

WIB = ZoneInfo("Asia/Jakarta")
CATEGORIES = {
    "fesyen": "Fesyen",
    "makanan-minuman": "Makanan & Minuman",
    "kerajinan-tangan": "Kerajinan Tangan",
    "furnitur": "Furnitur",
}
REGENCIES = (
    "01 Cilacap,02 Banyumas,03 Purbalingga,04 Banjarnegara,05 Kebumen,06 Purworejo,07 Wonosobo,08 Magelang,"
    "09 Boyolali,10 Klaten,11 Sukoharjo,12 Wonogiri,13 Karanganyar,14 Sragen,15 Grobogan,16 Blora,17 Rembang,"
    "18 Pati,19 Kudus,20 Jepara,21 Demak,22 Semarang,23 Temanggung,24 Kendal,25 Batang,26 Pekalongan,"
    "27 Pemalang,28 Tegal,29 Brebes,71 Magelang,72 Surakarta,73 Salatiga,74 Semarang,75 Pekalongan,76 Tegal"
)
DESTINATIONS = {
    "33.74": "Kota Semarang",
    "33.72": "Kota Surakarta",
    "31.71": "Kota Administrasi Jakarta Pusat",
    "34.71": "Kota Yogyakarta",
    "62.71": "Kota Palangka Raya",
    "QA": "Qatar",
    "MY": "Malaysia",
    "": "Tidak diketahui",
}
FIRST = ("Batik", "Keripik", "Keramik", "Mebel", "Tenun", "Jamu", "Kopi", "Anyaman", "Lurik", "Ukir")
SECOND = (
    "Sekar Arum",
    "Tirta Makmur",
    "Ngudi Rahayu",
    "Lestari",
    "Karya Muda",
    "Gunung Jati",
    "Wahyu Tumurun",
)


def regencies() -> dict[str, str]:
    names = {}
    for item in REGENCIES.split(","):
        number, name = item.split(" ", 1)
        names[f"33.{number}"] = ("Kota " if int(number) > 70 else "Kabupaten ") + name
    return names


def sample_edition(**changes) -> f.Edition:
    values = {
        "slug": "uvo-2",
        "name": "UKM Virtual Expo II",
        "name_en": "UKM Virtual Expo II",
        "code": "UVO-II",
        "organiser": "Dinas Koperasi, Usaha Kecil dan Menengah Provinsi Jawa Tengah",
        "mode": "hybrid",
        "theme": "Kreatif dari rumah, mendunia dari Jawa Tengah",
        "sales_open": datetime(2020, 11, 10, 0, 0, tzinfo=WIB),
        "opens_at": datetime(2020, 11, 16, 9, 0, tzinfo=WIB),
        "closes_at": datetime(2020, 11, 20, 15, 0, tzinfo=WIB),
        "mall_closes_at": None,
    }
    return f.Edition(**{**values, **changes})


def exhibitor_name(number: int, *, long_names: bool = False) -> str:
    name = f"{FIRST[number % 10]} {SECOND[number // 10 % 7]} {number + 1}"
    if long_names and number % 3 == 0:
        return (
            "Koperasi Serba Usaha Perempuan Pengrajin Batik Tulis Pewarna Alam dan Tenun Lurik Gendong "
            f"Tradisional {name} Kecamatan Karanganyar Selatan"
        )
    return name


def sample_sales(exhibitors: int, *, seed: int = 7, refunds: bool = True) -> list[dict]:
    """Rows as the journal would give them: one dict per entry, realised and committed amounts."""
    rng = random.Random(seed)
    sales = []
    for number in range(exhibitors):
        for _turn in range(rng.randint(1, 4)):
            moment = datetime(2020, 11, 14, tzinfo=WIB) + timedelta(minutes=rng.randint(0, 6 * 1440 + 13 * 60 - 1))
            units = rng.randint(1, 12)
            amount = units * rng.randint(15, 950) * 1000
            committed = rng.randint(1, 40) * 1_000_000 if rng.random() < 0.05 else 0
            sales.append(
                {
                    "exhibitor": number,
                    "moment": moment,
                    "channel": rng.choice(("online", "online", "live", "onsite", "reported")),
                    "category": rng.choice((*CATEGORIES, *CATEGORIES, "")),
                    "destination": rng.choice(tuple(DESTINATIONS)),
                    "realised": amount,
                    "committed": committed,
                    "units": units,
                }
            )
    if refunds and sales:
        sales.append({**sales[0], "realised": -sales[0]["realised"] - 250_000, "units": -1, "committed": 0})
    return sales


def _rows(sales: list[dict], key_of, labels: dict[str, str]) -> tuple[f.Row, ...]:
    sums: dict[str, dict[str, int]] = {key: defaultdict(int) for key in labels}
    for sale in sales:
        row = sums[key_of(sale)]
        row["realised"] += sale["realised"]
        row["committed"] += sale["committed"]
        row["units"] += sale["units"]
        row["transactions"] += sale["realised"] > 0
    return tuple(f.Row(key=key, label=labels[key], **sums[key]) for key in labels)


def _phase(sale: dict) -> str:
    edition = sample_edition()
    if sale["moment"] < edition.opens_at:
        return "before"
    return "during" if sale["moment"] < edition.closes_at else "mall"


def _reach(destination: str) -> str:
    if destination.startswith("33"):
        return "province"
    return "indonesia" if destination[:1].isdigit() else "abroad" if destination else ""


def sample_tables(sales: list[dict], exhibitors: int, *, long_names: bool = False) -> f.Tables:
    names = regencies()
    codes = list(names)
    days = [(date(2020, 11, 10) + timedelta(days=offset)).isoformat() for offset in range(11)]
    makers = {f"e{number}": exhibitor_name(number, long_names=long_names) for number in range(exhibitors)}
    by_exhibitor = _rows(sales, lambda sale: f"e{sale['exhibitor']}", makers)
    return f.Tables(
        phase=_rows(sales, _phase, {"before": "Sebelum", "during": "Selama", "mall": "Mal"}),
        channel=_rows(sales, lambda sale: sale["channel"], {key: key for key in f.CHANNELS}),
        category=_rows(sales, lambda sale: sale["category"], {**CATEGORIES, "": "Tidak diketahui"}),
        kind=_rows(sales, lambda sale: f.KINDS[sale["exhibitor"] % 9 == 0], {key: key for key in f.KINDS}),
        regency=_rows(
            sales,
            lambda sale: codes[sale["exhibitor"] % 35],
            {**names, "other": "Luar Jawa Tengah", "": "Tidak diketahui"},
        ),
        destination=_rows(sales, lambda sale: sale["destination"], DESTINATIONS),
        exhibitor=tuple(sorted(by_exhibitor, key=lambda row: (-row.realised, row.label))),
        day=_rows(sales, lambda sale: sale["moment"].date().isoformat(), dict.fromkeys(days, "")),
        hour=_rows(sales, lambda sale: f"{sale['moment'].hour:02}", dict.fromkeys(f.HOURS, "")),
        reach=_rows(sales, lambda sale: _reach(sale["destination"]), dict.fromkeys(f.REACHES, "")),
    )


def _evidence(total: int) -> f.Evidence:
    return f.Evidence(A=total * 6 // 10, B=total * 3 // 10, C=total - total * 6 // 10 - total * 3 // 10)


def _realised(sales: list[dict], days_total: int) -> f.Realised:
    sold = sum(sale["realised"] for sale in sales if sale["realised"] > 0)
    refunds = -sum(sale["realised"] for sale in sales if sale["realised"] < 0)
    return f.Realised(
        total=days_total,
        direct=days_total - days_total // 8,
        on_orders=days_total // 8,
        sales=sold,
        refunds=refunds,
        corrections=0,
        transactions=sum(sale["realised"] > 0 for sale in sales),
        evidence=_evidence(days_total),
    )


def _concentration(sales: list[dict], tables: f.Tables, value: int) -> f.Concentration:
    if value <= 0 or not sales:
        return f.Concentration()
    largest = max(sales, key=lambda sale: sale["realised"] + sale["committed"])
    amount = largest["realised"] + largest["committed"]
    maker = max(tables.exhibitor, key=lambda row: row.realised + row.committed)
    shares = (amount * 10_000 // value, (maker.realised + maker.committed) * 10_000 // value)
    return f.Concentration(
        transaction=f.Share(
            amount=amount, share_bp=shares[0], label=DESTINATIONS[largest["destination"]] or "Tidak diketahui"
        ),
        exhibitor=f.Share(amount=maker.realised + maker.committed, share_bp=shares[1], label=maker.label),
        flagged=max(shares) > f.FLAG_ABOVE_BP,
    )


def _visits(until: datetime, *, empty: bool) -> f.Visits:
    if empty:
        return f.Visits(until=until)
    days = [date(2020, 11, 16) + timedelta(days=offset) for offset in range(5)]
    counts = (1812, 2054, 1690, 1977, 1967)
    return f.Visits(
        visits=sum(counts),
        page_views=sum(counts) * 6,
        booth_visits=sum(counts) * 2,
        busiest_booth=f.BusiestBooth(label="B-12 Batik Sekar Arum", visits=311),
        unique_days=tuple(
            f.UniqueDay(day=day, unique=count * 8 // 10) for day, count in zip(days, counts, strict=True)
        ),
        unique_total=6120,
        bots=4211,
        staff=380,
        gate=850,
        until=until,
        days=tuple(
            f.VisitDay(day=day, visits=count, page_views=count * 6) for day, count in zip(days, counts, strict=True)
        ),
        booths=(
            f.BoothVisits(label="B-12 Batik Sekar Arum", visits=311, unique=287),
            f.BoothVisits(label="A-03 Keripik Lestari 7", visits=298, unique=None),
            f.BoothVisits(label="", visits=sum(counts) * 2 - 609),
        ),
        gate_days=tuple(
            f.GateDay(day=day, people=people) for day, people in zip(days, (150, 180, 200, 160, 160), strict=True)
        ),
    )


def _inquiries(*, empty: bool) -> f.Inquiries:
    if empty:
        return f.Inquiries()
    return f.Inquiries(
        sent=57,
        answered=49,
        median_first_answer_minutes=135,
        by_language=(
            f.InquiryRow(key="id", label="id", sent=44, answered=40),
            f.InquiryRow(key="en", label="en", sent=13, answered=9),
        ),
        by_country=(
            f.InquiryRow(key="ID", label="Indonesia", sent=45, answered=41),
            f.InquiryRow(key="QA", label="Qatar", sent=7, answered=5),
            f.InquiryRow(key="", label="Tidak diketahui", sent=5, answered=3),
        ),
    )


def sample_figures(
    *,
    exhibitors: int = 12,
    long_names: bool = False,
    sales: list[dict] | None = None,
    editions: tuple[f.Edition, ...] | None = None,
    flagged: bool = False,
) -> f.Figures:
    """Balanced figures of `exhibitors` exhibitors; `exhibitors=0` gives a recap in which nothing was sold."""
    sales = sample_sales(exhibitors) if sales is None else sales
    if flagged:
        sales = [*sales, {**sales[0], "realised": 1_200_000_000, "destination": "QA", "units": 4000}]
    tables = sample_tables(sales, exhibitors, long_names=long_names)
    total = sum(row.realised for row in tables.day)
    committed = sum(row.committed for row in tables.day)
    cutoff = datetime(2020, 11, 20, 6, 0, tzinfo=UTC)
    empty = not sales
    return f.Figures(
        editions=editions or (sample_edition(),),
        cutoff=f.Cutoff(occurred=cutoff, recorded=cutoff),
        entries=len(sales),
        realised=_realised(sales, total),
        committed=f.Promise(
            total=committed,
            transactions=sum(sale["committed"] > 0 for sale in sales),
            evidence=_evidence(committed),
        ),
        potential=f.Promise(
            total=0 if empty else 750_000_000,
            transactions=0 if empty else 6,
            evidence=_evidence(0 if empty else 750_000_000),
        ),
        financing=f.Promise(
            total=0 if empty else 2_400_000_000,
            transactions=0 if empty else 11,
            evidence=_evidence(0 if empty else 2_400_000_000),
        ),
        transaction_value=f.TransactionValue(total=total + committed, realised=total, committed=committed),
        pending_evidence=f.PendingEvidence(realised=0 if empty else 12_500_000),
        tables=tables,
        products=f.Products(on_show=exhibitors * 18, sold=exhibitors * 3, units=sum(sale["units"] for sale in sales)),
        concentration=_concentration(sales, tables, total + committed),
        visits=_visits(cutoff, empty=empty),
        inquiries=_inquiries(empty=empty),
        orders=f.Orders() if empty else f.Orders(placed=320, expired=21, cancelled=6),
        participants=f.Participants(
            exhibitors=exhibitors,
            ukm=exhibitors - (exhibitors + 8) // 9,
            koperasi=(exhibitors + 8) // 9,
            regencies=min(exhibitors, 35),
        ),
        bridge=_bridge(total, empty=empty),
        comparison=None if empty else sample_comparison(),
    )


def sample_comparison() -> f.Comparison:
    moment = datetime(2020, 8, 21, 6, 0, tzinfo=UTC)
    return f.Comparison(
        slug="uvo-1",
        name="UKM Virtual Expo I",
        name_en="UKM Virtual Expo I",
        code="UVO-I",
        day=5,
        since=None,
        occurred=moment,
        recorded=datetime(2020, 11, 20, 6, 0, tzinfo=UTC),
        realised=41_250_000,
        committed=12_000_000,
        transactions=212,
        visits=6_204,
        inquiries=31,
        exhibitors=96,
    )


def _bridge(total: int, *, empty: bool) -> f.Bridge:
    if empty:
        return f.Bridge(closing=total, new_sales=total, entries=f.BridgeEntries())
    opening = total * 7 // 10
    previous = f.Previous(
        number="UVO-II/2020/0012",
        occurred=datetime(2020, 11, 19, 17, 0, tzinfo=UTC),
        recorded=datetime(2020, 11, 19, 17, 0, tzinfo=UTC),
        total=opening,
        by_rules=2,
    )
    return f.Bridge(
        previous=previous,
        opening=opening,
        new_sales=total - opening - 3_000_000 + 1_750_000,
        late_entries=3_000_000,
        refunds=1_500_000,
        corrections=-250_000,
        closing=total,
        entries=f.BridgeEntries(new_sales=41, late_entries=2, refunds=1, corrections=1),
    )


def sample_envelope(figures: f.Figures, **changes) -> Envelope:
    import hashlib

    values = {
        "number": "UVO-II/2020/0013",
        "revision": 0,
        "state": CURRENT,
        "code": "7K3M-9QXA-C",
        "sealed_at": datetime(2020, 11, 20, 6, 4, 12, tzinfo=UTC),
        "sealed_by": "Operator Rekap",
        "sha256": hashlib.sha256(figures.to_json()).hexdigest(),
        "previous_sha256": hashlib.sha256(b"0012").hexdigest(),
        "chain_sha256": hashlib.sha256(b"0013").hexdigest(),
        "signatory": Signatory(name="Dra. Contoh Pejabat, M.M.", title="Kepala Dinas", nip="19700101 199503 2 001"),
        "city": "Semarang",
        "superseded_by": None,
        "url": "https://expo.example.id/verifikasi/7K3M-9QXA-C/",
    }
    return Envelope(**{**values, **changes})
