"""An import of products from file to result: uploaded, columns chosen, checked, begun, worked on, finished.

The verbs here move a job through its states (``catalog/states.py``); what a worker does with it is in
``import_checking.py`` and ``import_running.py``. A worker claims a job for some minutes; whatever it was doing when it
died is done again by the next one, or was committed: nothing is done twice.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable, Mapping
from typing import IO

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.domain.import_mail import AT_ONCE, tell_stopped
from catalog.importing.cells import shown
from catalog.importing.columns import BY_NAME
from catalog.importing.errors import ImportFileError
from catalog.importing.headings import WITHIN, Table, find_table, is_usable
from catalog.importing.photos import MOST_PHOTOS, base_name, is_photo, member_name, photos_in
from catalog.importing.reading import is_empty
from catalog.models import Category, ImportJob, ImportPhoto
from catalog.states import IMPORT_TRANSITIONS, WORKING, ImportState
from exhibitors.models import Exhibitor
from expo.errors import DomainError
from expo.pictures import private_storage
from expo.sheets import Limits, Problem, Sheet, TableError, read_sheets

logger = logging.getLogger(__name__)

MOST_ROWS = 10_000
MOST_BYTES = 10 * 1024 * 1024
MOST_ARCHIVE_BYTES = 60 * 1024 * 1024
LIMITS = Limits(bytes=MOST_BYTES, rows=MOST_ROWS + 2 * WITHIN, columns=80, sheets=5)
LEASE = dt.timedelta(minutes=5)
KEPT = dt.timedelta(days=30)
FOLDER = "imports"
OPEN = frozenset({ImportState.UPLOADED, ImportState.READY})
TOO_LONG = _("Berkas ini lebih dari 10.000 baris. Bagi menjadi beberapa berkas.")
REFUSALS = {
    Problem.EMPTY: _("Berkas ini kosong."),
    Problem.LARGE: _("Berkas lebih besar dari 10 MB. Bagi menjadi beberapa berkas."),
    Problem.PDF: _("Berkas PDF tidak dapat dibaca. Unggah tabelnya sebagai Excel, ODS, atau CSV."),
    Problem.LOCKED: _("Berkas ini berkata sandi. Simpan tanpa kata sandi, lalu unggah lagi."),
    Problem.DAMAGED: _("Berkas ini rusak dan tidak dapat dibuka. Simpan ulang, lalu unggah lagi."),
    Problem.UNPACKED: _("Isi berkas ini terlalu besar. Bagi menjadi beberapa berkas."),
    Problem.LONG: TOO_LONG,
    Problem.NO_TABLE: _("Berkas ini bukan tabel. Unggah Excel (XLSX atau XLS), ODS, atau CSV."),
    Problem.WEB_PAGE: _("Berkas ini sebenarnya halaman web. Buka di Excel, simpan sebagai XLSX, lalu unggah lagi."),
    Problem.BAD_TEXT: _("Berkas ini bukan CSV yang dapat dibaca. Simpan ulang sebagai XLSX atau CSV."),
}


class ImportJobError(DomainError):
    """The import can't be continued this way."""


def read_file(data: bytes) -> list[Sheet]:
    """The sheets of an upload. ImportFileError says why there are none."""
    try:
        return read_sheets(data, LIMITS)
    except TableError as error:
        raise ImportFileError(REFUSALS[error.problem]) from error


def start_import(exhibitor: Exhibitor, data: bytes, file_name: str, *, by, now: dt.datetime | None = None) -> ImportJob:
    """Keep an uploaded table, with its columns as they were recognised. ImportFileError when it is none."""
    sheets = read_file(data)
    table = find_table(sheets)
    rows = sheets[table.sheet].rows[table.first :]
    count = sum(not is_empty(cells) for cells in rows)
    if not count:
        raise ImportFileError(_("Tidak ada isi di bawah baris judul."))
    if count > MOST_ROWS:
        raise ImportFileError(TOO_LONG)
    return ImportJob.objects.create(
        exhibitor=exhibitor,
        created_by=by,
        created_at=now or timezone.now(),
        file_name=base_name(file_name)[:120],
        file=keep(data),
        separator=sheets[table.sheet].separator,
        table={**as_data(table), "samples": samples(table, rows)},
        row_count=count,
    )


def as_data(table: Table) -> dict:
    return {name: getattr(table, name) for name in ("sheet", "first", "headings", "columns")}


def table_of(job: ImportJob) -> Table:
    return Table(**{name: value for name, value in job.table.items() if name not in ("samples", "meant")})


def samples(table: Table, rows) -> list[list[str]]:
    """The first things that stand in each column, so that its owner recognises it."""
    found: list[list[str]] = [[] for _heading in table.headings]
    for cells in rows[:50]:
        for place, cell in enumerate(cells[: len(found)]):
            if len(found[place]) < 2 and (text := shown(cell)) and text not in found[place]:
                found[place].append(text)
    return found


def keep(data: bytes) -> str:
    return private_storage().save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(data))


@transaction.atomic
def add_photos(job: ImportJob, files: Iterable[IO[bytes]]) -> int:
    """Keep photos, or ZIP archives of them, for the rows that name them; returns how many. They are looked at by a
    worker. ImportFileError names what is no photo."""
    job = locked_job(job)
    require(job, OPEN)
    fresh: list[ImportPhoto] = []
    for file in files:
        name = base_name(file.name)
        if name.casefold().endswith(".zip"):
            fresh += _archive(job, file)
        elif is_photo(name):
            fresh.append(ImportPhoto(job=job, name=name, file=_stored(file)))
        else:
            raise ImportFileError(_("“%(name)s” bukan foto dan bukan ZIP.") % {"name": name})
    if job.photos.count() + len(fresh) > MOST_PHOTOS:
        raise ImportFileError(_("Paling banyak 2.000 foto sekaligus."))
    ImportPhoto.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _archive(job: ImportJob, file) -> list[ImportPhoto]:
    if file.size > MOST_ARCHIVE_BYTES:
        raise ImportFileError(_("ZIP lebih besar dari 60 MB. Bagi menjadi beberapa ZIP."))
    names = photos_in(file)
    stored = _stored(file)
    return [ImportPhoto(job=job, name=member_name(name), file=stored, member=name) for name in names]


def _stored(file) -> str:
    file.seek(0)
    return private_storage().save(f"{FOLDER}/{secrets.token_hex(16)}", file)


@transaction.atomic
def choose_columns(job: ImportJob, columns: Mapping[str, int], category: Category | None = None) -> ImportJob:
    """Say which column is which, and the category of rows that name none; then the rows are checked."""
    job = locked_job(job)
    require(job, OPEN)
    width = len(job.table["headings"])
    chosen = {name: place for name, place in columns.items() if name in BY_NAME and 0 <= place < width}
    if len(set(chosen.values())) < len(chosen):
        raise ImportJobError(_("Satu kolom dipilih untuk dua isian."))
    if not is_usable(chosen):
        raise ImportJobError(_("Pilih kolom nama atau SKU, dan paling sedikit satu kolom lain."))
    job.table = {**job.table, "columns": chosen}
    job.category = category
    move(job, ImportState.CHECKING, fields=("table", "category"))
    return job


@transaction.atomic
def name_categories(job: ImportJob, meant: Mapping[str, int]) -> ImportJob:
    """Say which category the file's own words mean, and check the rows anew."""
    job = locked_job(job)
    require(job, frozenset({ImportState.READY}))
    job.table = {**job.table, "meant": {**job.table.get("meant", {}), **meant}}
    move(job, ImportState.CHECKING, fields=("table",))
    return job


@transaction.atomic
def check_again(job: ImportJob) -> ImportJob:
    """Look at the rows once more, as with photos that came since."""
    job = locked_job(job)
    require(job, frozenset({ImportState.READY}))
    move(job, ImportState.CHECKING)
    return job


@transaction.atomic
def begin_import(job: ImportJob, *, all_or_nothing: bool, by) -> ImportJob:
    """Let a worker do it: everything, or (otherwise) the rows that are good."""
    job = locked_job(job)
    require(job, frozenset({ImportState.READY}))
    if all_or_nothing and job.counts.get("bad"):
        raise ImportJobError(_("Masih ada baris yang salah. Perbaiki berkasnya, atau impor baris yang baik saja."))
    if not job.counts.get("good", 0) + job.counts.get("warned", 0):
        raise ImportJobError(_("Tidak ada baris yang dapat diimpor."))
    job.all_or_nothing, job.created_by = all_or_nothing, by or job.created_by
    move(job, ImportState.RUNNING, fields=("all_or_nothing", "created_by"))
    return job


@transaction.atomic
def cancel_import(job: ImportJob) -> ImportJob:
    """Stop before anything was imported; the file is deleted."""
    job = locked_job(job)
    require(job, OPEN | {ImportState.CHECKING})
    move(job, ImportState.CANCELLED)
    job.rows.all().delete()
    forget_files(job)
    return job


def advance(job: ImportJob) -> None:
    """Have the job worked on: at once when that is quick, else by a worker. If the queue is down, a tick finds it."""
    from catalog.tasks import work_on_import

    is_quick = job.row_count <= AT_ONCE and not job.photos.filter(is_seen=False).exists()
    if is_quick:
        work(job.pk)
    else:
        transaction.on_commit(lambda: work_on_import.delay(job.pk), robust=True)


def work(pk: int) -> bool:
    """Do what is to be done about a job, if nobody else is at it. Safe to be killed, and to be called twice."""
    from catalog.domain.import_checking import check
    from catalog.domain.import_running import run

    if not claim(pk):
        return False
    job = ImportJob.objects.select_related("exhibitor").get(pk=pk)
    try:
        (check if job.state == ImportState.CHECKING else run)(job)
    except Exception:
        logger.exception("Import %s stopped", pk)
        put_back(job)
    finally:
        ImportJob.objects.filter(pk=pk).update(claimed_until=None)
    return True


@transaction.atomic
def put_back(job: ImportJob) -> None:
    """After a failure of ours its owner may try again, from where it was."""
    job = locked_job(job)
    if job.state in WORKING:
        job.setback = "failed"
        if job.state == ImportState.RUNNING:
            tell_stopped(job)
        before = ImportState.UPLOADED if job.state == ImportState.CHECKING else ImportState.READY
        move(job, before, fields=("setback",))


def claim(pk: int, now: dt.datetime | None = None) -> bool:
    """Take the job by an UPDATE on its old state: of two workers, one changes no row."""
    now = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return bool(ImportJob.objects.filter(free, pk=pk, state__in=WORKING).update(claimed_until=now + LEASE))


def renew_claim(job: ImportJob) -> None:
    ImportJob.objects.filter(pk=job.pk).update(claimed_until=timezone.now() + LEASE)


def waiting_imports(now: dt.datetime | None = None) -> list[int]:
    """Jobs that nobody is at: their message was lost, or their worker died."""
    now = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return list(ImportJob.objects.filter(free, state__in=WORKING).values_list("pk", flat=True)[:20])


def delete_old_imports(now: dt.datetime | None = None) -> int:
    """Drop what nobody looks at any more: jobs of more than thirty days, with their files. Returns how many."""
    before = (now or timezone.now()) - KEPT
    old = list(ImportJob.objects.filter(created_at__lt=before).exclude(state=ImportState.RUNNING)[:50])
    for job in old:
        forget_files(job)
        job.delete()
    return len(old)


def forget_files(job: ImportJob) -> None:
    names = {job.file, *job.photos.values_list("file", flat=True)} - {""}
    job.photos.update(file="")
    ImportJob.objects.filter(pk=job.pk).update(file="")

    def delete() -> None:
        for name in names:
            private_storage().delete(name)

    transaction.on_commit(delete, robust=True)


def locked_job(job: ImportJob) -> ImportJob:
    return ImportJob.objects.select_for_update(of=("self",)).select_related("exhibitor").get(pk=job.pk)


def require(job: ImportJob, states) -> None:
    if job.state not in states:
        raise ImportJobError(_("Impor ini sudah berjalan atau selesai. Muat ulang halaman ini."))


def move(job: ImportJob, after: str, *, fields: tuple[str, ...] = ()) -> None:
    if after not in IMPORT_TRANSITIONS[job.state]:
        raise ImportJobError(_("Impor ini sudah berjalan atau selesai. Muat ulang halaman ini."))
    job.state = after
    job.save(update_fields=["state", *fields])
    tell_progress(job, 0, 0)


def tell_progress(job: ImportJob, done: int, total: int, what: str = "") -> None:
    cache.set(f"import:{job.pk}", (done, total, what), 900)


def progress_of(job: ImportJob) -> tuple[int, int, str]:
    """How far the worker is: done, of how many, and "photos" or "rows"."""
    return cache.get(f"import:{job.pk}") or (0, 0, "")
