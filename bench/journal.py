"""``python -m bench.journal 10000 1000000 [10000000]``: recaps of journals of so many entries, made for it and dropped.

400 days up to now, 150 exhibitors, two lines to a transaction; an entry in seven is recorded on a later day than it
occurred, up to a month later. Each time is the best of three; beside it the processor time of the database, and how
many processes wanted the machine's cores (load).
"""

import argparse
import contextlib
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
DAYS, EXHIBITORS, PRODUCTS = 400, 150, 2768
SLOW = 60  # seconds: whatever took longer is not done again
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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.journal", description=__doc__)
    parser.add_argument("entries", nargs="*", type=int, default=[10_000, 1_000_000])
    measure(parser.parse_args().entries)


def measure(sizes: list[int]) -> None:

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from expo.messages import compile_catalogues
    from expo.runtime.services import borrowed

    compile_catalogues()
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with borrowed(settings.SERVICES):
        for count in sizes:
            own = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            start = time.perf_counter()
            try:
                print(f"\n{count:,} entries", flush=True)
                Bench(count).run()
                print(f"  {time.perf_counter() - start:.0f} s for all of this, load {os.getloadavg()[1]:.1f}")
            finally:
                connection.creation.destroy_test_db(own, verbosity=0)


class Bench:
    def __init__(self, count: int):
        from django.conf import settings

        self.count = count
        self.database = int((settings.SERVICES.postgres_data / "postmaster.pid").read_text().split()[0])

    def run(self) -> None:
        from django.utils import timezone

        from journal.rollups.build import roll_up
        from journal.rollups.check import check_all, rebuild
        from journal.totals import AsOf
        from journal.totals.region import day_of, midnight

        self.edition = self.filled()
        print(f"  {self.size('journal_entry'):,.0f} MB of entries with their indexes")
        self.say("roll up everything", lambda: roll_up(seconds=float("inf")), times=1)
        self.execute("VACUUM ANALYZE")
        print(f"  {sum(map(self.size, ROLLUPS)):,.0f} MB of rollups with their indexes", flush=True)
        for table in ("journal_cellday", "journal_productday", "journal_checkpoint", "journal_cellsum"):
            print(f"  {self.count_of(table):,} rows in {table}", flush=True)
        today = midnight(day_of(timezone.now()))
        daily = AsOf(editions=(self.edition.pk,), occurred=today, recorded=today)
        self.recaps(daily)
        self.pages(daily)
        self.from_the_entries(daily)
        self.say("compare all rollups", check_all, times=1)
        self.say("rebuild all rollups", lambda: rebuild([self.edition.pk]), times=1)
        print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most in this process")

    def recaps(self, daily) -> None:
        import datetime as dt

        from reports import documents
        from reports.compute import compute
        from reports.snapshot import capture

        def figures(asof):
            return compute(asof, snapshot=snapshot, previous=None)

        snapshot = capture([self.edition], daily)
        self.say("daily recap: snapshot", lambda: capture([self.edition], daily))
        self.say("daily recap: figures", lambda: figures(daily))
        past = replace(daily, occurred=daily.occurred - dt.timedelta(days=200, hours=5))
        self.say("200 days ago at 19.00, as known today", lambda: figures(past))
        then = replace(past, recorded=past.occurred)
        self.say("200 days ago at 19.00, as known then", lambda: figures(then))
        month = replace(past, since=past.occurred - dt.timedelta(days=30))
        self.say("the 30 days before, as known today", lambda: figures(month))
        found = figures(daily)
        for format in ("pdf", "xlsx"):
            self.say(f"daily recap: {format}", lambda format=format: documents.render(found, None, format))

    def from_the_entries(self, daily) -> None:
        """The same figures without rollups; and that they are the same."""
        from reports.compute import compute
        from reports.snapshot import capture

        snapshot = capture([self.edition], daily)
        entries = replace(daily, from_entries=True)
        again = self.say("daily recap: figures from the entries", lambda: compute(
            entries, snapshot=snapshot, previous=None
        ), times=1)  # fmt: skip
        assert again.to_json() == compute(daily, snapshot=snapshot, previous=None).to_json()

    def pages(self, daily) -> None:
        from django.conf import settings
        from django.test import Client
        from django.urls import reverse

        from accounts.people import create_person
        from accounts.roles import Role, give_role
        from expo.memo import forget
        from reports.officials.asking import asked_at

        settings.SECOND_FACTOR_REQUIRED = False
        official = create_person("pejabat@contoh.example", "rahasia-sekali-31", name="Pejabat")
        give_role(official, Role.OFFICIAL)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(official)

        def page(address: str) -> None:
            forget()
            assert client.get(address).status_code == 200, address

        live = reverse("reports:live") + f"?pameran={self.edition.slug}"
        self.say("officials' page, today so far", lambda: page(live))
        entries = f"{reverse('reports:entries')}?{asked_at([self.edition], daily.occurred).query}"
        for name, drilled in DRILLED.items():
            self.say(f"down to the entries: {name}", lambda drilled=drilled: page(f"{entries}&{drilled}"))

    def filled(self):
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
        # Triggers are off for the filling alone, and indexes are made afterwards, as a restored copy's would be.
        self.execute("SELECT indexdef, indexname FROM pg_indexes WHERE tablename = 'journal_entry' AND indexname "
                     "NOT IN (SELECT conname FROM pg_constraint)")  # fmt: skip
        indexes = self.rows
        for _definition, name in indexes:
            self.execute(f'DROP INDEX "{name}"')
        self.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        self.execute(ENTRIES, {"edition": edition.pk, "first": made[0].pk, "count": self.count, "days": DAYS,
                               "exhibitors": EXHIBITORS, "products": PRODUCTS})  # fmt: skip
        self.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        for definition, _name in indexes:
            self.execute(definition)
        self.execute("VACUUM ANALYZE")
        return edition

    def execute(self, sql: str, parameters: dict | None = None) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            self.rows = cursor.fetchall() if cursor.description else []

    def size(self, table: str) -> float:
        self.execute("SELECT pg_total_relation_size(%(table)s::regclass) / 1048576.0", {"table": table})
        return float(self.rows[0][0])

    def count_of(self, table: str) -> int:
        self.execute(f"SELECT count(*) FROM {table}")
        return self.rows[0][0]

    def say(self, name: str, work: Callable[[], Any], *, times: int = 3) -> Any:
        from bench.cpu import cpu_seconds

        best, spent = float("inf"), float("inf")
        for _ in range(times):
            before, start = cpu_seconds(self.database), time.perf_counter()
            answer = work()
            took = time.perf_counter() - start
            best, spent = min(best, took), min(spent, cpu_seconds(self.database) - before)
            if took > SLOW:
                break
        load = os.getloadavg()[0]
        print(f"  {name:40} {best:9.3f} s   database's processor {spent:8.2f} s   load {load:4.1f}", flush=True)
        return answer


ROLLUPS = (
    "journal_groupday", "journal_cellday", "journal_productday", "journal_peakday", "journal_closedday",
    "journal_groupsum", "journal_cellsum", "journal_productsum", "journal_peaksum", "journal_checkpoint",
)  # fmt: skip
# Figures and rows of tables, as addresses of the officials' pages name them.
DRILLED = {
    "turnover": "angka=realised.total",
    "transactions": "angka=realised.transactions",
    "a channel": "tabel=channel&baris=online",
    "an exhibitor": "tabel=exhibitor&baris=1",
}

if __name__ == "__main__":
    sys.exit(main())
