"""``python -m bench.curation``: the curators' lists and desk with 5,000 exhibitors and 100,000 products; rolled back.

Prints for each page its queries, the processor time of this process, what the database worked (EXPLAIN ANALYZE) and
whether it read a whole big table; with ``--explain`` the plan of what took longest.
"""

import os
import re
import sys
import time

from bench.rows import fill_house, plans_of

EXHIBITORS, PRODUCTS, DECISIONS = 5_000, 100_000, 200_000
EXPLAINED = 20  # milliseconds of the database above which --explain tells the plan
BIG = re.compile(r"Seq Scan on (catalog_product|exhibitors_decision)\b")
WORKED = re.compile(r"Execution Time: ([\d.]+) ms")
READ = re.compile(r"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?")
DESKS = ("catalog/product", "catalog/productchange", "exhibitors/exhibitor", "exhibitors/exhibitorchange")
MORE = (
    ("catalog/product/?p=50", "products, page 50"),
    ("catalog/product/?state__exact=rejected", "rejected products"),
    ("catalog/product/?q=nomor+77", "search: nomor 77"),
    ("catalog/product/?q=tidakada", "search: nothing"),
    ("exhibitors/exhibitor/?q=sentosa+77", "search: sentosa 77"),
    ("exhibitors/decision/?q=nomor+777", "search in the log"),
    ("catalog/product/kurasi/sekaligus/", "products of one"),
)


def pages() -> list[tuple[str, str]]:
    """Every list of the admin, every queue, every desk, every field that completes what is typed."""
    from django.contrib import admin
    from django.contrib.auth import get_user_model
    from django.urls import reverse

    from accounts.queues import queues_for

    start = reverse("admin:index")
    found = [(start, "start page")]
    for model, options in admin.site._registry.items():
        label = f"{model._meta.app_label}/{model._meta.model_name}"
        found.append((f"{start}{label}/", label))
        for name in options.autocomplete_fields:
            asked = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={name}"
            found.append((f"{start}autocomplete/?term=ba&{asked}", f"{label}: {name}"))
    staff = get_user_model().objects.filter(is_superuser=True, is_active=True).first()
    found += [(queue.url, f"queue: {queue.label}") for queue in queues_for(staff)]
    found += [(f"{start}{desk}/kurasi/", f"desk: {desk}") for desk in DESKS]
    return found + [(start + address, name) for address, name in MORE]


def measure(client, address: str) -> dict:
    """One page: its queries, its processor time, the database's work and how much it read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    while (answer := client.get(address)).status_code == 302:  # the desk leads to the next that waits
        address = answer["Location"]
    began = time.process_time()
    answer = client.get(address)
    spent = time.process_time() - began
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    plans = plans_of(captured.captured_queries)
    text = "\n".join(plan for _sql, plan in plans)
    return {
        "status": answer.status_code,
        "queries": len(plans),
        "processor": spent * 1000,
        "worked": sum(map(worked_of, plans)),
        "blocks": sum(int(hit or 0) + int(read or 0) for plan in plans for hit, read in READ.findall(plan[1])[:1]),
        "whole": sorted(set(BIG.findall(text))),
        "slowest": max(plans, key=worked_of, default=("", "")),
    }


def worked_of(plan: tuple[str, str]) -> float:
    return sum(map(float, WORKED.findall(plan[1])))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    from django.conf import settings

    from bench.__main__ import prepare
    from expo.runtime.services import borrowed

    with borrowed(settings.SERVICES):
        prepare(photos=False)
        from django.db import transaction

        with transaction.atomic():
            measure_all()
            transaction.set_rollback(True)


def measure_all() -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from catalog.models import Product
    from exhibitors.models import Decision, Exhibitor

    house = {"exhibitors": EXHIBITORS, "products": PRODUCTS, "decisions": DECISIONS}
    product = Product.objects.filter(state="approved", has_variants=False, cover__isnull=False).first()
    fill_house(Exhibitor.objects.filter(state="approved").first(), product, Decision.objects.first(), **house)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(get_user_model().objects.filter(is_superuser=True, is_active=True).first())
    print(f"{'page':<44}{'SQL':>5}{'web CPU ms':>12}{'database ms':>13}{'blocks':>9}  whole tables read")
    for address, name in pages():
        row = measure(client, address)
        told = ", ".join(row["whole"]) or ("–" if row["status"] == 200 else f"status {row['status']}")
        figures = f"{row['queries']:>5}{row['processor']:>12.0f}{row['worked']:>13.1f}{row['blocks']:>9}"
        print(f"{name[:43]:<44}{figures}  {told}", flush=True)
        if "--explain" in sys.argv and (row["worked"] > EXPLAINED or row["whole"]):
            print("\n".join(row["slowest"]))


if __name__ == "__main__":
    main()
