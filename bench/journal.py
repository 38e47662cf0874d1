"""``python -m bench.journal 10000 1000000 10000000``: recaps of journals of so many entries.

They are made for it (``bench.filling``) and dropped; with ``--keep`` they stay where they are for the next run, ten
million take a quarter of an hour to make and some 6 GB. Each time is the best of three; beside it the processor time
of the database, and how many processes wanted the machine's cores (load).
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
SLOW = 60  # seconds: whatever took longer is not done again


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.journal", description=__doc__)
    parser.add_argument("entries", nargs="*", type=int, default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--keep", action="store_true", help="leave the journals for the next run, and take those left")
    parser.add_argument("--prepare", action="store_true", help="only fill and roll up what is kept; measure nothing")
    parser.add_argument("--only", default="", help="measure only what has this in its name")
    options = parser.parse_args()
    measure(options.entries, keep=options.keep or options.prepare, only=None if options.prepare else options.only)


def measure(sizes: list[int], *, keep: bool = False, only: str | None = "") -> None:
    """``only`` measures what has that in its name; None nothing."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from bench.filling import journal_of
    from expo.messages import compile_catalogues
    from expo.runtime.services import borrowed

    compile_catalogues()
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with borrowed(settings.SERVICES):
        for count in sizes:
            start = time.perf_counter()
            print(f"\n{count:,} entries", flush=True)
            with journal_of(count, keep=keep) as edition:
                Bench(edition, only).run()
            print(f"  {time.perf_counter() - start:.0f} s for all of this, load {os.getloadavg()[1]:.1f}", flush=True)


class Bench:
    def __init__(self, edition: int, only: str | None):
        from django.conf import settings

        from expo.models import Edition

        self.edition = Edition.objects.get(pk=edition)
        self.only = only
        self.database = int((settings.SERVICES.postgres_data / "postmaster.pid").read_text().split()[0])

    def run(self) -> None:
        from django.utils import timezone

        from bench.filling import ask
        from journal.rollups.build import roll_up
        from journal.rollups.check import check_all, rebuild
        from journal.totals import AsOf
        from journal.totals.region import day_of, midnight

        print(f"  {self.size('journal_entry'):,.0f} MB of entries with their indexes")
        if self.say("roll up what is not rolled up yet", lambda: roll_up(seconds=float("inf")), times=1, always=True):
            ask("VACUUM ANALYZE")
        if self.only is None:
            return
        print(f"  {sum(map(self.size, ROLLUPS)):,.0f} MB of rollups with their indexes", flush=True)
        for table in ("journal_cellday", "journal_productday", "journal_checkpoint", "journal_cellsum"):
            print(f"  {ask(f'SELECT count(*) FROM {table}')[0][0]:,} rows in {table}", flush=True)
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
        assert again is None or again.to_json() == compute(daily, snapshot=snapshot, previous=None).to_json()

    def pages(self, daily) -> None:
        from django.conf import settings
        from django.test import Client
        from django.urls import reverse

        from accounts.models import User
        from accounts.people import create_person
        from accounts.roles import Role, give_role
        from expo.memo import forget
        from reports.officials.asking import asked_at

        settings.SECOND_FACTOR_REQUIRED = False
        address = "pejabat@contoh.example"
        official = User.objects.filter(email=address).first()
        official = official or create_person(address, "rahasia-sekali-31", name="Pejabat")
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

    def size(self, table: str) -> float:
        from bench.filling import ask

        return float(ask("SELECT pg_total_relation_size(%(table)s::regclass) / 1048576.0", {"table": table})[0][0])

    def say(self, name: str, work: Callable[[], Any], *, times: int = 3, always: bool = False) -> Any:
        """What ``work`` answers; None if nobody asked for it."""
        from bench.cpu import cpu_seconds

        if not always and (self.only or "") not in name:
            return None
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
