"""The house of a sitting (``bench.sitting``): a copy of the bench's database, what waits in it, and who serves it."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

CURATORS = ("Ratna", "Bagus")
EXHIBITORS, PRODUCTS = "calon-", "barang-"  # how the addresses of what waits begin


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
    owners = f"(SELECT array_agg(id ORDER BY id) FROM exhibitors_exhibitor WHERE slug LIKE '{EXHIBITORS}%%')"
    waiting = {"state": "'submitted'", "submitted_at": "now() - (5000 - n) * interval '1 second'"}
    multiply(
        Exhibitor.objects.filter(state="approved", banner__isnull=False).first(),
        exhibitors,
        slug=f"'{EXHIBITORS}' || n",
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
        # Few have very many, most a handful: the first some seventy, the last six.
        exhibitor_id=f"({owners})[1 + floor({exhibitors} * power((n - 1) / {products}.0, 1.5))::int]",
        cover_id=f"({covers})[1 + n %% array_length({covers}, 1)]",
        slug=f"'{PRODUCTS}' || n",
        name="'Barang ' || n",
        sku="''",
        import_key="''",
        **waiting,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    curators = [create_person(f"{name.lower()}@sidang.example", "sidang-kurasi-31", name=name) for name in CURATORS]
    confirm_numbers(by=curators[0])
    sessions = []
    for person in curators:
        give_role(person, Role.CURATION)
        client = Client()
        client.force_login(person)
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return sessions


def confirm_numbers(*, by) -> None:
    """Whoever handed in has sent the code from its number, and staff have found it."""
    from django.utils import timezone

    from exhibitors.models import Exhibitor, PhoneConfirmation

    confirmed = {"asked_at": timezone.now(), "confirmed_at": timezone.now(), "decided_by": by}
    PhoneConfirmation.objects.bulk_create(
        PhoneConfirmation(exhibitor=one, number=one.whatsapp, code=f"S{one.pk}", **confirmed)
        for one in Exhibitor.objects.filter(slug__startswith=EXHIBITORS)
    )


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
