"""``python -m bench.importing``: an import of 10,000 products, in processor time, memory and queries; rolled back."""

import io
import resource
import sys
import time
from dataclasses import dataclass

ROWS = 10_000
HEADINGS = ["SKU", "Nama produk", "Kategori", "Harga", "Stok", "Keterangan", "Berat", "Bahan"]


@dataclass(frozen=True)
class Cost:
    seconds: float
    processor: float
    megabytes: float
    queries: int


def workbook(category: str, *, rows: int = ROWS, price: int = 10_000) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for n in range(1, rows + 1):
            text = f"Barang nomor {n} dari lereng gunung, dibuat dengan tangan. " * 3
            cells = [f"B-{n}", f"Barang {n}", category, f"Rp {price + n:,}", n % 50, text, "250 gr", "Bahan alam"]
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
    """Three imports of one file: products that are new, the same again, and all of them with other prices."""
    from django.db import transaction

    from catalog.domain import imports
    from catalog.models import Category
    from exhibitors.models import Exhibitor

    category = Category.objects.filter(children__isnull=True).first()
    costs = {}
    with transaction.atomic():
        exhibitor = Exhibitor.objects.create(slug="bench-importing", name="Bench")
        for name, price in (("new", 10_000), ("the same again", 10_000), ("other prices", 20_000)):
            data = workbook(category.name, price=price)
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

    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES):
        if "--prepared" not in sys.argv:
            prepare(photos=False)
        for name, cost in measure_imports().items():
            print(
                f"{name:24} {cost.seconds:6.1f} s, {cost.processor:5.1f} s of processor, "
                f"{cost.megabytes:4.0f} MB, {cost.queries} queries"
            )


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    main()
