"""Who may write rollups, and when: one writer at a time, who says so, while nothing is imported."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from journal.barrier import busy, is_lock_timeout
from journal.triggers import ROLLUP_LOCK

PATIENCE_MS = 5000


@contextmanager
def writing() -> Iterator[CursorWrapper]:
    """One transaction in which rollups may be written: one writer at a time, no import meanwhile.

    JournalError while an import takes too long.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROLLUP_LOCK])
        except OperationalError as error:
            raise busy() if is_lock_timeout(error) else error from error
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
        # A day of twenty thousand entries is sorted in memory.
        cursor.execute("SET LOCAL work_mem = '64MB'")
        with allowed(cursor):
            yield cursor


@contextmanager
def allowed(cursor: CursorWrapper) -> Iterator[None]:
    """Within the transaction: what is written to the tables of rollups is meant."""
    cursor.execute("SET LOCAL journal.rolling = 'on'")
    yield
    # After an error the savepoint's rollback takes it back.
    cursor.execute("SET LOCAL journal.rolling = 'off'")


def columns_of(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column]
