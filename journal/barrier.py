"""Closing the journal up to a moment: from then on nothing can be recorded before it.

Posting stamps ``recorded_at`` while it holds a shared advisory lock to its commit. Whoever takes that lock
exclusively after the moment has passed knows that every entry stamped before it is committed and visible. The
importer, which brings its own ``recorded_at``, is kept out by ``SealedUntil``, moved under the same lock.
"""

import datetime as dt
import time
from collections.abc import Callable, Sequence

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from journal.errors import JournalError
from journal.triggers import POSTING_LOCK

# A waiting exclusive lock holds up everybody who posts after it, so it waits briefly and often instead of long.
PATIENCE_MS = 500
PAUSE_SECONDS = 0.25
GIVE_UP_SECONDS = 60
LOCK_NOT_AVAILABLE = "55P03"
CLOSE = """
INSERT INTO journal_sealeduntil (edition_id, recorded_until) SELECT unnest(%s::bigint[]), %s
ON CONFLICT (edition_id) DO UPDATE
SET recorded_until = greatest(journal_sealeduntil.recorded_until, excluded.recorded_until)
"""


def close_journal(edition_ids: Sequence[int], until: dt.datetime) -> None:
    """Refuse from now on what is recorded before ``until``, and wait for postings that are under way.

    JournalError when ``until`` is yet to come by the database's clock, or while an import takes too long.
    """

    def close(cursor) -> None:
        cursor.execute(CLOSE, [sorted(edition_ids), until])

    while_nobody_posts(until, close)


def while_nobody_posts(until: dt.datetime, work: Callable[[CursorWrapper], None]) -> None:
    """Do something brief at a moment at which everything stamped before ``until`` is committed and nobody posts."""
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while True:
        try:
            _work_alone(until, work)
            return
        except OperationalError as error:
            if not is_lock_timeout(error):
                raise
            if time.monotonic() > deadline:
                raise busy() from error
        time.sleep(PAUSE_SECONDS)


@transaction.atomic
def _work_alone(until: dt.datetime, work: Callable[[CursorWrapper], None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTING_LOCK])
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
        cursor.execute("SELECT clock_timestamp() >= %s", [until])
        if not cursor.fetchone()[0]:
            raise JournalError(_("Batas waktu belum lewat; rekap baru dapat disegel sesudahnya."))
        work(cursor)


def is_lock_timeout(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE


def busy() -> JournalError:
    return JournalError(_("Jurnal sedang menerima impor besar. Coba beberapa menit lagi."))
