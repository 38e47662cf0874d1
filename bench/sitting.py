"""``python -m bench.sitting``: two curators work off 400 waiting exhibitors and 4,000 waiting products by keyboard.

Two Chromiums of their own over a copy of the bench's database, which is thrown away afterwards. Exhibitors go one by
one over the desk; products by exhibitor, all that are in order at once, what was unticked one by one. One in seven
exhibitors and one in ten products is not in order, as ``MIX`` says. Prints what the machine needs for a decision, how
many keys and clicks it takes, how long a day of 7.5 hours leaves two people to look, and whether anything was decided
twice.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.sitting_settings")
DAY = 7.5 * 3600
CURATORS = ("Ratna", "Bagus")
DESK = r"/admin/\w+/\w+/\d+/kurasi/"
BATCH = "/admin/catalog/product/kurasi/sekaligus/"
OWN_WORDS = "Tulis alamat lengkap, supaya pembeli dapat datang."
MIX = (("approve", 86), ("phrase", 9), ("own words", 3), ("reject", 2))  # of exhibitors, in a hundred
UNTICKED = 10  # of a hundred products
MIX_ONE = (("phrase", 80), ("approve", 10), ("reject", 10))  # of the products that were unticked


@dataclass
class Curator:
    name: str
    page: object
    chance: random.Random
    shown: list[str] = field(default_factory=list)
    rows: list[dict] = field(default_factory=list)
    stored: float = 0.0

    async def open(self, address: str) -> None:
        await self.page.goto(address, wait_until="load")

    def note_stored(self, response) -> None:
        if response.request.method == "POST":
            self.stored = time.perf_counter()

    async def decide(self, kind: str, *steps, clicks: int = 0, decisions: int = 1, typed: int = 0) -> None:
        """The last of ``steps`` sends the decision; measured from there until the next is shown with its photos."""
        for step in steps[:-1]:
            await step()
        began = time.perf_counter()
        async with self.page.expect_navigation(wait_until="load", timeout=60_000):
            await steps[-1]()
        seconds = time.perf_counter() - began
        self.rows.append(
            {
                "kind": kind, "keys": len(steps) - clicks, "clicks": clicks, "decisions": decisions, "typed": typed,
                "seconds": seconds, "stored": self.stored - began,
            }
        )  # fmt: skip

    def press(self, key: str):
        return lambda: self.page.keyboard.press(key)

    def write(self, text: str):
        return lambda: self.page.keyboard.insert_text(text)

    async def one(self, kind: str, mix) -> None:
        """Decide what is on the desk."""
        what = self.chance.choices([name for name, _weight in mix], [weight for _name, weight in mix])[0]
        written = {"typed": len(OWN_WORDS)}
        if what == "approve":
            await self.decide(f"{kind}: approve", self.press("a"))
        elif what == "phrase":
            await self.decide(f"{kind}: return, ready note", self.press("1"), self.press("k"))
        elif what == "own words":
            steps = self.press("k"), self.write(OWN_WORDS), self.press("Control+Enter")
            await self.decide(f"{kind}: return, own words", *steps, **written)
        else:
            steps = self.press("t"), self.write(OWN_WORDS), self.press("Control+Enter")
            await self.decide(f"{kind}: reject", *steps, **written)

    async def desk(self, site: str, kind: str, path: str, mix) -> None:
        await self.open(f"{site}{path}")
        while re.fullmatch(DESK, self.page.url.removeprefix(site)):
            self.shown.append(self.page.url)
            await self.one(kind, mix)

    async def batches(self, site: str) -> None:
        """All waiting products of one exhibitor on a page; what is not in order is unticked and left for later."""
        await self.open(f"{site}{BATCH}")
        while self.page.url.removeprefix(site).startswith(BATCH):
            boxes = await self.page.locator(".batch__tick input").all()
            off = [box for box in boxes if self.chance.randrange(100) < UNTICKED]
            self.shown += [f"product/{await box.get_attribute('value')}" for box in boxes if box not in off]
            steps = [*(box.uncheck for box in off), self.press("a")]
            await self.decide("product: by exhibitor", *steps, clicks=len(off), decisions=len(boxes) - len(off))


async def sit(port: int, sessions: list[str]) -> list[Curator]:
    from playwright.async_api import async_playwright

    from expo.runtime.browser import find_chromium

    site = "http://expo.test"  # without a port, as the proxy hands a host on
    async with async_playwright() as player:
        curators = []
        for name, session in zip(CURATORS, sessions, strict=True):
            args = ["--no-sandbox", f"--host-resolver-rules=MAP expo.test 127.0.0.1:{port}"]
            browser = await player.chromium.launch(executable_path=find_chromium(), args=args)
            context = await browser.new_context(viewport={"width": 1280, "height": 800})
            await context.add_cookies([{"name": "sesi", "value": session, "url": site}])
            curators.append(Curator(name, await context.new_page(), random.Random(name)))
            curators[-1].page.on("response", curators[-1].note_stored)
        await asyncio.gather(
            *(one.desk(site, "exhibitor", "/admin/exhibitors/exhibitor/kurasi/", MIX) for one in curators)
        )
        await asyncio.gather(*(one.batches(site) for one in curators))
        await asyncio.gather(
            *(one.desk(site, "product", "/admin/catalog/product/kurasi/", MIX_ONE) for one in curators)
        )
        return curators


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sitting", description=__doc__)
    parser.add_argument("--exhibitors", type=int, default=400)
    parser.add_argument("--products", type=int, default=4_000)
    options = parser.parse_args()
    from django.conf import settings

    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES), copied_database(settings):
        import django

        django.setup()
        sessions = fill(options.exhibitors, options.products)
        with served() as port:
            began = time.perf_counter()
            curators = asyncio.run(sit(port, sessions))
            report(curators, time.perf_counter() - began, options)
        from django.db import connection

        connection.close_pool()


@contextlib.contextmanager
def copied_database(settings) -> Iterator[None]:
    """The bench's demonstration under another name, for as long as the block lasts."""
    import psycopg

    prepared = "from bench.__main__ import prepare; prepare(photos=False)"
    source = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    subprocess.run([sys.executable, "-c", prepared], check=True, env=source, stdout=sys.stderr)
    given = settings.DATABASES["default"]
    copy = psycopg.sql.Identifier(given["NAME"])
    drop = psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy)
    make = psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, psycopg.sql.Identifier(settings.SOURCE))
    with psycopg.connect(host=given["HOST"], user=given["USER"], dbname="postgres", autocommit=True) as server:
        server.execute(drop)
        server.execute(make)
        try:
            yield
        finally:
            server.execute(drop)


def fill(exhibitors: int, products: int) -> list[str]:
    """What waits, and the sessions of the two who are to look at it."""
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    from accounts.people import create_person
    from accounts.roles import Role, give_role
    from bench.rows import multiply
    from catalog.models import Product
    from exhibitors.models import Exhibitor

    cache.clear()
    Product.objects.filter(state="submitted").update(state="draft")
    Exhibitor.objects.filter(state="submitted").update(state="draft")
    covers = "(SELECT array_agg(cover_id ORDER BY id) FROM catalog_product WHERE cover_id IS NOT NULL AND sku <> 'x')"
    owners = "(SELECT array_agg(id ORDER BY id) FROM exhibitors_exhibitor WHERE slug LIKE 'calon-%%')"
    waiting = {"state": "'submitted'", "submitted_at": "now() - (5000 - n) * interval '1 second'"}
    multiply(
        Exhibitor.objects.filter(state="approved", banner__isnull=False).first(),
        exhibitors,
        slug="'calon-' || n",
        name="'Usaha ' || n",
        nib="lpad(n::text, 13, '9')",
        whatsapp="'+6281' || lpad(n::text, 9, '0')",
        bank_account_number="'77' || n",
        start_key="NULL",
        **waiting,
    )
    multiply(
        Product.objects.filter(state="approved", has_variants=False, cover__isnull=False).first(),
        products,
        exhibitor_id=f"({owners})[1 + n %% {exhibitors}]",
        cover_id=f"({covers})[1 + n %% array_length({covers}, 1)]",
        slug="'barang-' || n",
        name="'Barang ' || n",
        sku="''",
        import_key="''",
        **waiting,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sessions = []
    for name in CURATORS:
        person = create_person(f"{name.lower()}@sidang.example", "sidang-kurasi-31", name=name)
        give_role(person, Role.CURATION)
        client = Client()
        client.force_login(person)
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return sessions


@contextlib.contextmanager
def served() -> Iterator[int]:
    """gunicorn behind nginx, which serves photos; without nginx gunicorn alone, and photos are missing."""
    from bench.proxy import find_nginx, proxy
    from bench.servers import gunicorn

    with gunicorn("bench.sitting_settings") as product:
        program = find_nginx()
        if program is None:
            yield product.port
            return
        with proxy(program, product) as front:
            yield front.port


def report(curators: list[Curator], seconds: float, options) -> None:
    rows = [row for one in curators for row in one.rows]
    print(f"{'what':<32}{'times':>7}{'decided':>9}{'keys':>6}{'clicks':>8}{'stored s':>10}{'next s':>8}{'p95 s':>7}")
    for kind in sorted({row["kind"] for row in rows}):
        of = [row for row in rows if row["kind"] == kind]
        shown = sorted(row["seconds"] for row in of)
        middle = statistics.median(row["stored"] for row in of), statistics.median(shown), shown[int(len(shown) * 0.95)]
        presses = (statistics.mean(row[name] for row in of) for name in ("keys", "clicks"))
        keys, clicks = presses
        decided = sum(row["decisions"] for row in of)
        times = "".join(f"{value:>{width}.2f}" for value, width in zip(middle, (10, 8, 7), strict=True))
        print(f"{kind:<32}{len(of):>7}{decided:>9}{keys:>6.1f}{clicks:>8.1f}{times}")
    machine = sum(row["seconds"] for row in rows)
    decided = sum(row["decisions"] for row in rows)
    left = len(CURATORS) * DAY - machine
    print(
        json.dumps({**settled(curators), "decided": decided, "sat for s": round(seconds), "machine s": round(machine)})
    )
    print(f"A day of two leaves {left / decided:.1f} s to look for each of {decided} decisions;")
    pages = {kind: sum(row["kind"].startswith(kind) for row in rows) for kind in ("exhibitor", "product")}
    print(f"pages looked at: {pages}, {left / len(rows):.1f} s for each.")


def settled(curators: list[Curator]) -> dict:
    """Who decided twice, who was shown what the other had, and what still waits."""
    from django.db.models import Count

    from catalog.models import Product
    from exhibitors.models import Decision, Exhibitor

    own = Decision.objects.filter(decided_by__name__in=CURATORS, before="submitted")
    twice = own.values("subject_type", "subject_id").annotate(n=Count("pk")).filter(n__gt=1)
    one, other = (set(curator.shown) for curator in curators)
    return {
        "in the log": own.count(),
        "decided twice": twice.count(),
        "shown to both": len(one & other),
        "still waiting": Exhibitor.objects.filter(state="submitted").count()
        + Product.objects.filter(state="submitted").count(),
        "of each": [sum(row["decisions"] for row in curator.rows) for curator in curators],
    }


if __name__ == "__main__":
    main()
