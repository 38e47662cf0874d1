"""Reading that agrees with itself: several questions, one state of the database."""

from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from journal.barrier import is_lock_timeout
from reports.errors import BusyError


@contextmanager
def consistent_reading():
    """One REPEATABLE READ transaction. Inside a transaction of the caller's, that one's isolation counts."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def lock_chain(*, patience_ms: int = 0) -> None:
    """One sealer at a time, until the transaction ends: neither chain nor book can fork. Readers are not held up.

    LOCK comes before a REPEATABLE READ transaction takes its snapshot, so who waited sees what the other has done.
    With ``patience_ms`` BusyError if another one takes longer.
    """
    lock_tables("reports_recap, reports_bookline", patience_ms=patience_ms)


def lock_tables(names: str, *, patience_ms: int = 0) -> None:
    with connection.cursor() as cursor:
        if patience_ms:
            cursor.execute(f"SET LOCAL lock_timeout = {patience_ms:d}")
        try:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        except OperationalError as error:
            if not is_lock_timeout(error):
                raise
            raise BusyError(_("Rekap lain sedang disegel. Coba sebentar lagi.")) from error
        if patience_ms:
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
