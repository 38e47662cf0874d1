"""Reading that agrees with itself: several questions, one state of the database."""

from contextlib import contextmanager

from django.db import connection, transaction


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


def lock_chain() -> None:
    """One sealer at a time, until the transaction ends: neither chain nor book can fork. Readers are not held up.

    LOCK comes before a REPEATABLE READ transaction takes its snapshot, so who waited sees what the other has done.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_recap, reports_bookline IN SHARE ROW EXCLUSIVE MODE")
