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
