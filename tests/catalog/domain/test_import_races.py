"""Imports whose workers die or meet: each product once, and none lost."""

import subprocess
import sys
import threading

import pytest
from django.db import connection

from catalog.domain import import_running, imports
from catalog.domain.import_checking import look_at_photos
from catalog.models import ImportJob, Product
from catalog.states import ImportState
from expo.runtime.paths import CHECKOUT
from tests.catalog import sheets
from tests.factories import make_category
from tests.pictures import photo_file

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys, time, django
django.setup()
from catalog.domain import import_running, imports
import_running.CHUNK = 5
do = import_running.do
def slowly(job, rows):
    refused = do(job, rows)
    print("done", flush=True)
    time.sleep(0.3)
    return refused
import_running.do = slowly
imports.work(int(sys.argv[1]))
"""


def begun(owner, count=20, **mode) -> ImportJob:
    rows = [["" if n % 2 else f"A-{n}", f"Kopi {n}", "Kopi", 1000 + n, n] for n in range(count)]
    job = sheets.checked(owner, sheets.csv(sheets.HEADINGS, *rows))
    return imports.begin_import(job, by=owner, **mode)


@pytest.mark.parametrize("all_or_nothing", [False, True])
def test_a_worker_killed_in_the_middle_is_continued(owner, process_environment, all_or_nothing):
    make_category(name="Kopi")
    job = begun(owner, all_or_nothing=all_or_nothing)
    command = [sys.executable, "-c", WORKER, str(job.pk)]
    worker = subprocess.Popen(command, cwd=CHECKOUT, env=process_environment, stdout=subprocess.PIPE, text=True)
    for _ in range(2):
        assert worker.stdout.readline() == "done\n"
    worker.kill()
    worker.wait()
    worker.stdout.close()
    made = Product.objects.count()
    assert made == 0 if all_or_nothing else 5 <= made < 20
    assert not imports.work(job.pk)  # the dead worker's claim still holds
    ImportJob.objects.update(claimed_until=None)  # minutes later
    assert imports.waiting_imports() == [job.pk]
    assert sheets.worked(job).counts["outcomes"] == {"drafted": 20}
    assert Product.objects.count() == 20
    assert sorted(Product.objects.values_list("stock", flat=True)) == list(range(20))


@pytest.mark.parametrize("all_or_nothing", [False, True])
def test_two_workers_at_once_make_each_product_once(owner, monkeypatch, all_or_nothing):
    make_category(name="Kopi")
    monkeypatch.setattr(import_running, "CHUNK", 3)
    jobs = [begun(owner, all_or_nothing=all_or_nothing) for _ in range(2)]
    start = threading.Barrier(4)

    def run(job):
        start.wait()
        import_running.run(ImportJob.objects.get(pk=job.pk))
        connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs for _twice in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Product.objects.count() == 20
    done = list(ImportJob.objects.order_by("pk"))
    assert [job.state for job in done] == [ImportState.DONE] * 2
    outcomes = [job.counts["outcomes"] for job in done]
    assert sum(one.get("drafted", 0) for one in outcomes) == 20
    assert sum(one.get("same", 0) for one in outcomes) == 20


def test_photos_go_on_where_they_stopped(owner):
    make_category(name="Kopi")
    job = imports.start_import(owner.exhibitor, sheets.csv(sheets.HEADINGS, ["A", "Kopi", "Kopi", 1, 1]), "x", by=owner)
    imports.add_photos(job, [photo_file(name=f"A-{n}.jpg", size=(100 + n, 100)) for n in range(3)])
    assert not look_at_photos(job, seconds=-1)
    assert job.photos.filter(is_seen=True).count() == 1
    assert look_at_photos(job)
    assert job.photos.exclude(picture=None).count() == 3
