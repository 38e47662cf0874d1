"""Closing the journal up to a moment: from then on nothing can be recorded before it.

Posting stamps ``recorded_at`` while it holds a shared advisory lock to its commit. Whoever takes that lock
exclusively after the moment has passed knows that every entry stamped before it is committed and visible. The
importer, which brings its own ``recorded_at``, is kept out by ``SealedUntil``, moved under the same lock.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

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
# Who only wants to know the last key asks without waiting, then once waits so briefly that no poster minds.
TRIES, BETWEEN_SECONDS, BRIEFLY_MS = 20, 0.02, 100
LAST_KEY = "SELECT max(id) FROM journal_entry WHERE current_setting('transaction_isolation') = 'read committed'"
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


def last_final_key(after: int) -> int | None:
    """The key of the last entry, at a moment at which nobody posts: what is there up to it stays, and nothing can come
    between any more. None where nothing came behind ``after``, or while others post all the time.

    A transaction of the caller's must be READ COMMITTED: another would not see what was committed since it began.
    """
    if (_last_key() or 0) <= after:
        return None
    for _try in range(TRIES):
        with _lock_let_go() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [POSTING_LOCK])
            if cursor.fetchone()[0]:
                return _last_key()
        time.sleep(BETWEEN_SECONDS)
    try:
        with _lock_let_go() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {BRIEFLY_MS}")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [POSTING_LOCK])
            return _last_key()
    except OperationalError as error:
        if is_lock_timeout(error):
            return None
        raise


@contextmanager
def _lock_let_go() -> Iterator[CursorWrapper]:
    """A lock that is taken within is let go of at its end, also inside a transaction of the caller's."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def _last_key() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(LAST_KEY)
        return cursor.fetchone()[0]


def is_lock_timeout(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE


def busy() -> JournalError:
    return JournalError(_("Jurnal sedang menerima impor besar. Coba beberapa menit lagi."))
