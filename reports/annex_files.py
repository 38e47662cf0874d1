"""Annexes as files. Short ones are made while one waits; for long ones a worker is asked, and the page tells how far.

Nothing is held in memory: rows go from the database into a file on disk. A worker that dies leaves a part that the next
one overwrites; the file appears under its name, whole, in the moment in which its row says so.
"""

import datetime as dt
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from expo.pictures import private_storage
from journal.listing import ListedEntry
from reports.annex import proven_rows
from reports.documents import FORMATS, base_name
from reports.errors import RecapError
from reports.issued import note_issued_file
from reports.models import AnnexFile, AnnexKind, Recap
from reports.queries import envelope_of, figures_of

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 20_000
KEPT = dt.timedelta(days=3)
MOST_TRIES = 3
SECONDS_PER_TICK = 40
FOLDER = "annexes"
LOCK = 0x554B4D41  # "UKMA", with the row's key
TOLD_EVERY = 5_000
# What a row takes, rounded up: seen with the demonstration's and generated names (docs/speed.md).
BYTES_A_ROW = {AnnexKind.XLSX: 130, AnnexKind.CSV: 75}
ISSUED_AS = {AnnexKind.XLSX: "annex", AnnexKind.CSV: "annex-csv"}


def is_short(recap: Recap) -> bool:
    return recap.entries <= MOST_AT_ONCE


def expected_size(recap: Recap, kind: str) -> int:
    return recap.entries * BYTES_A_ROW[AnnexKind(kind)]


def annex_now(recap: Recap, kind: str, language: str) -> IO[bytes]:
    """The file of a short annex, gone when it is closed. RecapError unless it sums to the recap."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    try:
        write_annex(recap, kind, language, file)
        note_issued_file(recap, ISSUED_AS[AnnexKind(kind)], file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def write_annex(
    recap: Recap, kind: str, language: str, target: IO[bytes], tell: Callable[[int], None] = lambda done: None
) -> None:
    """Rows from the journal into ``target``. RecapError at the end unless they sum to what was sealed."""
    from reports.renderers.annex_files import write_csv, write_xlsx

    write = write_csv if kind == AnnexKind.CSV else write_xlsx
    write(target, figures_of(recap), envelope_of(recap), language, _told(proven_rows(recap), tell))


def _told(rows: Iterable[ListedEntry], tell: Callable[[int], None]) -> Iterator[ListedEntry]:
    for done, row in enumerate(rows):
        if done % TOLD_EVERY == 0:
            tell(done)
        yield row


def ask_for_annex(recap: Recap, kind: str, language: str) -> AnnexFile:
    """Have a worker make it. Whoever asks while it waits or is there gets that one; what was refused is tried anew."""
    from reports.tasks import prepare_annexes

    with transaction.atomic():
        file, _created = AnnexFile.objects.select_for_update().get_or_create(
            recap=recap, kind=AnnexKind(kind), language=language
        )
        if file.refusal:
            file.finished_at, file.refusal, file.tries = None, "", 0
            file.save(update_fields=["finished_at", "refusal", "tries"])
        if file.is_waiting:
            # If the queue is down, the minute's tick finds the row.
            transaction.on_commit(prepare_annexes.delay, robust=True)
    return file


def progress_of(file: AnnexFile) -> int:
    """How many rows the worker has written; 0 before it begins."""
    return cache.get(_key(file)) or 0


def open_annex(file: AnnexFile) -> IO[bytes]:
    return private_storage().open(file.path, "rb")


def name_of(recap: Recap, kind: str) -> str:
    """rekap-UVO-II-2020-0013-lampiran.xlsx"""
    return get_valid_filename(f"{base_name(recap)}-lampiran.{FORMATS[kind].extension}")


def prepare_asked() -> int:
    """Make what was asked for; how many were made. What another worker is at is left to it, and what would keep recaps
    from being sent for long is left to the next tick."""
    deadline = time.monotonic() + SECONDS_PER_TICK
    waiting = AnnexFile.objects.filter(finished_at=None).order_by("pk")
    return sum(_prepare(file) for file in waiting if time.monotonic() < deadline)


def _prepare(file: AnnexFile) -> bool:
    with transaction.atomic():
        if not _alone_with(file):
            return False
        if AnnexFile.objects.filter(pk=file.pk, finished_at=None, tries__gte=MOST_TRIES).exists():
            with translation.override(file.language):
                why = _("Berkas tidak dapat dibuat; pengelola server melihat sebabnya dalam catatan galat.")
            _refuse(file, why)
            return False
        AnnexFile.objects.filter(pk=file.pk).update(tries=F("tries") + 1)
    try:
        with transaction.atomic():
            return _alone_with(file) and _make(file)
    except RecapError as error:
        _refuse(file, str(error))
    except Exception:
        logger.exception("the annex of recap %s could not be made", file.recap.number)
    return False


def _make(file: AnnexFile) -> bool:
    """False if it has been made meanwhile."""
    if not AnnexFile.objects.filter(pk=file.pk, finished_at=None).exists():
        return False
    path = f"{FOLDER}/{file.pk}.{FORMATS[file.kind].extension}"
    whole = Path(private_storage().path(path))
    part = whole.with_name(f"{whole.name}.part")
    whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as target:
        with translation.override(file.language):
            write_annex(file.recap, file.kind, file.language, target, lambda done: cache.set(_key(file), done, 900))
        size = note_issued_file(file.recap, ISSUED_AS[AnnexKind(file.kind)], target)
    part.replace(whole)
    AnnexFile.objects.filter(pk=file.pk).update(finished_at=timezone.now(), path=path, size=size)
    return True


def _refuse(file: AnnexFile, why: str) -> None:
    AnnexFile.objects.filter(pk=file.pk, finished_at=None).update(finished_at=timezone.now(), refusal=why[:250])


def _alone_with(file: AnnexFile) -> bool:
    """Whether no other worker is at it, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, file.pk])
        return cursor.fetchone()[0]


def _key(file: AnnexFile) -> str:
    return f"annex:{file.pk}"


def forget_old(now: dt.datetime | None = None) -> int:
    """Delete the files of days ago; whoever needs one asks again. How many rows went."""
    before = (now or timezone.now()) - KEPT
    old = list(AnnexFile.objects.filter(finished_at__lt=before).order_by("pk"))
    for file in old:
        file.delete()
        if file.path:
            private_storage().delete(file.path)
    return len(old)
