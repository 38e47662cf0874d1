"""``python -m bench.importing``: an import of 10,000 products, in processor time, memory and queries; rolled back."""

import io
import resource
import sys
import time
from dataclasses import asdict, dataclass

ROWS = 10_000
HEADINGS = ["SKU", "Nama produk", "Kategori", "Harga", "Stok", "Keterangan", "Berat", "Bahan"]

FILES = (
    ("new", 10_000, 0),
    ("the same again", 10_000, 0),
    ("other prices", 20_000, 0),
    ("variants, new", 10_000, 5),
    ("variants, other prices", 20_000, 5),
)


@dataclass(frozen=True)
class Cost:
    seconds: float
    processor: float
    megabytes: float
    queries: int


def workbook(category: str, *, rows: int = ROWS, price: int = 10_000, variants: int = 0) -> bytes:
    """``variants``: so many rows are one product."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS, *(["SKU induk", "Varian"] if variants else [])])
        for n in range(1, rows + 1):
            text = f"Barang nomor {n} dari lereng gunung, dibuat dengan tangan. " * 3
            cells = [f"B-{n}", f"Barang {n}", category, f"Rp {price + n:,}", n % 50, text, "250 gr", "Bahan alam"]
            if variants:
                product = (n - 1) // variants
                cells = [f"V-{n}", f"Baju {product}", *cells[2:5], "", "", "", f"P-{product}", f"Ukuran {n % variants}"]
            sheet.write_row(n, 0, cells)
    return file.getvalue()


def measured(verb) -> Cost:
    """What a call costs this process and its children; the most memory it ever had."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began, used = time.perf_counter(), time.process_time() + _children()
    with CaptureQueriesContext(connection) as captured:
        verb()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() + _children() - used
    return Cost(time.perf_counter() - began, spent, peak, len(captured))


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure_imports() -> dict[str, Cost]:
    """Imports of products that are new, the same again, all with other prices; then with five rows to a product."""
    from django.db import transaction

    from catalog.domain import imports
    from catalog.models import Category
    from exhibitors.models import Exhibitor

    category = Category.objects.filter(children__isnull=True).first()
    costs = {}
    with transaction.atomic():
        exhibitor = Exhibitor.objects.create(slug="bench-importing", name="Bench")
        for name, price, variants in FILES:
            data = workbook(category.name, price=price, variants=variants)
            job = imports.start_import(exhibitor, data, "bench.xlsx", by=None)

            def check(job=job):
                imports.choose_columns(job, job.table["columns"])
                assert imports.work(job.pk)
                job.refresh_from_db()

            def run(job=job):
                imports.begin_import(job, all_or_nothing=True, by=None)
                assert imports.work(job.pk)
                job.refresh_from_db()
                assert job.state == "done", job.state

            costs[f"{name}: check"], costs[f"{name}: import"] = measured(check), measured(run)
        transaction.set_rollback(True)
    return costs


def main() -> None:
    import django

    from bench.__main__ import prepare

    django.setup()
    from django.conf import settings

    from bench.table import print_imports
    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES):
        if "--prepared" not in sys.argv:
            prepare(photos=False)
        print_imports({name: asdict(cost) for name, cost in measure_imports().items()})


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
