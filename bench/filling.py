"""Journals to measure on: so many entries in a database of their own, made in bulk; kept for the next run if wished.

400 days up to the moment of making, 150 exhibitors, two lines to a transaction; an entry in seven is recorded on a
later day than it occurred, up to a month later.
"""

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator

from django.db import connection

DAYS, EXHIBITORS, PRODUCTS = 400, 150, 2768
# %(count)s entries; n counts them in the order of recording.
ENTRIES = """
INSERT INTO journal_entry (
    edition_id, phase, exhibitor_id, exhibitor_label, kind, regency_code, regency_label, category_code, category_label,
    product_key, product_label, transaction_key, channel, measure, nature, on_order, evidence, amount, quantity,
    destination_code, destination_label, occurred_at, recorded_at, source_kind, source_key, note
)
SELECT %(edition)s, 'mall', %(first)s + n %% %(exhibitors)s, 'Usaha ' || n %% %(exhibitors)s,
    CASE WHEN n %% %(exhibitors)s %% 5 = 0 THEN 'koperasi' ELSE 'ukm' END,
    '33.' || lpad((1 + n %% %(exhibitors)s %% 35)::text, 2, '0'), 'Kabupaten ' || n %% %(exhibitors)s %% 35,
    'kategori-' || n %% 12, 'Kategori ' || n %% 12, 'p' || abs(hashint8(n)::bigint) %% %(products)s, 'Barang',
    'T' || (CASE WHEN n %% 50 = 0 THEN greatest(n - 9000, 0) ELSE n END) / 2,
    (ARRAY['online', 'live', 'onsite', 'reported'])[1 + n / 2 %% 4],
    CASE WHEN n / 2 %% 15 = 0 THEN 'committed' WHEN n / 2 %% 49 = 0 THEN 'potential' ELSE 'realised' END,
    CASE WHEN n %% 50 = 0 THEN 'refund' WHEN n %% 97 = 0 THEN 'correction' ELSE 'sale' END, false,
    (ARRAY['A', 'B', 'B', 'C', 'C', 'B', 'A', 'D'])[1 + n / 2 %% 8],
    CASE WHEN n %% 50 = 0 THEN -5000 ELSE 5000 + abs(hashint8(n)::bigint) %% 400000 END,
    CASE WHEN n %% 50 = 0 THEN -1 ELSE 1 + n %% 3 END,
    (ARRAY['', '33.74', '33.73', '31.71', 'QA', 'SG', '34.71', '35.78'])[1 + (hashint8(n / 2) & 7)], 'Tujuan',
    at - CASE WHEN n / 2 %% 20 = 0 THEN n / 40 %% 30 * interval '1 day' WHEN n / 2 %% 10 = 1 THEN interval '1 day'
        ELSE interval '0' END,
    at, 'import', 'bench-' || n, ''
FROM generate_series(1, %(count)s) n,
    LATERAL (SELECT now() - (%(count)s - n) / %(count)s::float8 * %(days)s * interval '1 day' AS at) AS moment
"""


@contextlib.contextmanager
def journal_of(count: int, *, keep: bool) -> Iterator[int]:
    """Within it the connection is to a database with so many entries; the id of their edition.

    ``keep`` has it stay there afterwards, and takes the one that stayed, if its entries are made as they are now.
    """
    own, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    usual, test["NAME"] = test["NAME"], f"bench_journal_{count}"
    found = keep and is_kept(test["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=found)
    try:
        yield ask("SELECT id FROM expo_edition WHERE slug = 'bench'")[0][0] if found else fill(count)
    finally:
        connection.creation.destroy_test_db(own, verbosity=0, keepdb=keep)
        connection.close_pool()
        test["NAME"] = usual


def recipe() -> str:
    """Changes with whatever decides what the entries are."""
    return hashlib.sha256(f"{ENTRIES}{DAYS}{EXHIBITORS}{PRODUCTS}".encode()).hexdigest()


def is_kept(name: str) -> bool:
    """Whether there is a journal of this name that was filled to its end, as one would be now."""
    # Not by the connection itself: its pool would stay with the database that it has now.
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchall() == [(recipe(),)]


def fill(count: int) -> int:
    """Entries are written with triggers off but for their fingerprints, and indexed afterwards."""
    start = time.perf_counter()
    edition, first = edition_and_first_exhibitor()
    indexes = ask("SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'journal_entry' AND indexname "
                  "NOT IN (SELECT conname FROM pg_constraint)")  # fmt: skip
    for _definition, name in indexes:
        ask(f'DROP INDEX "{name}"')
    ask("ALTER TABLE journal_entry DISABLE TRIGGER USER")
    ask("ALTER TABLE journal_entry ENABLE TRIGGER pgtrigger_take_fingerprint_815ef")
    ask(ENTRIES, {"edition": edition, "first": first, "count": count, "days": DAYS, "exhibitors": EXHIBITORS,
                  "products": PRODUCTS})  # fmt: skip
    ask("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    for definition, _name in indexes:
        ask(definition)
    ask("VACUUM ANALYZE")
    ((name,),) = ask("SELECT current_database()")
    ask(f"COMMENT ON DATABASE {name} IS '{recipe()}'")
    print(f"  filled in {time.perf_counter() - start:.0f} s, load {os.getloadavg()[1]:.1f}", flush=True)
    return edition


def edition_and_first_exhibitor() -> tuple[int, int]:
    from django.core.management import call_command
    from django.utils import timezone

    from exhibitors.models import Exhibitor
    from expo.models import Edition, Region

    with contextlib.redirect_stdout(sys.stderr):
        call_command("load_regions", verbosity=0)
    now = timezone.now()
    edition = Edition.objects.create(
        slug="bench", code="BENCH", name="Bench", year=now.year, organiser="Dinas",
        sales_open=now.replace(year=2020), opens_at=now.replace(year=2021),
        closes_at=now.replace(year=now.year + 1),
        province=Region.objects.filter(code="33").first(),
    )  # fmt: skip
    made = Exhibitor.objects.bulk_create(
        Exhibitor(slug=f"usaha-{n}", name=f"Usaha {n}", state="approved") for n in range(EXHIBITORS)
    )
    return edition.pk, made[0].pk


def ask(sql: str, parameters: dict | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
