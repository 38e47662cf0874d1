"""``python -m bench.tenfold``: the public pages of a fair ten times as large; taken back afterwards.

Ten times the halls, exhibitors, booths and products, in this process, without a web server: processor time of a page,
the application's and the database's, before and after. What a process remembers for a minute (choices of filters,
counts of a catalogue) is remembered in both.
"""

import os
import time

from bench.cpu import cpu_seconds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
MORE = 9  # likenesses of each hall, exhibitor, booth and product beside it
APART = 10_000_000  # the n-th likeness of a row has its number and so much more, n times
REQUESTS, ROUNDS = 60, 5
SLUG = "base.slug || '-' || n"
DIFFERENT = {
    "expo_hall": {"slug": SLUG, "letter": "base.letter || n"},
    "exhibitors_exhibitor": {"slug": SLUG, "nib": "''", "start_key": "NULL"},
    "exhibitors_booth": {"slug": SLUG, "number": "base.number || '-' || n"},
    "catalog_product": {"slug": SLUG, "name": "base.name || ' ' || n", "import_key": "''"},
    "catalog_placement": {},
}


def main() -> None:
    from django.conf import settings

    from bench.__main__ import prepare
    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES):
        prepare(photos=False)
        from django.db import transaction

        database = int((settings.SERVICES.postgres_data / "postmaster.pid").read_text().split()[0])
        with transaction.atomic():
            before = measured(database)
            count = multiply_everything()
            after = measured(database)
            transaction.set_rollback(True)
    print(
        f"\n{count:,} products on show instead of {count // (MORE + 1):,}; milliseconds of processor time of a page\n"
    )
    print(f"{'page':<12}{'web':>8}{'database':>10}{'tenfold: web':>15}{'database':>10}{'speed kept':>12}")
    for name, (web, base) in before.items():
        web_after, base_after = after[name]
        kept = (web + base) / (web_after + base_after)
        print(f"{name:<12}{web:>8.1f}{base:>10.1f}{web_after:>15.1f}{base_after:>10.1f}{kept:>12.2f}")


def measured(database: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of each page: of this process, of the database."""
    from django.test import Client

    from bench.pages import pages
    from expo.memo import forget

    forget()
    client = Client(headers={"host": "127.0.0.1"})
    found = {}
    for page in pages():
        for _ in range(20):
            assert client.get(page.path).status_code == 200, page.path
        rounds = [spent(client, page.path, database) for _ in range(ROUNDS)]
        found[page.name] = min(rounds, key=sum)
    return found


def spent(client, path: str, database: int) -> tuple[float, float]:
    own, base = time.process_time(), cpu_seconds(database)
    for _ in range(REQUESTS):
        client.get(path)
    return tuple((after - before) * 1000 / REQUESTS for before, after in (
        (own, time.process_time()), (base, cpu_seconds(database)),
    ))  # fmt: skip


def multiply_everything() -> int:
    """Each hall with its exhibitors, booths and products ``MORE`` times again; the number of products on show then."""
    from django.db import connection

    from catalog.models import Placement, Product
    from exhibitors.models import Booth, Exhibitor
    from expo.models import Hall

    models = (Hall, Exhibitor, Booth, Product, Placement)
    with connection.cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            columns = [field for field in model._meta.concrete_fields if not field.generated]
            names = ", ".join(f'"{field.column}"' for field in columns)
            values = ", ".join(value(field, DIFFERENT[table], models) for field in columns)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} base, generate_series(1, %s) n", [MORE]
            )
            cursor.execute(f"ANALYZE {table}")
    return Product.objects.filter(state="approved").count()


def value(field, different: dict[str, str], models) -> str:
    """SQL of a likeness's column: of its own, of the likeness it belongs to, or as in the row it is made after."""
    if field.column in different:
        return different[field.column]
    if field.primary_key or field.related_model in models:
        return f'base."{field.column}" + n * {APART}'
    return f'base."{field.column}"'


if __name__ == "__main__":
    main()
