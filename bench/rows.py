"""Many rows quickly: one row of a model again and again, inside the database."""

from django.db import connection
from django.db.models import Model

OWNERS = "ARRAY(SELECT id FROM exhibitors_exhibitor)"


def multiply(row: Model, count: int, **columns: str) -> None:
    """Insert ``count`` likenesses of ``row``. ``columns``: SQL for those that differ, ``n`` counting from 1."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and not field.generated]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(columns.get(field.column, f"base.{quote(field.column)}") for field in fields)
    table = quote(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} base, generate_series(1, %s) n "
            "WHERE base.id = %s",
            [count, row.pk],
        )


def fill_house(exhibitor, product, decision, *, exhibitors: int, products: int, decisions: int) -> None:
    """A full house: most products on show, every fortieth waiting; statistics renewed."""
    word = "(ARRAY['Batik','Kopi','Gula','Keramik','Anyaman','Tenun','Kripik','Jamu'])[1 + n %% 8]"
    multiply(
        exhibitor,
        exhibitors,
        slug="'rumah-' || n",
        name=f"{word} || ' Sentosa ' || n",
        nib="lpad(n::text, 13, '9')",
        whatsapp="'+6281' || lpad(n::text, 9, '0')",
        bank_account_number="'77' || n",
        state="CASE WHEN n %% 10 = 0 THEN 'submitted' ELSE 'approved' END",
        submitted_at="now() - n * interval '1 minute'",
        start_key="NULL",
    )
    multiply(
        product,
        products,
        exhibitor_id=f"({OWNERS})[1 + n %% cardinality({OWNERS})]",
        slug="'barang-' || n",
        name=f"{word} || ' nomor ' || n",
        state="CASE WHEN n %% 40 = 0 THEN 'submitted' WHEN n %% 997 = 0 THEN 'rejected' ELSE 'approved' END",
        submitted_at="now() - n * interval '1 second'",
        sku="''",
        import_key="''",
    )
    multiply(
        decision,
        decisions,
        subject_id="n",
        subject_label=f"{word} || ' nomor ' || n",
        decided_at="now() - n * interval '1 second'",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE exhibitors_exhibitor, catalog_product, exhibitors_decision")


def plans_of(queries) -> list[tuple[str, str]]:
    """The SELECTs among captured queries with how the database went about them."""
    found = []
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].lstrip().upper().startswith("SELECT"):
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
                found.append((query["sql"], "\n".join(row[0] for row in cursor.fetchall())))
    return found
